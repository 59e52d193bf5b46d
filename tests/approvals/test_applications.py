"""The life of an application, by the book."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, Event
from approvals.services import applications, decisions, returning
from tests.handling import refuse
from tests.journeys.driver import FURNITURE_FACTS, Journey

LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}


@pytest.fixture
def journey(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE])
    journey.to_commencement()
    return journey


def hand_in_all(journey: Journey, application: Application) -> None:
    for material in application.materials.all():
        if not material.is_received:
            applications.hand_in_material(material.pk, by=journey.world.handler, on=journey.today, on_paper=True)


@pytest.fixture
def submitted(journey) -> Application:
    application = journey.application("R06")
    hand_in_all(journey, application)
    return applications.submit_application(application.pk, by=journey.world.handler, on=journey.today)


@pytest.fixture
def accepted(journey, submitted) -> Application:
    return applications.accept_application(submitted.pk, by=journey.world.approver, on=journey.today)


def test_all_missing_materials_are_named_at_once(journey):
    application = journey.application("R06")
    with pytest.raises(GuardFailed) as refusal:
        applications.submit_application(application.pk, by=journey.world.handler, on=journey.today)
    named = [b.message for b in refusal.value.blockers if b.code == "material-missing"]
    assert named == [f"缺少材料：{material.name}" for material in application.materials.all()]
    assert Application.objects.get(pk=application.pk).state == "draft"


def test_a_matter_waits_for_its_prerequisites(journey):
    application = journey.application("R07")
    hand_in_all(journey, application)
    with pytest.raises(GuardFailed) as refusal:
        applications.submit_application(application.pk, by=journey.world.handler, on=journey.today)
    assert any("建设工程规划许可证" in blocker.message for blocker in refusal.value.blockers)


def test_matters_without_prerequisites_run_in_parallel(journey):
    for code in ("R06", "C02", "R04"):
        application = journey.application(code)
        by = journey.world.owner if application.route == "commitment" else journey.world.handler
        for material in application.materials.all():
            applications.hand_in_material(material.pk, by=by, on=journey.today, on_paper=True)
        applications.submit_application(application.pk, by=by, on=journey.today)
    assert Application.objects.filter(state="submitted").count() == 3


def test_the_limit_counts_working_days_from_acceptance(journey, accepted):
    """20 working days from 9 September 2026, over the make-up Sunday, mid-autumn and the National Day week."""
    assert journey.today == date(2026, 9, 9)
    assert accepted.due_on == date(2026, 10, 13)
    assert accepted.due_is_provisional is False


def test_a_due_date_in_an_unpublished_year_is_provisional(journey):
    application, december = journey.application("R06"), date(2026, 12, 21)
    hand_in_all(journey, application)
    applications.submit_application(application.pk, by=journey.world.handler, on=december)
    late = applications.accept_application(application.pk, by=journey.world.approver, on=december)
    assert late.due_on > date(2026, 12, 31)
    assert late.due_is_provisional is True


def test_a_supplement_names_everything_and_takes_the_paper_back(journey, submitted):
    material = submitted.materials.first()
    applications.request_supplement(
        submitted.pk,
        by=journey.world.approver,
        on=journey.today,
        items=[{"material": material.name, "problem": "缺少签章"}],
    )
    material.refresh_from_db()
    assert not material.is_received
    with pytest.raises(GuardFailed) as refusal:
        applications.submit_application(submitted.pk, by=journey.world.handler, on=journey.today)
    assert [blocker.code for blocker in refusal.value.blockers] == ["material-missing"]

    hand_in_all(journey, submitted)
    again = applications.submit_application(submitted.pk, by=journey.world.handler, on=journey.today)
    assert again.state == "submitted"
    assert again.supplement_notices.get().answered_on == journey.today


def test_nothing_outside_the_registered_materials_can_be_asked_for(journey, submitted):
    with pytest.raises(GuardFailed) as refusal:
        applications.request_supplement(
            submitted.pk,
            by=journey.world.approver,
            on=journey.today,
            items=[{"material": "村委会证明", "problem": "缺"}],
        )
    assert [blocker.code for blocker in refusal.value.blockers] == ["material-unknown"]
    assert Application.objects.get(pk=submitted.pk).state == "submitted"
    assert all(material.is_received for material in submitted.materials.all())


def test_after_a_refusal_the_matter_can_be_applied_for_again(journey, accepted):
    from approvals.services.agency import confirm_matter_list

    refuse(journey, accepted)
    confirm_matter_list(journey.project.pk, by=journey.world.handler, on=journey.today)
    states = list(Application.objects.filter(matter__code="R06").order_by("pk").values_list("state", flat=True))
    assert states == ["refused", "draft"]


@pytest.mark.parametrize("who", ["handler", "lead", "owner", "supervisor", "energy_approver", "administrator"])
def test_only_approvers_of_the_department_decide(journey, accepted, who):
    by = getattr(journey.world, who)
    with pytest.raises(NotYours):
        decisions.grant_application(accepted.pk, by=by, on=journey.today, reason="符合")
    assert Application.objects.get(pk=accepted.pk).state == "accepted"


@pytest.mark.parametrize(
    "act",
    [
        lambda pk, by, on: applications.accept_application(pk, by=by, on=on),
        lambda pk, by, on: applications.decline_application(
            pk, by=by, on=on, ground="not_competent", reason="不属于职权", referred_to="市局"
        ),
        lambda pk, by, on: applications.request_supplement(pk, by=by, on=on, items=[]),
    ],
)
def test_what_was_accepted_is_not_reviewed_again(journey, accepted, act):
    before = Event.objects.count()
    with pytest.raises(WrongState, match="审批中"):
        act(accepted.pk, journey.world.approver, journey.today)
    assert Event.objects.count() == before


def test_the_enterprise_takes_its_application_back(journey, accepted):
    taken = returning.withdraw_application(accepted.pk, by=journey.world.owner, on=journey.today, reason="方案调整")
    assert taken.state == "withdrawn"
    with pytest.raises(WrongState):
        decisions.grant_application(accepted.pk, by=journey.world.approver, on=journey.today, reason="符合")


def test_one_matter_has_one_live_application(journey, accepted):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Application.objects.create(
            project=accepted.project,
            matter=accepted.matter,
            department=accepted.department,
            applicant=accepted.applicant,
            opened_on=journey.today,
        )


def test_nothing_is_granted_by_silence(journey, accepted, deliver_all):
    from approvals.tasks import sweep

    sweep()
    deliver_all()
    assert Application.objects.get(pk=accepted.pk).state == "accepted"
    assert accepted.due_on < date(2027, 1, 1)


def test_a_protected_state_cannot_be_written_past_its_transitions(accepted):
    with pytest.raises(AttributeError):
        accepted.state = "granted"
    accepted.refresh_from_db()
    with pytest.raises(AttributeError):
        accepted.state = "granted"
