"""Promises that an investment agreement may not make: ``forbidden_promises(text) -> tuple[Finding, ...]``.

A pattern can be wrong. Two people may settle that a clause is none (``PERMITTED``); its sentences, as ``sentences``
gives them, are then passed as ``cleared``. ``answer(clause, on)`` is what the patterns said of it, to be kept.

Land price, rebates, and the result of an auction. The patterns are data, ``data/agreement-2024.yaml``; a finding shows
the clerk where to look and what the ground is, and never decides anything by itself.
Source: 《公平竞争审查条例》第十条 (in force 2024-08-01); land is sold only by public bidding (招标、拍卖、挂牌).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from approvals.rules.editions import edition_on, editions

PERMITTED = "permitted"  # the only outcome that a clause can be settled as
HEADLINES = {PERMITTED: "条款不属于投资协议禁止约定的内容"}
KINDS = ("price", "rebate", "auction")
_SENTENCE = re.compile(r"[^。；;！!？?]+")
_PART = re.compile(r"[，,：:]")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


@dataclass(frozen=True, slots=True)
class Finding:
    """One forbidden promise. ``phrase`` is the wording found in ``sentence``, both without white space."""

    phrase: str
    kind: str  # price | rebate | auction
    reason: str
    basis: str
    sentence: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    reason: str
    basis: str
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]


def forbidden_promises(text: str, on: date | None = None, *, cleared: Collection[str] = ()) -> tuple[Finding, ...]:
    """Every forbidden promise in the terms of an agreement, in the order of the text, each wording once.

    ``cleared``: sentences that are left alone, word for word. ``on`` picks the edition; None takes the newest. Raises
    ``LookupError`` for a day before the rule existed.
    """
    edition = edition_on("agreement", on) if on else editions("agreement")[-1]
    negations, rules = _rules(edition.edition)
    found = []
    for sentence in sentences(text):
        if sentence in cleared:
            continue
        found += [finding for rule in rules for finding in _broken(rule, sentence, negations)]
    return tuple(dict.fromkeys(found))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text without white space and end marks: what a finding is looked for in."""
    return tuple(_SENTENCE.findall(_joined(text)))


def answer(clause: str, on: date) -> dict[str, Any]:
    """The findings in a clause with the edition that they were made with, as plain JSON."""
    edition, found = edition_on("agreement", on), forbidden_promises(clause, on)
    return {
        "headline": "可能属于禁止约定：" + "、".join(f"“{finding.phrase}”" for finding in found),
        "findings": [asdict(finding) for finding in found],
        "edition": edition.edition,
        "sha256": edition.sha256,
    }


def _joined(text: str) -> str:
    """The text without white space: a promise broken over two lines is still a promise."""
    return re.sub(r"\s+", "", text.translate(_FULL_WIDTH))


def _broken(rule: _Rule, sentence: str, negations: re.Pattern[str]) -> Iterator[Finding]:
    taken: list[tuple[int, int]] = []
    for pattern in rule.patterns:
        for match in pattern.finditer(sentence):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            part = _part_around(sentence, start, end)
            if negations.search(part) or any(spared.search(part) for spared in rule.unless):
                continue
            taken.append((start, end))
            yield Finding(match.group(), rule.kind, rule.reason, rule.basis, sentence)


def _part_around(sentence: str, start: int, end: int) -> str:
    """The part of the sentence, between commas, that the wording stands in."""
    before = [match.end() for match in _PART.finditer(sentence, 0, start)]
    after = _PART.search(sentence, end)
    return sentence[before[-1] if before else 0 : after.start() if after else len(sentence)]


@functools.cache
def _rules(number: str) -> tuple[re.Pattern[str], tuple[_Rule, ...]]:
    data = next(e for e in editions("agreement") if e.edition == number).data
    rules = tuple(
        _Rule(r["kind"], r["reason"], r["basis"], _compiled(r["patterns"]), _compiled(r["unless"]))
        for r in data["rules"]
    )
    if strangers := {rule.kind for rule in rules} - set(KINDS):
        raise ValueError(f"agreement {number}: unknown kinds {sorted(strangers)}")
    return re.compile("|".join(map(re.escape, data["negations"]))), rules


def _compiled(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)
