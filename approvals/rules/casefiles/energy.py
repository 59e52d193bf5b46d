"""Cases of energy review: ``project``, ``inputs`` (the energy table) and the expected figures and class.

Such files say nothing of omitted facts, so these are unknown. A coefficient that a line states without a source is
taken as evidenced: the case is about something else. Without a day of its own a case is decided on a day on which the
version of the law that it names was in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from approvals.rules.answer import Answer
from approvals.rules.editions import Edition
from approvals.rules.energy import classify
from approvals.rules.energy_coefficients import carrier_key, coefficient_from_lhv, table_on
from approvals.rules.energy_units import to_base
from approvals.rules.vocabulary import NATURES

from .reading import (
    Case,
    CaseFault,
    compiled_on,
    day,
    decimal,
    flag,
    is_unknown,
    known_names,
    mapping,
    no_misspelling,
    sequence,
    words,
)
from .results import Determined, Difference, compare, expected_of, record_of, rounded, skipped

# A day on which each version of the law was in force, for cases without a date of their own.
DAY_OF_VERSION = {
    "ORDER_6_2010": date(2016, 6, 1),
    "ORDER_44_2016": date(2022, 6, 1),
    "ORDER_2_2023": date(2024, 6, 3),
    "ORDER_31_2025": date(2026, 11, 24),
}
PROFILES = ("city_all", "split_5000")
TOLERANCE = Decimal("0.0001")
# fact → the names under which case files state it, in ``project`` or beside it
_FLAGS = {
    "state_secret": ("state_secret",),
    "energy_catalogue_project": ("catalogue_industry", "catalogue_item", "energy_catalogue_project"),
    "two_high": ("two_high",),
    "ndrc_listed_field": ("ndrc_listed_field",),
    "zone_energy_review_valid": ("zone_assessed_valid", "zone_energy_review_valid", "zone_area_review_valid"),
    "zone_negative_list": ("zone_negative_list", "on_zone_negative_list", "negative_list", "on_negative_list"),
    "site_process_equipment_unchanged": ("site_process_equipment_unchanged",),
    "shared_utilities": ("shared_utilities",),
    "fixed_asset_project": ("fixed_asset_project",),
}
_NUMBERS = {
    **{name: (name,) for name in ("baseline_tce", "after_tce", "baseline_coal_t", "after_coal_t")},
    **{name: (name,) for name in ("baseline_kwh", "after_kwh", "linked_filings_coal_t", "linked_filings_kwh")},
    "grid_primary_coefficient": ("grid_primary_coef", "grid_primary_coefficient"),
}
_BEFORE = frozenset({"baseline_tce", "baseline_coal_t", "baseline_kwh"})
_OTHERS = ("nature", "approved_by", "linked_filings_tce", "zone_assessment_expired")
_FACTS = (*(name for names in (*_FLAGS.values(), *_NUMBERS.values()) for name in names), *_OTHERS)
_DAYS = ("decision_date", "as_of", "filed_on")
_REMARKS = ("title", "name", "note", "industry", "gb4754", "zone")
_LINE = (
    "carrier",
    "qty",
    "quantity",
    "unit",
    "coef",
    "coefficient",
    "coef_source",
    "coefficient_source",
    "use",
    "note",
)
_LINE += ("exclude", "sold", "self_generated", "density", "density_kg_per_l", "density_kg_per_L", "lhv_kj", "lhv_kJ")
_MEDIUM_UNITS = {"t_medium": "t", "m3_medium": "m3"}
# Known, but not at the conditions of the coefficients: it has to be asked for, not converted.
_NORMAL_M3 = frozenset({"nm3", "nm³", "标立方米", "标准立方米", "万nm3", "万nm³", "万标立方米"})
_OWN_POWER = frozenset({"pv_electricity", "own_pv", "rooftop_pv", "solar_electricity"})


def determine(case: Case, meta: Mapping[str, Any], *, on: date | None, today: date) -> Determined:
    """The review class of one case. Raises ``CaseFault``, or ``LookupError`` for a day without an edition."""
    if case.get("skip_eval"):
        return skipped(case)
    decided_on = on or day_of(case, compiled_on(meta) or today)
    facts = facts_of(case, decided_on)
    answer = classify(facts, decided_on)
    got = _computed(case, answer, facts, decided_on)
    record = record_of(case, answer, **_printed(got))
    differences = tuple(_differences(case, got, decimal(meta.get("tce_tolerance"), "meta.tce_tolerance") or TOLERANCE))
    return Determined(record, differences, compared=case.get("expected") is not None)


def day_of(case: Case, today: date) -> date:
    """The day whose edition decides the case: its own, or one of the version that it names, or today."""
    stated = day(case.get("decision_date"), "decision_date") or day(case.get("as_of"), "as_of")
    if stated or is_unknown(case.get("law_version")):
        return stated or today
    return _day_of_version(case["law_version"], "law_version")


def facts_of(case: Case, on: date) -> dict[str, Any]:
    """The case in the facts format of ``energy.classify``."""
    project = mapping(case.get("project"), "project")
    known_names(project, (*_FACTS, *_REMARKS), "project")
    no_misspelling(case, (*_FACTS, *_DAYS, "inputs", "law_version"))
    stated = _Stated(case, project)
    facts: dict[str, Any] = {name: stated.flag(names) for name, names in _FLAGS.items()}
    facts |= {name: stated.number(names) for name, names in _NUMBERS.items()}
    facts |= {"nature": stated.word("nature"), "approved_by": stated.word("approved_by")}
    if facts["nature"] is not None and facts["nature"] not in NATURES:
        raise CaseFault(stated.field("nature"), f"unknown nature {facts['nature']!r}")
    if stated.flag(("zone_assessment_expired",)):
        facts["zone_energy_review_valid"] = False
    facts["linked_filings_tce"] = linked = stated.numbers("linked_filings_tce")
    if linked:  # a case that lists its linked filings in tce alone means that they burn no coal
        for name in ("linked_filings_coal_t", "linked_filings_kwh"):
            facts[name] = facts[name] or Decimal(0)
    facts["filed_on"] = day(case.get("filed_on"), "filed_on")
    facts["energy_lines"] = energy_lines(case.get("inputs"), "inputs", table_on(on))
    return facts


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


class _Stated:
    """Facts stated in ``project`` or beside it, under any of their names."""

    def __init__(self, case: Case, project: Mapping[str, Any]) -> None:
        self.case, self.project = case, project

    def field(self, name: str) -> str:
        return f"project.{name}" if name in self.project else name

    def value(self, names: tuple[str, ...]) -> tuple[str, Any]:
        for source in (self.case, self.project):
            for name in names:
                if not is_unknown(source.get(name)):
                    return name, source[name]
        return names[0], None

    def flag(self, names: tuple[str, ...]) -> bool | None:
        name, value = self.value(names)
        return flag(value, self.field(name))

    def number(self, names: tuple[str, ...]) -> Decimal | None:
        name, value = self.value(names)
        return decimal(value, self.field(name))

    def numbers(self, name: str) -> list[Decimal] | None:
        _, value = self.value((name,))
        if value is None:
            return None
        listed = value if isinstance(value, list) else [value]
        found = [decimal(item, f"{self.field(name)}.{index}") for index, item in enumerate(listed)]
        if None in found:
            raise CaseFault(self.field(name), "every linked filing needs a number")
        return [item for item in found if item is not None]

    def word(self, name: str) -> str | None:
        _, value = self.value((name,))
        if isinstance(value, list | Mapping):
            raise CaseFault(self.field(name), "must be a single word")
        return None if value is None else str(value)


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
    if base[0] != spec["unit"] and (base[0], spec["unit"]) not in {("MJ", "kg"), ("L", "kg"), ("kg", "t")}:
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
    return stated, str(source or "certificate")


def _use(row: Mapping[str, Any], field: str, *, sold: bool, own_power: bool) -> str | None:
    if sold or flag(row.get("sold"), f"{field}.sold"):
        return "sold"
    if own_power or flag(row.get("self_generated"), f"{field}.self_generated"):
        return "self_generated"
    use = _first(row, "use")
    return None if use is None else str(use)


def _computed(case: Case, answer: Answer, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Every field that ``expected`` and its neighbours may give: decimals exact, None where only the ends are known."""
    figures = answer.figures
    ends = {
        f"{name}_{end}": figures.get(f"{name}_{end}", figures[name])
        for name in ("tce", "coal_t", "kwh")
        for end in ("low", "high")
    }
    return {
        "tce": figures["tce"],
        "tce_exact": figures["tce"],
        **ends,
        "coal_t": figures["coal_t"],
        "kwh": figures["kwh"],
        "outcome": answer.outcome,
        "review_class": answer.outcome,
        "authority_by_profile": {name: classify(facts, on, profile=name).figures["authority"] for name in PROFILES},
        "carbon_evaluation": figures["carbon_evaluation"],
        "state_test_tce": figures["state_test_tce"],
        "also_under": {
            version: _outcome_under(case, version) for version in mapping(case.get("also_under"), "also_under")
        },
        "warning_codes": list(figures["warning_codes"]),
        "needs": list(figures["needs"]),
    }


def _outcome_under(case: Case, version: str) -> str:
    day = _day_of_version(version, "also_under")
    try:
        return classify(facts_of(case, day), day).outcome
    except LookupError as fault:
        raise CaseFault(f"also_under.{version}", str(fault)) from None


def _day_of_version(version: Any, field: str) -> date:
    if version not in DAY_OF_VERSION:
        raise CaseFault(field, f"unknown version of the law {version!r}")
    return DAY_OF_VERSION[version]


def _printed(got: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a printed line; both ends of the energy only where they differ."""
    exact = got["tce"] is not None
    ends = {} if exact else {name: rounded(got[name], 4) for name in ("tce_low", "tce_high")}
    figures: dict[str, Any] = {
        "tce": rounded(got["tce"], 4),
        "tce_exact": _plain(got["tce"]) if exact else None,
        **ends,
        **{name: rounded(got[name], 4) for name in ("coal_t", "kwh")},
        **{name: got[name] for name in ("review_class", "authority_by_profile", "carbon_evaluation", "needs")},
        "warning_codes": got["warning_codes"],
    }
    if got["state_test_tce"] is not None:
        figures["state_test_tce"] = rounded(got["state_test_tce"], 4)
    return figures | ({"also_under": got["also_under"]} if got["also_under"] else {})


def _plain(value: Decimal) -> str:
    """All digits, without trailing zeros and without an exponent."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _differences(case: Case, got: Mapping[str, Any], tolerance: Decimal) -> Iterator[Difference]:
    wanted = expected_of(case, scalar="outcome")
    for name, value in wanted.items():
        allowed = Decimal(0) if name == "tce_exact" else tolerance
        yield from compare(value, got.get(name), str(name), tolerance=allowed)
    yield from compare(mapping(case.get("also_under"), "also_under"), got["also_under"], "also_under")
    for code in words(case.get("must_warn"), "must_warn") or ():
        if code not in got["warning_codes"]:
            yield Difference("must_warn", code, got["warning_codes"])
    for need in words(case.get("needs"), "needs") or ():
        if need not in got["needs"]:
            yield Difference("needs", need, got["needs"])
    if case.get("expected_state_test_tce") is not None:
        shown = got["state_test_tce"]
        yield from compare(case["expected_state_test_tce"], shown, "expected_state_test_tce", tolerance=tolerance)


def _first(row: Mapping[str, Any], *names: str) -> Any:
    return next((row[name] for name in names if not is_unknown(row.get(name))), None)
