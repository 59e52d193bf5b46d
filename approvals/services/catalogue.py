"""Bringing the reviewed rule files into the tables that administrators and pages read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import chinese_calendar
from chinese_calendar.constants import holidays, workdays
from django.db import transaction

from approvals.models import CalendarDay, CalendarEdition, Matter
from approvals.rules.editions import editions
from approvals.rules.matters import matter_rows

CALENDAR_SOURCE = f"国务院办公厅节假日安排（chinesecalendar {chinese_calendar.__version__}）"
AS_WRITTEN = "as_written"


@transaction.atomic
def load_matters() -> int:
    """Write every edition of the catalogue; a row in use keeps its identity. Returns the number of rows."""
    count = 0
    for edition in editions("matters"):
        shown_on = edition.in_force_until or max(edition.in_force_from, date.today())  # noqa: DTZ011  names of today
        for row in matter_rows(shown_on):
            Matter.objects.update_or_create(
                code=row["code"],
                edition=edition.edition,
                defaults=_matter(row)
                | {"in_force_from": edition.in_force_from, "in_force_until": edition.in_force_until},
            )
            count += 1
    return count


@transaction.atomic
def load_calendar() -> list[int]:
    """Load the years the package knows and the database lacks. A year an administrator maintains is left alone."""
    loaded = []
    for year in sorted({day.year for day in holidays} | {day.year for day in workdays}):
        edition, is_new = CalendarEdition.objects.get_or_create(year=year, defaults={"source": CALENDAR_SOURCE})
        if is_new:
            CalendarDay.objects.bulk_create(_days(edition))
            loaded.append(year)
    return loaded


def _days(edition: CalendarEdition) -> list[CalendarDay]:
    exceptions = [(day, False, note) for day, note in holidays.items()]
    exceptions += [(day, True, f"{note}调休") for day, note in workdays.items()]
    return [
        CalendarDay(edition=edition, day=day, is_working=works, note=note)
        for day, works, note in exceptions
        if day.year == edition.year
    ]


def _matter(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name_zh"],
        "name_en": row["name_en"],
        "category": row["category"],
        "stage": row["stage"],
        "department": row["department_kind"],
        "supervising_department": row.get("supervising_kind") or "",
        "authority": row["authority"],
        "legal_basis": row["basis"],
        "statutory_days": row["statutory_days"],
        "day_type": Matter.DayType.AS_WRITTEN
        if str(row.get("day_type", "")).startswith(AS_WRITTEN)
        else Matter.DayType.WORKING,
        "committed_days": row["committed_days"],
        "materials": row["materials"],
        "prerequisites": row["prerequisites"],
        "alternative_of": row.get("alternative_of") or [],
        "recorded_by": row.get("recorded_by") or "",
        "is_permit": row.get("is_permit", True),
        "before": row.get("before") or "",
        "gates": row.get("gate") or [],
        "result_document": row["result_document"],
        "confidence": row["confidence"],
    }
