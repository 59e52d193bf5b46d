"""Plots a project can choose, and how its figures stand against a plot's indicators."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from approvals.models import Plot, PlotIndicator, Project
from approvals.rules.answer import Answer
from approvals.rules.standard_land import Limit, check, national_limits

# Field of ProjectFacts → figure of the rules. The plot's granted area is the denominator, never the wished one.
FIGURES = {
    "fixed_investment_wan": "fixed_investment_wan",
    "counted_floor_area_m2": "counted_floor_m2",
    "floor_area_m2": "total_floor_m2",
    "building_footprint_m2": "building_footprint_m2",
    "office_land_m2": "office_land_m2",
    "office_floor_m2": "office_floor_m2",
    "green_area_m2": "green_m2",
    "annual_output_wan": "annual_output_wan",
    "annual_tax_wan": "annual_tax_wan",
}


def plots_for(project: Project) -> QuerySet[Plot]:
    """The plots of the project's area, those above and those within it."""
    area = project.organisation
    ancestors = [area.path[:end] for end in range(area.steplen, len(area.path) + 1, area.steplen)]
    inside = Plot.objects.filter(organisation__path__startswith=area.path)
    return (inside | Plot.objects.filter(organisation__path__in=ancestors)).order_by("code")


def check_indicators(project: Project, plot: Plot, *, on: date) -> Answer:
    """The project's figures against the plot's limits and the national ones whose values are known."""
    return check(_figures(project, plot), _limits(project, plot, on), on=on)


def _figures(project: Project, plot: Plot) -> dict[str, Any]:
    figures: dict[str, Any] = {name: getattr(project.facts, field) for field, name in FIGURES.items()}
    # The footprint on the form already includes structures and stockyards.
    figures |= {"area_m2": plot.area_m2, "industry": project.industry_code, "structures_m2": 0, "stockyard_m2": 0}
    if plot.admitted_divisions:
        figures["admitted_industries"] = plot.admitted_divisions
    return figures


def _limits(project: Project, plot: Plot, on: date) -> list[Limit]:
    own = [
        Limit(
            indicator=row.code,
            direction=">=" if row.direction == PlotIndicator.Direction.AT_LEAST else "<=",
            value=row.value,
            unit=row.unit,
            binding=row.binding,
            source=row.source,
        )
        for row in plot.indicators.all()
    ]
    # National values that could not be obtained come along: they ask for the plot's own where it has none.
    return own + list(national_limits(project.industry_code, on))
