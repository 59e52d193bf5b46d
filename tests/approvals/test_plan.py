"""The plan of a project on its page: forecast, wish, red lines with their reasons, and who may wish."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.language import short_day, short_month
from approvals.models import Event, Matter, MatterList, Project
from approvals.selectors.plan import project_plan
from approvals.selectors.plan_chart import _short
from approvals.selectors.plan_words import headline, why_late
from approvals.services.plan import wish_commencement
from tests.test_access import sign_in


@pytest.fixture
def agency(furniture):
    """At the end of full agency: the list is confirmed, its applications are open."""
    furniture.to_commencement()
    return furniture


def line(made, code):
    return next(row.line for row in made.rows if row.line.node.code == code)


def row(made, code):
    return next(row for row in made.rows if row.line.node.code == code)


def planned(journey):
    return project_plan(Project.objects.get(pk=journey.project.pk), on=journey.today)


def wish(journey, days, by=None):
    return wish_commencement(
        journey.project.pk,
        by=by or journey.world.handler,
        on=journey.today,
        wished_on=journey.today + timedelta(days=days),
    )


def test_a_matter_takes_its_promise_or_else_its_statutory_limit(agency):
    made = planned(agency)
    assert (row(made, "R06").period.kind, row(made, "R06").period.days) == ("statutory", 20)
    assert row(made, "C02").period.kind == "promised"


def test_what_is_recorded_elsewhere_is_over_on_its_own_day(agency):
    made = planned(agency)
    assert line(made, "R01").finishes_on == date(2026, 9, 1)
    assert "L01" not in {row.line.node.code for row in made.rows} or line(made, "L01").is_done


def test_a_limit_nobody_knows_leaves_the_end_open_and_is_named(agency):
    made = planned(agency)
    assert made.plan.open_ended_by
    assert "期限未知" in headline(made).text


def test_a_limit_of_low_confidence_is_no_limit(agency):
    Matter.objects.filter(code="R06").update(confidence="low")
    assert row(planned(agency), "R06").period.kind == "unknown"


def test_a_granted_matter_lets_the_next_begin(agency):
    before = line(planned(agency), "C04").starts_on
    agency.obtain("R04")
    agency.obtain("R06")
    after = line(planned(agency), "C04")
    assert after.starts_on == agency.today < before


def test_an_accepted_matter_ends_on_its_own_due_date(agency):
    agency.obtain("R04")
    application = agency.application("R06")
    from approvals.services import applications

    for material in application.materials.all():
        applications.hand_in_material(material.pk, by=agency.world.handler, on=agency.today, on_paper=True)
    applications.submit_application(application.pk, by=agency.world.handler, on=agency.today)
    accepted = applications.accept_application(application.pk, by=agency.world.approver, on=agency.today)
    agency.wait(2)
    assert line(planned(agency), "R06").finishes_on == accepted.due_on


def test_before_the_list_is_confirmed_the_plan_is_a_preview(furniture):
    assert planned(furniture).is_preview


def test_a_wish_too_early_is_red_with_the_reason_in_words(agency):
    wish(agency, 10)
    made = planned(agency)
    assert made.plan.possible is False
    assert "已不可能" in headline(made).title
    assert why_late(row(made, "R06"), made).endswith("个工作日")
    assert why_late(row(made, "C02"), made) == ""


def test_days_that_pass_make_the_reason_longer(agency):
    wish(agency, 21)
    agency.wait(30)
    assert "已过" in why_late(row(planned(agency), "R06"), planned(agency))


def test_a_wish_is_written_down_once_and_can_be_taken_back(agency):
    wish(agency, 200)
    wish(agency, 200)
    assert Event.objects.filter(kind="project.commencement_wished").count() == 1
    wish_commencement(agency.project.pk, by=agency.world.owner, on=agency.today, wished_on=None)
    assert Project.objects.get().wished_commencement_on is None


def test_nobody_wishes_for_a_day_that_is_over(agency):
    with pytest.raises(GuardFailed):
        wish(agency, -1)
    assert wish(agency, 0).wished_commencement_on == agency.today


@pytest.mark.parametrize("who", ["lead", "approver", "supervisor", "other_handler", "stranger"])
def test_only_the_enterprise_and_its_handler_wish(agency, who):
    with pytest.raises(NotYours):
        wish(agency, 30, by=getattr(agency.world, who))


def test_a_stopped_project_takes_no_wish(agency):
    from approvals.services import projects

    projects.suspend_project(agency.project.pk, by=agency.world.lead, on=agency.today, reason="资金未落实")
    with pytest.raises(WrongState):
        wish(agency, 30)


def test_the_page_shows_chart_and_table_alike(agency, client):
    wish(agency, 10)
    sign_in(client, agency.world.owner)
    with time_machine.travel(agency.today, tick=False):
        page = client.get(reverse("approvals:plan", args=[agency.project.pk]))
    text = page.content.decode()
    assert text.count('<svg class="plan-chart') == 2
    for words in ("关键线路", "来不及", "期限未知", "不早于", "今天", "期望开工"):
        assert words in text
    for made in page.context["rows"]:
        assert made["line"].node.name in text


def test_the_enterprise_wishes_on_the_page_and_a_day_that_is_none_is_said(agency, client):
    sign_in(client, agency.world.owner)
    url = reverse("approvals:plan-wish", args=[agency.project.pk])
    with time_machine.travel(agency.today, tick=False):
        assert client.post(url, {"wished_on": "2027-03-01"}).status_code == 302
        assert client.post(url, {"wished_on": "三月"}).status_code == 422
    assert Project.objects.get().wished_commencement_on == date(2027, 3, 1)


def test_a_longer_plan_asks_no_more_of_the_database(agency, client, django_assert_max_num_queries):
    sign_in(client, agency.world.handler)
    url = reverse("approvals:plan", args=[agency.project.pk])
    with time_machine.travel(agency.today, tick=False):
        client.get(url)
        with django_assert_max_num_queries(32):
            client.get(url)


def test_who_may_not_see_the_project_sees_no_plan(agency, client):
    sign_in(client, agency.world.stranger)
    with time_machine.travel(agency.today, tick=False):
        assert client.get(reverse("approvals:plan", args=[agency.project.pk])).status_code == 404


def test_a_joint_handling_counts_by_its_one_clock_and_a_stopped_clock_ends_nowhere(world):
    from approvals.services.clocks import open_pause
    from approvals.services.joint import start_joint
    from tests.cases import TODAY
    from tests.parallel import build_parallel

    case = build_parallel(world)
    ids = [office.application.pk for office in case.offices[:2]]
    start_joint(case.project.pk, by=case.bureau.second, on=TODAY, application_ids=ids)
    application = case.emergency.application
    open_pause(application.pk, by=case.emergency.first, on=TODAY, ground="expert_review", reason="评审", told_days=15)
    MatterList.objects.create(
        project=case.project, on=TODAY, confirmed_by=world.handler, rows=[listed(code) for code in ("R15", "R16")]
    )
    made = project_plan(Project.objects.get(pk=case.project.pk), on=TODAY)
    assert (row(made, "R15").period.kind, row(made, "R15").period.days) == ("joint", 45)
    assert row(made, "R16").period.kind == "paused"
    assert made.plan.open_ended_by == ("R16",)


def listed(code):
    return {
        "code": code,
        "name": code,
        "status": "needed",
        "before": "commencement",
        "gate": ["commencement"],
        "recorded_by": None,
        "prerequisites": [],
    }


def test_a_long_name_is_cut_by_its_width_not_by_its_letters():
    assert _short("建筑工程施工许可证(含质量安全监督手续)", 17) == "建筑工程施工许可证(含质量安全监…"
    assert _short("Construction permit (with quality)", 17) == "Construction permit (with quality)"
    assert _short("Construction permit (with quality/safety)", 17) == "Construction permit (with quality…"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-hans", ("9月3日", "2027年1月20日", "2027年1月")), ("en", ("3 September", "20 January 2027", "Jan 2027"))],
)
def test_a_short_day_has_its_year_where_that_is_another_one(language, expected):
    today, other = date(2026, 9, 3), date(2027, 1, 20)
    with override(language):
        assert (short_day(today, today), short_day(other, today), short_month(date(2027, 1, 1))) == expected
