"""The cases that a change of the law could touch, asked chunk by chunk; and who may see what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from approvals.accounts.models import User
from approvals.models import Determination, Project, RuleImpactRow, RuleImpactRun
from approvals.rules.impact import Law, Said, asked, difference, recorded, said
from approvals.selectors.facts import facts_of
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
    for project in projects:
        facts = facts_of(project, on=compared_on)
        settled = {row.kind: row.outcome for row in project.determinations.all() if row.superseded_on is None}
        for kind in law.kinds:
            if kind in settled or (kind == "eligibility" and _is_decided(project)):
                continue
            if kind == "standard_land":
                before, after = _on_plot(project, today), _on_plot(project, law)
            else:
                before, after = (said(kind, facts, each, settled=settled) for each in (today, law))
            if difference(before, after):
                yield Differing(project.pk, None, kind, Basis.OPEN, before, after)


def _on_plot(project: Project, law: Law) -> Said:
    """How the figures stand against the limits of the plot that was chosen; nothing where none was."""
    land = getattr(project, "land", None)
    if land is None:
        return Said("")
    return asked(lambda on: check_indicators(project, land.plot, on=on), law)


def _is_decided(project: Project) -> bool:
    commitment = getattr(project, "commitment", None)
    return commitment is not None and commitment.is_decided


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
