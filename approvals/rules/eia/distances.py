"""How far a project is from the next limit: what would change the answer, computed by asking the same rules again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from approvals.rules.eia.catalogue import LEVELS, Comparison
from approvals.rules.eia.judge import Pair, bounds
from approvals.rules.eia.text import level_name, plain
from approvals.rules.evaluator import number
from approvals.rules.vocabulary import FACTS

_JUST_ABOVE = Decimal("0.001")  # below the precision in which quantities are declared


def distances(pairs: Iterable[Pair], outcome: int, on: date) -> list[dict[str, Any]]:
    """Every limit not yet reached that would raise the project above ``outcome`` (a rank in ``LEVELS``), nearest first.

    Each: ``activity`` (path), ``row``, ``fact``, ``limit``, ``value``, ``gap`` (Decimals in the unit of the fact),
    ``level`` (what the project becomes) and ``text``.
    """
    found: dict[tuple[str, int, str, str], dict[str, Any]] = {}
    for pair in pairs:
        if pair.row is None or pair.why != "rules":
            continue
        for comparison in pair.row.comparisons:
            if near := _distance(pair, comparison, outcome, on):
                key = (near["activity"], near["row"], near["fact"], near["level"])
                found[key] = min(near, found.get(key, near), key=lambda d: d["limit"])
    return sorted(found.values(), key=_nearness)


def _nearness(distance: Mapping[str, Any]) -> tuple[bool, Decimal, str, str]:
    """Limits that are being approached come before those that matter only once a thing is used at all."""
    limit = distance["limit"]
    return (limit == 0, distance["gap"] / limit if limit else Decimal(0), distance["activity"], distance["fact"])


def _distance(pair: Pair, comparison: Comparison, outcome: int, on: date) -> dict[str, Any] | None:
    assert pair.row is not None
    facts = pair.activity.readings[-1]
    if facts.get(comparison.fact) is None:
        return None
    value, limit = number(facts[comparison.fact]), comparison.limit
    strict = comparison.op in {">", "<=", "=="}  # the limit itself is still below
    if value > limit or (value == limit and not strict) or (value == 0 < limit):
        return None  # already there, or not in play at all
    raised: Mapping[str, Any] = {**facts, comparison.fact: limit + _JUST_ABOVE if strict else limit}
    lower, _, _ = bounds(pair.row, raised)
    if lower <= outcome:
        return None
    return {
        "activity": pair.activity.path,
        "row": pair.row.number,
        "fact": comparison.fact,
        "limit": limit,
        "value": value,
        "gap": limit - value,
        "level": LEVELS[lower],
        "text": _text(comparison, value, strict, level_name(LEVELS[lower], on)),
    }


def _text(comparison: Comparison, value: Decimal, strict: bool, then: str) -> str:
    term = FACTS[comparison.fact]
    if comparison.limit == 0:
        return f"{term.zh}现为0，一旦大于0即{then}"
    unit = term.unit.partition("/年")[0]
    if strict:
        return f"{term.zh}现为{plain(value)}{unit}，超过{plain(comparison.limit)}{unit}即{then}"
    return f"{term.zh}再增加{plain(comparison.limit - value)}{unit}（达到{plain(comparison.limit)}{unit}）即{then}"
