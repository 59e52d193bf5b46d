"""A table that has no reader of its own: its top-level parts, as they stand in the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from approvals.rules.editions import Edition
from approvals.rules.library.entry import Clause, Entry, Volume

_HEAD = frozenset({"name", "edition", "source", "in_force_from", "in_force_until"})


def volume(edition: Edition) -> Volume:
    parts = {key: value for key, value in edition.data.items() if key not in _HEAD}
    entries = tuple(Entry(str(key), str(key), str(key), tuple(_clauses(value))) for key, value in parts.items())
    return Volume(edition.name, str(edition.data.get("label", edition.name)), edition, entries)


def _clauses(value: Any) -> list[Clause]:
    items = value if isinstance(value, list) else [value]
    return [Clause(_label(item, position), _text(item)) for position, item in enumerate(items, start=1)]


def _label(item: Any, position: int) -> str:
    named = item if isinstance(item, Mapping) else {}
    return str(named.get("label") or named.get("id") or named.get("code") or position)


def _text(item: Any) -> str:
    if isinstance(item, Mapping):
        return "；".join(f"{key}：{_text(value)}" for key, value in item.items())
    return json.dumps(item, ensure_ascii=False, default=str) if isinstance(item, list) else str(item)
