"""The classification catalogue (分类管理名录) of a day: rows, the index by industry code, and the recorded inferences.

Reading and checking the edition takes a while and happens once per process; everything here is immutable afterwards.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from approvals.rules import vocabulary
from approvals.rules.editions import Edition, edition_on
from approvals.rules.evaluator import Condition, check_condition, facts_in, number

LEVELS = ("not_subject", "register", "report_table", "report_book")
RANK = {level: rank for rank, level in enumerate(LEVELS)}
_COLUMNS = (("book", "report_book"), ("table", "report_table"), ("register", "register"))
_CLOSED_LISTS: Mapping[str, Iterable[str]] = {"processes": vocabulary.PROCESSES, "product": vocabulary.PRODUCTS}


@dataclass(frozen=True, slots=True)
class Caution:
    """A point that is not settled law; shown as a warning where ``when`` holds and the row came out as ``outcome``."""

    code: str
    text: str
    when: Condition
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One numeric limit that a row mentions. ``limit`` is in the unit of the fact."""

    fact: str
    op: str
    limit: Any


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``columns`` runs from the strictest level down; a row without columns has only its text."""

    number: int
    name: str
    codes: Mapping[str, bool]  # 3- or 4-digit code -> carries the star (工业建筑)
    text: Mapping[str, str]
    sensitive_area: str
    confidence: str
    columns: tuple[tuple[str, Condition], ...]
    products: frozenset[str]
    cautions: tuple[Caution, ...]
    human_when: tuple[tuple[str, Condition], ...]
    comparisons: tuple[Comparison, ...]
    facts: frozenset[str]  # every fact the rules of the row mention

    def code_for(self, gb4754: str) -> str | None:
        """The code of this row that the four-digit class falls under, if any."""
        return next((code for code in self.codes if gb4754.startswith(code)), None)

    def starred(self, gb4754: str) -> bool:
        """Whether the star applies: it belongs to the code, not to the row (row 83: only 403)."""
        code = self.code_for(gb4754)
        return self.codes[code] if code else bool(self.codes) and all(self.codes.values())

    def title_for(self, gb4754: str) -> str:
        """The part of the row's name that this code stands for."""
        code = self.code_for(gb4754)
        return next((part for part in self.name.split("；") if code and code in part), self.name)

    @property
    def highest(self) -> int:
        """The rank of the strictest column that the official text has."""
        return max((RANK[level] for level in LEVELS[1:] if self.text[level] != "/"), default=0)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One edition, indexed."""

    edition: Edition
    rows: Mapping[int, Row]
    by_code: Mapping[str, tuple[Row, ...]]
    unlisted: Mapping[str, str]  # 3-digit code -> name
    rows_by_kind: Mapping[str, int]
    rows_without_code: Mapping[str, int]  # codes that the catalogue covers by a row without a code
    zero_without_process: tuple[Mapping[str, Any], ...]
    product_by_code: Mapping[str, str]

    def rows_of(self, activity: Mapping[str, Any]) -> tuple[Row, ...]:
        """Every row an activity falls under: by code, by kind of works, and by an explicitly named row."""
        code = str(activity.get("gb4754") or "")
        found = {row.number: row for size in (3, 4) if len(code) >= size for row in self.by_code.get(code[:size], ())}
        numbers = [self.rows_by_kind.get(activity.get("kind") or "", 0), int(activity.get("row") or 0)]
        numbers += [number for prefix, number in self.rows_without_code.items() if code.startswith(prefix)]
        found |= {n: self.rows[n] for n in numbers if n in self.rows}
        return tuple(found[n] for n in sorted(found))

    def is_unlisted(self, gb4754: str) -> bool:
        """Whether the code is one that the catalogue is known to leave out (art. 5)."""
        return gb4754[:3] in self.unlisted


def catalogue_on(on: date) -> Catalogue:
    """The catalogue in force on a day. Raises ``LookupError`` where there is none."""
    return catalogue_of(edition_on("eia", on))


@functools.lru_cache(maxsize=8)
def catalogue_of(edition: Edition) -> Catalogue:
    """One edition read and checked. Raises ``ValueError`` naming the row at fault."""
    rows = {entry["row"]: _row(entry) for entry in edition.data["rows"]}
    if not rows:
        raise ValueError(f"eia {edition.edition}: a catalogue without rows would exempt everything")
    by_code: dict[str, tuple[Row, ...]] = {}
    for row in rows.values():
        for code in row.codes:
            by_code[code] = (*by_code.get(code, ()), row)
    inferences = edition.data["inferences"]
    return Catalogue(
        edition=edition,
        rows=rows,
        by_code=by_code,
        unlisted=unlisted_codes(edition),
        rows_by_kind=edition.data["rows_by_kind"],
        rows_without_code=edition.data["rows_without_code"],
        zero_without_process=tuple(inferences["zero_without_process"]),
        product_by_code=inferences["product_by_code"],
    )


def unlisted_codes(edition: Edition) -> Mapping[str, str]:
    """Codes that the catalogue is known to leave out (art. 5), with their names."""
    return {
        **edition.data["unlisted_gb4754_in_manufacturing"]["names"],
        **edition.data.get("unlisted_gb4754_elsewhere", {}).get("names", {}),
    }


def _row(entry: Mapping[str, Any]) -> Row:
    where = f"eia row {entry['row']}"
    rules = entry.get("rules", {})
    columns = tuple((level, _checked(rules[key], where)) for key, level in _COLUMNS if key in rules)
    human_when = tuple((level, _checked(c, where)) for level, c in entry.get("human_when", {}).items())
    products = frozenset(entry.get("products", ()))
    if strangers := products - vocabulary.PRODUCTS.keys():
        raise ValueError(f"{where}: products not in the vocabulary: {sorted(strangers)}")
    return Row(
        number=entry["row"],
        name=entry["name"],
        codes={code["code"]: code["industrial_building_only"] for code in entry["gb4754"]},
        text=entry["text"],
        sensitive_area=entry["text"]["sensitive_area"] or "",
        confidence=entry["confidence"],
        columns=columns,
        products=products,
        cautions=tuple(_caution(raw, where) for raw in entry.get("cautions", ())),
        human_when=human_when,
        comparisons=tuple(dict.fromkeys(c for _, condition in columns for c in _comparisons(condition))),
        facts=frozenset(name for _, condition in (*columns, *human_when) for name in facts_in(condition)),
    )


def _caution(raw: Mapping[str, Any], where: str) -> Caution:
    when = _checked(raw.get("when", {"always": True}), where)
    return Caution(raw["code"], raw["text"], when, raw.get("outcome"))


def _checked(condition: Condition, where: str) -> Condition:
    """The condition with exact limits, after every word in it was found in the vocabulary."""
    check_condition(condition)
    for name in facts_in(condition):
        if name not in vocabulary.FACTS:
            raise ValueError(f"{where}: unknown fact {name!r}")
    return _exact(condition, where)


def _exact(condition: Condition, where: str) -> Condition:
    if "fact" not in condition:
        return {key: _exact_parts(value, where) for key, value in condition.items()}
    limit = condition["value"]
    known = _CLOSED_LISTS.get(condition["fact"])
    if known is not None and (strangers := set(limit) - set(known)):
        raise ValueError(f"{where}: words not in the vocabulary: {sorted(strangers)}")
    numeric = isinstance(limit, int | float) and not isinstance(limit, bool)
    return {**condition, "value": number(limit) if numeric else limit}


def _exact_parts(value: Any, where: str) -> Any:
    if isinstance(value, list):
        return [_exact(part, where) for part in value]
    return _exact(value, where) if isinstance(value, Mapping) else value


def _comparisons(condition: Condition) -> Iterator[Comparison]:
    for key in ("all", "any"):
        for part in condition.get(key, ()):
            yield from _comparisons(part)
    if "not" in condition:
        yield from _comparisons(condition["not"])
    if "fact" in condition and not isinstance(condition["value"], bool | list | str):
        yield Comparison(condition["fact"], condition["op"], condition["value"])
