"""Adding days and counting the days between, without a loop over the days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from approvals.rules.clock.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit. ``provisional``: part of the way lies in a year without a published calendar."""

    due_on: date
    provisional: bool


def add_working_days(start: date, n: int, calendar: WorkingCalendar) -> Due:
    """The ``n``-th working day after ``start``; the first day is never counted, whether it is a working day or not.

    ``n == 0`` is ``start`` itself. Raises ``ValueError`` for a negative ``n``.
    """
    if n < 0:
        raise ValueError("a limit cannot be negative")
    if n == 0:
        return Due(start, calendar.is_provisional(start))
    year, index = start.year, calendar.count_in_year_through(start) + n - 1
    while index >= len(working := calendar.working_ordinals(year)):
        index -= len(working)
        year += 1
    return Due(date.fromordinal(working[index]), calendar.any_unpublished(start.year, year))


def add_calendar_days(start: date, n: int) -> date:
    """``n`` calendar days after ``start``: for statutes that say 日 without 工作日, shown as the warning date."""
    return start + timedelta(days=n)


def working_days_between(a: date, b: date, calendar: WorkingCalendar) -> int:
    """Working days after ``a`` up to and including ``b``; negative when ``b`` lies before ``a``."""
    if b < a:
        return -working_days_between(b, a, calendar)
    whole_years = sum(len(calendar.working_ordinals(year)) for year in range(a.year, b.year))
    return whole_years + calendar.count_in_year_through(b) - calendar.count_in_year_through(a)


def remaining(on: date, due_on: date, calendar: WorkingCalendar) -> int:
    """Working days left after ``on``: 0 on the last day, negative by the working days overdue.

    On rest days right after a due date it is still 0; whether something is late is ``on > due_on``.
    """
    return working_days_between(on, due_on, calendar)
