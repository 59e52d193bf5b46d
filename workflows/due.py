"""How many working days are left, for rows that show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from approvals.models import LocalParameter
from approvals.rules.clock import WorkingCalendar, add_working_days, remaining
from approvals.selectors.calendar import working_calendar
from approvals.selectors.deferral import Owed, owed_by
from workflows.models import WorkItem

FALLBACK_DUE_SOON = 3  # working days; only a filter on a page, no legal meaning


@dataclass(frozen=True, slots=True)
class Row:
    """A task and its remaining working days (negative: overdue), None where it has no limit."""

    item: WorkItem
    remaining: int | None
    is_overdue: bool
    owed: Owed | None = None  # deferred materials that have not come yet


def with_remaining(items: Iterable[WorkItem], *, calendar: WorkingCalendar, on: date) -> list[Row]:
    items = list(items)
    owed = owed_by(item.application_id for item in items if item.application_id)
    return [
        Row(
            item,
            remaining(on, item.due_on, calendar) if item.due_on else None,
            item.due_on is not None and item.due_on < on,
            owed.get(item.application_id or 0),
        )
        for item in items
    ]


def due_soon_until(on: date, calendar: WorkingCalendar | None = None) -> date:
    """The last day that still counts as "due soon": set by the locality, otherwise three working days."""
    values = LocalParameter.objects.held_on(on).filter(code=LocalParameter.Code.DUE_SOON_WORKING_DAYS)
    value = values.order_by("organisation__depth").values_list("value", flat=True).first()
    days = int(value) if value else FALLBACK_DUE_SOON
    return add_working_days(on, days, calendar or working_calendar()).due_on
