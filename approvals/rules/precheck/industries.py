"""Finding one's product: the eight key industries in plain words, and every code of the catalogue by search."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from approvals.rules import vocabulary
from approvals.rules.eia.catalogue import Catalogue, catalogue_on
from approvals.rules.precheck.questions import RAW, english

UNKNOWN = ""  # a product that was not found
_PART = re.compile(r"[（(].*?[)）]|\*|\d+")
_MOST = 20
_english = functools.cache(english)


@dataclass(frozen=True, slots=True)
class Pick:
    """One line to tick: a code of GB/T 4754-2017 with three or four digits, its name, and plain words beside it."""

    code: str
    name: str
    words: str = ""


def by_group() -> dict[str, list[Pick]]:
    """The picks of the eight key industries, by group."""
    groups: dict[str, list[Pick]] = {group: [] for group in RAW["groups"]}
    for pick in _key_picks():
        groups[vocabulary.INDUSTRIES[pick.code].group].append(pick)
    return groups


def search(words: str, on: date) -> tuple[Pick, ...]:
    """Picks whose code begins with, or whose name contains, what was typed; the key industries first."""
    wanted = "".join(words.split())[:40]
    if not wanted:
        return ()
    known = {pick.code: pick for pick in (*_key_picks(), *_catalogue_picks(on))}
    found = [pick for pick in known.values() if _matches(pick, wanted)]
    if re.fullmatch(r"\d{4}", wanted) and wanted not in known and (name := _class_of(wanted, on)):
        found.insert(0, Pick(wanted, name))
    return tuple(found[:_MOST])


def name_of(code: str, on: date) -> str:
    """What a code stands for; the code itself where nobody named it."""
    if code == UNKNOWN:
        return "产品未定"
    if code in vocabulary.INDUSTRIES:
        return vocabulary.INDUSTRIES[code].zh
    return _class_of(code, on) or code


def is_code(code: str, on: date) -> bool:
    return code == UNKNOWN or code in vocabulary.INDUSTRIES or bool(_class_of(code, on))


@functools.cache
def _key_picks() -> tuple[Pick, ...]:
    words = RAW["products"]
    return tuple(Pick(code, industry.zh, words.get(code, "")) for code, industry in vocabulary.INDUSTRIES.items())


@functools.cache
def _catalogue_picks(on: date) -> tuple[Pick, ...]:
    catalogue = catalogue_on(on)
    words = RAW["products"]
    rows = [Pick(code, name, words.get(code, "")) for code, name in _row_codes(catalogue)]
    return (*rows, *(Pick(code, name) for code, name in catalogue.unlisted.items()))


def _row_codes(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for row in catalogue.rows.values():
        for code in row.codes:
            yield code, _PART.sub("", row.title_for(code)) or row.name


def _class_of(code: str, on: date) -> str:
    """The name of the catalogue's class that a code falls under."""
    names = {pick.code: pick.name for pick in _catalogue_picks(on)}
    return next((names[code[:size]] for size in (4, 3) if code[:size] in names and len(code) >= size), "")


def _matches(pick: Pick, wanted: str) -> bool:
    if pick.code.startswith(wanted) or wanted in pick.name or wanted in pick.words:
        return True
    words = (_english().get(text, "") for text in (pick.name, pick.words))
    return any(wanted.casefold() in "".join(text.split()).casefold() for text in words)
