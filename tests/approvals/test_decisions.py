"""Four eyes: examined by one approver, decided by another, whatever page or service is used."""

from __future__ import annotations

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from approvals.accounts.models import Appointment
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, Consultation, Event, Recommendation
from approvals.services import decisions, returning
from tests.handling import accept, examine, grant
from tests.journeys.driver import FURNITURE_FACTS, Journey
from workflows.inbox import tasks_open_to

LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}


@pytest.fixture
def journey(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE])
    journey.to_commencement()
    return journey


@pytest.fixture
def accepted(journey) -> Application:
    return accept(journey)


@pytest.fixture
def examined(journey, accepted) -> Application:
    return examine(journey, accepted)


def state(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


def codes(refusal) -> list[str]:
    return [blocker.code for blocker in refusal.value.blockers]


@pytest.mark.parametrize("verb", [decisions.grant_application, decisions.refuse_application])
def test_a_permit_is_not_decided_without_a_recommendation(journey, accepted, verb):
    with pytest.raises(GuardFailed) as refusal:
        verb(accepted.pk, by=journey.world.approver, on=journey.today, reason="符合")
    assert codes(refusal) == ["recommendation-missing"]
    assert state(accepted) == "accepted"


@pytest.mark.parametrize(
    "verb", [decisions.grant_application, decisions.refuse_application, decisions.return_to_examination]
)
def test_nobody_reviews_his_own_opinion(journey, examined, verb):
    before = Event.objects.count()
    with pytest.raises(NotYours, match="另一名审批人员"):
        verb(examined.pk, by=journey.world.approver, on=journey.today, reason="符合")
    assert (state(examined), Event.objects.count()) == ("accepted", before)


def test_the_database_too_knows_four_eyes(journey, examined):
    recommendation = examined.open_recommendation
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=recommendation.pk).update(reviewed_by=journey.world.approver)


def test_agreeing_decides_with_the_reasons_of_the_examination(journey, examined):
    granted = decisions.grant_application(examined.pk, by=journey.world.second_approver, on=journey.today)
    assert (granted.state, granted.reason, granted.decided_by) == (
        "granted",
        "符合法定条件",
        journey.world.second_approver,
    )
    recommendation = granted.recommendations.get()
    assert (recommendation.agreed, recommendation.reviewed_by) == (True, journey.world.second_approver)


def test_a_reviewer_cannot_decide_against_the_recommendation(journey, examined):
    """He gives it back instead, so that every decision has two people behind it."""
    with pytest.raises(GuardFailed) as refusal:
        decisions.refuse_application(examined.pk, by=journey.world.second_approver, on=journey.today, reason="面积不符")
    assert codes(refusal) == ["recommendation-differs"]
    assert state(examined) == "accepted"


def test_disagreeing_returns_it_with_a_reason_and_the_clock_runs_on(journey, examined):
    w = journey.world
    with pytest.raises(GuardFailed):
        decisions.return_to_examination(examined.pk, by=w.second_approver, on=journey.today, reason=" ")
    back = decisions.return_to_examination(examined.pk, by=w.second_approver, on=journey.today, reason="面积待核")
    assert (back.state, back.due_on, back.open_recommendation) == ("accepted", examined.due_on, None)

    decisions.recommend(back.pk, by=w.second_approver, on=journey.today, outcome="refuse", reason="面积不符")
    refused = decisions.refuse_application(back.pk, by=w.approver, on=journey.today)
    assert (refused.state, refused.reason) == ("refused", "面积不符")
    assert list(refused.recommendations.values_list("agreed", "review_note")) == [(False, "面积待核"), (True, "")]


@pytest.mark.parametrize("outcome", ["grant", "refuse"])
def test_a_recommendation_needs_reasons_either_way(journey, accepted, outcome):
    with pytest.raises(GuardFailed) as refusal:
        decisions.recommend(accepted.pk, by=journey.world.approver, on=journey.today, outcome=outcome, reason=" ")
    assert codes(refusal) == ["reason-missing"]


def test_a_second_opinion_waits_for_the_first_to_be_reviewed(journey, examined):
    with pytest.raises(WrongState, match="等待复核"):
        examine(journey, examined)
    assert examined.recommendations.count() == 1


@pytest.mark.parametrize("who", ["handler", "lead", "owner", "supervisor", "energy_approver", "administrator"])
def test_only_approvers_of_the_department_examine_and_decide(journey, examined, who):
    by = getattr(journey.world, who)
    for verb in (decisions.grant_application, decisions.refuse_application, decisions.return_to_examination):
        with pytest.raises(NotYours):
            verb(examined.pk, by=by, on=journey.today, reason="符合")
    with pytest.raises(NotYours):
        decisions.recommend(examined.pk, by=by, on=journey.today, outcome="grant", reason="符合")


def test_an_approver_who_handles_the_project_decides_nothing_in_it(journey, examined):
    handler = journey.world.handler
    Appointment.objects.create(
        user=handler, organisation=journey.world.bureau, role="approver", from_on=journey.today.replace(year=2025)
    )
    handler.__dict__.pop("_standing", None)
    with pytest.raises(NotYours):
        decisions.grant_application(examined.pk, by=handler, on=journey.today)


def test_the_review_is_in_the_inbox_of_the_colleague_alone(journey, accepted, deliver_all):
    w, on = journey.world, journey.today
    deliver_all()
    examining = {user.username: steps(user, accepted, on) for user in (w.approver, w.second_approver)}
    assert examining == {"approver": ["examine_application"], "approver2": ["examine_application"]}
    examine(journey, accepted)
    deliver_all()
    assert steps(w.approver, accepted, on) == []
    assert steps(w.second_approver, accepted, on) == ["decide_application"]


def test_what_another_department_answered_is_before_whoever_examines(journey, accepted, deliver_all, client):
    w, on = journey.world, journey.today
    deliver_all()
    Consultation.objects.create(
        application=accepted,
        asked=w.bureau,
        asked_by=w.approver,
        asked_on=on,
        question="是否影响林地",
        answer="须避让公益林",
        opinion="conditions",
        answered_by=w.approver,
        answered_on=on,
    )
    task = tasks_open_to(w.approver, on=on).get(application=accepted, step="examine_application")
    client.force_login(w.approver, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(on, tick=False):
        assert "须避让公益林" in client.get(reverse("workflows:task", args=[task.pk])).content.decode()


def steps(user, application, on) -> list[str]:
    return list(tasks_open_to(user, on=on).filter(application=application).values_list("step", flat=True))


def test_a_registration_is_decided_by_one_person(journey):
    """R05 leaves nothing to weigh: it is no permit."""
    w = journey.world
    application = accept(journey, "R05")
    with pytest.raises(WrongState, match="不需要复核"):
        examine(journey, application)
    granted = decisions.grant_application(
        application.pk, by=w.approver, on=journey.today, reason="登记完毕", result_number="晋（2026）1号"
    )
    assert (granted.state, granted.result_number) == ("granted", "晋（2026）1号")


def test_the_number_of_the_result_comes_with_the_recommendation(journey, accepted):
    assert grant(journey, accepted, number="示规许〔2026〕8号").result_number == "示规许〔2026〕8号"


def test_withdrawing_leaves_no_opinion_waiting(journey, examined):
    returning.withdraw_application(examined.pk, by=journey.world.owner, on=journey.today, reason="方案调整")
    recommendation = examined.recommendations.get()
    assert (recommendation.reviewed_on, recommendation.agreed) == (journey.today, None)
    with pytest.raises(WrongState):
        decisions.grant_application(examined.pk, by=journey.world.second_approver, on=journey.today)
