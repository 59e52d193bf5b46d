"""Unified services belong to the land: shared by its projects while they are valid and cover the plot."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from approvals import tasks
from approvals.guards import submission_blockers
from approvals.guards.prerequisites import lapsed_matters
from approvals.models import Event, LandGrant, MatterList, Plot, Project, RegionalAssessment
from approvals.selectors.assessments import area_services, inherited
from approvals.selectors.ledger import matter_ledger
from approvals.services.assessments import recheck_regional_results
from tests.test_access import sign_in


@pytest.fixture
def agency(furniture):
    furniture.to_commencement()
    return furniture


def fresh(journey):
    return Project.objects.get(pk=journey.project.pk)


def end(journey, code="U09"):
    """The result ran out the day before."""
    RegionalAssessment.objects.filter(matter_code=code).update(valid_until_on=date(2026, 9, 8))


def states(journey):
    return {row.result.matter_code: row.state for row in inherited(fresh(journey), on=journey.today)}


def test_a_project_uses_the_results_of_its_zone(agency):
    assert states(agency) == {"U09": "valid", "U07": "valid", "U13": "valid"}
    assert lapsed_matters(fresh(agency), on=agency.today) == []


def test_a_result_that_ran_out_is_shown_and_its_matter_returns(agency):
    end(agency)
    assert states(agency)["U09"] == "expired"
    assert lapsed_matters(fresh(agency), on=agency.today) == ["U09"]
    row = next(r for r in matter_ledger(fresh(agency), agency.world.handler, on=agency.today).rows if r.code == "U09")
    assert row.status == "needed"
    assert "失效" in str(row.reason)


def test_a_plot_outside_the_boundary_inherits_nothing(agency):
    result = RegionalAssessment.objects.get(matter_code="U09")
    result.covers_whole_area = False
    result.save()
    result.plots.add(make_other_plot(agency))
    assert states(agency)["U09"] == "outside"
    assert lapsed_matters(fresh(agency), on=agency.today) == ["U09"]


def make_other_plot(journey):
    return Plot.objects.create(organisation=journey.world.zone, code="SL-2026-02", location="路南", area_m2=20000)


def test_a_matter_that_rests_on_a_result_waits_again_once_it_ran_out(agency):
    """C01 follows the regional energy review: with U10 gone, its list's "spared" no longer counts."""
    listed = MatterList.objects.get()
    rows = [row | {"prerequisites": ["U09"]} if row["code"] == "R06" else row for row in listed.rows]
    MatterList.objects.update(rows=rows)
    application = agency.application("R06")
    assert "prerequisite-open" not in {b.code for b in submission_blockers(application, on=agency.today)}
    end(agency)
    application = agency.application("R06")
    assert "prerequisite-open" in {b.code for b in submission_blockers(application, on=agency.today)}


def test_time_ends_the_list_once_and_the_system_says_so(agency):
    assert not recheck_regional_results(agency.project.pk, on=agency.today)
    end(agency)
    assert recheck_regional_results(agency.project.pk, on=agency.today)
    assert not recheck_regional_results(agency.project.pk, on=agency.today)
    event = Event.objects.get(kind="matter_list.superseded")
    assert event.by is None
    agency.deliver_all()
    agency.confirm_matter_list()
    assert lapsed_matters(fresh(agency), on=agency.today) == []


def test_the_daily_task_finds_the_projects_by_itself(agency):
    end(agency)
    with time_machine.travel(agency.today, tick=False):
        assert tasks.recheck_regional_results() == 1
        assert tasks.recheck_regional_results() == 0


def test_one_plot_with_two_projects_shares_its_results(agency):
    from tests.cases import home_case

    other = home_case(agency.world).project
    grant = LandGrant.objects.get()
    LandGrant.objects.create(project=other, plot=grant.plot, chosen_on=agency.today, indicator_check={})
    services = area_services(agency.world.zone, agency.world.handler, on=agency.today)
    results = {service.matter.code: service.results for service in services}
    assert {project.pk for project in results["U09"][0].projects} == {agency.project.pk, other.pk}
    assert results["U10"] == []


def test_whose_project_one_may_not_see_is_only_counted(agency):
    from tests.cases import make_case
    from tests.world import make_enterprise, member

    world = agency.world
    enterprise = make_enterprise("示例邻居有限公司", 31)
    people = {"owner": member("neighbour", "邻居", enterprise, may_sign=True)}
    other = make_case(world.zone, world.bureau, enterprise, people).project
    LandGrant.objects.create(project=other, plot=world.plot, chosen_on=agency.today, indicator_check={})
    services = area_services(world.zone, world.owner, on=agency.today)
    shared = next(service.results[0] for service in services if service.matter.code == "U09")
    assert [project.pk for project in shared.projects] == [agency.project.pk]
    assert shared.others == 1


def test_the_pages_say_what_is_used_and_what_has_run_out(agency, client, django_assert_max_num_queries):
    end(agency, "U07")
    sign_in(client, agency.world.owner)
    with time_machine.travel(agency.today, tick=False):
        stage = client.get(reverse("approvals:stage", args=[agency.project.pk, "standard_land"])).content.decode()
        assert "沿用：" in stage
        assert "已失效，须重新办理" in stage
        url = reverse("approvals:area-services", args=[agency.world.zone.pk])
        with django_assert_max_num_queries(20):
            page = client.get(url).content.decode()
    for words in ("区域环境影响评价", "尚无成果", agency.project.name, "整个区域", "已失效"):
        assert words in page
    sign_in(client, agency.world.stranger)
    with time_machine.travel(agency.today, tick=False):
        assert client.get(url).status_code == 404
