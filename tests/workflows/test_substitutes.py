"""A substitute for a period: he sees and does the tasks, the record says for whom, and he may nothing more."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from approvals.accounts.models import Appointment, Substitution, User
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Event
from approvals.permissions import may_approve_for_bureau, may_handle, may_lead, may_supervise
from approvals.selectors.audit import verify_chain
from approvals.selectors.history import lines
from approvals.selectors.next_steps import next_steps
from approvals.services import commitments, signing
from approvals.services.projects import suspend_project
from approvals.services.substitutions import end_substitution, name_substitute, possible_substitutes
from tests.concurrency import at_once, losers
from tests.workflows.conftest import TODAY
from tests.world import SINCE
from workflows.completion import claim, complete_task, release, transfer
from workflows.inbox import mine, tasks_open_to

TOMORROW, LAST = TODAY + timedelta(days=1), TODAY + timedelta(days=5)
AGREEMENT = {"kind": "formal", "content": "建设生产线", "terms": "甲方提供服务", "policies": []}


def fresh(user: User) -> User:
    """As the next request sees him."""
    return User.objects.get(pk=user.pk)


def away(user: User, substitute: User, from_on=TODAY, until_on=LAST, **more) -> Substitution:
    named = {"substitute": substitute, "from_on": from_on, "until_on": until_on} | more
    return name_substitute(user, by=user, on=TODAY, **named)


def draft(project, *, by, on=TODAY):
    return lambda _item: signing.draft_agreement(project.pk, by=by, on=on, **AGREEMENT)


@pytest.fixture
def drafting(journey):
    """The next step is the handler's own."""
    journey.intake()
    return journey


def test_the_substitute_does_the_task_and_the_record_says_for_whom(drafting, world):
    away(world.handler, world.other_handler)
    item = mine(world.other_handler, on=TODAY).get()
    assert item.owner == world.handler
    complete_task(item.pk, by=world.other_handler, on=TODAY, act=draft(drafting.project, by=world.other_handler))

    event = Event.objects.get(kind="agreement.drafted")
    assert event.by == world.other_handler
    assert event.facts["on_behalf_of"] == {"id": world.handler.pk, "name": "代办张"}
    assert [line.who for line in lines([event])] == ["代办李（代 代办张）"]
    assert verify_chain(drafting.project) == []


def test_before_and_after_the_period_there_is_nothing(drafting, world):
    away(world.handler, world.other_handler, from_on=TOMORROW)
    other = world.other_handler
    seen = {day: mine(fresh(other), on=day).exists() for day in (TODAY, TOMORROW, LAST, LAST + timedelta(days=1))}
    assert list(seen.values()) == [False, True, True, False]
    handled = {day: may_handle(fresh(other), drafting.project, on=day) for day in seen}
    assert handled == seen


def test_the_absent_person_may_still_do_it_and_then_nobody_stood_in(drafting, world):
    away(world.handler, world.other_handler)
    item = mine(world.handler, on=TODAY).get()
    complete_task(item.pk, by=world.handler, on=TODAY, act=draft(drafting.project, by=world.handler))
    assert "on_behalf_of" not in Event.objects.get(kind="agreement.drafted").facts


def test_an_act_without_a_task_is_recorded_for_the_absent_person_too(drafting, world):
    other_lead = colleague_of(world.lead, "lead2")
    away(world.lead, other_lead)
    suspend_project(drafting.project.pk, by=fresh(other_lead), on=TODAY, reason="资金安排调整")
    assert Event.objects.get(kind="project.suspended").facts["on_behalf_of"]["id"] == world.lead.pk


def colleague_of(user: User, username: str) -> User:
    made = User.objects.create(username=username, name=username, password="!")
    for appointment in user.appointments.all():
        Appointment.objects.create(
            user=made, organisation=appointment.organisation, role=appointment.role, from_on=SINCE
        )
    return made


@pytest.mark.parametrize(
    ("who", "code"),
    [("approver", "not-equal"), ("lead", "not-equal"), ("owner", "not-equal"), ("energy_approver", "not-equal")],
)
def test_only_a_colleague_of_the_same_office_and_role_is_accepted(world, who, code):
    with pytest.raises(GuardFailed) as refusal:
        away(world.handler, getattr(world, who))
    assert [blocker.code for blocker in refusal.value.blockers] == [code]
    assert not Substitution.objects.exists()
    assert not Event.objects.filter(kind="substitution.named").exists()


def test_a_colleague_whose_role_ends_within_the_period_is_refused(world):
    world.other_handler.appointments.update(until_on=LAST - timedelta(days=1))
    with pytest.raises(GuardFailed, match="同一岗位"):
        away(world.handler, world.other_handler)


def test_every_reason_against_a_substitute_is_named_at_once(world):
    away(world.handler, world.other_handler)
    with pytest.raises(GuardFailed) as refusal:
        away(world.handler, world.lead, from_on=TODAY - timedelta(days=3))
    assert [blocker.code for blocker in refusal.value.blockers] == ["period", "not-equal", "named-already"]


def test_nobody_stands_in_who_is_away_himself_and_nobody_leaves_who_stands_in(world):
    away(world.handler, world.other_handler)
    with pytest.raises(GuardFailed) as refusal:
        away(world.other_handler, world.handler)
    assert {blocker.code for blocker in refusal.value.blockers} == {"absent-too", "stands-in"}


def test_coming_back_early_ends_it_at_once(drafting, world):
    made = away(world.handler, world.other_handler)
    with pytest.raises(NotYours):
        end_substitution(made.pk, by=world.other_handler, on=TODAY)
    end_substitution(made.pk, by=world.handler, on=TODAY)
    assert not mine(fresh(world.other_handler), on=TODAY).exists()
    with pytest.raises(WrongState):
        end_substitution(made.pk, by=world.handler, on=TODAY)
    kinds = Event.objects.filter(project=None).order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["substitution.named", "substitution.ended"]
    away(world.handler, world.other_handler)  # the period is free again


def test_a_substitute_does_tasks_and_leaves_them_whose_they_are(drafting, world):
    away(world.handler, world.other_handler)
    item = mine(world.other_handler, on=TODAY).get()
    for refused in (
        lambda: claim(item.pk, by=world.other_handler, on=TODAY),
        lambda: release(item.pk, by=world.other_handler, on=TODAY),
        lambda: transfer(item.pk, by=world.other_handler, on=TODAY, to=world.handler),
    ):
        with pytest.raises(WrongState):
            refused()
    item.refresh_from_db()
    assert item.owner == world.handler


# Separation of duties


@pytest.fixture
def both(world):
    """A handler of the zone who is an approver of the bureau as well."""
    Appointment.objects.create(user=world.other_handler, organisation=world.bureau, role="approver", from_on=SINCE)
    return world.other_handler


def notice_waits(journey):
    journey.signing()
    w = journey.world
    journey.do(
        "assess_commitment",
        w.handler,
        lambda: commitments.assess_commitment(
            journey.project.pk, by=w.handler, on=TODAY, ordinary=False, matter_codes=["C02"]
        ),
    )


def test_who_stands_in_for_the_handler_approves_nothing_in_his_project(drafting, world, both):
    notice_waits(drafting)
    assert tasks_open_to(fresh(both), on=TODAY).exists()
    away(world.handler, both)
    assert not tasks_open_to(fresh(both), on=TODAY).exists()
    assert not may_approve_for_bureau(fresh(both), drafting.project, on=TODAY)
    with pytest.raises(NotYours):
        commitments.give_notice(drafting.project.pk, by=fresh(both), on=TODAY)


def test_who_once_acted_for_the_handler_approves_nothing_in_his_project_later(drafting, world, both):
    made = away(world.handler, both)
    item = mine(fresh(both), on=TODAY).get()
    complete_task(item.pk, by=fresh(both), on=TODAY, act=draft(drafting.project, by=fresh(both)))
    end_substitution(made.pk, by=world.handler, on=TODAY)
    drafting.deliver_all()
    for day in (TODAY, LAST + timedelta(days=30)):
        assert not may_approve_for_bureau(fresh(both), drafting.project, on=day)
        assert not may_supervise(fresh(both), drafting.project, on=day)


def test_standing_in_without_acting_leaves_nothing_behind(drafting, world, both):
    made = away(world.handler, both)
    end_substitution(made.pk, by=world.handler, on=TODAY)
    assert may_approve_for_bureau(fresh(both), drafting.project, on=TODAY)


def test_one_person_never_stands_in_for_handler_and_lead_of_one_project(drafting, world):
    other = world.other_handler
    Appointment.objects.create(user=other, organisation=world.zone, role="lead", from_on=SINCE)
    away(world.handler, other)
    away(world.lead, other)
    assert may_handle(fresh(other), drafting.project, on=TODAY)
    assert not may_lead(fresh(other), drafting.project, on=TODAY)
    drafting.do("draft_agreement", world.handler, lambda: draft(drafting.project, by=world.handler)(None))
    drafting.do(
        "sign_agreement", world.owner, lambda: signing.sign_agreement(drafting.project.pk, by=world.owner, on=TODAY)
    )
    assert not mine(fresh(other), on=TODAY).filter(step="countersign_agreement").exists()
    with pytest.raises(NotYours):
        signing.countersign_agreement(drafting.project.pk, by=fresh(other), on=TODAY)


def test_a_mandate_is_not_handed_on_with_the_rest(journey, world):
    journey.to_commencement()
    day = journey.today
    name_substitute(world.handler, by=world.handler, on=day, substitute=world.other_handler, from_on=day, until_on=day)
    entrusted = mine(world.handler, on=day).filter(step="prepare_application")
    assert entrusted.exists()
    theirs = mine(fresh(world.other_handler), on=day)
    assert not theirs.filter(step="prepare_application").exists()
    assert theirs.exists()
    shown = next_steps(journey.project, fresh(world.other_handler), on=day)
    assert {step.code for step in shown if step.is_mine} == {item.step for item in theirs}


def test_of_two_who_name_each_other_at_once_one_is_refused(committed_world):
    one, other = committed_world.handler, committed_world.other_handler
    results = at_once(lambda: away(one, fresh(other)), lambda: away(other, fresh(one)))
    (refused,) = losers(results)
    assert isinstance(refused, GuardFailed)
    assert Substitution.objects.count() == 1


# Pages


@pytest.fixture
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


def test_a_substitute_is_named_on_a_page_and_both_are_told(client, drafting, world, today):
    sign_in(client, world.handler)
    typed = {"substitute": world.other_handler.pk, "from_on": TODAY, "until_on": LAST, "reason": "出差"}
    assert client.post(reverse("approvals:away"), typed).status_code == 302
    assert "由 代办李 代办至" in client.get(reverse("workflows:inbox")).content.decode()
    sign_in(client, world.other_handler)
    inbox = client.get(reverse("workflows:inbox")).content.decode()
    assert "您正在代 代办张 办理" in inbox
    assert "代 代办张\n" in inbox
    task = mine(fresh(world.other_handler), on=TODAY).get()
    assert "他外出期间由您代办" in client.get(reverse("workflows:task", args=[task.pk])).content.decode()


def test_a_stranger_can_be_neither_named_nor_sent_back(client, world, today):
    sign_in(client, world.handler)
    typed = {"substitute": world.approver.pk, "from_on": TODAY, "until_on": LAST}
    assert client.post(reverse("approvals:away"), typed).status_code == 422
    made = away(world.handler, world.other_handler)
    sign_in(client, world.other_handler)
    assert client.post(reverse("approvals:back", args=[made.pk])).status_code == 404
    assert possible_substitutes(world.lead, on=TODAY) == []
    sign_in(client, world.lead)
    assert "无法指定代办" in client.get(reverse("approvals:away")).content.decode()
