"""Applying again: what came to nothing stays as it was decided, and the matter can still be done."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, Event
from approvals.services import agency
from approvals.services.facts import drop_matter_list
from tests.concurrency import at_once, losers
from tests.handling import place_in, submit
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
def old(journey) -> Application:
    return place_in(journey.world, journey.application("R06"), "annulled", on=journey.today)


def again(journey, old, by=None) -> Application:
    return agency.apply_again(old.pk, by=by or journey.world.handler, on=journey.today)


def states(old) -> list[str]:
    rows = Application.objects.filter(project=old.project_id, matter=old.matter_id).order_by("pk")
    return list(rows.values_list("state", flat=True))


@pytest.mark.parametrize("ended", ["refused", "declined", "withdrawn", "annulled", "lapsed"])
def test_whatever_came_to_nothing_can_be_applied_for_again(journey, ended):
    old = place_in(journey.world, journey.application("R06"), ended, on=journey.today)
    new = again(journey, old)
    assert states(old) == [ended, "draft"]
    assert (new.route, new.department, new.accepted_on) == (old.route, old.department, None)
    assert {row.name for row in new.materials.all()} == set(new.matter.materials)
    assert not any(row.is_received for row in new.materials.all())
    assert Event.objects.filter(kind="application.opened", subject_id=new.pk).count() == 1


@pytest.mark.parametrize("running", ["draft", "submitted", "supplementing", "accepted", "granted"])
def test_what_is_running_or_granted_is_applied_for_once(journey, running):
    old = place_in(journey.world, journey.application("R06"), running, on=journey.today)
    with pytest.raises(WrongState):
        again(journey, old)
    assert states(old) == [running]


def test_it_is_opened_once(journey, old):
    again(journey, old)
    with pytest.raises(WrongState):
        again(journey, old)
    assert states(old) == ["annulled", "draft"]


def test_the_new_one_is_prepared_handed_in_and_examined_like_any_other(journey, old, deliver_all):
    new = again(journey, old, by=journey.world.owner)
    deliver_all()
    waiting = tasks_open_to(journey.world.handler, on=journey.today).filter(application=new)
    assert list(waiting.values_list("step", flat=True)) == ["prepare_application"]
    assert submit(journey).pk == new.pk


@pytest.mark.parametrize("who", ["approver", "lead", "supervisor"])
def test_only_the_enterprise_and_its_handler_apply(journey, old, who):
    with pytest.raises(NotYours):
        again(journey, old, by=getattr(journey.world, who))
    assert states(old) == ["annulled"]


def test_a_matter_that_the_list_does_not_need_is_not_opened(journey, old):
    drop_matter_list(journey.project, by=journey.world.handler, on=journey.today)
    with pytest.raises(GuardFailed) as refusal:
        again(journey, old)
    assert [blocker.code for blocker in refusal.value.blockers] == ["not-listed"]
    assert states(old) == ["annulled"]


def test_the_page_offers_it_and_leads_to_the_new_one(journey, old, client):
    client.force_login(journey.world.handler, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("approvals:application", args=[old.pk])
    send = reverse("approvals:again", args=[old.pk])
    with time_machine.travel(journey.today, tick=False):
        assert send in client.get(page).content.decode()
        answer = client.post(send)
        new = Application.objects.exclude(pk=old.pk).get(project=old.project_id, matter=old.matter_id)
        assert answer.url == reverse("approvals:application", args=[new.pk])
        assert send not in client.get(page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_opens_it(world, deliver_all):
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE])
    journey.to_commencement()
    old = place_in(world, journey.application("R06"), "refused", on=journey.today)
    results = at_once(lambda: again(journey, old), lambda: again(journey, old, by=world.owner))
    assert [type(fault) for fault in losers(results)] == [WrongState]
    assert states(old) == ["refused", "draft"]
