"""Holding a project's figures against one limit, exactly: pass, fail, unknown, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from approvals.rules.spans import Span
from approvals.rules.standard_land.figures import M2_PER_HA, M2_PER_MU, Figures, area_m2, known
from approvals.rules.standard_land.limits import Limit, strictest
from approvals.rules.standard_land.measures import MEASURES

FAILED = frozenset({"fail", "fail_by_upper_bound"})
_COMPUTED = (
    ("far", "far", "比值"),
    ("building_coefficient", "coef", "比例"),
    ("building_density", "density", "比例"),
    ("office_land_ratio", "office_land", "比例"),
    ("office_floor_ratio", "office_floor", "比例"),
    ("green_ratio", "green", "比例"),
    ("invest_wan_per_mu", "invest_mu", "万元/亩"),
    ("invest_wan_per_ha", "invest_mu", "万元/公顷"),
    ("tax_wan_per_mu", "tax_mu", "万元/亩"),
    ("output_wan_per_mu", "output_mu", "万元/亩"),
    ("va_wan_per_mu", "va_mu", "万元/亩"),
    ("rd", "rd", "比例"),
    ("va_per_tce", "va_per_tce", "万元/吨标煤"),
    ("tce_per_wan_va", "tce_per_va", "吨标煤/万元"),
    ("va_per_emission", "va_per_emission", "万元/吨"),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One limit applied. ``actual`` is exact as far as a decimal can be; ``gap`` is in ``gap_unit``, never negative."""

    limit: Limit
    result: str
    actual: Decimal | None = None
    required_total: Decimal | None = None
    gap: Decimal | None = None
    rounding: bool = False
    governing: bool = True


def computed_values(figures: Figures) -> dict[str, Decimal]:
    """Every ratio that the figures allow, unrounded: areas in m², 亩 and 公顷, 万元 per 亩 and per 公顷."""
    area = area_m2(figures)
    values: dict[str, Decimal] = {}
    if area is not None:
        values |= {
            "area_m2": _decimal(area),
            "area_mu": _decimal(area / M2_PER_MU),
            "area_ha": _decimal(area / M2_PER_HA),
        }
    for name, code, unit in _COMPUTED:
        actual = _actual(MEASURES[code].numerator(figures), MEASURES[code].denominator(figures))
        if actual is not None:
            values[name] = _decimal(actual / MEASURES[code].units[unit])
    # Without structures and yards this is their lower bound; 建筑密度 and 建筑系数 differ by exactly these.
    if area is not None and "building_coefficient" not in values and (known(figures, "building_footprint_m2")):
        values["building_coefficient_min"] = _decimal(Fraction(MEASURES["coef"].numerator(figures).low) / area)
    return values


def judge(limit: Limit, figures: Figures, limits: Sequence[Limit]) -> Judged:
    if limit.waived:
        return Judged(limit, "no_limit", governing=False)
    measure, base = MEASURES[limit.measure], limit.base_value
    numerator, denominator = measure.numerator(figures), measure.denominator(figures)
    actual = _actual(numerator, denominator)
    shown = None if actual is None else _decimal(actual / measure.units[limit.unit])
    governing = _governs(limit, limits)
    if base is None or denominator is None:
        return Judged(limit, "unknown", shown, governing=governing)
    required = base * denominator
    result = _compare(numerator, required, limit)
    gap = _gap(numerator, required, limit) if result in FAILED else None
    rounding = result in FAILED and shown is not None and _meets_when_rounded(shown, limit)
    if result in FAILED and not limit.binding:
        result = "advice"
    return Judged(limit, result, shown, _decimal(required), gap, rounding, governing)


def _compare(numerator: Span, required: Fraction, limit: Limit) -> str:
    """Inclusive both ways, and exact. An uncertain numerator is judged only where both of its ends agree."""
    low, high = _exact(numerator.low), _exact(numerator.high)
    if limit.direction == ">=":
        passes, fails = low >= required, high < required
    else:
        passes, fails = high <= required, low > required
    if passes:
        return "pass"
    if not fails:
        return "unknown"
    return "fail" if numerator.exact else "fail_by_upper_bound" if limit.direction == ">=" else "fail"


def _gap(numerator: Span, required: Fraction, limit: Limit) -> Decimal:
    """At least how much is lacking (>=) or too much (<=)."""
    if limit.direction == ">=":
        return _decimal(required - Fraction(numerator.high))
    return _decimal(Fraction(numerator.low) - required)


def _meets_when_rounded(shown: Decimal, limit: Limit) -> bool:
    """Would the value pass as people print it: two places, four for a plain ratio, or as many as the limit has?"""
    if limit.value is None:
        return False
    places = max(4 if limit.unit == "比例" else 2, -int(limit.value.as_tuple().exponent))
    rounded = shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded >= limit.value if limit.direction == ">=" else rounded <= limit.value


def _governs(limit: Limit, limits: Sequence[Limit]) -> bool:
    """Of the binding limits of one indicator and direction the strictest governs; an unknown one only if alone."""
    if not limit.binding:
        return False
    rivals = [
        other
        for other in limits
        if other.binding and not other.waived and other.value is not None
        if (other.measure, other.direction) == (limit.measure, limit.direction)
    ]
    return limit is strictest(rivals) if rivals else True


def _actual(numerator: Span, denominator: Fraction | None) -> Fraction | None:
    if denominator is None or not numerator.exact or not numerator.low.is_finite():
        return None
    return Fraction(numerator.low) / denominator


def _exact(value: Decimal) -> Fraction | float:
    return Fraction(value) if value.is_finite() else float(value)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
