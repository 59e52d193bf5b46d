"""Project facts in our own format: ``{id, facts}``. Each is judged for EIA, energy review and the matters it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from approvals.rules import eia, energy, matters, vocabulary
from approvals.rules.answer import Answer
from approvals.rules.eia.catalogue import catalogue_on
from approvals.rules.energy.coefficients import carrier_key, table_on
from approvals.rules.energy.units import to_base
from approvals.rules.evaluator import number
from approvals.rules.matters.catalogue import matters_on

from .reading import Case, CaseFault, day, decimal, fact, is_unknown, known_names, mapping, no_misspelling, sequence
from .results import Determined, compare, expected_of, skipped

_CHOICES: Mapping[str, Iterable[str]] = {
    "nature": vocabulary.NATURES,
    "kind": vocabulary.KINDS,
    "fuel": vocabulary.FUELS,
    "approved_by": vocabulary.APPROVERS,
    "project_boundary": vocabulary.BOUNDARIES,
}
_LISTS = {"activities": "activity", "boilers": "boiler", "energy_lines": "energy_line"}


def determine(case: Case, meta: Mapping[str, Any], *, on: date | None, today: date) -> Determined:
    """EIA, energy review and matters of one project. Raises ``CaseFault``, or ``LookupError`` without an edition."""
    if case.get("skip_eval"):
        return skipped(case)
    decided_on = on or day(case.get("on"), "on") or today
    no_misspelling(case, ("facts", "expected"))
    facts = facts_of(case, decided_on)
    eia_answer, energy_answer = eia.classify(facts, decided_on), energy.classify(facts, decided_on)
    needs = matters.needed(
        facts,
        decided_on,
        eia_outcome=eia_answer.outcome,
        energy_outcome=energy_answer.outcome,
        commitment_granted=facts.get("commitment_granted"),
    )
    outcome = {"eia": eia_answer.outcome, "energy": energy_answer.outcome}
    got = {**outcome, "outcome": outcome, "matters": {need.code: need.status for need in needs}}
    wanted = expected_of(case, scalar="eia")
    record = {
        "id": str(case["id"]),
        "outcome": outcome,
        **_record(eia_answer, energy_answer, decided_on),
        "matters": [_need(need) for need in needs],
    }
    return Determined(record, tuple(compare(wanted, got, "")), compared=bool(wanted))


def facts_of(case: Case, on: date) -> dict[str, Any]:
    """The facts, each read as its type. A name that the vocabulary does not have is refused."""
    given = mapping(case.get("facts"), "facts")
    if "facts" not in case:
        raise CaseFault("facts", "is missing")
    return _facts(given, "facts", on)


def _facts(given: Mapping[str, Any], field: str, on: date) -> dict[str, Any]:
    names = [name for name, term in vocabulary.FACTS.items() if term.of == "project"]
    known_names(given, (*names, "fixed_asset_project", "filed_on"), field)
    return {name: _value(name, value, f"{field}.{name}", on) for name, value in given.items()}


def _value(name: str, value: Any, field: str, on: date) -> Any:
    if name in _LISTS:
        entries = None if is_unknown(value) else sequence(value, field)
        return entries and [_part(raw, f"{field}.{index}", _LISTS[name], on) for index, raw in enumerate(entries)]
    if name == "linked_filings_tce":
        return [decimal(item, field) for item in (value if isinstance(value, list) else [value])]
    if name == "filed_on":
        return day(value, field)
    if name == "fixed_asset_project":
        return fact("state_secret", value, field)  # a yes or no like any other
    return _choice(name, fact(name, value, field), field)


def _part(raw: Any, field: str, of: str, on: date) -> dict[str, Any]:
    """One activity, boiler or line of energy."""
    part = mapping(raw, field)
    names = [name for name, term in vocabulary.FACTS.items() if term.of == of]
    if of == "activity":
        names += ["in_industrial_building"]
    known_names(part, names, field)
    read = {name: _part_value(name, value, f"{field}.{name}") for name, value in part.items()}
    if of == "activity":
        _check_activity(read, field, on)
    if of == "energy_line":
        _check_line(read, field, on)
    return read


def _part_value(name: str, value: Any, field: str) -> Any:
    return _choice(name, fact(name, value, field), field)


def _choice(name: str, value: Any, field: str) -> Any:
    if name in _CHOICES and value is not None and value not in _CHOICES[name]:
        raise CaseFault(field, f"unknown word {value!r}")
    return value


def _check_activity(activity: Mapping[str, Any], field: str, on: date) -> None:
    row = activity.get("row")
    if row is not None and decimal(row, f"{field}.row") not in catalogue_on(on).rows:
        raise CaseFault(f"{field}.row", f"unknown row {row!r}")


def _check_line(line: Mapping[str, Any], field: str, on: date) -> None:
    table, carrier, unit = table_on(on), line.get("carrier"), line.get("unit")
    if carrier is not None and carrier_key(carrier, table) not in table.data["carriers"]:
        raise CaseFault(f"{field}.carrier", f"unknown carrier {carrier!r}")
    if unit is not None and to_base(number(1), unit) is None:
        raise CaseFault(f"{field}.unit", f"unknown unit {unit!r}")


def _record(eia_answer: Answer, energy_answer: Answer, on: date) -> dict[str, Any]:
    catalogue = matters_on(on).edition
    answers = {"eia": eia_answer, "energy": energy_answer}
    return {
        "eia": eia_answer.as_json(),
        "energy": energy_answer.as_json(),
        "reasons": [reason for answer in answers.values() for reason in answer.as_json()["reasons"]],
        "missing": [question for answer in answers.values() for question in answer.as_json()["missing"]],
        "on": on.isoformat(),
        "edition": {**{name: a.edition for name, a in answers.items()}, "matters": catalogue.edition},
        "sha256": {**{name: a.sha256 for name, a in answers.items()}, "matters": catalogue.sha256},
    }


def _need(need: matters.MatterNeed) -> dict[str, Any]:
    return {
        "code": need.code,
        "name": need.name,
        "status": need.status,
        "route": need.route,
        "reason": need.reason,
        "basis": need.basis,
        "missing": [{"fact": question.fact, "text": question.text} for question in need.missing],
        "prerequisites": list(need.prerequisites),
    }
