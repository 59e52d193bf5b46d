"""The ways to the land: bought at auction, allocated, or a rented plant. Each has its own proof, and no other's."""

from __future__ import annotations

import pytest

from approvals import guards
from approvals.models import Project, ProjectFacts
from approvals.selectors.checklists import stage_checklist
from approvals.selectors.steps import project_step
from approvals.services.projects import Registration, register_project
from tests.cases import TODAY


@pytest.fixture
def project(world) -> Project:
    registration = Registration(
        name="示例项目", organisation=world.zone, enterprise=world.enterprise, industry_code="2110"
    )
    made = register_project(registration, by=world.owner, on=TODAY)
    Project.objects.filter(pk=made.pk).update(stage="standard_land")
    return made


def way(project: Project, **facts) -> Project:
    ProjectFacts.objects.filter(project=project).update(**facts)
    return Project.objects.get(pk=project.pk)


def codes(project: Project) -> list[str]:
    return [blocker.code for blocker in guards.standard_land_blockers(project, on=TODAY)]


@pytest.mark.parametrize("bought", [True, None])
def test_who_buys_at_auction_or_has_not_said_otherwise_needs_the_plot(project, bought):
    found = way(project, land_by_auction=bought)
    assert codes(found) == ["plot-missing"]
    assert project_step(found) == "choose_plot"


@pytest.mark.parametrize("rents", [True, False])
def test_who_rents_or_is_allocated_land_is_asked_for_no_sale(project, rents):
    found = way(project, land_by_auction=False, rents_existing_plant=rents)
    assert codes(found) == []
    assert project_step(found) == "conclude_stage"
    (row,) = stage_checklist(found, "standard_land", on=TODAY)
    assert (row.state, "租用" in row.detail) == ("not_applicable", rents)


def test_without_an_auction_the_way_has_to_be_said(project):
    found = way(project, land_by_auction=False, rents_existing_plant=None)
    assert codes(found) == ["land-way-open"]
    assert [row.state for row in stage_checklist(found, "standard_land", on=TODAY)] == ["missing"]
