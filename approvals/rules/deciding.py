"""Which answer to an open question would settle a determination: found by asking the same rules again.

Public API: ``would_decide(classify, facts, on, missing) -> tuple[Deciding, ...]``. Nothing here decides anything.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from approvals.rules import vocabulary
from approvals.rules.answer import Answer
from approvals.rules.deciding_amounts import ENERGY, Outcome, scale_of
from approvals.rules.eia.catalogue import Row, catalogue_on
from approvals.rules.eia.text import plain
from approvals.rules.evaluator import Condition, Facts

Classify = Callable[[Facts, date], Answer]
_JUST_BELOW = Decimal("0.001")  # below the precision in which quantities are declared
_AT_ONCE = 3  # questions of which every two are tried together
_SHOWN = 4  # tokens of a list before "等"


@dataclass(frozen=True, slots=True)
class Deciding:
    """One open question. ``answers``: what could be said, and what would follow; only what settles the outcome."""

    fact: str
    question: str
    answers: tuple[tuple[str, str], ...]


def would_decide(
    classify: Classify, facts: Facts, on: date, missing: Iterable[Mapping[str, str]]
) -> tuple[Deciding, ...]:
    """For each open question the answers that alone would settle it, whatever the others turn out to be.

    Where two questions leave a gap between them, a further row says which answers to both would settle it together.

    Args:
        missing: ``Answer.missing`` as plain JSON: ``{"fact": path, "text": question}``.
    """
    alone = [_deciding(classify, facts, on, row["fact"], row["text"]) for row in missing]
    together = (_together(classify, facts, on, *pair) for pair in _pairs(alone))
    return tuple(deciding for deciding in (*alone, *together) if deciding.answers)


def _pairs(alone: Iterable[Deciding]) -> Iterator[tuple[Deciding, Deciding]]:
    """Every two of the first few questions between which a gap is left; a number of energy always leaves one."""
    open_still = [row for row in alone if ENERGY.fullmatch(row.fact) or (_is_yes_no(row.fact) and len(row.answers) < 2)]
    yield from combinations(sorted(open_still[:_AT_ONCE], key=lambda row: bool(ENERGY.fullmatch(row.fact))), 2)


def _is_yes_no(path: str) -> bool:
    term = vocabulary.FACTS.get(path.rpartition(".")[2])
    return term is not None and term.type == "bool"


def _together(classify: Classify, facts: Facts, on: date, first: Deciding, second: Deciding) -> Deciding:
    """Which answers to both settle it, beyond what each of them settles alone."""
    if ENERGY.fullmatch(first.fact):
        answers = dict(_boxes(classify, facts, on, first.fact, second.fact))
    else:
        answers = dict(_answers_to_both(classify, facts, on, first, second))
    question = f"两项合起来看：①{first.question}②{second.question}"
    return Deciding(f"{first.fact} {second.fact}", question, tuple(answers.items()))


def _answers_to_both(
    classify: Classify, facts: Facts, on: date, first: Deciding, second: Deciding
) -> Iterator[tuple[str, str]]:
    for words, value in _candidates(facts, on, first.fact):
        if words in dict(first.answers):
            continue
        for also, then in _deciding(classify, _with(facts, first.fact, value), on, second.fact, "").answers:
            if also not in dict(second.answers):
                yield f"①{words}，②{also}", then


def _boxes(classify: Classify, facts: Facts, on: date, path: str, other: str) -> Iterator[tuple[str, str]]:
    """Two numbers: all that lies below one pair of values has one outcome, and all that lies above another pair.

    More energy never lowers a class: two corners of a box with the same outcome speak for all of it.
    """
    one, two = scale_of(facts, on, path), scale_of(facts, on, other)
    if one is None or two is None:
        return

    def at(value: Decimal, also: Decimal) -> Answer:
        return classify(_with(_with(facts, path, value), other, also), on)

    reach = next(one.stretches(lambda value: at(value, two.low).outcome))[1]
    middle = one.between(one.low, reach)
    last = next(two.stretches(lambda also: at(middle, also).outcome))[1]
    below, above = at(one.low, two.low), at(one.high, two.high)
    if below.is_known and below.outcome == at(middle, last).outcome:
        yield f"①{one.words(one.low, middle)}，②{two.words(two.low, last)}", below.headline
    if one.is_open or two.is_open or not above.is_known:
        return
    *_others, (start, _high) = one.stretches(lambda value: at(value, two.high).outcome)
    middle = one.between(start, one.high)
    *_others, (first, _high) = two.stretches(lambda also: at(middle, also).outcome)
    if above.outcome == at(middle, first).outcome:
        yield f"①{one.words(middle, one.high)}，②{two.words(first, two.high)}", above.headline


def _deciding(classify: Classify, facts: Facts, on: date, path: str, question: str) -> Deciding:
    answers: dict[str, str] = {}
    tried = _energy(classify, facts, on, path) if ENERGY.fullmatch(path) else _candidates(facts, on, path)
    for words, value in tried:
        made = classify(_with(facts, path, value), on)
        if made.is_known:
            answers.setdefault(words, made.headline)
    return Deciding(path, question, tuple(answers.items()))


def _candidates(facts: Facts, on: date, path: str) -> Iterator[tuple[str, Any]]:
    """Answers worth trying, in words and as a value: both of a yes-no, each side of every limit, each list of a row."""
    name = path.rpartition(".")[2]
    term = vocabulary.FACTS.get(name)
    if path == "boilers":
        yield "没有新增锅炉", []
    elif term is None or path in {"activities", "energy_lines"}:
        return
    elif term.type == "bool":
        yield from (("是", True), ("否", False))
    elif term.type == "decimal":
        yield from _amounts(name, term.unit, _rows(facts, on, path))
    elif term.type == "list":
        yield from _lists(name, _rows(facts, on, path))
    elif name == "product":
        products = sorted({product for row in _rows(facts, on, path) for product in row.products})
        yield from ((vocabulary.label(product), product) for product in products)


def _amounts(name: str, unit: str, rows: Iterable[Row]) -> Iterator[tuple[str, Decimal]]:
    limits = sorted({Decimal(c.limit) for row in rows for c in row.comparisons if c.fact == name})
    if not limits:
        return
    yield f"0{unit}（不使用）", Decimal(0)
    if limits == [0]:
        yield "大于0", _JUST_BELOW
    for below, limit in zip([Decimal(0), *limits], limits, strict=False):
        if limit > 0:
            yield f"{f'{plain(below)}以上、' if below else ''}不到{plain(limit)}{unit}", limit - _JUST_BELOW
    if limits[-1] > 0:
        yield f"达到{plain(limits[-1])}{unit}", limits[-1]


def _energy(classify: Classify, facts: Facts, on: date, path: str) -> Iterator[tuple[str, Decimal]]:
    """Each stretch of the number within which the outcome is the same."""
    if scale := scale_of(facts, on, path):
        for first, last in scale.stretches(_outcome(classify, facts, on, path)):
            yield scale.words(first, last), first


def _outcome(classify: Classify, facts: Facts, on: date, path: str) -> Outcome:
    return lambda value: classify(_with(facts, path, value), on).outcome


def _lists(name: str, rows: Iterable[Row]) -> Iterator[tuple[str, list[str]]]:
    for row in rows:
        for _level, condition in row.columns:
            for part in _on_fact(condition, name):
                if part["op"] == "includes_any":
                    yield f"含有{_some(part['value'])}之一", [part["value"][0]]
                elif part["op"] == "subset_of":
                    # Painting brings questions of its own; without it the rest may settle the matter.
                    unpainted = [word for word in part["value"] if word != "coating"]
                    yield f"只有{_some(unpainted)}", unpainted
                    yield f"只有{_some(part['value'])}", list(part["value"])


def _on_fact(condition: Condition, name: str) -> Iterator[Condition]:
    for key in ("all", "any"):
        for part in condition.get(key, ()):
            yield from _on_fact(part, name)
    if "not" in condition:
        yield from _on_fact(condition["not"], name)
    if condition.get("fact") == name:
        yield condition


def _some(tokens: list[str]) -> str:
    shown = "、".join(vocabulary.label(token) for token in tokens[:_SHOWN])
    return f"{shown}等" if len(tokens) > _SHOWN else shown


def _rows(facts: Facts, on: date, path: str) -> tuple[Row, ...]:
    """The rows of the catalogue that the activity at ``path`` falls under."""
    parts = path.split(".")
    if parts[0] != "activities" or len(parts) < 3:
        return ()
    return catalogue_on(on).rows_of(facts["activities"][int(parts[1])])


def _with(facts: Facts, path: str, value: Any) -> dict[str, Any]:
    """The facts with one answer filled in, everything else as it was."""
    changed: dict[str, Any] = copy.deepcopy(dict(facts))
    *parts, name = path.split(".")
    place: Any = changed
    for part in parts:
        place = place[int(part)] if part.isdigit() else place[part]
    place[name] = value
    if name == "coefficient":
        place["coefficient_source"] = "measured"
    return changed
