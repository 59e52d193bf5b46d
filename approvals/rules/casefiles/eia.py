"""Cases of EIA classification: ``activities`` with or without a catalogue row, and the expected class.

The shorthand of such a file (``meta.facts_default``: an omitted number is 0, an omitted yes/no is "no") holds for the
file alone. A case is a new project inside an industrial building with no boilers but those it lists; an explicit empty
value always means unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from approvals.rules.eia import OUTCOMES, classify
from approvals.rules.eia.catalogue import Catalogue, catalogue_on
from approvals.rules.evaluator import Facts
from approvals.rules.vocabulary import FACTS, KINDS, NATURES

from .reading import (
    Case,
    CaseFault,
    compiled_on,
    decimal,
    fact,
    flag,
    is_unknown,
    known_names,
    mapping,
    no_misspelling,
    sequence,
)
from .results import Determined, compare, expected_of, record_of, skipped

OF_THE_PROJECT = ("nature", "main_works_included", "in_industrial_building")
_STAR = "in_industrial_building"
_PLACE = ("row", "gb4754", "kind", "title", "in_industrial_building", "facts", "note")


def determine(case: Case, meta: Mapping[str, Any], *, on: date | None, today: date) -> Determined:
    """The class of one case on a day. Raises ``CaseFault``, or ``LookupError`` for a day without an edition."""
    if case.get("skip_eval"):
        return skipped(case)
    day = on or compiled_on(meta) or today
    answer = classify(facts_of(case, meta, day), day)
    got = {"outcome": answer.outcome, **{name: answer.figures[name] for name in ("at_least", "at_most", "rows")}}
    figures = {**got, "confidence": answer.figures["confidence"]}
    if reply := case.get("official_reply"):
        # A reply that departs from the text is shown beside it; neither outweighs the other.
        figures["official_reply"] = {"outcome": str(reply), "conflict": reply != answer.outcome}
    wanted = expected_of(case, scalar="outcome", allowed=OUTCOMES)
    record = record_of(case, answer, **{name: value for name, value in figures.items() if name != "outcome"})
    return Determined(record, tuple(compare(wanted, got, "")), compared=bool(wanted))


def facts_of(case: Case, meta: Mapping[str, Any], on: date) -> Facts:
    """The project facts of one case."""
    no_misspelling(case, OF_THE_PROJECT)
    catalogue, default = catalogue_on(on), _Default.of(meta)
    nature = case.get("nature", "new")
    if nature is not None and nature not in NATURES:
        raise CaseFault("nature", f"unknown nature {nature!r}")
    if "activities" not in case:
        raise CaseFault("activities", "is missing")
    inside = flag(case.get("in_industrial_building", True), "in_industrial_building")
    found = [
        _activity(raw, f"activities.{index}", catalogue, default, inside)
        for index, raw in enumerate(sequence(case["activities"], "activities"))
    ]
    works = flag(case.get("main_works_included"), "main_works_included")
    return {"nature": nature, "main_works_included": works, "boilers": [], "activities": found}


class _Default:
    """What ``meta.facts_default`` says of an omitted fact: "未写的数值事实=0/False" and its like."""

    def __init__(self, *, numbers: bool, flags: bool) -> None:
        self.numbers, self.flags = numbers, flags

    @classmethod
    def of(cls, meta: Mapping[str, Any]) -> _Default:
        said = re.split(r"[，；,;。]", str(meta.get("facts_default", "")))[0]
        values = [word.strip().casefold() for word in re.split(r"[=＝:：/／、]", said)]
        return cls(numbers="0" in values, flags=not {"false", "否"}.isdisjoint(values))

    def value(self, name: str) -> Any:
        """Lists and choices stay unknown whatever the file says: its shorthand speaks of numbers and of yes/no."""
        kind = FACTS[name].type
        if kind == "decimal":
            return 0 if self.numbers else None
        return False if kind == "bool" and self.flags else None


def _activity(raw: Any, field: str, catalogue: Catalogue, default: _Default, inside: bool | None) -> dict[str, Any]:
    raw = mapping(raw, field)
    allowed = {name for row in catalogue.rows.values() for name in row.facts}
    allowed |= {name for name, term in FACTS.items() if term.of == "activity"} - {"row", "gb4754", "kind", "title"}
    known_names(raw, [*_PLACE, *allowed], field)
    stated = dict(mapping(raw.get("facts"), f"{field}.facts"))
    if _STAR in stated:
        raw = {_STAR: stated.pop(_STAR), **raw}
    known_names(stated, allowed, f"{field}.facts")
    activity = _place(raw, field, catalogue, inside)
    activity |= {name: fact(name, raw[name], f"{field}.{name}") for name in raw if name in allowed}
    activity |= {name: fact(name, value, f"{field}.facts.{name}") for name, value in stated.items()}
    for name in {name for row in catalogue.rows_of(activity) for name in row.facts}:
        activity.setdefault(name, default.value(name))
    return activity


def _place(raw: Mapping[str, Any], field: str, catalogue: Catalogue, inside: bool | None) -> dict[str, Any]:
    """Where the activity stands in the catalogue: its code, its row, and whether it is in an industrial building."""
    code, row = _code(raw.get("gb4754"), field), _row(raw.get("row"), field, catalogue)
    kind = None if is_unknown(raw.get("kind")) else str(raw["kind"])
    if kind is not None and kind not in KINDS:
        raise CaseFault(f"{field}.kind", f"unknown kind {kind!r}")
    if row in catalogue.rows_by_kind.values() and row not in {r.number for r in catalogue.rows_of({"gb4754": code})}:
        # A boiler, a treatment plant or a laboratory is judged as such; the code is that of the factory around it.
        code = None
    stated = {"gb4754": code, "row": row, "kind": kind, "title": raw.get("title")}
    inside = flag(raw["in_industrial_building"], f"{field}.in_industrial_building") if _STAR in raw else inside
    return {name: value for name, value in stated.items() if value is not None} | {_STAR: inside}


def _code(value: Any, field: str) -> str | None:
    if is_unknown(value):
        return None
    code = re.sub(r"^[A-T]", "", str(value).strip())
    if not re.fullmatch(r"\d{2,4}", code, re.ASCII) or isinstance(value, float):
        raise CaseFault(f"{field}.gb4754", f"{value!r} is not a code of GB/T 4754")
    return code


def _row(value: Any, field: str, catalogue: Catalogue) -> int | None:
    row = decimal(value, f"{field}.row")
    if row is None:
        return None
    if row not in catalogue.rows:
        raise CaseFault(f"{field}.row", f"unknown row {value!r}")
    return int(row)
