"""The limits of standard land: from a plot's notice or contract, a local table, or the national editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from approvals.rules.editions import Edition, edition_on
from approvals.rules.evaluator import number
from approvals.rules.standard_land.measures import MEASURES, measure_code

Direction = Literal[">=", "<="]


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of one indicator. ``value`` None is unknown, never zero; ``waived`` is 「/」: stated not to apply.

    A limit without a direction, or in a unit that does not fit its indicator, is refused: 万元/亩 read as 万元/公顷 is
    15 times too lenient. Raises ``ValueError``.
    """

    indicator: str
    direction: Direction
    value: Decimal | None
    unit: str
    binding: bool
    source: str
    label: str = ""
    stage: str = ""  # completion or operation; empty: as usual for the indicator
    waived: bool = False
    unconfirmed: bool = False

    def __post_init__(self) -> None:
        if self.value is not None:
            object.__setattr__(self, "value", number(self.value))
        units = MEASURES[self.measure].units
        if self.direction not in (">=", "<="):
            raise ValueError(f"{self.indicator}: 指标限值须写明方向（不低于或不高于）")
        if self.unit not in units:
            raise ValueError(f"{self.indicator}: 指标限值须写明计量单位，可用：{'、'.join(units)}")

    @property
    def measure(self) -> str:
        return measure_code(self.indicator)

    @property
    def name(self) -> str:
        return self.label or MEASURES[self.measure].label

    @property
    def judged_at(self) -> str:
        return self.stage or MEASURES[self.measure].judged_at

    @property
    def base_value(self) -> Fraction | None:
        """The limit in base units (万元, m² or t per m² or unit), so that limits in different units compare."""
        return None if self.value is None else Fraction(self.value) * MEASURES[self.measure].units[self.unit]


def edition_for(on: date) -> Edition:
    """The national edition in force. A day before the first one raises ``LookupError``."""
    return edition_on("standard_land", on)


def national_limits(industry: str, on: date) -> tuple[Limit, ...]:
    """The national limits for an industry (GB/T 4754-2017 code of two to four digits).

    Values that could not be obtained come as ``value=None``: they ask to be supplied, and never fail anything.
    """
    edition = edition_for(on)
    return tuple(_national(row, industry, edition) for row in edition.data["indicators"])


def strictest(limits: list[Limit]) -> Limit:
    """Of limits of one measure and direction, all with values, the one that is hardest to meet."""
    keyed = [(limit.base_value or Fraction(0), limit) for limit in limits]
    pick = max if limits[0].direction == ">=" else min
    return pick(keyed, key=lambda pair: pair[0])[1]


def _national(row: Mapping[str, Any], industry: str, edition: Edition) -> Limit:
    value = _far_min(industry, edition) if row.get("per_division") else row["value"]
    return Limit(
        indicator=row["indicator"],
        direction=row["direction"],
        value=None if value is None else number(value),
        unit=row["unit"],
        binding=row["binding"],
        source=edition.source,
        unconfirmed=row["confidence"] != "high",
    )


def _far_min(industry: str, edition: Edition) -> str | None:
    division = edition.data["divisions"].get(industry[:2], {})
    value = division.get("far_min")
    return value.get(industry[:3]) if isinstance(value, Mapping) else value
