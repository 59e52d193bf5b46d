"""The answers worth trying for a missing fact: one on each side of every limit that the rules set. Pure."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from approvals.rules import vocabulary
from approvals.rules.eia.catalogue import Row, catalogue_on
from approvals.rules.evaluator import Condition, Facts, number
from approvals.rules.matters.catalogue import matters_on

_STEP = Decimal("0.001")  # below the precision in which quantities are declared
_TCE = (Decimal(0), Decimal(999), Decimal(1000), Decimal(10000))  # either side of the energy limits
_OTHER_STEP = "testing"  # a step that no rule names for its own sake


def trials(path: str, facts: Facts, on: date) -> tuple[Any, ...]:
    """Values to try for ``path``; empty where no value can be made up for it."""
    scope, _, name = path.rpartition(".")
    term = vocabulary.FACTS.get(name)
    if term is None or scope.startswith("energy_lines"):
        return ()
    if term.type == "bool":
        return (True, False)
    if scope.startswith("activities."):
        return _of_activity(name, term.type, facts["activities"][int(scope.split(".")[1])], on)
    if term.type == "decimal":
        limits = _matter_limits(name, on)
        return _sides(limits) if limits else _TCE
    return tuple(vocabulary.NATURES) if name == "nature" else ()


def with_value(facts: Facts, path: str, value: Any) -> dict[str, Any]:
    """The facts with one more answer."""
    parts = path.split(".")
    if len(parts) == 1:
        return {**facts, path: value}
    rows = list(facts[parts[0]])
    rows[int(parts[1])] = {**rows[int(parts[1])], parts[2]: value}
    return {**facts, parts[0]: rows}


def named_values(name: str, activity: Mapping[str, Any], on: date) -> tuple[Any, ...]:
    """Every value of a fact that the rows of an activity name: nothing that decides may be hidden from a form."""
    rows = catalogue_on(on).rows_of(activity)
    return tuple(dict.fromkeys(value for row in rows for values in _lists(row, name) for value in values))


def _of_activity(name: str, kind: str, activity: Mapping[str, Any], on: date) -> tuple[Any, ...]:
    rows = catalogue_on(on).rows_of(activity)
    if kind == "decimal":
        return _sides(tuple(c.limit for row in rows for c in row.comparisons if c.fact == name))
    lists = [tuple(values) for row in rows for values in _lists(row, name)]
    if name == "processes":
        return (*([values[0]] for values in lists), *(list(values) for values in lists), [_OTHER_STEP])
    return (*dict.fromkeys(value for values in lists for value in values), "other_product")


def _sides(limits: tuple[Any, ...]) -> tuple[Decimal, ...]:
    """For each limit the limit itself, a little less and a little more: one value of every stretch between them."""
    found: set[Decimal] = set()
    for limit in map(number, limits):
        found |= {limit, limit + _STEP} | ({limit - _STEP} if limit > 0 else set())
    return tuple(sorted(found))


def _lists(row: Row, name: str) -> Iterator[Any]:
    for _level, condition in row.columns:
        yield from _values(condition, name)


def _values(condition: Condition, name: str) -> Iterator[Any]:
    for key in ("all", "any"):
        for part in condition.get(key, ()):
            yield from _values(part, name)
    if "not" in condition:
        yield from _values(condition["not"], name)
    if condition.get("fact") == name:
        value = condition["value"]
        yield value if isinstance(value, list | tuple) else (value,)


@functools.cache
def _matter_limits(name: str, on: date) -> tuple[Any, ...]:
    return tuple(value for matter in matters_on(on).matters.values() for value in _matter_values(matter, name))


def _matter_values(matter: Any, name: str) -> Iterator[Any]:
    conditions = [matter.applies, *(spare.when for spare in matter.spares)]
    for condition in (*conditions, matter.chosen_when, matter.commitment_when):
        for values in _values(condition or {}, name):
            yield from values
