"""Counting backwards: the latest working day from which a limit still ends in time."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta

from approvals.rules.clock import WorkingCalendar


def next_working_day(day: date, calendar: WorkingCalendar) -> date:
    """``day`` itself where it is a working day, else the next: what comes in on a rest day counts from there."""
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


def last_working_day(day: date, calendar: WorkingCalendar) -> date:
    """``day`` itself where it is a working day, else the one before."""
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def latest_start(finish: date, days: int, unit: str, calendar: WorkingCalendar) -> date:
    """The latest working day such that a limit of ``days`` counted from it ends on or before ``finish``."""
    if unit == "calendar":
        return last_working_day(finish - timedelta(days=days), calendar)
    return subtract_working_days(last_working_day(finish, calendar), days, calendar)


def subtract_working_days(day: date, n: int, calendar: WorkingCalendar) -> date:
    """The ``n``-th working day before the working day ``day``: the inverse of ``clock.add_working_days``."""
    year = day.year
    index = bisect_right(calendar.working_ordinals(year), day.toordinal()) - 1 - n
    while index < 0:
        year -= 1
        index += len(calendar.working_ordinals(year))
    return date.fromordinal(calendar.working_ordinals(year)[index])
