"""Which question the pre-check asks next: ``agenda(facts, unsure, on)``, most decisive first. Pure.

Asked is only what at least one of the three results still waits for and what can still change one of them: each
missing fact is tried with the answers that its limits set apart, and a fact whose every answer leaves all results as
they are is not asked. Questions come in phases (what is made, how, how much, energy, site). Within a phase that one
comes first whose answers settle, on average, the most results (EIA, energy, each matter), and among equals the first
of ``data/precheck.yaml``. Facts of one page count together.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from approvals.rules.evaluator import Facts
from approvals.rules.precheck.questions import ORDER, PHASES, Question, question_for
from approvals.rules.precheck.results import WORKS_PATH, Results, results, with_one_more
from approvals.rules.precheck.trials import trials, with_value

_PHASE_ORDER = {phase: position for position, phase in enumerate(PHASES)}
# Lists as a whole: what follows from them cannot be tried, and nothing can be said without them.
_WHOLE = frozenset({"activities", "energy_lines", "boilers", WORKS_PATH, "nature"})


@dataclass(frozen=True, slots=True)
class Asking:
    """One page to show: ``index`` is the activity or energy line it is about; ``paths`` are the facts to ask."""

    question: Question
    paths: tuple[str, ...]
    index: int | None = None
    settles: Fraction = Fraction(0)  # results that an answer settles on average

    @property
    def key(self) -> str:
        return self.question.key if self.index is None else f"{self.question.key}-{self.index + 1}"


def agenda(facts: Facts, unsure: Collection[str], on: date, *, now: Results | None = None) -> tuple[Asking, ...]:
    """Everything that is still to be asked. Only the first phase is weighed: the rest stands in the order of the data.

    Args:
        facts: the answers so far; ``unsure``: fact paths that the visitor does not know. They stay open and are not
            asked again.
        now: ``results(facts, on)``, if the caller has them.
    """
    now = now or results(facts, on)
    pages = _pages([path for path in now.missing if path not in unsure])
    first = [page for page in pages if _phase(page) == _phase(pages[0])]
    weighed = [page for page in (_weigh(page, facts, on, now) for page in first) if page is not None]
    weighed.sort(key=lambda page: (-_rank(page), ORDER.get(page.question.key, len(ORDER)), page.index or 0))
    if weighed or len(first) == len(pages):
        return (*weighed, *pages[len(first) :])
    # Nothing of this phase matters any more: look at the next.
    moot = frozenset(path for page in first for path in page.paths)
    return agenda(facts, {*unsure, *moot}, on, now=now)


def _pages(paths: Collection[str]) -> list[Asking]:
    """The open paths gathered into pages, in the order of the data."""
    found: dict[tuple[str, int | None], list[str]] = {}
    questions: dict[str, Question] = {}
    for path in paths:
        question = question_for(path)
        if question is not None:
            questions[question.key] = question
            found.setdefault((question.key, _index(path, question)), []).append(path)
    pages = [Asking(questions[key], tuple(group), index) for (key, index), group in found.items()]
    return sorted(pages, key=lambda p: (_phase(p), ORDER.get(p.question.key, len(ORDER)), p.index or 0))


def _index(path: str, question: Question) -> int | None:
    return int(path.split(".")[1]) if question.about != "project" else None


def _phase(page: Asking) -> int:
    return _PHASE_ORDER[page.question.phase]


def _rank(page: Asking) -> Fraction:
    """Lists and the nature of the works always come first: they say what else there is to ask."""
    return Fraction(10**6) if set(page.paths) & _WHOLE else page.settles


def _weigh(page: Asking, facts: Facts, on: date, now: Results) -> Asking | None:
    """The page with the facts that matter and its weight; None where no answer changes anything."""
    if set(page.paths) & _WHOLE:
        return page
    kept, settles = [], Fraction(0)
    for path in page.paths:
        outcomes = [_tried(path, value, facts, on, now) for value in trials(path, facts, on)]
        if not outcomes:
            kept.append(path)  # nothing to try it with: the rules ask for it, so it is asked
        elif any(_differs(after, now, path) for after in outcomes):
            kept.append(path)
            gains = [len(after.settled - now.settled) for after in outcomes]
            settles += Fraction(sum(gains), len(gains))
    return Asking(page.question, tuple(kept), page.index, settles) if kept else None


def _tried(path: str, value: Any, facts: Facts, on: date, now: Results) -> Results:
    return with_one_more(now, with_value(facts, path, value), on, path)


def _differs(after: Results, now: Results, path: str) -> bool:
    """Whether an answer does more than take its own question away."""
    return after.signature[:-1] != now.signature[:-1] or frozenset(after.missing) != frozenset(now.missing) - {path}
