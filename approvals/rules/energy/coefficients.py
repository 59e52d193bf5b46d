"""Which coefficient a line of energy is converted with: measured before certificate before table.

Source: GB/T 2589-2020 附录 A, B; the table itself is ``data/energy_coefficients-*.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from approvals.rules.editions import Edition, edition_on
from approvals.rules.evaluator import number
from approvals.rules.spans import UNBOUNDED, ZERO, Span, plain

EVIDENCED = frozenset({"measured", "certificate"})
SOURCE_LABELS = {
    "measured": "实测低位发热量",
    "certificate": "供应商热值证明",
    "table": "标准附录缺省值",
    "default_range": "标准附录区间",
    "unsupported": "申报值（未附依据）",
    "unknown": "未知",
}


@dataclass(frozen=True, slots=True)
class Coefficient:
    """kgce per base unit at both ends, where it came from, and warning codes."""

    kgce: Span
    source: str
    warnings: tuple[str, ...] = ()


def table_on(on: date) -> Edition:
    return edition_on("energy_coefficients", on)


def carrier_key(name: str, table: Edition) -> str:
    """The table's own key for a carrier (``electricity`` → ``electricity_calorific``)."""
    return str(table.data["aliases"].get(name, name))


def coefficient_from_lhv(lhv_kj: Decimal) -> Decimal:
    """kgce per unit from a lower heating value in kJ per unit, to the four places in which coefficients are published.

    Source: GB/T 2589-2020, 1 kgce = 29307.6 kJ.
    """
    return (lhv_kj / Decimal("29307.6")).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def choose(line: Mapping[str, Any], spec: Mapping[str, Any]) -> Coefficient:
    """The coefficient of one line. A value without evidence, or an implausible one, only widens the table's own."""
    published = _published(spec)
    stated, source = line.get("coefficient"), line.get("coefficient_source")
    if spec.get("fixed"):
        return _fixed(published, stated)
    if stated is None or source in ("table", "default_range"):
        return _from_table(published, stated, source)
    value = number(stated)
    if source not in EVIDENCED:
        codes = ("COEFFICIENT_UNSUPPORTED",) if published != Span.of(value) else ()
        return Coefficient(published | Span.of(value), "unsupported" if codes else "table", codes)
    if not _plausible(value, spec):
        return Coefficient(published | Span.of(value), str(source), ("COEFFICIENT_IMPLAUSIBLE",))
    return Coefficient(Span.of(value), str(source))


def range_text(coefficient: Coefficient) -> str:
    low, high = coefficient.kgce.low, coefficient.kgce.high
    return plain(low) if low == high else f"{plain(low)}～{plain(high)}"


def _published(spec: Mapping[str, Any]) -> Span:
    if spec.get("range"):
        low, high = spec["range"]
        return Span(number(low), number(high))
    # No default at all (semi-coke): only a measured value can bound it.
    return Span.of(number(spec["kgce"])) if spec.get("kgce") else Span(ZERO, UNBOUNDED)


def _fixed(published: Span, stated: Any) -> Coefficient:
    # The threshold rule prescribes 当量值; a 等价值 here (0.3, 0.404) would treble the figure.
    differs = stated is not None and number(stated) != published.low
    return Coefficient(published, "table", ("COEFFICIENT_PRESCRIBED",) if differs else ())


def _from_table(published: Span, stated: Any, source: Any) -> Coefficient:
    label = "table" if published.exact else "default_range" if published.high < UNBOUNDED else "unknown"
    differs = source == "table" and stated is not None and not published.low <= number(stated) <= published.high
    return Coefficient(published, label, ("COEFFICIENT_NOT_IN_TABLE",) if differs else ())


def _plausible(value: Decimal, spec: Mapping[str, Any]) -> bool:
    if value <= 0:
        return False
    bounds = spec.get("plausible")
    return bounds is None or number(bounds[0]) <= value <= number(bounds[1])
