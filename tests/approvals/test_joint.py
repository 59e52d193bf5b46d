"""Joint handling: one clock, each department's own word, one reply on one day for all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, Event, JointDeparture, JointHandling, Matter, Project
from approvals.selectors.joint import joint_of
from approvals.services import decisions
from approvals.services.joint import conclude_joint, dissolve_joint, start_joint, take_out
from approvals.services.returning import return_to_acceptance, withdraw_application
from documents.models import Document
from tests.approvals.conftest import text_of
from tests.cases import TODAY
from tests.concurrency import at_once, losers
from tests.parallel import build_parallel
from tests.test_access import sign_in
from workflows.inbox import tasks_open_to


@pytest.fixture
def case(world):
    return build_parallel(world)


def start(case, *offices, by=None, on=TODAY):
    chosen = offices or case.offices
    return start_joint(
        case.project.pk,
        by=by or case.bureau.second,
        on=on,
        application_ids=[office.application.pk for office in chosen],
    )


def say(office, outcome="grant", on=TODAY):
    return decisions.recommend(office.application.pk, by=office.first, on=on, outcome=outcome, reason="经审查符合条件")


def conclude(joint, case, by=None, on=TODAY, outcome="granted"):
    return conclude_joint(joint.pk, by=by or case.bureau.second, on=on, reply="同意建设", outcome=outcome)


def codes(refusal):
    return [blocker.code for blocker in refusal.value.blockers]


def shown(case, on=TODAY):
    return joint_of(Project.objects.get(pk=case.project.pk), case.bureau.second, on=on)


def test_one_clock_of_forty_five_working_days_counts_from_the_earliest_acceptance(case):
    Application.objects.filter(pk=case.forestry.application.pk).update(accepted_on=date(2026, 8, 27))
    joint = start(case, on=TODAY)
    assert joint.counts_from_on == date(2026, 8, 27)
    made = shown(case)
    assert made.due_on == date(2026, 11, 4)
    assert set(Application.objects.values_list("due_on", flat=True)) == {made.due_on}
    assert set(Application.objects.values_list("is_joint", flat=True)) == {True}


def test_the_gate_names_every_department_that_has_not_cleared(case):
    joint = start(case)
    say(case.bureau)
    say(case.forestry, outcome="refuse")
    with pytest.raises(GuardFailed) as refusal:
        conclude(joint, case)
    assert sorted(codes(refusal)) == ["joint-opinion-against", "joint-opinion-missing"]
    with pytest.raises(GuardFailed) as refusal:
        conclude(joint, case, outcome="refused")
    assert codes(refusal) == ["joint-opinion-missing"]
    assert JointHandling.objects.get().is_running


def test_the_slowest_is_named(case):
    start(case)
    say(case.bureau)
    say(case.forestry, on=TODAY + timedelta(days=3))
    made = shown(case, on=TODAY + timedelta(days=7))
    slowest = [part.application.matter.code for part in made.parts if part.is_slowest]
    assert slowest == ["R16"]


def test_one_reply_grants_all_on_one_day(case, deliver_all):
    joint = start(case)
    for office in case.offices:
        say(office, on=TODAY + timedelta(days=1))
    on = TODAY + timedelta(days=6)
    conclude(joint, case, on=on)
    rows = Application.objects.filter(project=case.project)
    assert set(rows.values_list("state", "decided_on", "decided_by")) == {("granted", on, case.bureau.second.pk)}
    granted = Event.objects.filter(kind="application.granted")
    assert {event.facts["joint"] for event in granted} == {joint.pk}
    deliver_all()
    assert not tasks_open_to(case.bureau.second, on=on).filter(project=case.project, step="conclude_joint").exists()


def test_whoever_gave_an_opinion_does_not_give_the_reply(case):
    joint = start(case)
    for office in case.offices:
        say(office)
    with pytest.raises(NotYours):
        conclude(joint, case, by=case.bureau.first)


def test_whoever_gave_an_opinion_is_told_so_on_the_task_and_can_hand_it_over(case, client, deliver_all):
    start(case)
    for office in case.offices:
        say(office)
    deliver_all()
    task = tasks_open_to(case.bureau.second, on=TODAY).get(step="conclude_joint")
    with time_machine.travel(TODAY, tick=False):
        for user, may in ((case.bureau.first, False), (case.bureau.second, True)):
            sign_in(client, user)
            page = client.get(reverse("workflows:task", args=[task.pk])).content.decode()
            assert ("须由另一名审批人员答复" in page, reverse("workflows:do", args=[task.pk]) in page) == (not may, may)
            assert reverse("workflows:transfer", args=[task.pk]) in page


def test_nobody_decides_alone_while_it_is_handled_jointly(case):
    start(case)
    say(case.forestry)
    with pytest.raises(GuardFailed) as refusal:
        decisions.grant_application(case.forestry.application.pk, by=case.forestry.second, on=TODAY)
    assert codes(refusal) == ["joint-running"]
    with pytest.raises(GuardFailed):
        decisions.refuse_application(case.forestry.application.pk, by=case.forestry.second, on=TODAY, reason="不符")


def test_dissolved_each_is_decided_by_its_own_department_again(case):
    joint = start(case)
    say(case.forestry)
    dissolve_joint(joint.pk, by=case.bureau.second, on=TODAY, reason="应急部门需要专家评审")
    made = decisions.grant_application(case.forestry.application.pk, by=case.forestry.second, on=TODAY)
    assert (made.state, made.is_joint) == ("granted", False)
    with pytest.raises(WrongState):
        conclude(joint, case)


def test_dissolving_needs_a_reason(case):
    with pytest.raises(GuardFailed):
        dissolve_joint(start(case).pk, by=case.bureau.second, on=TODAY, reason=" ")


# ── one refuses ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_reply_states_every_departments_own_decision_where_one_refuses(case):
    joint = start(case)
    for office in (case.bureau, case.emergency):
        say(office)
    say(case.forestry, outcome="refuse")
    conclude(joint, case, outcome="refused")
    assert JointHandling.objects.get().outcome == "refused"
    states = dict(Application.objects.values_list("matter__code", "state"))
    assert states == {"R09": "granted", "R15": "refused", "R16": "granted"}
    refused = Event.objects.get(kind="application.refused")
    assert (refused.facts["joint"], refused.facts["reason"]) == (joint.pk, "经审查符合条件")


def test_nothing_is_refused_that_every_department_is_for(case):
    joint = start(case)
    for office in case.offices:
        say(office)
    with pytest.raises(GuardFailed) as refusal:
        conclude(joint, case, outcome="refused")
    assert codes(refusal) == ["joint-nothing-against"]


def test_a_merged_refusal_is_one_paper_with_its_remedies_and_numbers_the_grants_alone(case, deliver_with_papers):
    joint = start(case, case.bureau, case.forestry)
    say(case.bureau)
    say(case.forestry, outcome="refuse")
    conclude(joint, case, outcome="refused")
    deliver_with_papers()
    paper = Document.objects.get(kind="joint_reply")
    assert not Document.objects.filter(kind="refusal_decision").exists()
    numbers = dict(Application.objects.exclude(matter__code="R16").values_list("matter__code", "result_number"))
    assert numbers == {"R09": paper.number, "R15": ""}
    text = text_of(paper)
    for words in ("不予行政许可", "准予行政许可", "救济途径", "行政复议"):
        assert words in text


# ── one leaves, the others go on ─────────────────────────────────────────────────────────────────────────────────


def test_a_withdrawn_application_leaves_and_the_others_are_answered(case, world, deliver_all):
    joint = start(case)
    for office in case.offices:
        say(office)
    withdraw_application(case.forestry.application.pk, by=world.owner, on=TODAY, reason="调整方案")
    left = Application.objects.get(pk=case.forestry.application.pk)
    assert (left.state, left.is_joint) == ("withdrawn", False)
    departure = JointDeparture.objects.get()
    assert (departure.cause, departure.reason, departure.left_by) == ("withdrawn", "调整方案", world.owner)
    conclude(joint, case)
    deliver_all()
    assert Application.objects.filter(state="granted").count() == 2


def test_the_lead_takes_one_out_and_the_one_clock_does_not_move(case):
    Application.objects.filter(pk=case.forestry.application.pk).update(accepted_on=date(2026, 8, 27))
    joint = start(case)
    due = shown(case).due_on
    take_out(
        joint.pk, by=case.bureau.second, on=TODAY, application_id=case.forestry.application.pk, reason="须专家评审"
    )
    left = Application.objects.get(pk=case.forestry.application.pk)
    assert (left.is_joint, left.due_on < due) == (False, True)  # its own twenty days again
    assert shown(case).due_on == due
    say(case.forestry)
    assert decisions.grant_application(left.pk, by=case.forestry.second, on=TODAY).state == "granted"
    assert Event.objects.get(kind="joint.left").facts["reason"] == "须专家评审"


def test_nothing_is_taken_out_without_a_reason_or_down_to_one_department(case):
    joint = start(case, case.bureau, case.forestry)
    with pytest.raises(GuardFailed) as refusal:
        take_out(joint.pk, by=case.bureau.second, on=TODAY, application_id=case.forestry.application.pk, reason=" ")
    assert codes(refusal) == ["reason-missing", "joint-one-department"]
    with pytest.raises(WrongState):
        take_out(joint.pk, by=case.bureau.second, on=TODAY, application_id=case.emergency.application.pk, reason="误")
    with pytest.raises(NotYours):
        take_out(joint.pk, by=case.forestry.first, on=TODAY, application_id=case.forestry.application.pk, reason="误")
    assert JointHandling.objects.get().applications.count() == 2


def test_withdrawing_down_to_one_department_ends_it(case, world):
    joint = start(case, case.bureau, case.forestry)
    withdraw_application(case.forestry.application.pk, by=world.owner, on=TODAY, reason="调整方案")
    joint.refresh_from_db()
    assert joint.dissolved_on == TODAY
    assert not Application.objects.filter(is_joint=True).exists()


def test_what_is_returned_to_its_acceptance_leaves(case):
    joint = start(case)
    return_to_acceptance(case.forestry.application.pk, by=case.forestry.first, on=TODAY, reason="材料有误")
    assert joint.applications.count() == 2
    assert JointDeparture.objects.get().cause == "returned"


def test_one_department_alone_is_no_joint_handling(case):
    with pytest.raises(GuardFailed) as refusal:
        start(case, case.bureau)
    assert codes(refusal) == ["joint-one-department"]


def test_what_is_not_accepted_or_no_permit_does_not_join(case):
    Application.objects.filter(pk=case.forestry.application.pk).update(state="submitted")
    Matter.objects.filter(code="R16").update(is_permit=False)
    with pytest.raises(GuardFailed) as refusal:
        start(case)
    assert sorted(codes(refusal)) == ["joint-no-permit", "joint-not-accepted"]


def test_a_project_has_one_joint_handling_at_a_time(case):
    start(case, case.bureau, case.forestry)
    with pytest.raises(WrongState):
        start(case, case.forestry, case.emergency)


@pytest.mark.parametrize("who", ["handler", "lead", "owner", "supervisor"])
def test_only_the_bureau_leads(case, world, who):
    with pytest.raises(NotYours):
        start(case, by=getattr(world, who))


def test_a_department_that_joined_does_not_lead(case):
    with pytest.raises(NotYours):
        start(case, by=case.forestry.first)


def test_the_lead_finds_the_reply_in_its_inbox_with_the_one_day(case, deliver_all):
    start(case)
    deliver_all()
    task = tasks_open_to(case.bureau.second, on=TODAY).get(step="conclude_joint")
    assert task.due_on == shown(case).due_on
    assert not tasks_open_to(case.forestry.first, on=TODAY).filter(step="conclude_joint").exists()


def test_the_reply_is_one_paper_and_its_number_that_of_every_result(case, deliver_with_papers):
    joint = start(case)
    for office in case.offices:
        say(office)
    conclude(joint, case)
    deliver_with_papers()
    paper = Document.objects.get(kind="joint_reply")
    assert not Document.objects.filter(kind="grant_decision").exists()
    assert set(Application.objects.values_list("result_number", flat=True)) == {paper.number}
    text = text_of(paper)
    for words in ("示例县林业局", "示例县应急管理局", "45个工作日", "同意建设", "第四十二条第二款"):
        assert words in text


@pytest.mark.django_db(transaction=True)
def test_of_a_reply_and_a_dissolution_at_once_one_wins(world):
    case = build_parallel(world)
    joint = start(case)
    for office in case.offices:
        say(office)
    results = at_once(
        lambda: conclude(joint, case),
        lambda: dissolve_joint(joint.pk, by=case.bureau.second, on=TODAY, reason="改为单独办理"),
    )
    assert [type(fault) for fault in losers(results)] == [WrongState]
    joint.refresh_from_db()
    states = set(Application.objects.values_list("state", flat=True))
    assert states == ({"granted"} if joint.concluded_on else {"accepted"})


def test_the_page_shows_the_parts_and_starts_and_ends(case, client):
    sign_in(client, case.bureau.second)
    page = reverse("approvals:joint", args=[case.project.pk])
    with time_machine.travel(TODAY, tick=False):
        assert "启动联合办理" in client.get(page).content.decode()
        url = reverse("approvals:joint-start", args=[case.project.pk])
        assert client.post(url, {}).status_code == 422
        chosen = [office.application.pk for office in case.offices]
        assert client.post(url, {"applications": chosen}).status_code == 302
        say(case.bureau)
        text = client.get(page).content.decode()
        for words in ("最慢", "尚未出具", "示例县林业局", "还差 2 项", "第四十二条第二款"):
            assert words in text
        joint = JointHandling.objects.get()
        out = reverse("approvals:joint-take-out", args=[case.project.pk, joint.pk])
        assert client.post(out, {"out-application": case.emergency.application.pk}).status_code == 422
        assert (
            client.post(out, {"out-application": case.emergency.application.pk, "out-reason": "评审"}).status_code
            == 302
        )
        assert "已退出联合办理" in client.get(page).content.decode()
        end = reverse("approvals:joint-dissolve", args=[case.project.pk, JointHandling.objects.get().pk])
        assert client.post(end, {"reason": "改为单独办理"}).status_code == 302


def test_more_parts_ask_no_more_of_the_database(case, client, django_assert_max_num_queries):
    start(case)
    sign_in(client, case.bureau.second)
    page = reverse("approvals:joint", args=[case.project.pk])
    with time_machine.travel(TODAY, tick=False):
        client.get(page)
        with django_assert_max_num_queries(40):
            client.get(page)
