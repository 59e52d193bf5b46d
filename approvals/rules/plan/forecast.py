"""The plan: when each matter of a project can be concluded, and when it has to begin for a wished commencement.

Public: ``Node``, ``forecast``, ``Plan``, ``Line``, ``Cycle``. Pure: the calendar and today are passed in.

The forecast counts every limit from the day a matter can be handed in, as if it were accepted that day; it says what
the limits allow, not what people will do. A limit that is not known is never guessed: dates beyond it are lower
bounds ("not before"), and the matter is named. Working days are counted as in ``rules.clock``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from approvals.rules.clock import WorkingCalendar, add_calendar_days, add_working_days, working_days_between
from approvals.rules.plan.backwards import latest_start, next_working_day
from approvals.rules.plan.network import Node, by_code_of, in_order


@dataclass(frozen=True, slots=True)
class Line:
    """One matter in the plan.

    ``starts_on``/``finishes_on``: what happened, else the earliest possible; lower bounds where ``open_ended_by`` names
    matters of unknown limit. ``latest_start_on``/``latest_finish_on``: for the wished commencement; upper bounds where
    a later limit is unknown; None without a wish or once concluded. ``slack``: working days from the earliest to the
    latest finish; negative is impossible. ``critical``: on the chain that determines the end. ``driver``: the code of
    the prerequisite that its start waits for.
    """

    node: Node
    starts_on: date
    finishes_on: date
    open_ended_by: tuple[str, ...] = ()
    driver: str | None = None
    latest_start_on: date | None = None
    latest_finish_on: date | None = None
    slack: int | None = None
    critical: bool = False

    @property
    def is_done(self) -> bool:
        return self.node.finished_on is not None

    @property
    def has_started(self) -> bool:
        return self.node.started_on is not None

    @property
    def is_impossible(self) -> bool:
        return self.slack is not None and self.slack < 0


@dataclass(frozen=True, slots=True)
class Plan:
    """``ends_on``: when everything can be concluded; a lower bound where ``open_ended_by`` is not empty.

    ``possible``: True or False for the wished day; None where there is no wish, or an unknown limit leaves it open.
    """

    lines: tuple[Line, ...]
    today: date
    ends_on: date
    open_ended_by: tuple[str, ...]
    wished_on: date | None
    possible: bool | None

    @property
    def critical(self) -> tuple[Line, ...]:
        """The chain that determines the end, in the order of time."""
        return tuple(sorted((line for line in self.lines if line.critical), key=lambda line: line.starts_on))

    @property
    def impossible(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_impossible)


def forecast(nodes: Iterable[Node], *, today: date, calendar: WorkingCalendar, wished_on: date | None = None) -> Plan:
    """Schedule forwards from today, and backwards from the wished day where there is one.

    Lines come in the order that the prerequisites give, by code among equals, whatever the input's order.

    Raises:
        Cycle: matters wait for each other; they are named.
        ValueError: a code appears twice, or a limit is negative.
    """
    by_code = by_code_of(nodes)
    order = in_order(by_code)
    lines = _forwards(order, by_code, today, calendar)
    ends_on = max((line.finishes_on for line in lines.values()), default=today)
    ends_on = max(ends_on, today) if any(not line.is_done for line in lines.values()) else ends_on
    unknown = tuple(code for code in order if by_code[code].is_unknown)
    critical = _critical(lines, ends_on, calendar)
    latest = _backwards(order, by_code, wished_on, calendar) if wished_on else {}
    finished = tuple(_finished(lines[code], latest.get(code), code in critical, calendar) for code in order)
    return Plan(finished, today, ends_on, unknown, wished_on, _verdict(finished, unknown, wished_on))


def _forwards(
    order: Iterable[str], by_code: Mapping[str, Node], today: date, calendar: WorkingCalendar
) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    for code in order:
        lines[code] = _earliest(by_code[code], lines, today, calendar)
    return lines


def _earliest(node: Node, before: Mapping[str, Line], today: date, calendar: WorkingCalendar) -> Line:
    if node.finished_on is not None:
        return Line(node, node.started_on or node.finished_on, node.finished_on)
    needs = [before[code] for code in node.requires if code in before]
    open_ended = {code for line in needs for code in line.open_ended_by} | ({node.code} if node.is_unknown else set())
    from_on, driver = next_working_day(today, calendar), None
    if node.started_on is None:
        for line in sorted(needs, key=lambda line: line.node.code):
            possible = next_working_day(line.finishes_on, calendar)
            if not line.is_done and possible >= from_on and (driver is None or possible > from_on):
                from_on, driver = possible, line.node.code
    finishes_on = max(node.due_on, today) if node.due_on else finish_after(from_on, node, calendar)
    # A matter handed in already still waits for its prerequisites before it can be granted.
    finishes_on = max([finishes_on, *(line.finishes_on for line in needs)])
    starts_on = node.started_on or from_on
    return Line(node, starts_on, finishes_on, tuple(sorted(open_ended)), driver)


def finish_after(start: date, node: Node, calendar: WorkingCalendar) -> date:
    """The last day of the node's limit when it begins on ``start``; ``start`` itself where the limit is not known."""
    if node.days is None:
        return start
    if node.unit == "calendar":
        return add_calendar_days(start, node.days)
    return add_working_days(start, node.days, calendar).due_on


def _critical(lines: Mapping[str, Line], ends_on: date, calendar: WorkingCalendar) -> set[str]:
    """What the end waits for: from the last to finish back along the prerequisites that fix each start."""
    queue = [code for code, line in lines.items() if not line.is_done and line.finishes_on == ends_on]
    found: set[str] = set()
    while queue:
        code = queue.pop()
        if code in found:
            continue
        found.add(code)
        queue += _drivers(lines[code], lines, calendar)
    return found


def _drivers(line: Line, lines: Mapping[str, Line], calendar: WorkingCalendar) -> list[str]:
    open_needs = [lines[code] for code in line.node.requires if code in lines and not lines[code].is_done]
    if line.has_started:
        return [need.node.code for need in open_needs if need.finishes_on == line.finishes_on]
    if line.driver is None:
        return []
    return [need.node.code for need in open_needs if next_working_day(need.finishes_on, calendar) == line.starts_on]


def _backwards(
    order: tuple[str, ...], by_code: Mapping[str, Node], wished_on: date, calendar: WorkingCalendar
) -> dict[str, tuple[date, date]]:
    """Code → latest start and latest finish of everything not concluded."""
    latest: dict[str, tuple[date, date]] = {}
    bound: dict[str, date] = {}
    for code in reversed(order):
        node = by_code[code]
        if node.finished_on is not None:
            continue
        finish = bound.get(code, wished_on)
        start = latest_start(finish, node.days or 0, node.unit, calendar)
        latest[code] = (start, finish)
        limit = finish if node.started_on is not None else start
        for need in node.requires:
            if need in by_code:
                bound[need] = min(bound.get(need, wished_on), limit)
    return latest


def _finished(line: Line, latest: tuple[date, date] | None, critical: bool, calendar: WorkingCalendar) -> Line:
    slack = None
    if latest is not None:
        slack = _distance(line.finishes_on, latest[1], calendar)
    return replace(
        line,
        latest_start_on=latest[0] if latest and not line.has_started else None,
        latest_finish_on=latest[1] if latest else None,
        slack=slack,
        critical=critical,
    )


def _distance(a: date, b: date, calendar: WorkingCalendar) -> int:
    """Working days from ``a`` to ``b``; a day too late is at least one, even when it is a day of rest."""
    days = working_days_between(a, b, calendar)
    return min(days, -1) if b < a else days


def _verdict(lines: Collection[Line], unknown: tuple[str, ...], wished_on: date | None) -> bool | None:
    if wished_on is None:
        return None
    if any(line.is_impossible for line in lines):
        return False
    return None if unknown else True


def days_late(line: Line, calendar: WorkingCalendar) -> int:
    """Working days from the latest start to the earliest possible one; 0 where it can still begin in time."""
    if line.latest_start_on is None or line.starts_on <= line.latest_start_on:
        return 0
    return -_distance(line.starts_on, line.latest_start_on, calendar)
