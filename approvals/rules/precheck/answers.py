"""The state of one pre-check, and what one answer makes of it. Pure, plain JSON; no name, address or free text in it.

``State.facts`` is in the shape of the rules. ``unsure`` are fact paths that the visitor said he does not know;
``trail`` are the keys of the pages answered, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from approvals.rules import vocabulary
from approvals.rules.precheck import industries
from approvals.rules.precheck.questions import RAW, Question, by_key

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    facts: Mapping[str, Any] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    trail: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> State:
        return cls(stored.get("facts", {}), frozenset(stored.get("unsure", ())), tuple(stored.get("trail", ())))

    def as_json(self) -> dict[str, Any]:
        return {"facts": dict(self.facts), "unsure": sorted(self.unsure), "trail": list(self.trail)}

    def rows(self, name: str) -> list[Row]:
        return [dict(row) for row in self.facts.get(name) or ()]


def page_of(key: str, state: State) -> tuple[Question, int | None] | None:
    """The question behind the key of a page and the row that it is about; None where there is no such page."""
    name, dash, number = key.rpartition("-")
    question = by_key(name if dash else key)
    if question is None or (question.about == "project") is bool(dash):
        return None
    if not dash:
        return question, None
    rows = state.rows("energy_lines" if question.about == "energy_line" else "activities")
    index = int(number) - 1 if number.isascii() and number.isdigit() else -1
    return (question, index) if 0 <= index < len(rows) else None


def answered(state: State, key: str, values: Mapping[str, Any], on: date) -> State:
    """The state after one page was answered.

    Args:
        values: what the form of the question's kind gives; None stands for "do not know".

    Raises:
        KeyError: the state has no such page.
    """
    page = page_of(key, state)
    if page is None:
        raise KeyError(key)
    question, index = page
    after = _APPLY.get(question.kind, _facts)(state, index, values, on)
    trail = state.trail if key in state.trail else (*state.trail, key)  # a changed answer keeps its place
    return replace(after, trail=tuple(step for step in trail if page_of(step, after) is not None))


def _facts(state: State, index: int | None, values: Mapping[str, Any], on: date) -> State:
    """Facts of the project, or of one activity. What is not known stays absent."""
    prefix = "" if index is None else f"activities.{index}."
    unsure = _unsure(state, {prefix + name: _is_open(value) for name, value in values.items()})
    if index is None:
        return replace(state, facts=_merged(state.facts, values), unsure=unsure)
    rows = state.rows("activities")
    rows[index] = _merged(rows[index], values)
    return replace(state, facts={**state.facts, "activities": rows}, unsure=unsure)


def _lines(state: State, index: int | None, values: Mapping[str, Any], on: date) -> State:
    """``codes``: the product lines. Lines that stay keep their answers; the works stay behind them."""
    old = state.rows("activities")
    kept = {row["gb4754"]: row for row in old if "gb4754" in row}
    codes = list(dict.fromkeys(values["codes"]))
    lines = [kept.get(code) or _line(code, on) for code in codes]
    return _rearranged(state, old, [*lines, *(row for row in old if "gb4754" not in row)])


def _line(code: str, on: date) -> Row:
    return {"title": industries.name_of(code, on), "kind": "product_line", "gb4754": code}


def _works(state: State, index: int | None, values: Mapping[str, Any], on: date) -> State:
    """``kinds``: the works built by themselves; None where the visitor does not know."""
    old, kinds = state.rows("activities"), values["kinds"]
    kept = {row["kind"]: row for row in old if "gb4754" not in row}
    works = [kept.get(kind) or {"title": vocabulary.KINDS[kind].zh, "kind": kind} for kind in kinds or ()]
    after = _rearranged(state, old, [*(row for row in old if "gb4754" in row), *works])
    facts = {**after.facts, "works_known": kinds is not None}
    return replace(after, facts=facts, unsure=_unsure(after, {"works": kinds is None}))


def _rearranged(state: State, old: Sequence[Row], new: Sequence[Row]) -> State:
    """New activities; what was not known of one of them follows it to its new place."""
    place = {_identity(row): position for position, row in enumerate(new)}
    unsure = {path for path in state.unsure if not path.startswith("activities.")}
    for position, row in enumerate(old):
        moved, prefix = place.get(_identity(row)), f"activities.{position}."
        paths = [path for path in state.unsure if path.startswith(prefix)]
        unsure |= {f"activities.{moved}.{p.removeprefix(prefix)}" for p in paths if moved is not None}
    unsure |= {f"activities.{n}.gb4754" for n, row in enumerate(new) if row.get("gb4754") == industries.UNKNOWN}
    return replace(state, facts={**state.facts, "activities": list(new)}, unsure=frozenset(unsure))


def _identity(row: Row) -> tuple[str, str]:
    return str(row["kind"]), str(row.get("gb4754", "-"))


def _energy(state: State, index: int | None, values: Mapping[str, Any], on: date) -> State:
    """``carriers``: the kinds of energy; those that stay keep their quantity."""
    carriers = values["carriers"]
    unsure = frozenset(path for path in state.unsure if not path.startswith("energy_lines."))
    state = replace(state, unsure=unsure)
    if carriers is None:
        facts = {name: value for name, value in state.facts.items() if name != "energy_lines"}
        return replace(state, facts=facts, unsure=_unsure(state, {"energy_lines": True}))
    kept = {row["carrier"]: row for row in state.rows("energy_lines")}
    lines = [kept.get(name) or {"carrier": name, "unit": RAW["energy"][name]["unit"]} for name in carriers]
    facts = {**state.facts, "energy_lines": lines}
    return replace(state, facts=facts, unsure=_unsure(state, {"energy_lines": False}))


def _energy_amounts(state: State, index: int | None, values: Mapping[str, Any], on: date) -> State:
    """``lines``: quantity and unit by position. A changed quantity keeps a certified heating value."""
    lines = [_merged(row, given) for row, given in zip(state.rows("energy_lines"), values["lines"], strict=True)]
    asked = {f"energy_lines.{n}.quantity": line.get("quantity") is None for n, line in enumerate(lines)}
    # A fuel that has no coefficient cannot be counted here, whatever its quantity is.
    asked |= {f"energy_lines.{n}.carrier": True for n in range(len(lines))}
    return replace(state, facts={**state.facts, "energy_lines": lines}, unsure=_unsure(state, asked))


def _heat_value(state: State, index: int | None, values: Mapping[str, Any], on: date) -> State:
    """Coefficient and its source, a density, or a quantity in GJ; empty where the visitor has none of them."""
    assert index is not None, "a heating value belongs to one line"
    lines, path = state.rows("energy_lines"), f"energy_lines.{index}."
    lines[index] = _merged(lines[index], values)
    unknown = all(value is None for value in values.values())
    asked = {path + "coefficient": unknown, path + "density_kg_per_l": unknown}
    return replace(state, facts={**state.facts, "energy_lines": lines}, unsure=_unsure(state, asked))


def _boilers(state: State, index: int | None, values: Mapping[str, Any], on: date) -> State:
    """``boilers``: fuel and capacity of each new boiler, [] for none, None for not known."""
    boilers = values["boilers"]
    # A boiler with an unknown capacity or fuel stays open, and is not asked again at once.
    open_ended = boilers is None or any(None in boiler.values() for boiler in boilers)
    facts = _merged(state.facts, {"boilers": boilers})
    return replace(state, facts=facts, unsure=_unsure(state, {"boilers": open_ended}))


def _is_open(value: Any) -> bool:
    """Not known, or a list that holds something not known."""
    return value is None or (isinstance(value, list) and None in value)


def _merged(row: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**row, **values}.items() if value is not None}


def _unsure(state: State, asked: Mapping[str, bool]) -> frozenset[str]:
    """The unsure paths after some were asked: path → whether the visitor does not know."""
    left: Iterable[str] = state.unsure - asked.keys()
    return frozenset([*left, *(path for path, unknown in asked.items() if unknown)])


_APPLY: Mapping[str, Callable[[State, int | None, Mapping[str, Any], date], State]] = {
    "lines": _lines,
    "works": _works,
    "energy": _energy,
    "energy_amounts": _energy_amounts,
    "heat_value": _heat_value,
    "boilers": _boilers,
}
