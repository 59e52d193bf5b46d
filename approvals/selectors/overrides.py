"""Settling a determination by two people: which outcomes there are, and who may be the second person."""

from __future__ import annotations

from datetime import date

from approvals.accounts.models import Organisation
from approvals.models import Override, Project
from approvals.rules import outcomes
from approvals.selectors.determinations import effective_outcome

# Whose approvers know the subject, beside the project's approval bureau.
SUPERVISING = {
    Override.Kind.EIA: Organisation.Department.ECOLOGY,
    Override.Kind.ENERGY: Organisation.Department.ENERGY,
}


def pending_override(project: Project, kind: str) -> Override | None:
    rows = project.overrides.filter(kind=kind, state=Override.State.PENDING)
    return rows.select_related("proposed_by", "department", "attachment").first()


def pending_kinds(project: Project) -> frozenset[str]:
    """Kinds that wait for a second person: nothing else is confirmed for them meanwhile."""
    return frozenset(project.overrides.filter(state=Override.State.PENDING).values_list("kind", flat=True))


def reviewing_departments(project: Project, kind: str) -> list[Organisation]:
    """The approval bureau, and the nearest supervising department of the subject where the area has one."""
    found = [project.approval_bureau]
    places = (area.own_department(SUPERVISING[Override.Kind(kind)]) for area in project.organisation.upwards())
    if nearest := next((department for department in places if department), None):
        found.append(nearest)
    return list(dict.fromkeys(found))


def possible_outcomes(project: Project, kind: str, *, on: date) -> list[tuple[str, str]]:
    """Outcome and headline of everything it could be settled as: not what counts already."""
    counts = effective_outcome(project, kind, on=on)
    space = outcomes.value_space(kind, on)
    return [(outcome, outcomes.in_words(kind, outcome, on)) for outcome in space if outcome != counts]
