"""What the rules say of a project now, and what has been confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

from approvals.models import Determination, Project
from approvals.rules import eia, eligibility, energy, matters
from approvals.rules.answer import Answer
from approvals.selectors.assessments import cited
from approvals.selectors.facts import facts_of

CLASSIFIERS = {Determination.Kind.EIA: eia.classify, Determination.Kind.ENERGY: energy.classify}


def answer(project: Project, kind: str, *, on: date) -> Answer:
    """Run one rule set over the project's facts of today. Writes nothing."""
    return CLASSIFIERS[Determination.Kind(kind)](facts_of(project, on=on), on)


def effective_outcome(project: Project, kind: str, *, on: date) -> str:
    """What counts today: the confirmed outcome, and before there is one what the rules answer."""
    current = current_determination(project, kind)
    return current.outcome if current else answer(project, kind, on=on).outcome


def current_determination(project: Project, kind: str) -> Determination | None:
    return project.determinations.filter(kind=kind, superseded_on=None).first()


def assess_eligibility(project: Project, *, on: date) -> Answer:
    """Whether the commitment track is open to a project that wants it; not wanting it is the person's own choice."""
    return eligibility.assess({**facts_of(project, on=on), "unwilling_to_commit": False}, on)


def needed_matters(project: Project, *, on: date) -> tuple[matters.MatterNeed, ...]:
    """The personal list of matters, from the facts and the confirmed determinations."""
    facts: dict[str, Any] = facts_of(project, on=on)
    outcomes = {row.kind: row.outcome for row in project.determinations.filter(superseded_on=None)}
    needs = matters.needed(
        facts,
        on,
        eia_outcome=outcomes.get(Determination.Kind.EIA),
        energy_outcome=outcomes.get(Determination.Kind.ENERGY),
        commitment_granted=facts.get("commitment_granted"),
    )
    return cited(needs, project, on=on)
