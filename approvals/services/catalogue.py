"""Bringing the reviewed rule files into the tables that administrators and pages read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import chinese_calendar
from chinese_calendar.constants import Holiday, holidays, workdays
from django.db import transaction

from approvals.models import CalendarDay, CalendarEdition, Matter
from approvals.rules.editions import Edition, editions
from approvals.rules.matters import matter_rows

CALENDAR_SOURCE = f"国务院办公厅节假日安排（chinesecalendar {chinese_calendar.__version__}）"
AS_WRITTEN = "as_written"
KEPT = {"id", "code", "edition", "committed_days"}


@transaction.atomic
def load_matters() -> int:
    """Write every edition of the catalogue; a row in use keeps its identity, and the administrator's promised days.

    Returns the number of rows.
    """
    rows = [matter for edition in editions("matters") for matter in _matters_of(edition)]
    stated = [field.name for field in Matter._meta.concrete_fields if field.name not in KEPT]
    Matter.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code", "edition"], update_fields=stated)
    return len(rows)


def _matters_of(edition: Edition) -> Iterator[Matter]:
    shown_on = edition.in_force_until or max(edition.in_force_from, date.today())  # noqa: DTZ011  names of today
    for row in matter_rows(shown_on):
        yield Matter(
            code=row["code"],
            edition=edition.edition,
            in_force_from=edition.in_force_from,
            in_force_until=edition.in_force_until,
            **_matter(row),
        )


@transaction.atomic
def load_calendar() -> list[int]:
    """Load the years the package knows and the database lacks. A year an administrator maintains is left alone."""
    known = {day.year for day in holidays} | {day.year for day in workdays}
    lacking = sorted(known - set(CalendarEdition.objects.values_list("year", flat=True)))
    added = [CalendarEdition(year=year, source=CALENDAR_SOURCE) for year in lacking]
    CalendarEdition.objects.bulk_create(added)
    CalendarDay.objects.bulk_create([day for edition in added for day in _days(edition)])
    return lacking


def _days(edition: CalendarEdition) -> list[CalendarDay]:
    exceptions = [(day, False, Holiday(name).chinese) for day, name in holidays.items()]
    exceptions += [(day, True, f"{Holiday(name).chinese}调休") for day, name in workdays.items()]
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
        "conditional_materials": row.get("conditional_materials") or [],
        "prerequisites": row["prerequisites"],
        "alternative_of": row.get("alternative_of") or [],
        "recorded_by": row.get("recorded_by") or "",
        "is_permit": row.get("is_permit", True),
        "before": row.get("before") or "",
        "gates": row.get("gate") or [],
        "result_document": row["result_document"],
        "confidence": row["confidence"],
    }
