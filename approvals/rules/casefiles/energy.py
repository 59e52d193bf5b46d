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
from approvals.rules.energy import classify
from approvals.rules.energy.coefficients import table_on
from approvals.rules.energy.text import HEADLINES
from approvals.rules.vocabulary import NATURES

from .energy_inputs import energy_lines
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
    if str(version) not in DAY_OF_VERSION:
        raise CaseFault(field, f"unknown version of the law {version!r}")
    return DAY_OF_VERSION[str(version)]


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
    wanted = expected_of(case, scalar="outcome", allowed=HEADLINES.keys())
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
