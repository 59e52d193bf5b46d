"""The energy table of a case (``inputs``) as lines for ``energy.classify``, each name and unit checked.

A coefficient stated without a source is taken as evidenced: the case is about something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from approvals.rules.editions import Edition
from approvals.rules.energy.coefficients import carrier_key, coefficient_from_lhv
from approvals.rules.energy.units import to_base

from .reading import CaseFault, decimal, flag, is_unknown, known_names, mapping, sequence

_LINE = (
    *("carrier", "qty", "quantity", "unit", "coef", "coefficient", "coef_source", "coefficient_source", "use", "note"),
    *("exclude", "sold", "self_generated", "density", "density_kg_per_l", "density_kg_per_L", "lhv_kj", "lhv_kJ"),
)
_MEDIUM_UNITS = {"t_medium": "t", "m3_medium": "m3"}
# Known, but not at the conditions of the coefficients: it has to be asked for, not converted.
_NORMAL_M3 = frozenset({"nm3", "nm³", "标立方米", "标准立方米", "万nm3", "万nm³", "万标立方米"})
# Other words for a coefficient that was measured, metered or certified for this very fuel or steam.
_EVIDENCE = frozenset(
    {"enthalpy", "metered", "lhv", "measured_lhv", "supplier", "supplier_certificate", "lhv_certificate"}
)
# Other words for what the plant makes from a fuel that is itself in the table.
_MADE_FROM_FUEL = frozenset({"chp", "chp_output", "own_generation", "on_site", "self_produced", "internal"})
# Power from the sun is nobody's fuel: it counts, whatever else the plant burns.
_OWN_POWER = frozenset({"pv_electricity", "own_pv", "rooftop_pv", "solar_electricity"})


def energy_lines(raw: Any, field: str, table: Edition) -> list[dict[str, Any]] | None:
    """The energy table; None where there is none, which is unknown and not nothing."""
    if raw is None:
        return None
    found = []
    for index, entry in enumerate(sequence(raw, field)):
        line = _line(mapping(entry, f"{field}.{index}"), f"{field}.{index}", table)
        if line is not None:
            found.append(line)
    return found


def _line(row: Mapping[str, Any], field: str, table: Edition) -> dict[str, Any] | None:
    """One line, None where the case leaves it out. Working media stay: a rule leaves them out, and warns."""
    known_names(row, _LINE, field)
    carrier, own_power = _carrier(row, field, table)
    spec = table.data["carriers"][carrier_key(carrier, table)]
    if flag(row.get("exclude"), f"{field}.exclude") and not spec.get("medium"):
        return None
    quantity = decimal(_first(row, "qty", "quantity"), f"{field}.qty", negative=True)
    coefficient, source = _coefficient(row, field)
    return {
        "carrier": carrier,
        "quantity": None if quantity is None else abs(quantity),
        "unit": _unit(row, field, spec),
        "coefficient": coefficient,
        "coefficient_source": source,
        "density_kg_per_l": decimal(_first(row, "density_kg_per_l", "density_kg_per_L", "density"), f"{field}.density"),
        "use": _use(row, field, sold=quantity is not None and quantity < 0, own_power=own_power),
    }


def _carrier(row: Mapping[str, Any], field: str, table: Edition) -> tuple[str, bool]:
    carrier = str(_first(row, "carrier") or "").strip()
    own_power = carrier in _OWN_POWER
    carrier = "electricity" if own_power else carrier
    by_label = {spec["label"]: key for key, spec in table.data["carriers"].items()} | {"电力": "electricity"}
    carrier = by_label.get(carrier, carrier)
    if carrier_key(carrier, table) not in table.data["carriers"]:
        raise CaseFault(f"{field}.carrier", f"unknown carrier {carrier!r}" if carrier else "is missing")
    return carrier, own_power


def _unit(row: Mapping[str, Any], field: str, spec: Mapping[str, Any]) -> str:
    unit = str(_first(row, "unit") or "").strip()
    unit = _MEDIUM_UNITS.get(unit, unit)
    if "".join(unit.split()).casefold() in _NORMAL_M3 and spec["unit"] == "m3":
        return unit
    base = to_base(Decimal(1), unit)
    if base is None:
        raise CaseFault(f"{field}.unit", f"unknown unit {unit!r}" if unit else "is missing")
    heat_of_coal = base[0] == "MJ" and spec.get("coal")
    convertible = {("MJ", "kg"), ("L", "kg"), ("kg", "t")}
    if heat_of_coal or (base[0] != spec["unit"] and (base[0], spec["unit"]) not in convertible):
        raise CaseFault(f"{field}.unit", f"{spec['label']} is not measured in {unit!r}")
    return unit


def _coefficient(row: Mapping[str, Any], field: str) -> tuple[Decimal | None, str | None]:
    stated = decimal(_first(row, "coef", "coefficient"), f"{field}.coef")
    source = _first(row, "coef_source", "coefficient_source")
    heating_value = decimal(_first(row, "lhv_kj", "lhv_kJ"), f"{field}.lhv_kj")
    if stated is None and heating_value is not None:
        return coefficient_from_lhv(heating_value), str(source or "measured")
    if stated is None:
        return None, None if source is None else str(source)
    source = str(source or "certificate")
    return stated, "measured" if source in _EVIDENCE else source


def _use(row: Mapping[str, Any], field: str, *, sold: bool, own_power: bool) -> str | None:
    if sold or flag(row.get("sold"), f"{field}.sold"):
        return "sold"
    if own_power:
        return "own_pv"
    use = _first(row, "use")
    if str(use) in _MADE_FROM_FUEL or flag(row.get("self_generated"), f"{field}.self_generated"):
        return "self_generated"
    return None if use is None else str(use)


def _first(row: Mapping[str, Any], *names: str) -> Any:
    return next((row[name] for name in names if not is_unknown(row.get(name))), None)
