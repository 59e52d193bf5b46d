"""The working days of a year, and the dated local parameters."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from approvals.accounts.admin import KeptAdmin
from approvals.models import CalendarDay, CalendarEdition, LocalClosure, LocalParameter


class ReadOnly:
    """To look at: a calendar is changed on its own page, which shows first what that does to running limits."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CalendarDayInline(ReadOnly, admin.TabularInline):
    model = CalendarDay


@admin.register(CalendarEdition)
class CalendarEditionAdmin(ReadOnly, KeptAdmin):
    list_display = ("year", "revision", "source", "loaded_at")
    inlines = (CalendarDayInline,)


@admin.register(LocalClosure)
class LocalClosureAdmin(ReadOnly, KeptAdmin):
    list_display = ("organisation", "day", "reason", "source")
    list_select_related = ("organisation",)


@admin.register(LocalParameter)
class LocalParameterAdmin(KeptAdmin):
    """A new value begins on a date and the old one ends: no decision already made is rewritten."""

    list_display = ("code", "organisation", "value", "source", "from_on", "until_on")
    list_filter = ("code", "until_on")
    list_select_related = ("organisation",)
    search_fields = ("organisation__name", "source")
    autocomplete_fields = ("organisation",)
