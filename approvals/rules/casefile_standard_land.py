"""Reading standard-land case files with known answers and comparing every expected field.

Public: ``figures_of``, ``limits_of``, ``computed``, ``disagreements``. A case states all there is on the plot:
structures and stockyards that are absent from a case are none, unlike in a live project, where they are unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from .answer import Answer
from .evaluator import number
from .standard_land import check
from .standard_land_limits import Direction, Limit
from .standard_land_measures import MEASURES, measure_code

Case = Mapping[str, Any]
DEFAULT_DAY = date(2026, 11, 24)
NO_LIMIT = frozenset({"/", "-", "—", "无"})
_NAMES = {
    "fixed_asset_wan": "fixed_investment_wan",
    "total_invest_wan": "total_investment_wan",
    "far_floor_m2": "counted_floor_m2",
    "footprint_m2": "building_footprint_m2",
    "tax_wan": "annual_tax_wan",
    "output_wan": "annual_output_wan",
    "tce": "energy_tce",
    "rd": "rd_ratio",
    "yard_m2": "stockyard_m2",
}


def figures_of(case: Case) -> dict[str, Any]:
    figures = {_NAMES.get(name, name): value for name, value in case["project"].items()}
    return {"structures_m2": 0, "stockyard_m2": 0} | figures


def limits_of(case: Case) -> tuple[Limit, ...]:
    return tuple(_limit(code, value) for code, value in case.get("limits", {}).items() if value is not None)


def answer_of(case: Case) -> Answer:
    stated = case.get("as_of")
    on = stated if isinstance(stated, date) else date.fromisoformat(str(stated)) if stated else DEFAULT_DAY
    return check(figures_of(case), limits_of(case), on=on)


def computed(case: Case) -> dict[str, Any]:
    """``computed``, ``indicators`` and ``overall`` in the shape of ``expected``; n/a where there are no limits."""
    answer = answer_of(case)
    return {
        "computed": answer.figures["computed"],
        "indicators": {row["code"]: row["result"] for row in answer.figures["indicators"]},
        "overall": answer.outcome if limits_of(case) else "n/a",
        "answer": answer,
    }


def disagreements(case: Case) -> list[str]:
    """One sentence for every expected field that comes out differently; empty when the case agrees."""
    got, wanted = computed(case), case["expected"]
    found = [
        f"{name}: expected {value}, got {got['computed'].get(name)}"
        for name, value in wanted["computed"].items()
        if not _close(got["computed"].get(name), value, places=2 if name == "area_m2" else 4)
    ]
    if got["indicators"] != wanted["indicators"]:
        found.append(f"indicators: expected {wanted['indicators']}, got {got['indicators']}")
    if got["overall"] != wanted["overall"]:
        found.append(f"overall: expected {wanted['overall']}, got {got['overall']}")
    return found


def _limit(code: str, value: Any) -> Limit:
    waived = str(value).strip() in NO_LIMIT
    units = list(MEASURES[measure_code(code)].units)
    return Limit(
        indicator=code,
        direction=_direction(code),
        value=None if waived else number(value),
        unit="万元/公顷" if code.endswith("_ha") else units[0],
        binding=True,
        source="案例限值",
        waived=waived,
    )


def _direction(code: str) -> Direction:
    return "<=" if code.endswith("_max") or measure_code(code) == "tce_per_va" else ">="


def _close(got: Decimal | None, wanted: Any, *, places: int) -> bool:
    return got is not None and abs(got - number(wanted)) <= Decimal(1).scaleb(-places)
