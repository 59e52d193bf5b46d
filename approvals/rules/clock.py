"""Working days: adding, counting and explaining them, over a calendar that is passed in.

Public: ``WorkingCalendar``, ``add_working_days``, ``add_calendar_days``, ``working_days_between``, ``remaining``,
``day_ledger``. Nothing here reads today's date.

Source: 《行政许可法》第四十二条, 第八十二条 (limits are working days); 《民法典》第二百零一条 (the first day is out).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

SATURDAY = 5
DayStatus = Literal["start", "counted", "make_up", "weekend", "holiday"]


@dataclass(frozen=True, slots=True, eq=False)
class WorkingCalendar:
    """Exceptions to the weekend rule (调休 and holidays), and the years for which they have been published.

    Args:
        days: date → works on that day; only exceptions are needed, a full table does no harm. Not to be changed later.
        published_years: years whose holiday notice is loaded. Outside them weekends alone decide, provisionally.
    """

    days: Mapping[date, bool]
    published_years: frozenset[int]
    _working: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False)

    def is_working_day(self, day: date) -> bool:
        return self.days.get(day, day.weekday() < SATURDAY)

    def is_provisional(self, day: date) -> bool:
        """The day lies in a year whose calendar is not published yet."""
        return day.year not in self.published_years

    def working_ordinals(self, year: int) -> tuple[int, ...]:
        """Ordinals of the year's working days, ascending; computed once a year, so that sums need no day loop."""
        known = self._working.get(year)
        if known is None:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            every = (date.fromordinal(ordinal) for ordinal in range(first, last + 1))
            known = self._working[year] = tuple(day.toordinal() for day in every if self.is_working_day(day))
        return known

    def count_in_year_through(self, day: date) -> int:
        """Working days of ``day``'s year up to and including ``day``."""
        return bisect_right(self.working_ordinals(day.year), day.toordinal())


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit. ``provisional``: part of the way lies in a year without a published calendar."""

    due_on: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """One day of 「为什么是这一天」. ``number`` is the counted working day, None where the day does not count."""

    day: date
    status: DayStatus
    number: int | None
    provisional: bool

    @property
    def counts(self) -> bool:
        return self.number is not None


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
    return Due(date.fromordinal(working[index]), _any_unpublished(start.year, year, calendar))


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


def day_ledger(start: date, n: int, calendar: WorkingCalendar) -> list[LedgerDay]:
    """Every day from ``start`` to the due date, and what became of it; ``n`` of the rows count."""
    due_on = add_working_days(start, n, calendar).due_on
    rows, number = [LedgerDay(start, "start", None, calendar.is_provisional(start))], 0
    for offset in range(1, (due_on - start).days + 1):
        day = start + timedelta(days=offset)
        works = calendar.is_working_day(day)
        number += works
        rows.append(LedgerDay(day, _status(day, works), number if works else None, calendar.is_provisional(day)))
    return rows


def _status(day: date, works: bool) -> DayStatus:
    at_weekend = day.weekday() >= SATURDAY
    if works:
        return "make_up" if at_weekend else "counted"
    return "weekend" if at_weekend else "holiday"


def _any_unpublished(first_year: int, last_year: int, calendar: WorkingCalendar) -> bool:
    return any(year not in calendar.published_years for year in range(first_year, last_year + 1))
