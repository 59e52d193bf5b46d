"""Whether a project may use the commitment system (承诺制): ``assess(facts, on) -> Answer``.

Outcomes: ``eligible``, ``ordinary_route`` (with every ground that excludes it, not just the first), ``needs_input``.
One ground that is known to hold settles it; eligibility needs every ground to be known not to hold.

Source: 《山西省企业投资项目承诺制规定》第二条; 国办发〔2020〕42号. Data: ``data/eligibility-2019.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from approvals.rules import vocabulary
from approvals.rules.answer import Answer, Question, Reason
from approvals.rules.editions import Edition, edition_on
from approvals.rules.evaluator import Facts, evaluate

_HEADLINES = {
    "eligible": "可以适用承诺制",
    "ordinary_route": "不适用承诺制，按普通程序办理",
    "needs_input": "尚不能判定是否适用承诺制，还需补充{}项信息",
}


def assess(facts: Facts, on: date) -> Answer:
    """Test every ground that excludes a project. Raises ``LookupError`` where no edition is in force on the day."""
    edition = edition_on("eligibility", on)
    grounds = edition.data["grounds"]
    holding = [ground for ground in grounds if facts.get(ground["fact"]) is True]
    unknown = [ground["fact"] for ground in grounds if facts.get(ground["fact"]) is None]
    outcome = "ordinary_route" if holding else "needs_input" if unknown else "eligible"
    return Answer(
        kind="eligibility",
        outcome=outcome,
        on=on,
        edition=edition.edition,
        sha256=edition.sha256,
        source=edition.source,
        headline=_HEADLINES[outcome].format(len(unknown)),
        reasons=_reasons(outcome, holding, edition),
        missing=tuple(Question(name, vocabulary.question(name)) for name in unknown),
        trace=tuple(_step(ground, facts) for ground in grounds),
        figures={"grounds": [ground["fact"] for ground in holding]},
        duties=tuple(edition.data["duties"]) if outcome == "eligible" else (),
        warnings=_warnings(edition, facts),
    )


def _reasons(outcome: str, holding: list[Mapping[str, Any]], edition: Edition) -> tuple[Reason, ...]:
    if outcome == "eligible":
        return (Reason("项目没有不适用承诺制的情形。", "", edition.source, decisive=True),)
    return tuple(Reason(g["reason"], g["quote"], g["basis"], decisive=True) for g in holding)


def _step(ground: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    value = facts.get(ground["fact"])
    return {"fact": ground["fact"], "value": value, "holds": value, "basis": ground["basis"]}


def _warnings(edition: Edition, facts: Facts) -> tuple[str, ...]:
    return tuple(c["text"] for c in edition.data["cautions"] if evaluate(c["when"], facts).holds)
