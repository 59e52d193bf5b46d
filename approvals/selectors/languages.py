"""Words of the data in the language of the interface. The law itself stays Chinese (docs/adr/0008)."""

from __future__ import annotations

from functools import cache

from approvals.language import in_english
from approvals.rules.precheck.questions import english

_english = cache(english)


def shown(words: str) -> str:
    """The English beside the Chinese where the interface is English; what has none, a clause say, as it stands."""
    return _english().get(words, words) if in_english() else words


def colon() -> str:
    return ": " if in_english() else "："


def space() -> str:
    """Between two sentences: Chinese has none."""
    return " " if in_english() else ""
