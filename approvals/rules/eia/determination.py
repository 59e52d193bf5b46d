"""Which environmental document a project needs (环评分类): ``classify(facts, on) -> Answer``.

Outcomes: ``report_book`` 报告书, ``report_table`` 报告表, ``register`` 登记表, ``not_subject`` 不纳入, and
``needs_human`` where an unknown fact, or a point that only the authority can settle, could still change the answer.

Method: each activity against each row of the catalogue that it falls under; the highest level wins (art. 4 para. 2);
nothing else moves it up or down (art. 4 para. 1).
Source: 《建设项目环境影响评价分类管理名录》; the edition in force on the day is in ``data/eia-*.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from approvals.rules import vocabulary
from approvals.rules.answer import Answer, Question
from approvals.rules.eia.catalogue import LEVELS, RANK, Catalogue, catalogue_on
from approvals.rules.eia.distances import distances
from approvals.rules.eia.judge import Pair, facts_used, pairs_of
from approvals.rules.eia.procedure import duties, procedure
from approvals.rules.eia.scope import OF_THE_PROJECT, Scope, scope_of
from approvals.rules.eia.text import headline, reason
from approvals.rules.evaluator import Facts
from approvals.rules.legal_names import citation

OUTCOMES = (*LEVELS, "needs_human")
_CONFIDENCE = ("low", "medium", "high")


def classify(facts: Facts, on: date) -> Answer:
    """Classify a project by the catalogue in force ``on`` a day.

    Args:
        facts: project facts; ``activities`` and ``boilers`` are lists, quantities are new capacity per year in the unit
            that each name ends in. A fact that is absent or None is unknown.
        on: the day whose law applies.

    Raises:
        LookupError: no edition of the catalogue is in force on that day.
    """
    catalogue = catalogue_on(on)
    scope = scope_of(facts, catalogue)
    pairs = tuple(pair for activity in scope.activities for pair in pairs_of(activity, catalogue))
    lower = max((pair.lower for pair in pairs), default=0)
    upper = RANK["report_book"] if scope.open_ended else max((pair.upper for pair in pairs), default=0)
    settled = lower == upper
    missing = () if settled else _questions(scope, pairs, lower)
    return Answer(
        kind="eia",
        outcome=LEVELS[lower] if settled else "needs_human",
        on=on,
        edition=catalogue.edition.edition,
        sha256=catalogue.edition.sha256,
        source=catalogue.edition.source,
        headline=headline(lower, upper, len(missing), on),
        reasons=tuple(reason(p, catalogue, on, decisive=_decides(p, lower, settled)) for p in _ordered(pairs)),
        missing=missing,
        trace=tuple(step for pair in pairs for step in _trace(pair)),
        figures=_figures(pairs, catalogue, on, lower, upper),
        duties=duties(LEVELS[lower], on) if settled else (),
        warnings=_warnings(scope, pairs),
    )


def _decides(pair: Pair, lower: int, settled: bool) -> bool:
    """What settled it: the pairs at the highest level; while it is open, the pairs that keep it open."""
    return pair.lower == lower if settled else pair.upper > lower


def _ordered(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.upper, -pair.lower))


def _questions(scope: Scope, pairs: Iterable[Pair], lower: int) -> tuple[Question, ...]:
    """Only what could still raise the level above ``lower`` is asked, each fact once."""
    asked = {path: Question(path, vocabulary.question(path)) for path in scope.missing}
    for pair in pairs:
        if pair.upper <= lower:
            continue
        for name in vocabulary.in_order(pair.missing):
            path = _path(pair, name)
            asked.setdefault(path, Question(path, _question(pair, path, name)))
    return tuple(asked.values())


def _path(pair: Pair, name: str) -> str:
    """Where the answer is to be entered. Facts of row 91 come from the list of boilers."""
    if pair.activity.path == "boilers":
        return name if name == "boiler_other_high_pollution_fuel" else "boilers"
    return name if name in OF_THE_PROJECT else f"{pair.activity.path}.{name}"


def _question(pair: Pair, path: str, name: str) -> str:
    text = vocabulary.question(path, pair.activity.title)
    if name == "in_row_sensitive_area" and pair.row:
        return f"{text}本项所指的敏感区：{pair.row.sensitive_area}。"
    return text


def _trace(pair: Pair) -> Iterable[dict[str, Any]]:
    """One entry per column tried and per column left to a person, or a single one where the rules were not asked."""
    common = {"activity": pair.activity.title, "path": pair.activity.path, "row": pair.row.number if pair.row else None}
    for step in pair.steps if pair.why == "rules" else ():
        yield {
            **common,
            "column": step.column,
            "clause": step.clause,
            "holds": step.verdict.holds,
            "facts_used": facts_used(step),
            "missing": vocabulary.in_order(step.verdict.missing) if step.verdict.holds is None else [],
            "notes": list(pair.activity.notes),
        }
    for step in pair.by_person:
        facts, missing = facts_used(step), vocabulary.in_order(step.verdict.missing)
        left = {"column": step.column, "clause": step.clause, "holds": None, "facts_used": facts, "missing": missing}
        yield {**common, **left, "by_person": True}
    if pair.why != "rules":
        missing = vocabulary.in_order(pair.missing)
        yield {**common, "column": None, "clause": pair.why, "holds": None, "facts_used": {}, "missing": missing}


def _figures(pairs: tuple[Pair, ...], catalogue: Catalogue, on: date, lower: int, upper: int) -> Mapping[str, Any]:
    figures: dict[str, Any] = {
        "at_least": LEVELS[lower],
        "at_most": LEVELS[upper],
        "rows": sorted({pair.row.number for pair in pairs if pair.row}),
        "confidence": _confidence(pairs, lower),
        "classification_basis": citation("eia_classification", on),
        "edition_note": catalogue.edition.data["status_note"],
        "distances": distances(pairs, lower, on),
    }
    if lower == upper:
        figures["procedure"] = procedure(LEVELS[lower], on)
    return figures


def _confidence(pairs: Iterable[Pair], lower: int) -> str:
    """The weakest of what decided it; a caution about an unsettled point makes it low."""
    deciding = [pair for pair in pairs if pair.upper >= lower]
    levels = [0 if pair.cautions else _CONFIDENCE.index(_pair_confidence(pair)) for pair in deciding]
    return _CONFIDENCE[min(levels, default=0)]


def _pair_confidence(pair: Pair) -> str:
    if pair.row:
        return pair.row.confidence if pair.why == "rules" else "medium"
    return "medium" if pair.why == "unlisted" else "low"


def _warnings(scope: Scope, pairs: Iterable[Pair]) -> tuple[str, ...]:
    found = [*scope.warnings, *scope.notes]
    found += [warning for activity in scope.activities for warning in activity.warnings]
    found += [f"第{pair.row.number}项：{text}" for pair in pairs if pair.row for text in pair.cautions]
    return tuple(dict.fromkeys(found))
