"""Cases of standard land: ``limits`` of the plot, ``project`` figures, and the expected indicators.

A case states all there is on the plot: structures and stockyards that it leaves out are none. Every other omitted
figure is unknown. A limit's code carries its unit and direction (``invest_mu``, ``far_min``, ``tce_per_va_max``); a
code that does not is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from approvals.rules.standard_land import HEADLINES, check
from approvals.rules.standard_land.limits import Direction, Limit
from approvals.rules.standard_land.measures import MEASURES, measure_code

from .reading import Case, CaseFault, compiled_on, day, decimal, flag, is_unknown, known_names, mapping, no_misspelling
from .results import Determined, Difference, compare, expected_of, record_of, rounded, skipped

NO_LIMIT = frozenset({"/", "-", "—", "无", "不设", "n/a", "none"})
# A limit that is waived may be expected under any of these, or not at all.
WAIVED = frozenset({"no_limit", "n/a", "na", "not_applicable", "waived", "/"})
_AREAS = ("area_m2", "area_mu", "area_ha")
_NAMES = {
    "fixed_asset_wan": "fixed_investment_wan",
    "total_invest_wan": "total_investment_wan",
    "far_floor_m2": "counted_floor_m2",
    "footprint_m2": "building_footprint_m2",
    "structure_m2": "structures_m2",
    "tax_wan": "annual_tax_wan",
    "output_wan": "annual_output_wan",
    "tce": "energy_tce",
    "rd": "rd_ratio",
    "yard_m2": "stockyard_m2",
}
_NUMBERS = (
    *_AREAS,
    *("fixed_investment_wan", "total_investment_wan", "counted_floor_m2", "total_floor_m2", "building_footprint_m2"),
    *("structures_m2", "stockyard_m2", "green_m2", "office_land_m2", "office_floor_m2", "annual_tax_wan"),
    *("annual_output_wan", "value_added_wan", "energy_tce", "emission_t", "rd_ratio", "rd_wan", "revenue_wan"),
)
_FACTS = (*_NUMBERS, *_NAMES, "storeys", "industry", "admitted_industries", "forbidden_facilities")
_REMARKS = ("title", "name", "note", "stage", "nature")
# Per area the unit belongs to the code; these are shares or areas of which both a least and a most are usual.
_NEEDS_DIRECTION = frozenset({"far", "density", "green", "office_land", "office_floor"})
_LIMIT = ("value", "unit", "direction", "binding")
PLACES = {"area_m2": 2}


def determine(case: Case, meta: Mapping[str, Any], *, on: date | None, today: date) -> Determined:
    """The indicators of one case. Raises ``CaseFault``, or ``LookupError`` for a day without an edition."""
    if case.get("skip_eval"):
        return skipped(case)
    decided_on = on or day(case.get("as_of"), "as_of") or compiled_on(meta) or today
    limits = limits_of(case)
    answer = check(figures_of(case), limits, on=decided_on)
    got = {
        "computed": answer.figures["computed"],
        "indicators": {row["code"]: row["result"] for row in answer.figures["indicators"]},
        "overall": answer.outcome if any(not limit.waived for limit in limits) else "n/a",
        "warning_codes": list(answer.figures["warning_codes"]),
    }
    computed = {name: rounded(value, PLACES.get(name, 4)) for name, value in got["computed"].items()}
    record = record_of(case, answer, **{**got, "computed": computed}) | {"outcome": got["overall"]}
    return Determined(record, tuple(_differences(case, got)), compared=case.get("expected") is not None)


def figures_of(case: Case) -> dict[str, Any]:
    """The project's figures under the names of ``standard_land.check``."""
    project = mapping(case.get("project"), "project")
    known_names(project, (*_FACTS, *_REMARKS), "project")
    no_misspelling(case, ("project", "limits", "as_of"))
    figures: dict[str, Any] = {"structures_m2": 0, "stockyard_m2": 0}
    for name, value in project.items():
        field, known = f"project.{name}", _NAMES.get(name, name)
        if known in _NUMBERS:
            figures[known] = decimal(value, field)
        elif known == "storeys":
            figures[known] = [_storey(raw, f"{field}.{index}") for index, raw in enumerate(value or ())]
        elif name not in _REMARKS:
            figures[known] = value
    _one_area(figures)
    return figures


def limits_of(case: Case) -> tuple[Limit, ...]:
    """The limits of the plot; one without a value is left out, "/" is one that is stated not to apply."""
    limits = mapping(case.get("limits"), "limits")
    return tuple(_limit(str(code), value, f"limits.{code}") for code, value in limits.items() if value is not None)


def _storey(raw: Any, field: str) -> dict[str, Decimal | None]:
    storey = mapping(raw, field)
    known_names(storey, ("area_m2", "height_m"), field)
    return {name: decimal(storey.get(name), f"{field}.{name}") for name in ("area_m2", "height_m")}


def _one_area(figures: Mapping[str, Any]) -> None:
    """Areas in several units must be the same area, as far as they were rounded."""
    m2_per = {"area_m2": Decimal(1), "area_mu": Decimal(2000) / 3, "area_ha": Decimal(10_000)}
    stated = {name: figures[name] * m2_per[name] for name in _AREAS if figures.get(name)}
    if stated and max(stated.values()) - min(stated.values()) > max(stated.values()) / 1000:
        raise CaseFault("project", f"{' and '.join(stated)} contradict each other")


def _limit(code: str, value: Any, field: str) -> Limit:
    try:
        measure = measure_code(code)
    except ValueError:
        raise CaseFault(field, "unknown indicator") from None
    stated = mapping(value, field) if isinstance(value, Mapping) else {"value": value}
    known_names(stated, _LIMIT, field)
    waived = str(stated.get("value")).strip().casefold() in NO_LIMIT
    binding = flag(stated.get("binding", True), f"{field}.binding")
    try:
        return Limit(
            indicator=code,
            direction=stated.get("direction") or _direction(code, measure, field),
            value=None if waived else decimal(stated.get("value"), field),
            unit=stated.get("unit") or _unit(code, measure, field),
            binding=binding is not False,
            source="案例限值",
            waived=waived,
        )
    except ValueError as fault:
        raise CaseFault(field, str(fault)) from None


def _unit(code: str, measure: str, field: str) -> str:
    units = list(MEASURES[measure].units)
    if "万元/亩" not in units:
        return units[0]
    stem = code.removesuffix("_min").removesuffix("_max")
    if not stem.endswith(("_mu", "_ha")):
        raise CaseFault(field, "the limit needs a unit: per mu (…_mu) or per hectare (…_ha)")
    return "万元/公顷" if stem.endswith("_ha") else "万元/亩"


def _direction(code: str, measure: str, field: str) -> Direction:
    if code.endswith(("_min", "_max")):
        return "<=" if code.endswith("_max") else ">="
    if measure in _NEEDS_DIRECTION:
        raise CaseFault(field, "the limit needs a direction: …_min or …_max")
    return "<=" if measure == "tce_per_va" else ">="


def _differences(case: Case, got: Mapping[str, Any]) -> Iterator[Difference]:
    wanted = expected_of(case, scalar="overall", allowed={*HEADLINES, "n/a"})
    for name, value in wanted.items():
        if name == "computed":
            yield from _computed(mapping(value, "expected.computed"), got["computed"])
        elif name == "indicators":
            yield from _indicators(mapping(value, "expected.indicators"), got["indicators"])
        else:
            yield from compare(value, got.get(name), str(name))


def _computed(wanted: Mapping[str, Any], got: Mapping[str, Decimal]) -> Iterator[Difference]:
    for name, value in wanted.items():
        tolerance = Decimal(1).scaleb(-PLACES.get(name, 4))
        yield from compare(value, got.get(name), f"computed.{name}", tolerance=tolerance)


def _indicators(wanted: Mapping[str, Any], got: Mapping[str, str]) -> Iterator[Difference]:
    for code in (*wanted, *(code for code in got if code not in wanted)):
        one, other = wanted.get(code), got.get(code)
        waived = (is_unknown(one) or str(one) in WAIVED) and (other is None or other == "no_limit")
        if one != other and not waived:
            yield Difference(f"indicators.{code}", one, other)
