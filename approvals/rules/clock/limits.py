"""A limit with its extension and its pauses, and the day on which it ends.

A pause runs from the day after it was opened (the first day is not counted, as with every period) through the day on
which its event closed it. Only the days that the limit would have counted move the due date: by exactly their number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from approvals.rules.clock.calendar import WorkingCalendar
from approvals.rules.clock.counting import add_calendar_days, add_working_days, working_days_between

Unit = Literal["working", "calendar"]
Turn = Literal["enterprise", "department", "third_party"]


@dataclass(frozen=True, slots=True)
class Pause:
    """Time left out by law (特别程序). ``closed_on`` None: still open.

    ``most_days``: the statute leaves out at most so many working days; what takes longer counts again. None: no bound.
    ``label`` and ``turn`` say what is waited for, and whose turn it is meanwhile.
    """

    opened_on: date
    closed_on: date | None = None
    most_days: int | None = None
    label: str = ""
    turn: Turn = "third_party"

    def __post_init__(self) -> None:
        if self.closed_on is not None and self.closed_on < self.opened_on:
            raise ValueError("a pause cannot end before it begins")

    def latest_end(self, calendar: WorkingCalendar) -> date | None:
        """The last day it can leave out, known even while it is open where the statute sets a bound."""
        if self.most_days is None:
            return self.closed_on
        bound = add_working_days(self.opened_on, self.most_days, calendar).due_on
        return bound if self.closed_on is None else min(bound, self.closed_on)


@dataclass(frozen=True, slots=True)
class Limit:
    """``days`` after ``start_on`` (not counted itself), in ``unit``, with what extends and interrupts them."""

    start_on: date
    days: int
    unit: Unit = "working"
    extension_days: int = 0
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        if self.days < 0 or self.extension_days < 0:
            raise ValueError("a limit cannot be negative")

    @property
    def net_days(self) -> int:
        """The days that have to count before it ends."""
        return self.days + self.extension_days

    def advance(self, start: date, n: int, calendar: WorkingCalendar) -> date:
        if self.unit == "calendar":
            return add_calendar_days(start, n)
        return add_working_days(start, n, calendar).due_on

    def count(self, a: date, b: date, calendar: WorkingCalendar) -> int:
        """Days after ``a`` through ``b`` that this limit would count if nothing paused it."""
        return (b - a).days if self.unit == "calendar" else working_days_between(a, b, calendar)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Where a limit ends.

    ``due_on``: the last day; while an open pause reaches it, projected as if the pause ended on the day asked for.
    ``settled_on``: the day that is certain now, whatever today is: with a bounded open pause the latest possible day,
    with an unbounded one None. ``gross_days`` = ``net_days`` + ``paused_days``, in the unit of the limit.
    """

    due_on: date
    settled_on: date | None
    is_paused: bool
    provisional: bool
    net_days: int
    paused_days: int

    @property
    def gross_days(self) -> int:
        return self.net_days + self.paused_days


def reckon(limit: Limit, calendar: WorkingCalendar, *, on: date) -> Reckoning:
    """The due date of ``limit``, with every pause by its actual days. ``on`` only matters while a pause is open."""
    projected = tuple(_ended(pause, on) for pause in limit.pauses)
    due_on = _walk(limit, projected, calendar)
    # A pause that began after the last day cannot save a limit that was already missed.
    opened = [pause for pause in limit.pauses if pause.closed_on is None and pause.opened_on < due_on]
    unbounded = any(pause.most_days is None for pause in opened)
    gross = limit.count(limit.start_on, due_on, calendar)
    return Reckoning(
        due_on=due_on,
        settled_on=None if unbounded else _walk(limit, tuple(_bounded(limit.pauses)), calendar),
        is_paused=any(_runs(pause, calendar, on) for pause in opened),
        provisional=limit.unit == "working" and calendar.any_unpublished(limit.start_on.year, due_on.year),
        net_days=limit.net_days,
        paused_days=gross - limit.net_days,
    )


def paused_spans(limit: Limit, pauses: tuple[Pause, ...], calendar: WorkingCalendar) -> Iterator[tuple[date, date]]:
    """The pauses as spans (after the first day, through the second), in order, apart, after the limit's start."""
    reached = limit.start_on
    for pause in sorted(pauses, key=lambda pause: pause.opened_on):
        first, last = max(pause.opened_on, reached), pause.latest_end(calendar)
        if last is not None and last > first:
            yield first, last
            reached = last


def _walk(limit: Limit, pauses: tuple[Pause, ...], calendar: WorkingCalendar) -> date:
    """Spend the net days on the stretches between the pauses."""
    position, left = limit.start_on, limit.net_days
    for first, last in paused_spans(limit, pauses, calendar):
        stretch = limit.count(position, first, calendar)
        if left <= stretch:
            break
        position, left = last, left - stretch
    return limit.advance(position, left, calendar)


def _ended(pause: Pause, on: date) -> Pause:
    return pause if pause.closed_on else replace(pause, closed_on=max(on, pause.opened_on))


def _runs(pause: Pause, calendar: WorkingCalendar, on: date) -> bool:
    end = pause.latest_end(calendar)
    return end is None or on <= end


def _bounded(pauses: tuple[Pause, ...]) -> Iterator[Pause]:
    """Without open pauses that have no bound: those come into play only after the last day."""
    return (pause for pause in pauses if pause.closed_on is not None or pause.most_days is not None)
