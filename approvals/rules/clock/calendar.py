"""The calendar that legal days are counted on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SATURDAY = 5


@dataclass(frozen=True, slots=True, eq=False)
class WorkingCalendar:
    """Exceptions to the weekend rule (调休 and holidays), and the years for which they have been published.

    Args:
        days: date → works on that day; only exceptions are needed, a full table does no harm. Not to be changed later.
        published_years: years whose holiday notice is loaded. Outside them weekends alone decide, provisionally.
        closures: days on which the offices of one area were closed, with the reason; they are not working days there.
        notes: what an exception is called, e.g. 国庆节; only for showing.
    """

    days: Mapping[date, bool]
    published_years: frozenset[int]
    closures: Mapping[date, str] = field(default_factory=dict)
    notes: Mapping[date, str] = field(default_factory=dict)
    _working: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False)

    def is_working_day(self, day: date) -> bool:
        return day not in self.closures and self.days.get(day, day.weekday() < SATURDAY)

    def is_provisional(self, day: date) -> bool:
        """The day lies in a year whose calendar is not published yet."""
        return day.year not in self.published_years

    def note(self, day: date) -> str:
        return self.closures.get(day) or self.notes.get(day, "")

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

    def any_unpublished(self, first_year: int, last_year: int) -> bool:
        return any(year not in self.published_years for year in range(first_year, last_year + 1))
