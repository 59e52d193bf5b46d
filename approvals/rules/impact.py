"""What another law would say: the answers under a supposed edition beside those of today.

Public: ``read_supposed(raw) -> Edition``, ``Law``, ``said(kind, facts, law) -> Said``, ``difference(before, after)``.
Nothing here stores or changes anything.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from approvals.rules import eia, eligibility, energy, matters, standard_land
from approvals.rules.answer import Answer
from approvals.rules.casefiles.reading import CaseFault, parse
from approvals.rules.editions import Edition, edition_from, edition_on, editions, supposing

KINDS = ("eia", "energy", "eligibility", "standard_land", "matters")
BEFORE_MATTERS = ("eia", "energy")  # the list of matters rests on their outcomes
ERROR = "error"  # the outcome of facts that cannot be judged
# Which answers a table can change.
AFFECTS: Mapping[str, tuple[str, ...]] = {
    "eia": ("eia", "matters"),
    "energy": ("energy", "matters"),
    "energy_coefficients": ("energy", "matters"),
    "matters": ("matters",),
    "eligibility": ("eligibility",),
    "standard_land": ("standard_land",),
}
_CLASSIFY: Mapping[str, Callable[[Mapping[str, Any], date], Answer]] = {
    "eia": eia.classify,
    "energy": energy.classify,
    "eligibility": eligibility.assess,
    "standard_land": lambda facts, on: standard_land.check({}, standard_land.national_limits("2110", on), on=on),
}
_FAULTS = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError)
# A factory with a little of everything: an edition that cannot answer for it lacks something.
_SAMPLE: Mapping[str, Any] = {
    "nature": "new",
    "in_industrial_building": True,
    "boilers": [{"fuel": "natural_gas", "capacity_t_per_h": "2"}],
    "activities": [{"gb4754": "2110", "processes": ["cutting"], "solvent_coating_t": "1"}],
    "energy_lines": [{"carrier": "electricity", "quantity": "100", "unit": "万kWh"}],
}


@dataclass(frozen=True, slots=True)
class Law:
    """The law of a day; ``supposed`` stands in for the edition of its name where it covers that day."""

    on: date
    supposed: Edition | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        return KINDS if self.supposed is None else AFFECTS[self.supposed.name]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: the outcome (of matters: the codes to be done), the deciding clause and the edition."""

    outcome: str
    clause: str = ""
    edition: str = ""


@functools.lru_cache(maxsize=4)
def read_supposed(raw: bytes) -> Edition:
    """An edition from an uploaded file. Raises ``ValueError`` saying what is wrong with it."""
    _refuse_references(raw)
    try:
        parse(raw)
    except CaseFault as fault:
        raise ValueError(str(fault)) from None
    edition = edition_from(raw, "file")
    if edition.name not in AFFECTS:
        raise ValueError(f"name: {edition.name!r} is none of {', '.join(AFFECTS)}")
    _try_out(edition)
    return edition


def _refuse_references(raw: bytes) -> None:
    """An alias can make a small file enormous once it is read; a reviewed edition has none."""
    try:
        events = yaml.parse(raw, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        if any(isinstance(event, yaml.AliasEvent) for event in events):
            raise ValueError("aliases (*name) are not allowed")
    except yaml.YAMLError:
        return  # said better by the reader


def _try_out(edition: Edition) -> None:
    law = Law(edition.in_force_from, edition)
    for kind in law.kinds:
        try:
            _answer(kind, _SAMPLE, law)
        except _FAULTS as fault:
            raise ValueError(f"{edition.name} {edition.edition}: {type(fault).__name__}: {fault}") from fault


def missing_tables(law: Law) -> dict[str, date | None]:
    """The tables without an edition on the day of this law, each with the first day on which it has one again."""
    supposed = law.supposed.name if law.supposed else ""
    shelves = {name: editions(name) for name in AFFECTS if name != supposed}
    return {
        name: min((edition.in_force_from for edition in shelf if edition.in_force_from > law.on), default=None)
        for name, shelf in shelves.items()
        if not any(edition.covers(law.on) for edition in shelf)
    }


def said(kind: str, facts: Mapping[str, Any], law: Law, *, settled: Mapping[str, str] | None = None) -> Said:
    """What the law says of these facts. Facts that cannot be judged are an outcome too: ``error``.

    ``settled``: kind → outcome that was confirmed and stays, for the list of matters.
    """
    try:
        return _answer(kind, facts, law, settled)
    except _FAULTS as fault:
        return Said(ERROR, f"{type(fault).__name__}: {fault}"[:300])


def asked(question: Callable[[date], Answer], law: Law) -> Said:
    """What the law says where the question is put by somebody who knows the plot as well. Faults as in ``said``."""
    try:
        with supposing(*filter(None, [law.supposed])):
            return recorded(question(law.on).as_json())
    except _FAULTS as fault:
        return Said(ERROR, f"{type(fault).__name__}: {fault}"[:300])


def _answer(kind: str, facts: Mapping[str, Any], law: Law, settled: Mapping[str, str] | None = None) -> Said:
    if law.supposed is None:
        return _matters(facts, law.on, settled or {}) if kind == "matters" else _classified(kind, facts, law.on)
    with supposing(law.supposed):
        return _answer(kind, facts, Law(law.on), settled)


def _classified(kind: str, facts: Mapping[str, Any], on: date) -> Said:
    answer = _CLASSIFY[kind](facts, on)
    reasons = [{"text": r.text, "quote": r.quote, "basis": r.basis, "decisive": r.decisive} for r in answer.reasons]
    return Said(answer.outcome, _clause({"reasons": reasons, "headline": answer.headline}), answer.edition)


def recorded(answer: Mapping[str, Any]) -> Said:
    """What was said, from a stored answer."""
    return Said(str(answer["outcome"]), _clause(answer), str(answer["edition"]))


def _clause(answer: Mapping[str, Any]) -> str:
    """The clause that decided, with where it stands; what decided it in words where no clause is quoted."""
    reasons = answer.get("reasons") or [{}]
    reason = next((one for one in reasons if one.get("decisive")), reasons[0])
    said = reason.get("quote") or reason.get("text") or answer.get("headline", "")
    return "：".join(filter(None, [reason.get("basis"), said]))[:600]


def _matters(facts: Mapping[str, Any], on: date, settled: Mapping[str, str]) -> Said:
    outcomes = {kind: settled.get(kind) or _CLASSIFY[kind](facts, on).outcome for kind in BEFORE_MATTERS}
    needs = matters.needed(
        facts,
        on,
        eia_outcome=outcomes["eia"],
        energy_outcome=outcomes["energy"],
        commitment_granted=facts.get("commitment_granted"),
    )
    codes = [need.code for need in needs if need.is_open]
    return Said(" ".join(codes), "", edition_on("matters", on).edition)


def difference(before: Said, after: Said) -> bool:
    return before.outcome != after.outcome


def matters_change(before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes that come and codes that go between two lists of matters."""
    old, new = before.split(), after.split()
    return tuple(code for code in new if code not in old), tuple(code for code in old if code not in new)
