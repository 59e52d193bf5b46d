"""Why this date: every day of a limit, and what became of it (为什么是这一天)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from approvals.rules.clock.calendar import SATURDAY, WorkingCalendar
from approvals.rules.clock.counting import add_working_days, working_days_between
from approvals.rules.clock.limits import Limit, Pause, Turn, paused_spans, reckon

Span = tuple[date, date, Turn]  # after the first day, through the second
DayStatus = Literal["start", "counted", "make_up", "weekend", "holiday", "closure", "paused"]


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """One day of a limit. ``number`` is the counted day (1, 2, …), None where the day does not count.

    ``note`` names the holiday, the closure or the pause; ``is_extended``: it counts only because of the extension.
    ``paused`` is the pause the day lies in, also on its weekends.
    """

    day: date
    status: DayStatus
    number: int | None
    provisional: bool
    note: str = ""
    paused: Pause | None = None
    is_extended: bool = False

    @property
    def counts(self) -> bool:
        return self.number is not None

    @property
    def turn(self) -> Turn:
        """Whose turn it was: the department's, unless a pause waits for somebody else."""
        return self.paused.turn if self.paused else "department"


def ledger(limit: Limit, calendar: WorkingCalendar, *, on: date) -> list[LedgerDay]:
    """Every day from the start to the due date; ``limit.net_days`` of the rows count. ``on`` ends an open pause."""
    due_on = reckon(limit, calendar, on=on).due_on
    pauses = tuple(_paused_days(limit, calendar, on))
    rows, number = [_row(limit.start_on, "start", calendar)], 0
    for offset in range(1, (due_on - limit.start_on).days + 1):
        row = _day(limit, limit.start_on + timedelta(days=offset), pauses, calendar)
        if row.status in {"counted", "make_up"}:
            number += 1
            row = replace(row, number=number, is_extended=number > limit.days)
        rows.append(row)
    return rows


def next_working_day(limit: Limit, due_on: date, calendar: WorkingCalendar) -> date | None:
    """The first working day after a limit in calendar days that ends on a rest day; None for every other limit."""
    if limit.unit == "working" or calendar.is_working_day(due_on):
        return None
    return add_working_days(due_on, 1, calendar).due_on


def day_ledger(start: date, n: int, calendar: WorkingCalendar) -> list[LedgerDay]:
    """Every day from ``start`` to the due date of ``n`` working days without pause or extension."""
    return ledger(Limit(start, n), calendar, on=start)


def days_by_turn(start: date, end: date, spans: Iterable[Span], calendar: WorkingCalendar) -> dict[str, int]:
    """Working days after ``start`` through ``end`` by whose turn it was. What no span covers is the department's;
    of overlapping spans the earlier one counts. ``total`` is the sum."""
    found = {"total": working_days_between(start, end, calendar), "enterprise": 0, "department": 0, "third_party": 0}
    reached = start
    for first, last, turn in sorted(spans):
        first, last = max(first, reached), min(last, end)
        if last > first:
            found[turn] += working_days_between(first, last, calendar)
            reached = last
    found["department"] = found["total"] - found["enterprise"] - found["third_party"]
    return found


def _paused_days(limit: Limit, calendar: WorkingCalendar, on: date) -> list[tuple[date, date, Pause]]:
    """Each stretch left out, with the pause that leaves it out."""
    ended = tuple(
        pause if pause.closed_on else replace(pause, closed_on=max(on, pause.opened_on)) for pause in limit.pauses
    )
    found = []
    for first, last in paused_spans(limit, ended, calendar):
        pause = next(p for p in ended if p.opened_on <= first and (p.closed_on or last) >= last)
        found.append((first, last, pause))
    return found


def _day(limit: Limit, day: date, pauses: tuple[tuple[date, date, Pause], ...], calendar: WorkingCalendar) -> LedgerDay:
    pause = next((pause for first, last, pause in pauses if first < day <= last), None)
    status = _status(day, calendar) if limit.unit == "working" else "counted"
    if pause is None:
        return _row(day, status, calendar)
    status = "paused" if status in {"counted", "make_up"} else status
    return replace(_row(day, status, calendar), paused=pause, note=pause.label)


def _row(day: date, status: DayStatus, calendar: WorkingCalendar) -> LedgerDay:
    return LedgerDay(day, status, None, calendar.is_provisional(day), calendar.note(day))


def _status(day: date, calendar: WorkingCalendar) -> DayStatus:
    if day in calendar.closures:
        return "closure"
    at_weekend = day.weekday() >= SATURDAY
    if calendar.is_working_day(day):
        return "make_up" if at_weekend else "counted"
    return "weekend" if at_weekend else "holiday"
