"""Until when a result has to be used: the span of each matter, its extensions, and the last day.

Public: ``Span``, ``span_for``, ``last_day``. Data: ``data/validity-2025.yaml``.
"""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date

from approvals.rules.editions import edition_on


@dataclass(frozen=True, slots=True)
class Span:
    """``start``: decided or delivered. ``extensions`` times ``extension_months``. ``basis`` "" is the matter's."""

    months: int
    start: str
    extension_months: int
    extensions: int
    effect: str
    basis: str


def span_for(matter_code: str, on: date) -> Span | None:
    """None where no law sets an end. ``on``: the day of the decision."""
    try:
        edition = edition_on("validity", on)
    except LookupError:
        return None
    row = next((row for row in edition.data["results"] if matter_code in row["matters"]), None)
    if row is None:
        return None
    extension = row["extension"] or {"months": 0, "times": 0}
    return Span(row["months"], row["from"], extension["months"], extension["times"], row["effect"], row["basis"] or "")


def last_day(span: Span, start: date, *, extended: int = 0) -> date:
    """The same day of the month in which the span ends; the month's last where it has no such day."""
    if not 0 <= extended <= span.extensions:
        raise ValueError("extended more often than the law allows")
    ahead = start.month - 1 + span.months + extended * span.extension_months
    year, month = start.year + ahead // 12, ahead % 12 + 1
    return date(year, month, min(start.day, months.monthrange(year, month)[1]))
