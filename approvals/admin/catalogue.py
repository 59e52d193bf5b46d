"""The catalogue of matters: reviewed files fill it; a locality only sets its own promised days."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from approvals.accounts.admin import KeptAdmin
from approvals.models import Matter

EDITABLE = "committed_days"
NAMES: tuple[str, ...] = tuple(field.name for field in Matter._meta.concrete_fields if field.name != "id")


@admin.register(Matter)
class MatterAdmin(KeptAdmin):
    list_display = ("code", "name", "edition", "department", "statutory_days", "day_type", EDITABLE, "in_force_from")
    list_filter = ("edition", "stage", "department", "confidence")
    search_fields = ("code", "name")
    fields = NAMES

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in NAMES if name != EDITABLE]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
