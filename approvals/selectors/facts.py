"""A project's facts in the shape the rules read. Unknown stays unknown: a NULL becomes an absent key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from approvals.accounts.models import Enterprise
from approvals.models import Activity, LocalParameter, Project, ProjectFacts, ProjectParty
from approvals.selectors.calendar import parameter
from approvals.selectors.credit import credit_facts_of

Role = ProjectParty.Role

_NOT_FACTS = frozenset({"id", "project", "version", "energy_lines_known", "boilers_known"})
_NOT_OF_THE_ENTERPRISE = frozenset({"id", "name", "uscc", "legal_representative", "address"})
_NOT_QUANTITIES = frozenset({"id", "facts", "quantities"})


def facts_of(project: Project, *, on: date) -> dict[str, Any]:
    """Everything the rules may ask of this project on a day, decimals as strings so that it is plain JSON."""
    [(_project, facts)] = facts_of_each([project], on=on)
    return facts


def facts_of_each(projects: Sequence[Project], *, on: date) -> Iterator[tuple[Project, dict[str, Any]]]:
    """The facts of many projects; what they share, and what stands in other tables, is read once for all of them."""
    principals = principals_of(projects, on=on)
    credit = credit_facts_of(principals.values(), on=on)
    pilots: dict[int, str] = {}
    for project in projects:
        if project.organisation_id not in pilots:
            found = parameter(LocalParameter.Code.ENABLED_PILOTS, project.organisation, on=on)
            pilots[project.organisation_id] = found or ""
        facts: dict[str, Any] = {"industry_code": project.industry_code, "industry_edition": project.industry_edition}
        facts |= _stated(project.facts)
        if principal := principals.get(project.pk):
            facts |= _known_fields(principal, _NOT_OF_THE_ENTERPRISE) | credit.get(principal.pk, {})
        yield project, facts | _of_the_place(project, pilots[project.organisation_id], on)


def principals_of(projects: Sequence[Project], *, on: date) -> dict[int, Enterprise]:
    """Project → whom the approvals are issued to, as ``Project.principal`` says of one."""
    parties = ProjectParty.objects.held_on(on).filter(project__in=projects).select_related("enterprise")
    # The project company comes last and so stands before the signing enterprise.
    in_order = sorted(parties, key=lambda party: party.role == Role.PROJECT_COMPANY)
    return {party.project_id: party.enterprise for party in in_order}


def _stated(facts: ProjectFacts) -> dict[str, Any]:
    stated = _known_fields(facts, _NOT_FACTS)
    stated["activities"] = [_activity(row) for row in facts.activities.all()]
    if facts.boilers_known:
        stated["boilers"] = [
            {"fuel": row.fuel, "capacity_t_per_h": str(row.capacity_t_per_h)} for row in facts.boilers.all()
        ]
    if facts.energy_lines_known:
        stated["energy_lines"] = [_known_fields(row, {"id", "facts"}) for row in facts.energy_lines.all()]
    return stated


def _activity(row: Activity) -> dict[str, Any]:
    return _known_fields(row, _NOT_QUANTITIES) | row.quantities


def _known_fields(row: Any, leave_out: frozenset[str] | set[str]) -> dict[str, Any]:
    """Field name → plain value, without those that are not known."""
    fields = {
        field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name not in leave_out
    }
    return {name: _plain(value) for name, value in fields.items() if value is not None and value != ""}


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | str | list | dict) else f"{value.normalize():f}"


def _of_the_place(project: Project, pilots: str, on: date) -> dict[str, Any]:
    place: dict[str, Any] = {"enabled_pilots": [code.strip() for code in pilots.split(",") if code.strip()]}
    commitment = getattr(project, "commitment", None)
    if commitment is not None and commitment.is_decided:
        place["commitment_granted"] = commitment.state == commitment.State.GRANTED
    land = getattr(project, "land", None)
    if land is not None:
        codes = sorted(land.plot.valid_assessments(on).values_list("matter_code", flat=True))
        place |= {"regional_assessments": codes, "zone_energy_review_valid": "U10" in codes}
    return place
