"""What a table of rules looks like to a reader: volumes of entries, each with its clauses and where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from approvals.rules.editions import Edition
from approvals.rules.library.wording import Words

CONFIDENCE: Mapping[str, str] = {
    "high": "条文经另一来源核对",
    "medium": "条文取自一份完整文本，尚未逐字核对",
    "low": "尚待核实，不作为法律依据展示",
    "none": "没有找到数值",
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of an entry. ``quote`` is the official text as far as known; ``rule`` is our structuring of it."""

    label: str
    quote: str
    rule: Words | None = None
    basis: str = ""


@dataclass(frozen=True)
class Entry:
    """One row of a table.

    ``key`` is its place in the address, ``twins`` what it is recognised by in another edition (the surest first),
    ``codes`` the industry codes that lead to it, ``facts`` what else the table says of it, ``cautions`` what is not
    settled law.
    """

    key: str
    number: str
    title: str
    clauses: tuple[Clause, ...]
    group: str = ""
    codes: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    confidence: str = ""
    structured: bool = True

    @cached_property
    def words(self) -> str:
        """Everything a search looks through."""
        said = [self.number, self.title, self.group, *self.codes, *self.notes, *self.cautions]
        said += [text for clause in self.clauses for text in (clause.label, clause.quote, clause.basis)]
        said += [text for pair in self.facts for text in pair]
        return folded(" ".join(said))


@dataclass(frozen=True)
class Volume:
    """One edition of one table, readable. ``columns`` are the clause labels that a list shows side by side."""

    name: str
    label: str
    edition: Edition
    entries: tuple[Entry, ...]
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    by_key: Mapping[str, Entry] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {entry.key: entry for entry in self.entries})
        if len(self.by_key) != len(self.entries):
            raise ValueError(f"{self.name} {self.edition.edition}: two entries have the same key")

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.group for entry in self.entries if entry.group))


def folded(text: str) -> str:
    """The form in which texts are compared: full width, case and white space do not matter."""
    return unicodedata.normalize("NFKC", text).casefold()


def sure(stated: object) -> str:
    """The first word of a confidence; "" where nothing is said."""
    word = str(stated or "").split(" ")[0].split("-")[0].strip()
    return word if word in CONFIDENCE else ""
