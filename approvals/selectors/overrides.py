"""Settling a determination by two people: which outcomes there are, and who may be the second person."""

from __future__ import annotations

from datetime import date
from typing import Any

from approvals.accounts.models import Organisation
from approvals.models import Override, Project
from approvals.rules import agreement, outcomes
from approvals.selectors.determinations import CLASSIFIERS, answer, effective_outcome
from approvals.selectors.facts import facts_of

# Whose approvers know the subject, beside the project's approval bureau.
SUPERVISING = {
    Override.Kind.EIA: Organisation.Department.ECOLOGY,
    Override.Kind.ENERGY: Organisation.Department.ENERGY,
}


def pending_override(project: Project, kind: str) -> Override | None:
    rows = project.overrides.filter(kind=kind, state=Override.State.PENDING)
    return rows.select_related("proposed_by", "department", "attachment").first()


def pending_kinds(project: Project) -> frozenset[str]:
    """Determinations that wait for a second person: nothing else is confirmed for them meanwhile."""
    rows = project.overrides.filter(state=Override.State.PENDING, kind__in=CLASSIFIERS)
    return frozenset(rows.values_list("kind", flat=True))


def settled_clauses(project: Project) -> list[Override]:
    """Every proposal about a term of the agreement, the latest first."""
    rows = project.overrides.filter(kind=Override.Kind.TERMS)
    return list(rows.select_related("proposed_by", "settled_by", "department", "attachment"))


def rules_said(project: Project, kind: str, *, clause: str, on: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the rules answer today, and what they answered it on: the project's facts, or the clause."""
    if kind == Override.Kind.TERMS:
        return agreement.answer(clause, on), {"clause": clause}
    return answer(project, kind, on=on).as_json(), facts_of(project, on=on)


def reviewing_departments(project: Project, kind: str) -> list[Organisation]:
    """The approval bureau, and the nearest supervising department of the subject where the area has one."""
    found = [project.approval_bureau]
    subject = SUPERVISING.get(Override.Kind(kind))
    places = (area.own_department(subject) for area in project.organisation.upwards()) if subject else ()
    if nearest := next((department for department in places if department), None):
        found.append(nearest)
    return list(dict.fromkeys(found))


def possible_outcomes(project: Project, kind: str, *, on: date) -> list[tuple[str, str]]:
    """Outcome and headline of everything it could be settled as: not what counts already."""
    counts = effective_outcome(project, kind, on=on) if kind in CLASSIFIERS else None
    space = outcomes.value_space(kind, on)
    return [(outcome, outcomes.in_words(kind, outcome, on)) for outcome in space if outcome != counts]
