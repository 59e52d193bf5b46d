"""Which duties remain after a determination or a granted matter. Data: ``data/obligations-2025.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from approvals.rules.editions import edition_on


@dataclass(frozen=True, slots=True)
class Duty:
    """``milestone``: until when in words, "" where the law names neither day nor milestone."""

    code: str
    text: str
    milestone: str
    basis: str


def duties_after_matter(matter_code: str, on: date) -> list[Duty]:
    return [_duty(row) for row in _rows(on) if matter_code in row["after"].get("matters", ())]


def duties_after_determination(kind: str, outcome: str, on: date) -> list[Duty]:
    """``kind`` eia or energy."""
    return [
        _duty(row)
        for row in _rows(on)
        if row["after"].get("determination") == kind and outcome in row["after"]["outcomes"]
    ]


def _rows(on: date) -> Iterator[Mapping[str, Any]]:
    """None on a day before the first edition."""
    try:
        yield from edition_on("obligations", on).data["obligations"]
    except LookupError:
        return


def _duty(row: Mapping[str, Any]) -> Duty:
    return Duty(row["code"], row["text"], row["milestone"] or "", row["basis"])
