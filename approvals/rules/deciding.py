"""Which answer to an open question would settle a determination: found by asking the same rules again.

Public API: ``would_decide(classify, facts, on, missing) -> tuple[Deciding, ...]``. Nothing here decides anything.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from approvals.rules import vocabulary
from approvals.rules.answer import Answer
from approvals.rules.eia.catalogue import Row, catalogue_on
from approvals.rules.eia.text import plain
from approvals.rules.energy.coefficients import carrier_key, choose, table_on
from approvals.rules.evaluator import Condition, Facts

Classify = Callable[[Facts, date], Answer]
_JUST_BELOW = Decimal("0.001")  # below the precision in which quantities are declared
ENERGY = re.compile(r"energy_lines\.\d+\.(coefficient|quantity)")
FOURTH_PLACE = Decimal("0.0001")  # in which coefficients are published
HUNDREDTH = Decimal("0.01")  # of the unit in which a quantity is stated
MORE_THAN_ANY = Decimal(10**9)
UNITS = {"kg": "千克", "m3": "立方米"}
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
    """For each open question the answers that alone would settle it. A question that settles nothing alone is left out.

    Args:
        missing: ``Answer.missing`` as plain JSON: ``{"fact": path, "text": question}``.
    """
    found = (_deciding(classify, facts, on, row["fact"], row["text"]) for row in missing)
    return tuple(deciding for deciding in found if deciding.answers)


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
    """Each stretch of a coefficient's published range, or of a quantity, within which the outcome is the same."""
    line, table = facts["energy_lines"][int(path.split(".")[1])], table_on(on)
    spec = table.data["carriers"].get(carrier_key(str(line.get("carrier") or ""), table))
    if spec is None:
        return

    def outcome(value: Decimal) -> str:
        return classify(_with(facts, path, value), on).outcome

    if path.endswith("quantity"):
        unit = str(line.get("unit") or "")
        for first, last in _stretches(outcome, Decimal(0), MORE_THAN_ANY, HUNDREDTH) if unit else ():
            yield (
                (f"{plain(first)}～{plain(last)}{unit}" if last < MORE_THAN_ANY else f"{plain(first)}{unit}以上"),
                first,
            )
    elif (published := choose(line, spec).kgce).high.is_finite():
        unit = f"千克标准煤/{UNITS.get(spec['unit'], spec['unit'])}"
        for first, last in _stretches(outcome, published.low, published.high, FOURTH_PLACE):
            yield f"{plain(first)}～{plain(last)}{unit}", first


def _stretches(
    outcome: Callable[[Decimal], str], low: Decimal, high: Decimal, step: Decimal
) -> Iterator[tuple[Decimal, Decimal]]:
    """First and last value of each outcome from ``low`` to ``high``. More energy never lowers a class: each is one."""
    first, final = low, outcome(high)
    while outcome(first) != final:
        last = _last_alike(outcome, first, high, step)
        yield first, last
        first = last + step
    yield first, high


def _last_alike(outcome: Callable[[Decimal], str], low: Decimal, high: Decimal, step: Decimal) -> Decimal:
    """The largest value with the outcome of ``low``, found by halving. ``high`` has another one."""
    alike = outcome(low)
    while high - low > step:
        middle = ((low + high) / 2).quantize(step)
        low, high = (middle, high) if outcome(middle) == alike else (low, middle)
    return low


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
