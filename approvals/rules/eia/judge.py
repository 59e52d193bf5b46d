"""One activity against one row of the catalogue: the lowest and the highest level that the known facts allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from approvals.rules.eia.catalogue import LEVELS, RANK, Catalogue, Row
from approvals.rules.eia.scope import Activity
from approvals.rules.evaluator import Facts, Verdict, evaluate


@dataclass(frozen=True, slots=True)
class Step:
    """One column that was tried, in order; ``column`` is the level it stands for."""

    column: str
    clause: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Pair:
    """What one row says of one activity. ``lower`` and ``upper`` are ranks in ``LEVELS``; equal when it is settled.

    ``why`` is "rules", or why the rules were not asked: "star" (not in an industrial building), "text_only" (no
    structured rules), "unlisted" (art. 5), "no_code" (industry not known or not in the catalogue). ``by_person``: the
    columns that the clause leaves open, and that a person may find to hold.
    """

    activity: Activity
    row: Row | None
    lower: int
    upper: int
    why: str = "rules"
    steps: tuple[Step, ...] = ()
    by_person: tuple[Step, ...] = ()
    missing: frozenset[str] = frozenset()
    cautions: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        return self.lower == self.upper

    @property
    def deciding(self) -> Step | None:
        """The column that held, or the last one tried."""
        return next((step for step in self.steps if step.verdict.holds), self.steps[-1] if self.steps else None)


def pairs_of(activity: Activity, catalogue: Catalogue) -> tuple[Pair, ...]:
    """Every (activity, row) pair; one pair without a row where no row could be found."""
    rows = catalogue.rows_of(activity.facts)
    if rows:
        return tuple(judge(activity, row) for row in rows)
    if catalogue.is_unlisted(activity.gb4754):
        return (Pair(activity, None, 0, 0, why="unlisted"),)
    return (Pair(activity, None, 0, RANK["report_book"], why="no_code", missing=frozenset({"gb4754"})),)


def judge(activity: Activity, row: Row) -> Pair:
    """The stricter of the readings, corrected by the star and by what only a person can settle."""
    if not row.columns:
        return _open_start(Pair(activity, row, 0, row.highest, why="text_only"))
    found = [_reading(activity, row, facts) for facts in activity.readings]
    pair = max(found, key=lambda p: (p.lower, p.upper))
    by_person = tuple(step for p in found for step in p.by_person)
    pair = replace(pair, upper=max(p.upper for p in found), by_person=by_person)
    return _open_start(_star(pair, row, activity))


def _reading(activity: Activity, row: Row, facts: Facts) -> Pair:
    facts = _of_this_row(row, facts)
    lower, upper, steps = bounds(row, facts)
    missing = frozenset[str]().union(*(step.verdict.missing for step in steps if step.verdict.holds is None))
    by_person = []
    for level, condition in row.human_when:
        verdict = evaluate(condition, facts)
        if verdict.holds is not False and RANK[level] > upper:
            upper, missing = RANK[level], missing | verdict.missing
            by_person.append(Step(level, row.text[level], verdict))
    pair = Pair(activity, row, lower, upper, steps=steps, by_person=tuple(by_person), missing=missing)
    return replace(pair, cautions=_cautions(row, facts, pair))


def bounds(row: Row, facts: Facts) -> tuple[int, int, tuple[Step, ...]]:
    """Try the columns from the strictest down: the first that holds is the floor, the first that might the ceiling."""
    upper: int | None = None
    steps = []
    for level, condition in row.columns:
        verdict = evaluate(condition, facts)
        steps.append(Step(level, row.text[level], verdict))
        if verdict.holds is not False and upper is None:
            upper = RANK[level]
        if verdict.holds:
            return RANK[level], upper or 0, tuple(steps)
    return 0, upper or 0, tuple(steps)


def _of_this_row(row: Row, facts: Facts) -> Facts:
    """A product that the row does not know could be any of its products: unknown, so that it exempts nothing."""
    product = facts.get("product")
    if row.products and product is not None and product not in row.products:
        return {**facts, "product": None}
    return facts


def _star(pair: Pair, row: Row, activity: Activity) -> Pair:
    """Codes with a star are managed only inside industrial buildings (note 4)."""
    if pair.upper == 0 or not row.starred(activity.gb4754):
        return pair
    inside = activity.facts.get("in_industrial_building")
    if inside is False:
        return replace(pair, lower=0, upper=0, why="star", missing=frozenset(), cautions=())
    if inside is None:
        return replace(pair, lower=0, missing=pair.missing | {"in_industrial_building"})
    return pair


def _open_start(pair: Pair) -> Pair:
    """While it is open whether the activity is built at all, its level is a ceiling and no floor."""
    return pair if pair.activity.certain else replace(pair, lower=0)


def _cautions(row: Row, facts: Facts, pair: Pair) -> tuple[str, ...]:
    levels = {LEVELS[pair.lower]} if pair.settled else set()
    return tuple(
        caution.text
        for caution in row.cautions
        if caution.outcome in {None, *levels} and evaluate(caution.when, facts).holds
    )


def facts_used(step: Step) -> Mapping[str, Any]:
    return {used.fact: used.value for used in step.verdict.because if used.value is not None}
