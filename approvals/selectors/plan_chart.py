"""Where each bar of the plan's chart stands, in whole units of an SVG of a given width. Draws nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

from approvals.language import short_day, short_month
from approvals.rules.plan import Plan
from approvals.selectors.plan import PlanRow

AXIS = 28  # height of the line of months
BAR = 12
OPEN_BAR = 36  # a limit that is not known: long enough to be seen as open
LONGEST_NAME = {"wide": 17, "narrow": 22}


@dataclass(frozen=True, slots=True)
class Layout:
    """``labels``: width of the column of names; 0 puts them above the bars, as on a phone."""

    name: str
    width: int
    labels: int
    row: int


WIDE = Layout("wide", 1180, 290, 40)
NARROW = Layout("narrow", 350, 0, 58)


@dataclass(frozen=True, slots=True)
class Bar:
    """One matter. ``state``: done, running, ahead, unknown or late; ``latest_x``: the latest finish, or None."""

    name: str
    dates: str
    state: str
    critical: bool
    x: int
    y: int
    width: int
    text_x: int
    name_y: int
    dates_y: int
    latest_x: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line with a word: a month, today, the wished day."""

    x: int
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Link:
    """From the end of a prerequisite to the start of what waits for it, as an SVG path."""

    path: str
    critical: bool


@dataclass(frozen=True, slots=True)
class Chart:
    name: str
    width: int
    height: int
    bar: int
    bars: tuple[Bar, ...]
    links: tuple[Link, ...]
    months: tuple[Mark, ...]
    today: Mark
    wished: Mark | None


def charts(plan: Plan, rows: Sequence[PlanRow]) -> list[Chart]:
    """The same chart for a wide page and for a phone."""
    return [_chart(plan, rows, layout) for layout in (WIDE, NARROW)]


class _Scale:
    """Days to units: the first and the last day of the chart lie a little inside its edges."""

    def __init__(self, first: date, last: date, layout: Layout) -> None:
        self.first, self.left = first, layout.labels
        self.days = max((last - first).days, 1)
        self.room = layout.width - layout.labels - 8

    def x(self, day: date) -> int:
        return self.left + round((day - self.first).days * self.room / self.days)


def _chart(plan: Plan, rows: Sequence[PlanRow], layout: Layout) -> Chart:
    scale = _Scale(*_span(plan), layout)
    bars = tuple(_bar(row, index, scale, layout, plan.today) for index, row in enumerate(rows))
    return Chart(
        name=layout.name,
        width=layout.width,
        height=AXIS + len(rows) * layout.row + 6,
        bar=BAR,
        bars=bars,
        links=tuple(_links(rows, bars)),
        months=tuple(_months(scale, layout)),
        today=_mark(scale, plan.today, _("今天"), layout),
        wished=_mark(scale, plan.wished_on, _("期望开工"), layout) if plan.wished_on else None,
    )


def _span(plan: Plan) -> tuple[date, date]:
    days = [plan.today, plan.ends_on, *(line.starts_on for line in plan.lines)]
    days += [day for line in plan.lines for day in (line.finishes_on, line.latest_start_on) if day]
    days += [plan.wished_on] if plan.wished_on else []
    return min(days) - timedelta(days=3), max(days) + timedelta(days=7)


def _bar(row: PlanRow, index: int, scale: _Scale, layout: Layout, today: date) -> Bar:
    line, top = row.line, AXIS + index * layout.row
    x, end = scale.x(line.starts_on), scale.x(line.finishes_on)
    above = layout.labels == 0
    dates = _dates(row, today)
    return Bar(
        name=_short(line.node.name, LONGEST_NAME[layout.name]),
        dates=f"{_('关键')} · {dates}" if line.critical else dates,
        state=_state(row),
        critical=line.critical,
        x=x,
        y=top + (layout.row - BAR - 6 if above else (layout.row - BAR) // 2),
        width=max(end - x, OPEN_BAR if line.node.is_unknown else 4),
        text_x=8,
        name_y=top + 16,
        dates_y=top + (31 if above else 32),
        latest_x=scale.x(line.latest_finish_on) if line.latest_finish_on else None,
    )


def _state(row: PlanRow) -> str:
    if row.line.is_done:
        return "done"
    if row.line.is_impossible:
        return "late"
    if row.line.node.is_unknown:
        return "unknown"
    return "running" if row.line.has_started else "ahead"


def _dates(row: PlanRow, today: date) -> str:
    line = row.line
    if line.is_done:
        return _("%(day)s 办结") % {"day": short_day(line.finishes_on, today)}
    if line.node.is_unknown:
        return _("%(day)s 开始，何时办结不能预计") % {"day": short_day(line.starts_on, today)}
    words = {"start": short_day(line.starts_on, today), "finish": short_day(line.finishes_on, today)}
    if line.open_ended_by:
        return _("不早于 %(start)s 至 %(finish)s") % words
    return _("%(start)s 至 %(finish)s") % words


def _short(name: str, longest: int) -> str:
    """``longest``: in Chinese characters, which are as wide as two Latin letters."""
    room = 2 * longest
    for end, letter in enumerate(name):
        room -= 2 if east_asian_width(letter) in "WF" else 1
        if room < 0:
            return f"{name[: end - 1]}…"
    return name


def _links(rows: Sequence[PlanRow], bars: Sequence[Bar]) -> list[Link]:
    """From what is still to be concluded; what is over holds nothing up."""
    pairs = zip(rows, bars, strict=True)
    place = {row.line.node.code: bar for row, bar in pairs}
    ahead = {row.line.node.code for row in rows if not row.line.is_done}
    found = []
    for row in rows:
        after = place[row.line.node.code]
        for code in row.line.node.requires:
            if code in ahead:
                before = place[code]
                critical = before.critical and after.critical
                found.append(Link(_elbow(before, after), critical))
    return found


def _elbow(before: Bar, after: Bar) -> str:
    """Out of the end of one bar, down or up, into the start of the other."""
    x1, y1 = before.x + before.width, before.y + BAR // 2
    y2 = after.y if after.y > before.y else after.y + BAR
    return f"M{x1} {y1}H{max(after.x + 3, x1)}V{y2}"


def _months(scale: _Scale, layout: Layout) -> list[Mark]:
    """A line for each month, the words where there is room for them."""
    marks, last = [], -1000
    day = (scale.first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while (day - scale.first).days <= scale.days:
        x = scale.x(day)
        room = x - last >= 48 and x < layout.width - (60 if day.month == 1 else 30)
        marks.append(Mark(x, short_month(day) if room else ""))
        last = x if room else last
        day = (day + timedelta(days=32)).replace(day=1)
    return marks


def _mark(scale: _Scale, day: date, text: str, layout: Layout) -> Mark:
    x = scale.x(day)
    return Mark(x, text, "end" if x > layout.width - 60 else "start")
