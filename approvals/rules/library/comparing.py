"""Two editions of one table side by side: what was added, removed and changed, with both texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from approvals.rules.library.entry import Entry, Volume

_PIECES = re.compile(r"[0-9A-Za-z.]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text: ``kind`` is same, gone (only in the older) or new (only in the newer)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class TextChange:
    """One part of an entry in both editions; "" where one of them lacks it."""

    label: str
    old: str
    new: str

    @property
    def segments(self) -> tuple[Segment, ...]:
        return marked(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Change:
    old: Entry
    new: Entry
    texts: tuple[TextChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    older: Volume
    newer: Volume
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Change, ...]
    same: int


def compare(older: Volume, newer: Volume) -> Comparison:
    """Entries are recognised by ``twins``: first by the surest sign of each, then by the weaker ones."""
    pairs = _pairs(older, newer)
    changes = [Change(old, new, texts) for old, new in pairs if (texts := tuple(_changes(old, new)))]
    old_keys, new_keys = {old.key for old, _ in pairs}, {new.key for _, new in pairs}
    return Comparison(
        older=older,
        newer=newer,
        added=tuple(entry for entry in newer.entries if entry.key not in new_keys),
        removed=tuple(entry for entry in older.entries if entry.key not in old_keys),
        changed=tuple(changes),
        same=len(pairs) - len(changes),
    )


def _pairs(older: Volume, newer: Volume) -> list[tuple[Entry, Entry]]:
    left, right = dict(older.by_key), dict(newer.by_key)
    found: dict[str, Entry] = {}
    for sign in range(max((len(_signs(entry)) for entry in older.entries), default=0)):
        index = {mark: entry for entry in right.values() for mark in _signs(entry)}
        for key, old in list(left.items()):
            signs = _signs(old)
            new = index.get(signs[sign]) if sign < len(signs) else None
            if new is not None and new.key in right:
                found[key] = right.pop(new.key)
                del left[key]
    return [(old, found[old.key]) for old in older.entries if old.key in found]


def _signs(entry: Entry) -> tuple[str, ...]:
    return entry.twins or (entry.key,)


def _changes(old: Entry, new: Entry) -> Iterator[TextChange]:
    before, after = dict(_parts(old)), dict(_parts(new))
    for label in dict.fromkeys((*before, *after)):
        if before.get(label, "") != after.get(label, ""):
            yield TextChange(label, before.get(label, ""), after.get(label, ""))


def _parts(entry: Entry) -> Iterator[tuple[str, str]]:
    """What counts as the content of an entry: its title, clauses, rules and facts, not its place or number."""
    yield "名称", entry.title
    seen: Counter[str] = Counter()
    for clause in entry.clauses:
        seen[clause.label] += 1
        label = clause.label if seen[clause.label] == 1 else f"{clause.label}{seen[clause.label]}"
        yield label, clause.quote
        if clause.rule is not None:
            yield f"{label}（规则）", clause.rule.flat()
    yield from entry.facts


def marked(old: str, new: str) -> tuple[Segment, ...]:
    """Both texts in one: what stayed, what went and what came. A number changes as a whole, never digit by digit."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    found: list[Segment] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Segment("same", "".join(before[a:b])))
            continue
        found += [Segment("gone", "".join(before[a:b]))] * (b > a)
        found += [Segment("new", "".join(after[c:d]))] * (d > c)
    return tuple(found)
