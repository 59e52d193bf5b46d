"""Reading case files with known answers (project, inputs, expected) as facts, and comparing every expected field.

Public: ``facts_of``, ``computed``, ``disagreements``, ``lifecycle_code``. Case files state everything that is so: a
flag that is absent from a case is false, unlike in a live project, where it would be unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from .answer import Answer
from .energy import classify
from .energy_coefficients import carrier_key, table_on
from .evaluator import number

Case = Mapping[str, Any]
# A day on which each version of the law was in force, for cases without a date of their own.
DAY_OF_VERSION = {
    "ORDER_44_2016": date(2022, 6, 1),
    "ORDER_2_2023": date(2024, 6, 3),
    "ORDER_31_2025": date(2026, 11, 24),
}
_FLAGS = {
    "state_secret": ("state_secret",),
    "energy_catalogue_project": ("catalogue_industry", "catalogue_item", "energy_catalogue_project"),
    "two_high": ("two_high",),
    "ndrc_listed_field": ("ndrc_listed_field",),
    "zone_energy_review_valid": ("zone_assessed_valid", "zone_energy_review_valid"),
    "zone_negative_list": ("zone_negative_list", "on_zone_negative_list", "negative_list", "on_negative_list"),
    "site_process_equipment_unchanged": ("site_process_equipment_unchanged",),
    "shared_utilities": ("shared_utilities",),
}
_VALUES = {
    "nature": ("nature",),
    "approved_by": ("approved_by",),
    "fixed_asset_project": ("fixed_asset_project",),
    "baseline_tce": ("baseline_tce",),
    "after_tce": ("after_tce",),
    "baseline_coal_t": ("baseline_coal_t",),
    "after_coal_t": ("after_coal_t",),
    "baseline_kwh": ("baseline_kwh",),
    "after_kwh": ("after_kwh",),
    "linked_filings_tce": ("linked_filings_tce",),
    "grid_primary_coefficient": ("grid_primary_coef", "grid_primary_coefficient"),
}


def facts_of(case: Case) -> dict[str, Any]:
    """The case in the facts format of ``energy.classify``."""
    stated = {**case.get("project", {}), **case}
    facts = {name: _first(stated, names) for name, names in _VALUES.items()}
    facts |= {name: bool(_first(stated, names)) for name, names in _FLAGS.items()}
    if stated.get("zone_assessment_expired"):
        facts["zone_energy_review_valid"] = False
    linked = {"linked_filings_coal_t": 0, "linked_filings_kwh": 0} if facts["linked_filings_tce"] else {}
    table = table_on(day_of(case))
    lines = [_line(row) for row in case.get("inputs", ()) if not _left_out(row, table.data["carriers"], table)]
    return {**facts, **linked, "energy_lines": lines}


def day_of(case: Case) -> date:
    """The day whose edition decides the case."""
    stated = case.get("decision_date") or case.get("as_of")
    return _date(stated) if stated else DAY_OF_VERSION[case.get("law_version", "ORDER_31_2025")]


def computed(case: Case) -> dict[str, Any]:
    """Every field of ``expected`` as the rules see it: decimals exact, ``tce`` None where only its ends are known."""
    facts, on = facts_of(case), day_of(case)
    answer = classify(facts, on)
    figures = answer.figures
    return {
        "tce": figures["tce"],
        "tce_exact": figures["tce"],
        "tce_low": figures.get("tce_low", figures["tce"]),
        "tce_high": figures.get("tce_high", figures["tce"]),
        "coal_t": figures["coal_t"],
        "kwh": figures["kwh"],
        "review_class": answer.outcome,
        "authority_by_profile": {
            name: classify(facts, on, profile=name).figures["authority"] for name in ("city_all", "split_5000")
        },
        "carbon_evaluation": figures["carbon_evaluation"],
        "state_test_tce": figures["state_test_tce"],
        "also_under": {version: classify(facts, day).outcome for version, day in DAY_OF_VERSION.items()},
        "warnings": figures["warning_codes"],
        "needs": figures["needs"],
        "answer": answer,
    }


def disagreements(case: Case, *, tolerance: Decimal = Decimal("0.0001")) -> list[str]:
    """One sentence for every expected field that comes out differently; empty when the case agrees."""
    got, wanted = computed(case), case["expected"]
    found = [
        f"{name}: expected {value}, got {got.get(name)}"
        for name, value in wanted.items()
        if not _agrees(name, value, got.get(name), tolerance)
    ]
    for version, outcome in case.get("also_under", {}).items():
        if got["also_under"].get(version) != outcome:
            found.append(f"also_under {version}: expected {outcome}, got {got['also_under'].get(version)}")
    found += [f"no warning {code}" for code in _listed(case.get("must_warn")) if code not in got["warnings"]]
    found += [f"does not ask for {need}" for need in _listed(case.get("needs")) if need not in got["needs"]]
    state_test = case.get("expected_state_test_tce")
    if state_test is not None and not _agrees("tce", state_test, got["state_test_tce"], tolerance):
        found.append(f"state_test_tce: expected {state_test}, got {got['state_test_tce']}")
    return found


def answer_of(case: Case) -> Answer:
    return classify(facts_of(case), day_of(case))


def _agrees(name: str, wanted: Any, got: Any, tolerance: Decimal) -> bool:
    if name in ("review_class", "carbon_evaluation"):
        return bool(wanted == got)
    if name == "authority_by_profile":
        return all(got.get(profile) == authority for profile, authority in wanted.items())
    if not isinstance(got, Decimal):
        return bool(wanted == got)
    return got == number(wanted) if name == "tce_exact" else abs(got - number(wanted)) <= tolerance


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    quantity, coefficient = number(row["qty"]), row.get("coef")
    return {
        "carrier": row["carrier"],
        "quantity": abs(quantity),
        "unit": {"t_medium": "t", "m3_medium": "m3"}.get(row["unit"], row["unit"]),
        "coefficient": coefficient,
        # A coefficient that a case states without more is taken as evidenced: the case is about something else.
        "coefficient_source": row.get("coef_source") or ("certificate" if coefficient is not None else None),
        "density_kg_per_l": row.get("density_kg_per_l") or row.get("density_kg_per_L") or row.get("density"),
        "use": "sold" if quantity < 0 else row.get("use"),
    }


def _left_out(row: Mapping[str, Any], carriers: Mapping[str, Any], table: Any) -> bool:
    """Lines a case excludes outright. Working media stay: they are left out by rule, and warned of."""
    spec = carriers.get(carrier_key(row["carrier"], table), {})
    return bool(row.get("exclude")) and not spec.get("medium")


def _first(stated: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((stated[name] for name in names if stated.get(name) is not None), None)


def _listed(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
