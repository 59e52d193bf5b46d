"""Two people at once, on PostgreSQL: one of them wins, the other is told, and the records agree with each other."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.errors import Refusal
from approvals.models import Application, Event, Handover, Matter, Recommendation
from approvals.services import decisions, delivery, returning
from tests.cases import Case, home_case
from tests.concurrency import at_once, losers
from tests.handling import make_head, place_in
from tests.world import World, build_world, department, person

ON = date(2026, 9, 1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def racing(transactional_db) -> tuple[World, Case]:
    world = build_world()
    make_head(world)
    Matter.objects.update(prerequisites=[])
    return world, home_case(world)


def kinds(application: Application) -> list[str]:
    rows = Event.objects.filter(subject_type="application", subject_id=application.pk)
    ends = [f"application.{word}" for word in ("granted", "refused", "withdrawn", "returned", "reopened", "annulled")]
    return list(rows.filter(kind__in=ends).values_list("kind", flat=True))


def state(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


def test_of_two_deciders_one_decides(racing):
    world, case = racing
    application = place_in(world, case.application, "examined", on=ON)
    results = at_once(
        lambda: decisions.grant_application(application.pk, by=world.second_approver, on=ON),
        lambda: decisions.grant_application(application.pk, by=world.head, on=ON),
    )
    (loser,) = losers(results)
    assert isinstance(loser, Refusal)
    assert (state(application), kinds(application)) == ("granted", ["application.granted"])
    assert Handover.objects.count() == 1


def test_withdrawal_against_grant_leaves_one_of_them(racing):
    world, case = racing
    application = place_in(world, case.application, "examined", on=ON)
    results = at_once(
        lambda: decisions.grant_application(application.pk, by=world.second_approver, on=ON),
        lambda: returning.withdraw_application(application.pk, by=world.owner, on=ON, reason="方案调整"),
    )
    (loser,) = losers(results)
    assert isinstance(loser, Refusal)
    assert kinds(application) == [f"application.{state(application)}"]
    assert not Recommendation.objects.filter(reviewed_on=None).exists()


def test_two_examiners_make_one_recommendation(racing):
    world, case = racing
    application = place_in(world, case.application, "accepted", on=ON)
    results = at_once(
        lambda: decisions.recommend(application.pk, by=world.approver, on=ON, outcome="grant", reason="符合"),
        lambda: decisions.recommend(application.pk, by=world.second_approver, on=ON, outcome="refuse", reason="不符"),
    )
    assert len(losers(results)) == 1
    assert Recommendation.objects.count() == 1


def test_annulled_twice_at_once_is_annulled_once(racing):
    world, case = racing
    application = place_in(world, case.application, "granted", on=ON)

    def annul() -> object:
        return returning.annul_application(application.pk, by=world.head, on=ON, ground="fraud", reason="材料伪造")

    assert len(losers(at_once(annul, annul))) == 1
    assert (state(application), kinds(application)) == ("annulled", ["application.annulled"])


def test_annulment_against_acknowledgement_ends_annulled(racing):
    world, case = racing
    office = department(world.county, "natural_resources", "示例县自然资源局", "示资")
    overseer = person("overseer", "监管沈", "approver", office)
    application = place_in(world, case.application, "examined", on=ON)
    decisions.grant_application(application.pk, by=world.second_approver, on=ON)
    handover = Handover.objects.get()
    results = at_once(
        lambda: returning.annul_application(application.pk, by=world.head, on=ON, ground="fraud", reason="材料伪造"),
        lambda: delivery.acknowledge_handover(handover.pk, by=overseer, on=ON),
    )
    assert len(losers(results)) <= 1
    assert state(application) == "annulled"


def test_delivered_twice_at_once_is_delivered_once(racing):
    world, case = racing
    application = place_in(world, case.application, "granted", on=ON)

    def deliver() -> object:
        return delivery.record_delivery(
            application.pk, by=world.approver, on=ON, method="direct", recipient="陈", delivered_on=ON
        )

    assert len(losers(at_once(deliver, deliver))) == 1
    assert application.deliveries.count() == 1
