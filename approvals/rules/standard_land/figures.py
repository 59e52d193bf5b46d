"""Reading a project's figures: areas, floor area counted, investment, coverage; known, bounded or unknown.

Areas are exact fractions of a square metre: 1 亩 = 2000/3 m², 1 公顷 = 10,000 m² = 15 亩; nothing is rounded here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from approvals.rules.evaluator import number
from approvals.rules.spans import ANYTHING, UNBOUNDED, ZERO, Span

Figures = Mapping[str, Any]
M2_PER_MU = Fraction(2000, 3)
M2_PER_HA = 10_000
STOREY_LIMIT_M = Decimal(8)


def area_m2(figures: Figures) -> Fraction | None:
    """Granted area (出让面积) in m², from area_m2, area_mu or area_ha; None when unknown or not positive."""
    for name, factor in (("area_m2", Fraction(1)), ("area_mu", M2_PER_MU), ("area_ha", Fraction(M2_PER_HA))):
        value = known(figures, name)
        if value is not None:
            return Fraction(value) * factor if value > 0 else None
    return None


def counted_floor_area(storeys: Iterable[Mapping[str, Any]]) -> Decimal | None:
    """Floor area counted for FAR (计容面积), m²: a storey higher than 8 m counts twice; exactly 8 m counts once.

    ``storeys``: ``{area_m2, height_m}`` each. None as soon as one of them is not known.
    """
    total = ZERO
    for storey in storeys:
        area, height = known(storey, "area_m2"), known(storey, "height_m")
        if area is None or height is None:
            return None
        total += area * 2 if height > STOREY_LIMIT_M else area
    return total


def known(figures: Figures, name: str) -> Decimal | None:
    """The figure as an exact decimal; None when absent, empty, negative or not a number."""
    try:
        value = None if figures.get(name) in (None, "") else number(figures[name])
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and value >= 0 else None


def exactly(name: str) -> Callable[[Figures], Span]:
    def numerator(figures: Figures) -> Span:
        value = known(figures, name)
        return ANYTHING if value is None else Span.of(value)

    return numerator


def fixed_investment(figures: Figures) -> Span:
    """Fixed assets only. Total investment is never taken for it, but it bounds it from above."""
    fixed, total = known(figures, "fixed_investment_wan"), known(figures, "total_investment_wan")
    if fixed is not None:
        return Span.of(fixed)
    return ANYTHING if total is None else Span(ZERO, total)


def counted_floor(figures: Figures) -> Span:
    counted, total = known(figures, "counted_floor_m2"), known(figures, "total_floor_m2")
    if counted is None and figures.get("storeys"):
        counted = counted_floor_area(figures["storeys"])
    if counted is not None:
        return Span.of(counted)
    # With heights unknown every storey counts at least once and at most twice.
    return ANYTHING if total is None else Span(total, total * 2)


def covered(figures: Figures) -> Span:
    """建筑系数 counts buildings, structures and stockyards; a part not stated can only add."""
    parts = [known(figures, name) for name in ("building_footprint_m2", "structures_m2", "stockyard_m2")]
    if parts[0] is None:
        return ANYTHING
    least = sum((part for part in parts if part is not None), ZERO)
    return Span(least, UNBOUNDED if None in parts else least)


def rd_ratio(figures: Figures) -> Span:
    ratio, spent, revenue = (known(figures, name) for name in ("rd_ratio", "rd_wan", "revenue_wan"))
    if ratio is not None:
        return Span.of(ratio)
    return ANYTHING if spent is None or not revenue else Span.of(spent / revenue)


def whole(name: str) -> Callable[[Figures], Fraction | None]:
    def denominator(figures: Figures) -> Fraction | None:
        value = known(figures, name)
        return Fraction(value) if value else None

    return denominator


def one(figures: Figures) -> Fraction:
    return Fraction(1)
