"""Words of the data in the language of the interface. The law itself stays Chinese (docs/adr/0008)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.utils.functional import lazy

from approvals.language import in_english
from approvals.rules.precheck.questions import english
from approvals.rules.vocabulary import FactTerm

_english = cache(english)


def shown(words: str) -> str:
    """The English beside the Chinese where the interface is English; what has none, a clause say, as it stands."""
    return _english().get(words, words) if in_english() else words


shown_later = lazy(shown, str)  # for what is written down before anybody asks for a page


def fact_label(term: FactTerm) -> str:
    """A fact with its unit."""
    if not term.unit:
        return shown(term.zh)
    return f"{term.en} ({shown(term.unit)})" if in_english() else f"{term.zh}（{term.unit}）"


def listed(words: Iterable[str]) -> str:
    """Several words one after the other."""
    return (", " if in_english() else "、").join(words)


def colon() -> str:
    return ": " if in_english() else "："


def space() -> str:
    """Between two sentences: Chinese has none."""
    return " " if in_english() else ""
