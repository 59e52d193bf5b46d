"""Three-valued (Kleene) evaluation of the conditions in the rule tables.

A condition is a small tree, the same in every table::

    {fact: solvent_coating_t, op: '>=', value: 10}
    {all: [...]}   {any: [...]}   {not: ...}   {always: true}

An unknown fact (absent or ``None``) makes a condition unknown, never false: it yields a question, not a "no".
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Facts = Mapping[str, Any]
Condition = Mapping[str, Any]

_ORDERED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}
_LISTED = frozenset({"includes_any", "subset_of"})
OPERATORS = frozenset({*_ORDERED, *_LISTED, "==", "in"})


@dataclass(frozen=True, slots=True)
class Used:
    """One comparison that was made: which fact, how, against what, and how it came out."""

    fact: str
    op: str
    limit: Any
    value: Any
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """``holds`` is True, False, or None where ``missing`` facts decide."""

    holds: bool | None
    because: tuple[Used, ...] = ()
    missing: frozenset[str] = frozenset()


def evaluate(condition: Condition, facts: Facts) -> Verdict:
    """Evaluate one condition. Raises ``ValueError`` for a malformed condition."""
    if condition.get("always"):
        return Verdict(True)
    if "all" in condition:
        return _combine(condition["all"], facts, decisive=False)
    if "any" in condition:
        return _combine(condition["any"], facts, decisive=True)
    if "not" in condition:
        inner = evaluate(condition["not"], facts)
        return Verdict(None if inner.holds is None else not inner.holds, inner.because, inner.missing)
    return _compare(condition, facts)


def facts_in(condition: Condition) -> Iterator[str]:
    """Every fact name a condition mentions."""
    for key in ("all", "any"):
        for part in condition.get(key, ()):
            yield from facts_in(part)
    if "not" in condition:
        yield from facts_in(condition["not"])
    if "fact" in condition:
        yield condition["fact"]


def check_condition(condition: Condition) -> None:
    """Raise ``ValueError`` naming what is wrong with a condition, before it is ever used."""
    for key in ("all", "any"):
        for part in condition.get(key, ()):
            check_condition(part)
    if "not" in condition:
        check_condition(condition["not"])
    elif "fact" in condition:
        if condition.get("op") not in OPERATORS or "value" not in condition:
            raise ValueError(f"condition on {condition['fact']!r} needs a value and an op of {sorted(OPERATORS)}")
    elif not {"all", "any", "always"} & condition.keys():
        raise ValueError(f"not a condition: {dict(condition)!r}")


def _combine(conditions: Sequence[Condition], facts: Facts, *, decisive: bool) -> Verdict:
    """Kleene: one decisive part settles it, whatever is still unknown elsewhere."""
    parts = []
    for condition in conditions:
        part = evaluate(condition, facts)
        if part.holds is decisive:
            return part
        parts.append(part)
    because = tuple(used for part in parts for used in part.because)
    missing = frozenset[str]().union(*(part.missing for part in parts))
    return Verdict(None if any(part.holds is None for part in parts) else not decisive, because, missing)


def _compare(condition: Condition, facts: Facts) -> Verdict:
    name, op, limit = condition["fact"], condition["op"], condition["value"]
    value = facts.get(name)
    if value is None:
        return Verdict(None, (Used(name, op, limit, None, None),), frozenset({name}))
    if op in _ORDERED:
        holds = _ORDERED[op](number(value), number(limit))
    elif op == "==":
        holds = number(value) == number(limit) if _is_number(limit) else value == limit
    elif op == "in":
        holds = value in limit
    elif op in _LISTED:
        return _compare_list(name, op, limit, value)
    else:
        raise ValueError(f"unknown operator {op!r}")
    return Verdict(holds, (Used(name, op, limit, value, holds),))


def _compare_list(name: str, op: str, limit: Any, value: Any) -> Verdict:
    """A list may hold ``None``: something is there that is not known. It settles only what the others do not."""
    known = set(value) - {None}
    if op == "includes_any":
        settled, holds = not known.isdisjoint(limit), True
    else:
        settled, holds = not known <= set(limit), False
    if not settled and None in value:
        return Verdict(None, (Used(name, op, limit, value, None),), frozenset({name}))
    holds = holds if settled else not holds
    return Verdict(holds, (Used(name, op, limit, value, holds),))


def number(value: Any) -> Decimal:
    """An exact decimal from a Decimal, int, numeric string or YAML float (by its printed digits)."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
