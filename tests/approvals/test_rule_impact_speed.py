"""Asking many open cases at once: what they share is read once, whatever their number."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import Activity, Project, ProjectFacts, ProjectParty
from approvals.rules.impact import Law
from approvals.selectors.facts import facts_of, facts_of_each
from approvals.selectors.impact import differing_cases, open_cases
from tests.cases import TODAY, home_case
from tests.world import make_enterprise

OTHER_DAY = Law(date(2026, 8, 1))


def more_like(project: Project, number: int) -> None:
    """Further open projects of the same area, each with facts, a product line and an enterprise."""
    party = project.parties.get()
    for n in range(number):
        place = {"organisation": project.organisation, "approval_bureau": project.approval_bureau}
        made = Project.objects.create(
            name=f"示例项目{n}", industry_code="2110", stage_since=TODAY, created_by=project.created_by, **place
        )
        facts = ProjectFacts.objects.create(project=made, nature="new")
        Activity.objects.create(facts=facts, title="生产线", gb4754="2110")
        ProjectParty.objects.create(project=made, enterprise=party.enterprise, role=party.role, from_on=TODAY)


def statements() -> int:
    with CaptureQueriesContext(connection) as asked:
        list(differing_cases(list(open_cases()), OTHER_DAY, compared_on=TODAY))
    return len(asked)


def test_more_cases_take_no_more_statements(world):
    project = home_case(world).project
    before = statements()
    more_like(project, 5)
    assert open_cases().count() == 6
    assert statements() == before


def test_each_has_the_facts_that_it_has_alone(world):
    more_like(home_case(world).project, 2)
    found = list(facts_of_each(list(open_cases()), on=TODAY))
    assert [facts for _project, facts in found] == [facts_of(project, on=TODAY) for project, _facts in found]
    assert len({project.pk for project, _facts in found}) == 3


def test_a_project_company_stands_before_the_signing_enterprise(world):
    project = home_case(world).project
    company = make_enterprise("示例项目公司", 7)
    company.bad_credit = True
    company.save()
    ProjectParty.objects.create(
        project=project, enterprise=company, role=ProjectParty.Role.PROJECT_COMPANY, from_on=TODAY
    )
    assert project.parties.count() == 2
    assert facts_of(project, on=TODAY)["bad_credit"] is True
    assert project.principal(on=TODAY) == company
