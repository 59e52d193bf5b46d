"""The cases that a change of the law could touch, asked chunk by chunk; and who may see what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from approvals.accounts.models import User
from approvals.models import Determination, Project, RuleImpactRow, RuleImpactRun
from approvals.rules.impact import BEFORE_MATTERS, ERROR, Law, Said, asked, difference, recorded, said
from approvals.selectors.facts import facts_of_each
from approvals.selectors.land import check_indicators
from approvals.selectors.projects import projects_visible_to

Basis = RuleImpactRow.Basis
CONFIRMED = frozenset(Determination.Kind.values)


@dataclass(frozen=True, slots=True)
class Differing:
    """One case whose outcome would differ."""

    project_id: int
    determination_id: int | None
    kind: str
    basis: str
    before: Said
    after: Said


def past_decisions(law: Law) -> QuerySet[Determination]:
    """Every determination that was ever confirmed, also superseded ones."""
    return Determination.objects.filter(kind__in=law.kinds).order_by("pk")


def open_cases() -> QuerySet[Project]:
    """Projects on their way. What is confirmed about them is a past decision; the rest is still open."""
    stages = [*Project.OPEN_STAGES, Project.Stage.SUSPENDED]
    return (
        Project.objects.filter(stage__in=stages)
        .select_related("facts", "organisation", "commitment", "land__plot")
        .prefetch_related(
            "facts__activities", "facts__boilers", "facts__energy_lines", "determinations", "land__plot__indicators"
        )
        .order_by("pk")
    )


def differing_decisions(rows: Sequence[Determination], law: Law) -> Iterator[Differing]:
    """Past decisions keep the facts that they were made on; only the law is another.

    What two people settled differs only where the rules now say something that they did not say then.
    """
    for row in rows:
        before, after = recorded(row.answer), said(row.kind, row.facts, law)
        if difference(before, after) and after.outcome != row.outcome:
            basis = Basis.PAST if row.superseded_on is None else Basis.SUPERSEDED
            stood = replace(before, outcome=row.outcome)
            yield Differing(row.project_id, row.pk, row.kind, basis, stood, after)


def differing_cases(projects: Sequence[Project], law: Law, *, compared_on: date) -> Iterator[Differing]:
    """What is still open, under the law of ``compared_on`` and under the other one."""
    today = Law(compared_on)
    for project, facts in facts_of_each(projects, on=compared_on):
        settled = {row.kind: row.outcome for row in project.determinations.all() if row.superseded_on is None}
        asked_of = [kind for kind in law.kinds if kind not in settled and not _is_closed(kind, project)]
        before = _answers(project, facts, today, asked_of, settled)
        after = _answers(project, facts, law, asked_of, settled, same=before)
        for kind in asked_of:
            if difference(before[kind], after[kind]):
                yield Differing(project.pk, None, kind, Basis.OPEN, before[kind], after[kind])


def _answers(
    project: Project,
    facts: Mapping[str, Any],
    law: Law,
    kinds: Iterable[str],
    settled: Mapping[str, str],
    *,
    same: Mapping[str, Said] | None = None,
) -> dict[str, Said]:
    """What the law says of each kind, each rule set asked once. ``same``: answers that this law cannot change."""
    found: dict[str, Said] = {}
    for kind in (*BEFORE_MATTERS, *(kind for kind in kinds if kind not in BEFORE_MATTERS)):
        if kind not in kinds and ("matters" not in kinds or kind in settled):
            continue
        if same is not None and kind not in law.kinds:
            found[kind] = same[kind]
        else:
            found[kind] = _on_plot(project, law) if kind == "standard_land" else said(kind, facts, law, settled=settled)
        if kind in BEFORE_MATTERS and found[kind].outcome != ERROR:
            settled = {**settled, kind: found[kind].outcome}
    return found


def _on_plot(project: Project, law: Law) -> Said:
    """How the figures stand against the limits of the plot that was chosen; nothing where none was."""
    land = getattr(project, "land", None)
    if land is None:
        return Said("")
    return asked(lambda on: check_indicators(project, land.plot, on=on), law)


def _is_closed(kind: str, project: Project) -> bool:
    """Once the commitment is decided, nobody asks again who may use it."""
    commitment = getattr(project, "commitment", None)
    return kind == "eligibility" and commitment is not None and commitment.is_decided


def impact_rows_visible_to(user: User, run: RuleImpactRun, *, on: date) -> QuerySet[RuleImpactRow]:
    """What was found about projects that this person may see."""
    mine = projects_visible_to(user, on=on).order_by().values("pk")
    return run.rows.filter(project__in=mine).select_related("project__organisation")


def transitions(rows: QuerySet[RuleImpactRow]) -> list[dict[str, Any]]:
    """How many go from which outcome to which: kind, basis, before, after, count; matters are counted as one."""
    counted = rows.exclude(kind=RuleImpactRow.Kind.MATTERS).order_by().values("kind", "basis", "before", "after")
    found: list[dict[str, Any]] = [
        {**row} for row in counted.annotate(count=Count("pk")).order_by("kind", "basis", "-count")
    ]
    matters = rows.filter(kind=RuleImpactRow.Kind.MATTERS).count()
    if matters:
        found.append({"kind": "matters", "basis": Basis.OPEN, "before": "", "after": "", "count": matters})
    return found
