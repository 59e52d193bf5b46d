"""Unified services belong to the land: shared by its projects while they are valid and cover the plot."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from approvals import tasks
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.guards import submission_blockers
from approvals.guards.prerequisites import lapsed_matters
from approvals.models import Event, LandGrant, MatterList, Plot, Project, RegionalAssessment
from approvals.selectors.assessments import area_services, inherited
from approvals.selectors.determinations import needed_matters
from approvals.selectors.ledger import matter_ledger
from approvals.services.assessments import end_result, recheck_regional_results, record_result
from approvals.services.projects import Registration, register_project
from tests.cases import TODAY
from tests.test_access import sign_in
from tests.world import make_plot


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


# ── kept by their administrator ──────────────────────────────────────────────────────────────────────────────────


def paper(name: str = "审查意见.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 1")


def record(world, area=None, **changes):
    given = {
        "matter_code": "U09",
        "number": "示评〔2026〕9号",
        "valid_from_on": date(2026, 9, 1),
        "valid_until_on": date(2031, 8, 31),
        "boundary": "东至创业路，西至汾河大道",
        "document": paper(),
    } | changes
    return record_result(area or world.zone, by=world.administrator, on=TODAY, **given)


def test_a_result_is_recorded_with_its_document_validity_and_boundary(world):
    made = record(world)
    assert (made.covers_whole_area, made.boundary) == (True, "东至创业路，西至汾河大道")
    assert made.document.folder == f"area:{world.zone.pk}"
    assert Event.objects.get(kind="assessment.recorded").facts["number"] == "示评〔2026〕9号"
    assert made in world.plot.valid_assessments(TODAY)


def test_everything_that_is_missing_is_named_at_once(world):
    with pytest.raises(GuardFailed) as refusal:
        record(
            world,
            matter_code="R04",
            number=" ",
            valid_until_on=date(2026, 8, 31),
            boundary="",
            document=None,
            plots=[make_plot(world.county, "SL-9")],
        )
    assert [blocker.code for blocker in refusal.value.blockers] == [
        "matter-not-unified",
        "number-missing",
        "validity-reversed",
        "boundary-missing",
        "document-missing",
        "plot-elsewhere",
    ]
    assert not Event.objects.filter(kind="assessment.recorded").exists()


def test_only_the_administrator_of_the_area_keeps_its_results(world):
    for who in (world.handler, world.approver, world.owner):
        with pytest.raises(NotYours):
            record_result(
                world.zone,
                by=who,
                on=TODAY,
                matter_code="U09",
                number="1",
                valid_from_on=TODAY,
                valid_until_on=TODAY,
                boundary="东",
                document=paper(),
            )


def test_a_result_ends_early_with_a_reason_and_once(world):
    made = record(world)
    with pytest.raises(GuardFailed):
        end_result(made.pk, by=world.administrator, on=TODAY, reason=" ")
    end_result(made.pk, by=world.administrator, on=TODAY, reason="园区扩区，重新评价")
    made.refresh_from_db()
    assert (made.valid_until_on, made.ended_because) == (TODAY, "园区扩区，重新评价")
    assert made not in world.plot.valid_assessments(TODAY + timedelta(days=1))
    with pytest.raises(WrongState):
        end_result(made.pk, by=world.administrator, on=TODAY, reason="再次")


def test_the_answer_that_spares_a_matter_names_the_result(world):
    project = register_project(
        Registration(name="示例项目", organisation=world.zone, enterprise=world.enterprise, industry_code="2110"),
        by=world.owner,
        on=TODAY,
    )
    LandGrant.objects.create(project=project, plot=world.plot, chosen_on=TODAY, indicator_check={"outcome": "pass"})
    need = next(row for row in needed_matters(Project.objects.get(pk=project.pk), on=TODAY) if row.code == "U09")
    assert need.status == "spared"
    assert need.reason.endswith("成果：区域环境影响评价（示评〔2025〕U09），有效期至2029年12月31日。")


def test_the_administrator_keeps_them_on_a_page_of_his_own(client, world):
    sign_in(client, world.administrator)
    with time_machine.travel(TODAY, tick=False):
        assert world.zone.name in client.get(reverse("approvals:areas")).content.decode()
        page = reverse("approvals:area-services", args=[world.zone.pk])
        assert "登记一项成果" in client.get(page).content.decode()
        url = reverse("approvals:area-result", args=[world.zone.pk])
        assert client.post(url, {"number": "1"}).status_code == 422
        given = {
            "matter_code": "U08",
            "number": "示评〔2026〕8号",
            "valid_from_on": "2026-09-01",
            "valid_until_on": "2031-08-31",
            "boundary": "东至创业路",
            "document": paper(),
        }
        assert client.post(url, given).status_code == 302
        made = RegionalAssessment.objects.get(number="示评〔2026〕8号")
        shown = client.get(page).content.decode()
        assert "东至创业路" in shown
        file = client.get(reverse("approvals:attachment", args=[made.document_id]))
        assert b"".join(file) == b"%PDF-1.7 1"  # read to the end, which closes the file
        ended = client.post(reverse("approvals:area-result-end", args=[world.zone.pk, made.pk]), {"reason": "重做"})
        assert ended.status_code == 302
    sign_in(client, world.stranger)
    with time_machine.travel(TODAY, tick=False):
        assert client.get(reverse("approvals:attachment", args=[made.document_id])).status_code == 404
