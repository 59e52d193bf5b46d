"""The idle-land clock: one and two years from the agreed start, without the days that the government caused.

Source: 《城市房地产管理法》第二十六条 — a year past the agreed day a fee of at most 20 % of the price may be charged,
after two years the land may be taken back without payment; delay caused by the government is excepted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from approvals.rules.spans_of_time import add_years

BASIS = "《城市房地产管理法》第二十六条"
NOT_DUE, RUNNING, ONE_YEAR, TWO_YEARS, DEVELOPED = "not_due", "running", "one_year", "two_years", "developed"


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay caused by the government, both days included. ``until_on`` None: it still goes on."""

    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class IdleClock:
    """``state``: not_due (the agreed day lies ahead), running, one_year, two_years or developed.

    ``stopped_days``: calendar days left out so far. ``is_stopped``: a delay goes on today.
    """

    state: str
    agreed_on: date
    one_year_on: date
    two_years_on: date
    stopped_days: int
    is_stopped: bool


def idle_clock(agreed_on: date, delays: Iterable[Delay], *, developed_on: date | None, today: date) -> IdleClock:
    """Where the clock stands. The year is full on ``one_year_on``; the land counts as idle from the day after.

    Days of delay before the agreed start move it too: it could not begin to run. Overlapping delays count once.
    """
    known = tuple(delays)
    until = min(today, developed_on) if developed_on else today
    spans = [(d.from_on, min(d.until_on or until, until)) for d in known if d.from_on <= until]
    stopped = _days(spans)
    one, two = (add_years(agreed_on, years) + timedelta(days=stopped) for years in (1, 2))
    is_stopped = any(d.from_on <= today and (d.until_on is None or today <= d.until_on) for d in known)
    state = _state(agreed_on, one, two, developed_on, today)
    return IdleClock(state, agreed_on, one, two, stopped, is_stopped and developed_on is None)


def _state(agreed_on: date, one: date, two: date, developed_on: date | None, today: date) -> str:
    if developed_on is not None and developed_on <= today:
        return DEVELOPED
    if today <= agreed_on:
        return NOT_DUE
    return TWO_YEARS if today > two else ONE_YEAR if today > one else RUNNING


def _days(spans: list[tuple[date, date]]) -> int:
    """Calendar days covered, each once."""
    total, reached = 0, date.min
    for first, last in sorted(spans):
        first = max(first, reached + timedelta(days=1)) if reached > date.min else first
        if last >= first:
            total, reached = total + (last - first).days + 1, last
    return total
