"""The three answers of the pre-check, and what each of them still waits for. Pure: ``results(facts, on)``.

The rules themselves decide. Two things are stricter here than there, because nobody stands beside the visitor: works
that were not asked about yet leave the EIA answer open, and an exemption from energy review waits for the nature of the
works and for other filings on the same site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from approvals.rules import eia, energy, matters
from approvals.rules.answer import Answer, Question
from approvals.rules.evaluator import Facts

EIA, ENERGY, MATTERS = "eia", "energy", "matters"
NAMES = (EIA, ENERGY, MATTERS)
WORKS_PATH = "works"
# Without these an exemption could be undone by what was not said.
_BEFORE_EXEMPTION = ("nature", "linked_filings_tce")
_OPEN_WORKS = {"title": "单独建设的其他工程", "kind": "not_asked"}


@dataclass(frozen=True, slots=True)
class Results:
    """``missing``: fact path → the results that wait for it, in the order in which the rules ask."""

    eia: Answer
    energy: Answer
    matters: tuple[matters.MatterNeed, ...]
    missing: Mapping[str, frozenset[str]]

    @property
    def settled(self) -> frozenset[str]:
        """Names of what has an answer: eia, energy, and the code of each matter."""
        found = [name for name, answer in ((EIA, self.eia), (ENERGY, self.energy)) if answer.is_known]
        return frozenset([*found, *(need.code for need in self.matters if need.status != "unknown")])

    @property
    def signature(self) -> tuple[Any, ...]:
        """Everything of the three answers that a further answer could change."""
        bounds = (self.eia.outcome, self.eia.figures["at_least"], self.eia.figures["at_most"])
        needs = tuple((need.code, need.status, need.route) for need in self.matters)
        return (*bounds, self.energy.outcome, *needs, frozenset(self.missing))


def results(facts: Facts, on: date) -> Results:
    """Run the rule sets over the answers given so far.

    Args:
        facts: in the shape of the rules, and ``works_known`` (bool).

    Raises:
        LookupError: no edition of a rule set is in force on that day.
    """
    stated = _stated(facts)
    first, second = eia.classify(stated, on), _energy(stated, on)
    outcomes = {"eia_outcome": first.outcome, "energy_outcome": second.outcome}
    needs = matters.needed(stated, on, **outcomes, commitment_granted=None)
    return Results(first, second, needs, _missing(facts, first, second, needs))


def with_one_more(now: Results, facts: Facts, on: date, path: str) -> Results:
    """``now`` after the fact at ``path`` became known: only what waited for it can change."""
    stated, waiting = _stated(facts), now.missing[path]
    first = eia.classify(stated, on) if EIA in waiting else now.eia
    second = _energy(stated, on) if ENERGY in waiting else now.energy
    outcomes = {"eia_outcome": first.outcome, "energy_outcome": second.outcome}
    more = frozenset({path, *outcomes})
    needs = matters.with_more(now.matters, more, stated, on, **outcomes)
    return Results(first, second, needs, _missing(facts, first, second, needs))


def _stated(facts: Facts) -> dict[str, Any]:
    stated = dict(facts)
    if not stated.pop("works_known", False) and stated.get("activities") is not None:
        stated["activities"] = [*stated["activities"], _OPEN_WORKS]
    return stated


def _energy(facts: Mapping[str, Any], on: date) -> Answer:
    answer = energy.classify(facts, on)
    unsaid = [name for name in _BEFORE_EXEMPTION if facts.get(name) is None]
    if answer.outcome != "exempt" or not unsaid:
        return answer
    texts = {"nature": "项目是新建还是改、扩建？", "linked_filings_tce": "同一厂区是否还有分开备案的其他项目？"}
    asked = tuple(Question(name, texts[name]) for name in unsaid)
    headline = "按已填用能不满审查标准，但有情况未说明，暂不能认定豁免"
    return replace(answer, outcome="needs_input", headline=headline, missing=asked, duties=())


def _missing(facts: Facts, first: Answer, second: Answer, needs: tuple[matters.MatterNeed, ...]) -> dict[str, Any]:
    found: dict[str, set[str]] = {}
    ours = len(facts.get("activities") or ())
    for question in first.missing:
        found.setdefault(_path(question.fact, ours), set()).add(EIA)
    for question in second.missing:
        found.setdefault(question.fact, set()).add(ENERGY)
    for need in needs:
        for question in need.missing if need.status == "unknown" else ():
            if not question.fact.endswith("_outcome"):
                found.setdefault(question.fact, set()).add(MATTERS)
    if facts.get("nature") is None and facts.get("activities") is not None:
        found.setdefault("nature", set()).update({EIA, ENERGY})  # both read it with a default
    return {path: frozenset(names) for path, names in found.items()}


def _path(path: str, activities: int) -> str:
    """The works that were not asked about stand behind the activities that were."""
    return WORKS_PATH if path.startswith(f"activities.{activities}.") else path
