"""Claim, release, transfer; and two people at once."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from approvals.errors import NotYours, Refusal, WrongState
from approvals.models import Application, Commitment, Event
from approvals.services import applications, commitments, decisions, signing
from tests.concurrency import at_once, losers
from tests.journeys.driver import FURNITURE_FACTS, Journey
from tests.workflows.conftest import LINE, TODAY
from tests.world import person
from workflows.completion import claim, complete_task, release, transfer
from workflows.inbox import colleagues, mine, of_my_group, tasks_open_to


@pytest.fixture
def waiting_for_notice(journey):
    """Standing at a step that any approver of the bureau may take."""
    journey.intake()
    journey.signing()
    w = journey.world
    journey.do(
        "assess_commitment",
        w.handler,
        lambda: commitments.assess_commitment(
            journey.project.pk, by=w.handler, on=TODAY, ordinary=False, matter_codes=["C02"]
        ),
    )
    return tasks_open_to(w.approver, on=TODAY).get()


def test_a_claimed_task_leaves_the_group(waiting_for_notice, world):
    claim(waiting_for_notice.pk, by=world.approver, on=TODAY)
    assert mine(world.approver, on=TODAY).get() == waiting_for_notice
    assert not of_my_group(world.second_approver, on=TODAY).exists()
    with pytest.raises(WrongState, match="审批赵"):
        claim(waiting_for_notice.pk, by=world.second_approver, on=TODAY)


def test_a_released_task_is_the_groups_again(waiting_for_notice, world):
    claim(waiting_for_notice.pk, by=world.approver, on=TODAY)
    release(waiting_for_notice.pk, by=world.approver, on=TODAY)
    assert of_my_group(world.second_approver, on=TODAY).get() == waiting_for_notice
    with pytest.raises(WrongState):
        release(waiting_for_notice.pk, by=world.approver, on=TODAY)


def test_a_task_is_handed_over_to_a_competent_colleague_only(waiting_for_notice, world):
    assert colleagues(waiting_for_notice, on=TODAY) == [world.approver, world.second_approver] or set(
        colleagues(waiting_for_notice, on=TODAY)
    ) == {world.approver, world.second_approver}
    claim(waiting_for_notice.pk, by=world.approver, on=TODAY)
    with pytest.raises(NotYours):
        transfer(waiting_for_notice.pk, by=world.approver, on=TODAY, to=world.handler)
    transfer(waiting_for_notice.pk, by=world.approver, on=TODAY, to=world.second_approver)
    assert mine(world.second_approver, on=TODAY).get() == waiting_for_notice
    assert Event.objects.filter(kind="task.transferred").get().facts["to"] == "审批钱"


def test_who_handles_a_project_never_approves_in_it(waiting_for_notice, world):
    from approvals.accounts.models import Appointment

    Appointment.objects.create(
        user=world.handler, organisation=world.bureau, role="approver", from_on=TODAY.replace(year=2025)
    )
    del world.handler.__dict__["_standing"]
    assert not tasks_open_to(world.handler, on=TODAY).filter(pk=waiting_for_notice.pk).exists()
    with pytest.raises(NotYours):
        commitments.give_notice(waiting_for_notice.project_id, by=world.handler, on=TODAY)


def post(client, user, task, **typed):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(TODAY, tick=False):
        return client.post(reverse("workflows:do", args=[task.pk]), typed)


def test_who_comes_second_sees_what_happened_and_keeps_what_he_typed(client, journey, world):
    journey.intake()
    task = tasks_open_to(world.handler, on=TODAY).get()
    pk, agreement = journey.project.pk, {"kind": "formal", "content": "建设生产线", "terms": "甲方提供服务"}

    def act(_item):
        return signing.draft_agreement(pk, by=world.handler, on=TODAY, policies=[], **agreement)

    complete_task(task.pk, by=world.handler, on=TODAY, act=act)

    policies = {"policies-TOTAL_FORMS": 1, "policies-INITIAL_FORMS": 0, "policies-0-name": "厂房租金补贴"}
    typed = {"kind": "formal", "content": "另一种写法", "terms": "双方约定的全文"} | policies
    answer = post(client, world.handler, task, **typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "已被他人办理" in page
    assert all(words in page for words in ("另一种写法", "正式投资协议", "厂房租金补贴"))
    assert "拟定投资协议" in page
    assert journey.project.agreement.content == "建设生产线"
    assert post(client, world.stranger, task, content="另一种写法").status_code == 404


def test_a_task_that_a_colleague_took_meanwhile_is_not_done_over_his_head(client, waiting_for_notice, world):
    claim(waiting_for_notice.pk, by=world.approver, on=TODAY)
    answer = post(client, world.second_approver, waiting_for_notice)
    assert answer.status_code == 409
    assert "已由 审批赵 认领" in answer.content.decode()
    assert not Event.objects.filter(kind="commitment.noticed").exists()


def test_an_address_of_a_task_that_is_over_leads_to_its_project(client, journey, world):
    task = tasks_open_to(world.handler, on=TODAY).get()
    journey.intake()
    client.force_login(world.handler, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(TODAY, tick=False):
        answer = client.get(reverse("workflows:task", args=[task.pk]))
    assert answer.url == reverse("approvals:project", args=[journey.project.pk])


# On PostgreSQL, with connections of their own.


@pytest.fixture
def racing(committed_world, deliver_all) -> Journey:
    journey = Journey(committed_world, deliver_all)
    journey.register("示例竞态项目", "2110", facts=FURNITURE_FACTS, activities=[LINE])
    journey.intake()
    journey.signing()
    w = committed_world
    journey.do(
        "assess_commitment",
        w.handler,
        lambda: commitments.assess_commitment(
            journey.project.pk, by=w.handler, on=TODAY, ordinary=False, matter_codes=["C02"]
        ),
    )
    return journey


@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_at_once_one_wins_and_the_other_is_told(racing):
    w = racing.world
    task = tasks_open_to(w.approver, on=TODAY).get()
    results = at_once(
        lambda: claim(task.pk, by=w.approver, on=TODAY),
        lambda: claim(task.pk, by=w.second_approver, on=TODAY),
    )
    (loser,) = losers(results)
    assert isinstance(loser, WrongState)
    assert "已由" in loser.message
    assert Event.objects.filter(kind="task.claimed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_notice_at_once_one_wins(racing):
    w, pk = racing.world, racing.project.pk
    task = tasks_open_to(w.approver, on=TODAY).get()

    def notice(user):
        return complete_task(
            task.pk, by=user, on=TODAY, act=lambda item: commitments.give_notice(pk, by=user, on=TODAY)
        )

    (loser,) = losers(at_once(lambda: notice(w.approver), lambda: notice(w.second_approver)))
    assert isinstance(loser, WrongState)
    assert Commitment.objects.get().state == Commitment.State.NOTICED
    assert Event.objects.filter(kind="commitment.noticed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_a_grant_and_a_return_at_once_only_one_stands(racing):
    w = racing.world
    racing.do("give_notice", w.approver, lambda: commitments.give_notice(racing.project.pk, by=w.approver, on=TODAY))
    racing.do(
        "sign_commitment",
        w.owner,
        lambda: commitments.sign_commitment(racing.project.pk, by=w.owner, on=TODAY, letter={"statements": []}),
    )
    racing.do(
        "publicise_commitment",
        w.approver,
        lambda: commitments.publicise_commitment(racing.project.pk, by=w.approver, on=TODAY, place="网站"),
    )
    racing.wait(8)
    racing.do(
        "decide_commitment",
        w.approver,
        lambda: commitments.decide_commitment(
            racing.project.pk, by=w.approver, on=racing.today, granted=True, reason="符合"
        ),
    )
    racing.conclude("commitment")
    racing.standard_land()
    racing.full_agency()
    application = racing.application("R06")
    for material in application.materials.all():
        applications.hand_in_material(material.pk, by=w.handler, on=racing.today, on_paper=True)
    applications.submit_application(application.pk, by=w.handler, on=racing.today)
    applications.accept_application(application.pk, by=w.approver, on=racing.today)
    decisions.recommend(application.pk, by=w.approver, on=racing.today, outcome="grant", reason="符合")
    third = person("approver3", "审批冯", "approver", w.bureau)
    racing.deliver_all()

    results = at_once(
        lambda: decisions.grant_application(application.pk, by=w.second_approver, on=racing.today),
        lambda: decisions.return_to_examination(application.pk, by=third, on=racing.today, reason="面积待核"),
    )
    (loser,) = losers(results)
    assert isinstance(loser, Refusal)
    (outcome,) = Event.objects.filter(kind__in=["application.granted", "application.returned"])
    state = Application.objects.get(pk=application.pk).state
    assert state == ("granted" if outcome.kind == "application.granted" else "accepted")
