"""Who may do what: separation of duties, signatures, mandates, roles from a date to a date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from approvals import permissions
from approvals.accounts.models import Appointment, Membership
from approvals.accounts.roles import standing
from approvals.errors import NotYours
from approvals.models import Project
from approvals.selectors.projects import projects_visible_to
from approvals.services import agency, applications, commencement, commitments, projects, signing
from tests.journeys.driver import FURNITURE_FACTS, Journey
from tests.world import child, department, person

LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}


@pytest.fixture
def journey(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE])
    return journey


@pytest.fixture
def to_pledge(journey) -> Journey:
    w, pk = journey.world, journey.project.pk
    journey.intake()
    journey.signing()
    commitments.assess_commitment(pk, by=w.handler, on=journey.today, ordinary=False, matter_codes=["C02"])
    commitments.give_notice(pk, by=w.approver, on=journey.today)
    return journey


@pytest.mark.parametrize("who", ["handler", "other_handler", "lead", "approver", "supervisor", "clerk", "stranger"])
def test_only_a_signatory_of_the_enterprise_signs_its_commitment(to_pledge, who):
    by = getattr(to_pledge.world, who)
    with pytest.raises(NotYours):
        commitments.sign_commitment(to_pledge.project.pk, by=by, on=to_pledge.today, letter={})


def test_a_handler_never_signs_even_if_he_joins_the_enterprise(to_pledge):
    w = to_pledge.world
    Membership.objects.create(user=w.handler, enterprise=w.enterprise, may_sign=True, from_on=date(2024, 1, 1))
    del w.handler.__dict__["_standing"]
    with pytest.raises(NotYours):
        commitments.sign_commitment(to_pledge.project.pk, by=w.handler, on=to_pledge.today, letter={})


def test_who_handles_or_leads_neither_approves_nor_supervises(journey):
    w, on = journey.world, journey.today
    journey.intake()
    for user in (w.handler, w.lead):
        for role, organisation in (("approver", w.bureau), ("supervisor", w.county)):
            Appointment.objects.create(user=user, organisation=organisation, role=role, from_on=date(2024, 1, 1))
        user.__dict__.pop("_standing", None)
        assert not permissions.may_approve_for_bureau(user, journey.project, on=on)
        assert not permissions.may_supervise(user, journey.project, on=on)


def test_handler_and_lead_are_two_people(journey, world):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Project.objects.filter(pk=journey.project.pk).update(handler=world.handler, lead_official=world.handler)


def test_only_the_lead_official_confirms_and_countersigns(journey):
    w = journey.world
    journey.intake()
    for act in (signing.countersign_agreement, commencement.confirm_commencement):
        journey.project.refresh_from_db()
        with pytest.raises((NotYours, Exception)) as refusal:
            act(journey.project.pk, by=w.handler, on=journey.today)
        assert refusal.value.code in {"not-yours", "wrong-state"}


def test_a_role_ends_with_its_last_day(world):
    appointment = world.handler.appointments.get()
    appointment.until_on = date(2026, 9, 1)
    appointment.save()
    assert "handler" in standing(world.handler, date(2026, 9, 1)).roles
    assert "handler" not in standing(world.handler, date(2026, 9, 2)).roles


def test_a_deactivated_person_holds_nothing(world):
    world.handler.is_active = False
    assert standing(world.handler, date(2026, 9, 1)).permissions == frozenset()


def test_what_one_may_not_see_does_not_exist_for_him(journey, world):
    on = journey.today
    other_zone = child(world.province, name="示例乙市", kind="city")
    department(other_zone, "approval_bureau", "示例乙市行政审批服务管理局", "乙审")
    foreign = [
        person("h9", "外地代办", "handler", other_zone),
        person("s9", "外地督查", "supervisor", other_zone),
        person("a9", "外地审批", "approver", other_zone),
        world.stranger,
        world.administrator,
    ]
    for user in foreign:
        assert not projects_visible_to(user, on=on).exists(), user
    for user in (
        world.handler,
        world.other_handler,
        world.lead,
        world.approver,
        world.supervisor,
        world.owner,
        world.clerk,
    ):
        assert projects_visible_to(user, on=on).get() == journey.project, user


def test_a_department_sees_a_project_from_the_day_an_application_lies_with_it(journey, world):
    assert not projects_visible_to(world.energy_approver, on=journey.today).exists()
    journey.project.facts.energy_lines.create(carrier="heat", quantity=351700, unit="GJ")
    journey.to_commencement()
    assert projects_visible_to(world.energy_approver, on=journey.today).get() == journey.project


def test_a_handler_submits_within_the_mandate_only(journey):
    w, pk = journey.world, journey.project.pk
    journey.intake()
    journey.signing()
    journey.commitment()
    journey.standard_land()
    agency.offer_mandate(
        pk,
        by=w.handler,
        on=journey.today,
        scope="partial",
        matter_codes=["R04"],
        until_on=journey.today + timedelta(30),
    )
    agency.sign_mandate(pk, by=w.owner, on=journey.today)
    journey.deliver_all()
    journey.confirm_determinations()
    journey.confirm_matter_list()
    entrusted, kept = journey.application("R04"), journey.application("R06")
    assert permissions.may_submit(w.handler, entrusted, on=journey.today)
    assert not permissions.may_submit(w.handler, kept, on=journey.today)
    assert permissions.may_submit(w.clerk, kept, on=journey.today)
    assert not permissions.may_submit(w.handler, entrusted, on=journey.today + timedelta(31))
    for material in kept.materials.all():
        with pytest.raises(NotYours):
            applications.hand_in_material(material.pk, by=w.handler, on=journey.today, on_paper=True)


def test_an_enterprise_registers_only_its_own_project(world):
    registration = projects.Registration("示例", world.zone, world.enterprise, "2110")
    with pytest.raises(NotYours):
        projects.register_project(registration, by=world.stranger, on=date(2026, 9, 1))


def test_users_are_never_deleted(world):
    with pytest.raises(AssertionError):
        world.handler.delete()
