"""The working days of a year, and the dated local parameters."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from approvals.accounts.admin import KeptAdmin
from approvals.models import CalendarDay, CalendarEdition, LocalParameter


class CalendarDayInline(admin.TabularInline):
    model = CalendarDay
    extra = 3

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A day entered by mistake may go; the year stays."""
        return bool(self.has_change_permission(request, obj))


@admin.register(CalendarEdition)
class CalendarEditionAdmin(KeptAdmin):
    list_display = ("year", "source", "loaded_at")
    inlines = (CalendarDayInline,)


@admin.register(LocalParameter)
class LocalParameterAdmin(KeptAdmin):
    """A new value begins on a date and the old one ends: no decision already made is rewritten."""

    list_display = ("code", "organisation", "value", "source", "from_on", "until_on")
    list_filter = ("code", "until_on")
    list_select_related = ("organisation",)
    search_fields = ("organisation__name", "source")
    autocomplete_fields = ("organisation",)
