"""Plots with their indicators, and the regional assessments that cover them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from approvals.accounts.admin import KeptAdmin
from approvals.models import Plot, PlotIndicator, RegionalAssessment


class PlotIndicatorInline(admin.TabularInline):
    model = PlotIndicator
    extra = 1

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A line entered by mistake may go; a check that was made keeps its own copy."""
        return bool(self.has_change_permission(request, obj))


@admin.register(Plot)
class PlotAdmin(KeptAdmin):
    list_display = ("code", "location", "organisation", "area_m2", "sale_notice_number")
    list_filter = ("organisation",)
    list_select_related = ("organisation",)
    search_fields = ("code", "location")
    autocomplete_fields = ("organisation",)
    inlines = (PlotIndicatorInline,)


@admin.register(RegionalAssessment)
class RegionalAssessmentAdmin(KeptAdmin):
    list_display = ("name", "matter_code", "organisation", "number", "valid_from_on", "valid_until_on")
    list_filter = ("matter_code", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("name", "number")
    autocomplete_fields = ("organisation", "plots")
    exclude = ("document",)  # uploaded on the page of the area, where it is scanned
