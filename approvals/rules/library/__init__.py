"""The rule library: every table, edition, row and clause, for reading, searching and comparing.

Public API: ``tables()``, ``volumes(name)``, ``volume(name, edition)``, ``volume_of(edition)``, ``in_force(name, on)``,
``search(...)``, ``compare(older, newer)``, ``cases_of(name, edition, key)`` and the types ``Volume``, ``Entry``,
``Clause``. Everything is read from the editions; nothing here decides anything.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from approvals.rules.editions import Edition, editions
from approvals.rules.library import eia, energy, handling, matters, standard_land
from approvals.rules.library.casebook import TestCase, cases_of, tables_with_cases
from approvals.rules.library.comparing import Comparison, compare
from approvals.rules.library.entry import CONFIDENCE, Clause, Entry, Volume, folded

__all__ = [
    "CONFIDENCE",
    "Clause",
    "Comparison",
    "Entry",
    "Found",
    "TestCase",
    "Volume",
    "cases_of",
    "compare",
    "in_force",
    "matching",
    "search",
    "tables",
    "tables_with_cases",
    "volume",
    "volume_of",
    "volumes",
]

# The order in which people look for them.
_READERS: Mapping[str, Callable[[Edition], Volume]] = {
    "eia": eia.volume,
    "energy": energy.volume,
    "energy_coefficients": energy.coefficients,
    "standard_land": standard_land.volume,
    "matters": matters.volume,
    "eligibility": matters.eligibility,
    "agreement": matters.agreement,
    "clock": handling.clock,
    "hearing": handling.hearing,
    "validity": handling.validity,
    "obligations": handling.obligations,
    "credit": handling.credit,
    "annulment": handling.annulment,
    "remedies": handling.remedies,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One entry that a search found, with the volume it stands in."""

    volume: Volume
    entry: Entry


def tables() -> tuple[str, ...]:
    """Every table, in the order of the library."""
    return tuple(_READERS)


@functools.cache
def volumes(name: str) -> tuple[Volume, ...]:
    """Every edition of a table, newest first; () for a table that does not exist."""
    return tuple(volume_of(edition) for edition in reversed(editions(name)))


def volume_of(edition: Edition) -> Volume:
    """One edition as a volume, also one that is not among the data yet."""
    return _READERS[edition.name](edition)


def volume(name: str, edition: str) -> Volume:
    """One edition of a table. Raises ``LookupError``."""
    for found in volumes(name) if name in tables() else ():
        if found.edition.edition == edition:
            return found
    raise LookupError(f"no edition {edition!r} of {name!r}")


def in_force(name: str, on: date) -> Volume | None:
    """The edition in force on a day, None where there is none."""
    return next((found for found in volumes(name) if found.edition.covers(on)), None)


def search(query: str, *, name: str = "", on: date | None = None) -> tuple[Found, ...]:
    """Entries in which every word of the query occurs: hits in number, title or industry code first.

    A four-digit industry code finds the rows of its class or group. ``name`` restricts to a table, ``on`` to the
    editions in force on a day.
    """
    places = [found for table in tables() if name in ("", table) for found in volumes(table)]
    shelf = [place for place in places if on is None or place.edition.covers(on)]
    hits = [Found(place, entry) for place in shelf for entry in matching(query, place.entries)]
    words = _words(query)
    return tuple(sorted(hits, key=lambda hit: not _leads(hit.entry, words)))


def matching(query: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries in which every word occurs, in their order; all of them for an empty query."""
    words = _words(query)
    return [entry for entry in entries if all(word in entry.words or _coded(entry, word) for word in words)]


def _words(query: str) -> list[str]:
    return folded(query).split()


def _leads(entry: Entry, words: list[str]) -> bool:
    lead = folded(f"{entry.number} {entry.title} {entry.key}")
    return all(word in lead or _coded(entry, word) for word in words)


def _coded(entry: Entry, word: str) -> bool:
    return word.isdecimal() and 3 <= len(word) <= 4 and any(word.startswith(code) for code in entry.codes)
