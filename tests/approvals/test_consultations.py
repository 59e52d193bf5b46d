"""Asking another department: in its inbox, with a day of its own, and never at the cost of the applicant's time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, Consultation, Event, Message
from approvals.selectors.applications import applications_visible_to
from approvals.services.consultations import answer_consultation, ask_department, withdraw_consultation
from tests.cases import TODAY, make_application
from tests.concurrency import at_once, losers
from tests.parallel import build_parallel, set_consultation_days
from tests.test_access import sign_in
from workflows.completion import complete_task
from workflows.inbox import tasks_open_to


@pytest.fixture
def case(world):
    return build_parallel(world)


def ask(case, by=None, to=None, on=TODAY, question="请就选址是否影响林地提出意见"):
    return ask_department(
        case.bureau.application.pk,
        by=by or case.bureau.first,
        on=on,
        asked=to or case.forestry.organisation,
        question=question,
    )


def answer(consultation, by, on=TODAY, opinion="agree", text=""):
    return answer_consultation(consultation.pk, by=by, on=on, opinion=opinion, answer=text)


def codes(refusal):
    return [blocker.code for blocker in refusal.value.blockers]


def test_the_asked_department_finds_it_in_its_inbox_with_its_own_day(case, world, deliver_all):
    set_consultation_days(world)
    ask(case)
    deliver_all()
    task = tasks_open_to(case.forestry.first, on=TODAY).get(step="answer_consultation")
    assert (task.department, task.due_on) == (case.forestry.organisation, date(2026, 9, 10))
    assert not tasks_open_to(case.bureau.first, on=TODAY).filter(step="answer_consultation").exists()
    assert Message.objects.filter(recipient=case.forestry.second, text__contains="征求意见").exists()


def test_no_day_is_invented_where_the_locality_has_set_none(case, deliver_all):
    assert ask(case).due_on is None
    deliver_all()
    assert tasks_open_to(case.forestry.first, on=TODAY).get(step="answer_consultation").due_on is None


def test_asking_never_stops_the_clock(case, world):
    set_consultation_days(world)
    before = Application.objects.get(pk=case.bureau.application.pk).due_on
    ask(case)
    after = Application.objects.get(pk=case.bureau.application.pk)
    assert after.due_on == before
    assert after.paused_on is None
    assert not after.pauses.exists()


def test_the_law_of_water_leaves_consulting_out_and_the_last_answer_ends_it(case, world):
    set_consultation_days(world)
    water = make_application(case.project, world.enterprise, world.bureau, code="C06", state="accepted")
    Application.objects.filter(pk=water.pk).update(accepted_on=TODAY, received_on=TODAY)
    asked = [
        ask_department(water.pk, by=world.approver, on=TODAY, asked=office.organisation, question="取水影响")
        for office in (case.forestry, case.emergency)
    ]
    assert Application.objects.get(pk=water.pk).paused_on == TODAY
    answer(asked[0], case.forestry.first, on=TODAY + timedelta(days=3))
    assert Application.objects.get(pk=water.pk).paused_on == TODAY
    answer(asked[1], case.emergency.first, on=TODAY + timedelta(days=6))
    assert Application.objects.get(pk=water.pk).paused_on is None
    assert water.pauses.get().closed_on == TODAY + timedelta(days=6)


def test_where_the_law_stops_the_clock_the_notice_needs_a_number_of_days(case, world):
    water = make_application(case.project, world.enterprise, world.bureau, code="C06", state="accepted")
    Application.objects.filter(pk=water.pk).update(accepted_on=TODAY, received_on=TODAY)
    with pytest.raises(GuardFailed) as refusal:
        ask_department(water.pk, by=world.approver, on=TODAY, asked=case.forestry.organisation, question="取水影响")
    assert codes(refusal) == ["parameter-missing"]
    assert not Consultation.objects.exists()


def test_it_answers_from_the_inbox_and_the_task_is_gone(case, deliver_all):
    consultation = ask(case)
    deliver_all()
    task = tasks_open_to(case.forestry.first, on=TODAY).get(step="answer_consultation")
    complete_task(
        task.pk,
        by=case.forestry.first,
        on=TODAY,
        act=lambda _item: answer(consultation, case.forestry.first, opinion="conditions", text="避开二级公益林"),
    )
    deliver_all()
    consultation.refresh_from_db()
    assert (consultation.opinion, consultation.answered_by) == ("conditions", case.forestry.first)
    assert not tasks_open_to(case.forestry.first, on=TODAY).filter(step="answer_consultation").exists()
    assert Message.objects.filter(recipient=case.bureau.first, text__contains="有条件同意").exists()
    kinds = list(Event.objects.filter(subject_type="application").values_list("kind", flat=True))
    assert kinds[-2:] == ["application.consultation_asked", "application.consultation_answered"]


def test_being_asked_opens_this_application_and_no_other(case):
    assert not applications_visible_to(case.forestry.first, on=TODAY).filter(pk=case.bureau.application.pk).exists()
    ask(case)
    seen = set(applications_visible_to(case.forestry.first, on=TODAY).values_list("pk", flat=True))
    assert seen == {case.bureau.application.pk, case.forestry.application.pk}


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"question": " "}, "question-missing"), ({"to": "zone"}, "department-unsuitable"), ({}, "consultation-open")],
)
def test_what_cannot_be_asked_is_refused(case, world, changes, code):
    ask(case)
    to = world.zone if changes.get("to") else None
    with pytest.raises(GuardFailed) as refusal:
        ask(case, to=to, question=changes.get("question", "再问一次"))
    assert code in codes(refusal)


def test_nobody_asks_his_own_department(case):
    with pytest.raises(GuardFailed) as refusal:
        ask(case, to=case.bureau.organisation)
    assert codes(refusal) == ["department-unsuitable"]


def test_a_department_is_asked_anew_after_it_answered(case):
    answer(ask(case), case.forestry.first)
    assert ask(case).pk


@pytest.mark.parametrize("who", ["handler", "lead", "owner", "supervisor"])
def test_only_the_deciding_department_asks(case, world, who):
    with pytest.raises(NotYours):
        ask(case, by=getattr(world, who))


def test_only_the_asked_department_answers(case):
    consultation = ask(case)
    for stranger in (case.bureau.first, case.emergency.first):
        with pytest.raises(NotYours):
            answer(consultation, stranger)


def test_an_objection_has_its_reasons(case):
    with pytest.raises(GuardFailed):
        answer(ask(case), case.forestry.first, opinion="object")


def test_a_question_taken_back_or_answered_is_over(case):
    consultation = ask(case)
    withdraw_consultation(consultation.pk, by=case.bureau.first, on=TODAY)
    with pytest.raises(WrongState):
        answer(consultation, case.forestry.first)
    with pytest.raises(WrongState):
        withdraw_consultation(consultation.pk, by=case.bureau.first, on=TODAY)


def test_a_decision_ends_the_wait_and_the_task(case, deliver_all):
    from approvals.services import decisions

    consultation = ask(case)
    deliver_all()
    pk = case.bureau.application.pk
    decisions.recommend(pk, by=case.bureau.first, on=TODAY, outcome="grant", reason="符合")
    decisions.grant_application(pk, by=case.bureau.second, on=TODAY)
    deliver_all()
    assert not tasks_open_to(case.forestry.first, on=TODAY).filter(step="answer_consultation").exists()
    with pytest.raises(WrongState):
        answer(consultation, case.forestry.first)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts(world):
    case = build_parallel(world)
    consultation = ask(case)
    results = at_once(
        lambda: answer(consultation, case.forestry.first),
        lambda: answer(consultation, case.forestry.second, opinion="object", text="占用林地"),
    )
    assert [type(fault) for fault in losers(results)] == [WrongState]
    assert Event.objects.filter(kind="application.consultation_answered").count() == 1


def test_the_page_says_that_the_clock_runs_on_and_asks(case, client):
    sign_in(client, case.bureau.first)
    url = reverse("approvals:application", args=[case.bureau.application.pk])
    with time_machine.travel(TODAY, tick=False):
        assert "不停止计时" in client.get(url).content.decode()
        send = reverse("approvals:consultation-ask", args=[case.bureau.application.pk])
        typed = {"ask-asked": case.forestry.organisation.pk, "ask-question": "请提意见"}
        assert client.post(send, typed).status_code == 302
        assert client.post(send, {"ask-question": "请提意见"}).status_code == 422
        assert "待回复" in client.get(url).content.decode()
        back = reverse(
            "approvals:consultation-withdraw", args=[case.bureau.application.pk, Consultation.objects.get().pk]
        )
        assert client.post(back).status_code == 302


def test_the_asked_department_answers_on_its_task_page(case, client, deliver_all):
    ask(case)
    deliver_all()
    sign_in(client, case.forestry.first)
    with time_machine.travel(TODAY, tick=False):
        task = tasks_open_to(case.forestry.first, on=TODAY).get(step="answer_consultation")
        page = client.get(reverse("workflows:task", args=[task.pk]))
        assert "请就选址是否影响林地提出意见" in page.content.decode()
        do = reverse("workflows:do", args=[task.pk])
        assert client.post(do, {"opinion": "object"}).status_code == 422
        assert client.post(do, {"opinion": "agree"}).status_code == 302
    assert Consultation.objects.get().answered_by == case.forestry.first


def test_the_office_reads_the_answer_and_the_enterprise_only_that_it_came(case, world, client):
    answer(ask(case), case.forestry.first, opinion="conditions", text="须避让公益林")
    url = reverse("approvals:application", args=[case.bureau.application.pk])
    with time_machine.travel(TODAY, tick=False):
        sign_in(client, case.bureau.first)
        assert "须避让公益林" in client.get(url).content.decode()
        sign_in(client, world.owner)
        page = client.get(url).content.decode()
    assert "已回复" in page
    assert "有条件同意" not in page
    assert "须避让公益林" not in page
