"""How the pre-check asks: its questions in order, and their words. The words are data: ``data/precheck.yaml``.

Public: ``QUESTIONS``, ``PHASES``, ``question_for(path)``, ``by_key(key)``, ``ask_of(name)``, ``help_of(name)``,
``english()``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import yaml

from approvals.rules import vocabulary
from approvals.rules.editions import DATA
from approvals.rules.english import in_chinese, pairs_in

KINDS = frozenset(
    {"lines", "choice", "works", "processes", "facts", "energy", "energy_amounts", "heat_value", "boilers"}
    | {"none_or_amount"}
)
_WORDED: Mapping[str, Any] = yaml.safe_load((DATA / "precheck.yaml").read_bytes())
RAW: Mapping[str, Any] = in_chinese(_WORDED)
PHASES: Mapping[str, str] = MappingProxyType(RAW["phases"])
_PHASE_OF_THE_REST = {"activity": "amounts", "boiler": "energy", "energy_line": "energy"}


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the pre-check. ``facts`` are asked together; ``about`` says whose they are."""

    key: str
    phase: str
    title: str
    kind: str = "facts"
    about: str = "project"
    facts: tuple[str, ...] = ()
    help: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _read(entry: Mapping[str, Any]) -> Question:
    question = Question(**{**entry, "facts": tuple(entry.get("facts", ()))})
    if question.kind not in KINDS or question.phase not in PHASES:
        raise ValueError(f"precheck question {question.key}: unknown kind or phase")
    return question


QUESTIONS: Mapping[str, Question] = MappingProxyType({entry["key"]: _read(entry) for entry in RAW["questions"]})
ORDER: Mapping[str, int] = MappingProxyType({key: position for position, key in enumerate(QUESTIONS)})
_OF_FACT = {name: question for question in QUESTIONS.values() for name in question.facts}
# Paths of the rules that no form has a field for: the list as a whole is asked instead.
_WHOLE = {"activities": "lines", "gb4754": "lines", "works": "works", "boilers": "boilers", "energy_lines": "energy"}
# What only an authority settles.
FOR_AUTHORITIES = frozenset({"coal_by_increment", "project_boundary", "counts_as_coal"})
_OF_LINES = {"carrier": "energy_amounts", "quantity": "energy_amounts", "unit": "energy_amounts"}


def question_for(path: str) -> Question | None:
    """The question that settles a fact path of the rules; None where no answer of an enterprise can settle it."""
    scope, _, name = path.rpartition(".")
    if name in FOR_AUTHORITIES:
        return None
    if name in _WHOLE:
        return QUESTIONS[_WHOLE[name]]
    if scope.startswith("energy_lines."):
        return QUESTIONS[_OF_LINES.get(name, "heat_value")]
    if name in _OF_FACT:
        return _OF_FACT[name]
    term = vocabulary.FACTS.get(name)
    return _fallback(term) if term is not None and term.of != "derived" and term.type != "list" else None


def _fallback(term: vocabulary.FactTerm) -> Question:
    """A fact that nobody worded for the pre-check is asked by itself, in the words of the vocabulary."""
    phase = _PHASE_OF_THE_REST.get(term.of, "site")
    about = "activity" if term.of == "activity" else "project"
    kind = "choice" if term.type == "choice" else "facts"
    return Question(term.name, phase, term.zh, kind=kind, about=about, facts=(term.name,))


def by_key(key: str) -> Question | None:
    """The question of a page, whether or not it has words of its own."""
    if key in QUESTIONS:
        return QUESTIONS[key]
    term = vocabulary.FACTS.get(key)
    return _fallback(term) if term is not None and term.of in {"activity", "project"} and key not in _OF_FACT else None


def ask_of(name: str) -> str:
    """What the form asks for one fact."""
    words = _words(name)
    if "ask" in words:
        return words["ask"]
    term = vocabulary.fact(name)
    return f"是否{term.zh}？" if term.type == "bool" else term.zh


def help_of(name: str) -> str:
    words = _words(name)
    return words["help"] if "help" in words else vocabulary.fact(name).help


def _words(name: str) -> Mapping[str, str]:
    question = _OF_FACT.get(name)
    return question.words.get(name, {}) if question else {}


def unit_of(name: str) -> str:
    words = _words(name)
    return words["unit"] if "unit" in words else vocabulary.fact(name).unit


def is_yes_no(name: str) -> bool:
    term = vocabulary.FACTS.get(name)
    return term is not None and term.type == "bool"


def english() -> Mapping[str, str]:
    """What the pre-check says in Chinese → the same in English: its own words, then those of the vocabulary."""
    asked = {ask_of(name): f"{term.en}?" for name, term in vocabulary.FACTS.items() if term.type == "bool"}
    return MappingProxyType({**asked, **vocabulary.english(), **pairs_in(_WORDED)})
