"""After the decision: delivery, hand-over, validity, annulment; and what nobody approves."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from approvals.accounts.models import Role
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.guards import submission_blockers, validity_of
from approvals.guards.prerequisites import completed_matters
from approvals.models import Application, Evidence, Handover, Matter, Message, Project
from approvals.rules.remedies import remedies_on
from approvals.selectors.applications import applications_visible_to
from approvals.selectors.delivery import delivery_state, undelivered
from approvals.services import applications, decisions, delivery, returning
from tests.cases import Case, home_case, make_application
from tests.handling import make_head, place_in
from tests.world import department, person

ON = date(2026, 9, 1)
LATER = date(2026, 9, 10)


@pytest.fixture
def case(world) -> Case:
    Matter.objects.update(prerequisites=[])
    return home_case(world)


@pytest.fixture
def overseers(world):
    """The department that supervises R04, and its person."""
    office = department(world.county, "natural_resources", "示例县自然资源局", "示资")
    return person("overseer", "监管沈", Role.APPROVER, office)


def granted(world, application: Application, on: date = ON) -> Application:
    place_in(world, application, "examined", on=on)
    return decisions.grant_application(application.pk, by=world.second_approver, on=on)


def deliver(world, application, *, delivered_on: date = LATER, on: date = LATER, recipient: str = "陈企业"):
    return delivery.record_delivery(
        application.pk, by=world.approver, on=on, method="direct", recipient=recipient, delivered_on=delivered_on
    )


def codes(refusal) -> list[str]:
    return [blocker.code for blocker in refusal.value.blockers]


# delivery


def test_a_decision_is_delivered_within_ten_working_days(world, case):
    application = granted(world, case.application)
    state = delivery_state(application)
    assert state.due.due_on == date(2026, 9, 15)
    assert [state.is_overdue(day) for day in (date(2026, 9, 15), date(2026, 9, 16))] == [False, True]
    assert undelivered(Application.objects.all()) == [application]

    deliver(world, application)
    application = Application.objects.get(pk=application.pk)
    assert not delivery_state(application).was_late
    assert undelivered(Application.objects.all()) == []


def test_a_decision_is_delivered_once(world, case):
    application = granted(world, case.application)
    deliver(world, application)
    with pytest.raises(GuardFailed) as refusal:
        deliver(world, application)
    assert codes(refusal) == ["delivered-before"]


@pytest.mark.parametrize("delivered_on", [date(2026, 8, 31), date(2026, 9, 11)])
def test_nothing_is_delivered_before_its_decision_or_in_the_future(world, case, delivered_on):
    application = granted(world, case.application)
    with pytest.raises(GuardFailed) as refusal:
        deliver(world, application, delivered_on=delivered_on, recipient=" ")
    assert codes(refusal) == ["recipient-missing", "date-wrong"]


def test_what_is_not_decided_is_not_delivered(world, case):
    place_in(world, case.application, "accepted", on=ON)
    with pytest.raises(WrongState):
        deliver(world, case.application)


# hand-over


def test_the_grant_hands_the_supervision_over_and_tells_its_people(world, case, overseers, deliver_all):
    assert not applications_visible_to(overseers, on=ON).exists()
    application = granted(world, case.application)
    deliver_all()
    handover = Handover.objects.get(application=application)
    assert (handover.department_name, handover.acknowledged_on) == ("示例县自然资源局", None)
    assert "请查看移交单并确认接收" in Message.objects.get(recipient=overseers).text
    overseers.__dict__.pop("_standing", None)
    assert applications_visible_to(overseers, on=ON).get() == application


@pytest.mark.parametrize("who", ["approver", "handler", "owner", "supervisor"])
def test_only_the_supervising_department_acknowledges(world, case, overseers, who):
    granted(world, case.application)
    handover = Handover.objects.get()
    with pytest.raises(NotYours):
        delivery.acknowledge_handover(handover.pk, by=getattr(world, who), on=LATER)
    taken = delivery.acknowledge_handover(handover.pk, by=overseers, on=LATER, note="已列入检查计划")
    assert (taken.acknowledged_by, taken.note) == (overseers, "已列入检查计划")
    with pytest.raises(WrongState):
        delivery.acknowledge_handover(handover.pk, by=overseers, on=LATER)


def test_an_annulled_decision_is_not_taken_over(world, case, overseers):
    head = make_head(world)
    granted(world, case.application)
    returning.annul_application(case.application.pk, by=head, on=LATER, ground="fraud", reason="材料伪造")
    with pytest.raises(WrongState, match="不再有效"):
        delivery.acknowledge_handover(Handover.objects.get().pk, by=overseers, on=LATER)


def test_who_decides_and_supervises_hands_over_to_nobody(world, case):
    own = make_application(case.project, world.enterprise, world.provincial_energy, code="R11")
    Matter.objects.filter(code="R11").update(supervising_department="energy")
    place_in(world, own, "accepted", on=ON)
    decisions.recommend(own.pk, by=world.energy_approver, on=ON, outcome="grant", reason="符合")
    decisions.grant_application(own.pk, by=world.second_energy_approver, on=ON)
    assert not Handover.objects.exists()


# annulment and reopening


@pytest.mark.parametrize("who", ["approver", "second_approver", "handler", "lead", "owner", "supervisor"])
def test_only_the_head_annuls_and_reopens(world, case, who):
    granted(world, case.application)
    by = getattr(world, who)
    with pytest.raises(NotYours):
        returning.annul_application(case.application.pk, by=by, on=LATER, ground="fraud", reason="材料伪造")
    Application.objects.filter(pk=case.application.pk).update(state="refused")
    with pytest.raises(NotYours):
        returning.reopen_application(case.application.pk, by=by, on=LATER, reason="复议")


def test_a_permit_is_annulled_on_a_ground_of_the_law_alone(world, case):
    head = make_head(world)
    granted(world, case.application)
    with pytest.raises(GuardFailed) as refusal:
        returning.annul_application(case.application.pk, by=head, on=LATER, ground="politics", reason="")
    assert codes(refusal) == ["reason-missing", "ground-unlisted"]
    assert "R04" in completed_matters(Project.objects.get(), on=LATER)
    returning.annul_application(case.application.pk, by=head, on=LATER, ground="unqualified", reason="不符合规划条件")
    assert "R04" not in completed_matters(Project.objects.get(), on=LATER)


def test_a_reopened_application_has_new_clocks(world, case):
    head = make_head(world)
    place_in(world, case.application, "refused", on=ON)
    again = returning.reopen_application(case.application.pk, by=head, on=LATER, reason="复议决定撤销原决定")
    assert (again.state, again.accepted_on, again.decided_on) == ("accepted", LATER, None)
    assert again.due_on == date(2026, 10, 14)


def test_what_is_granted_anew_on_the_same_day_is_delivered_and_handed_over_anew(world, case):
    head = make_head(world)
    application = granted(world, case.application)
    deliver(world, application, on=ON, delivered_on=ON)
    returning.annul_application(application.pk, by=head, on=ON, ground="wrong_procedure", reason="未经公示")
    returning.reopen_application(application.pk, by=head, on=ON, reason="重新决定")
    decisions.recommend(application.pk, by=world.approver, on=ON, outcome="grant", reason="符合")
    again = decisions.grant_application(application.pk, by=world.second_approver, on=ON)
    assert delivery_state(again).delivery is None
    assert Handover.objects.filter(application=again, superseded_on=None).count() == 1
    assert Handover.objects.filter(application=again).count() == 2
    deliver(world, again, on=ON, delivered_on=ON)


def test_nothing_is_reopened_beside_a_newer_application(world, case):
    head = make_head(world)
    place_in(world, case.application, "refused", on=ON)
    make_application(case.project, world.enterprise, world.bureau)
    with pytest.raises(GuardFailed) as refusal:
        returning.reopen_application(case.application.pk, by=head, on=LATER, reason="复议")
    assert codes(refusal) == ["newer-application"]


def test_an_acceptance_stands_once_the_period_to_tell_is_over(world, case):
    """Five working days from 1 September end on the 8th."""
    place_in(world, case.application, "accepted", on=ON)
    with pytest.raises(GuardFailed) as refusal:
        returning.return_to_acceptance(case.application.pk, by=world.approver, on=date(2026, 9, 9), reason="误受理")
    assert codes(refusal) == ["review-period-over"]
    back = returning.return_to_acceptance(case.application.pk, by=world.approver, on=date(2026, 9, 8), reason="误受理")
    assert (back.state, back.accepted_on, back.due_on) == ("submitted", None, None)


# validity


@pytest.fixture
def permit(world, case) -> Application:
    """A construction permit, granted on 1 September."""
    return granted(world, make_application(case.project, world.enterprise, world.bureau, code="R07"))


@pytest.fixture
def collected(world, permit) -> Application:
    """The same, collected on the day of the decision."""
    deliver(world, permit, delivered_on=ON, on=ON)
    return fresh(permit)


def fresh(application) -> Application:
    return Application.objects.get(pk=application.pk)


def test_a_construction_permit_lapses_three_months_after_it_was_collected(world, permit):
    before = validity_of(permit)
    assert (before.lapses_on, before.is_estimate) == (date(2026, 12, 1), True)
    deliver(world, permit)
    found = validity_of(fresh(permit))
    assert (found.lapses_on, found.is_estimate) == (date(2026, 12, 10), False)
    assert [found.is_lapsed(day) for day in (date(2026, 12, 10), date(2026, 12, 11))] == [False, True]


def test_what_nobody_has_collected_does_not_lapse(client, world, permit):
    """建筑法第九条: 自领取施工许可证之日起三个月内. The days from the decision are a warning, and said to be one."""
    assert not validity_of(permit).is_lapsed(date(2027, 9, 1))
    with pytest.raises(GuardFailed) as refusal:
        delivery.record_lapse(permit.pk, by=world.approver, on=date(2027, 9, 1))
    assert codes(refusal) == ["not-lapsed"]
    for name, pk in (("application", permit.pk), ("follow-up", permit.project_id)):
        client.force_login(world.approver, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(reverse(f"approvals:{name}", args=[pk])).content.decode()
        assert "尚未登记领取，暂按决定日推算" in page


def test_it_is_prolonged_twice_by_three_months_and_not_again(world, permit):
    for expected in (date(2027, 3, 1), date(2027, 6, 1)):
        delivery.extend_validity(permit.pk, by=world.approver, on=LATER, reason="冬季无法施工")
        assert validity_of(fresh(permit)).lapses_on == expected
    with pytest.raises(GuardFailed) as refusal:
        delivery.extend_validity(permit.pk, by=world.approver, on=LATER, reason="再延")
    assert codes(refusal) == ["extended-out"]


def test_what_has_lapsed_is_not_prolonged_and_no_longer_counts(world, collected):
    over = date(2026, 12, 2)
    with pytest.raises(GuardFailed) as refusal:
        delivery.extend_validity(collected.pk, by=world.approver, on=over, reason="冬季无法施工")
    assert codes(refusal) == ["lapsed"]
    project = collected.project
    assert (
        "R07" in completed_matters(project, on=date(2026, 12, 1)),
        "R07" in completed_matters(project, on=over),
    ) == (
        True,
        False,
    )


def test_works_that_began_in_time_keep_it(world, permit):
    broken = {"kind": "broke_ground", "recorded_by": world.handler}
    Evidence.objects.create(project=permit.project, happened_on=date(2026, 12, 1), **broken)
    found = validity_of(fresh(permit))
    assert (found.started_on, found.is_lapsed(date(2027, 12, 1))) == (date(2026, 12, 1), False)


def test_works_that_began_too_late_do_not(world, collected):
    broken = {"kind": "broke_ground", "recorded_by": world.handler}
    Evidence.objects.create(project=collected.project, happened_on=date(2026, 12, 2), **broken)
    assert validity_of(fresh(collected)).is_lapsed(date(2026, 12, 2))


@pytest.mark.parametrize(
    ("code", "lapses_on"),
    [("R11", date(2028, 9, 1)), ("R09", date(2031, 9, 1)), ("C02", date(2029, 9, 1)), ("C06", date(2029, 9, 1))],
)
def test_other_results_have_their_own_span(world, case, code, lapses_on):
    application = make_application(case.project, world.enterprise, world.bureau, code=code)
    assert validity_of(place_in(world, application, "granted", on=ON)).lapses_on == lapses_on


def test_a_planning_permit_has_no_end_that_the_data_name(world, case):
    assert validity_of(place_in(world, case.application, "granted", on=ON)) is None


def test_what_lapsed_is_put_on_record_and_applied_for_anew(world, collected):
    with pytest.raises(GuardFailed) as refusal:
        delivery.record_lapse(collected.pk, by=world.approver, on=date(2026, 12, 1))
    assert codes(refusal) == ["not-lapsed"]
    assert delivery.record_lapse(collected.pk, by=world.approver, on=date(2026, 12, 2)).state == "lapsed"
    again = make_application(collected.project, world.enterprise, world.bureau, code="R07")
    assert again.state == "draft"


@pytest.mark.parametrize(("kind", "stands"), [("R02", False), ("R01", True)])
def test_a_verification_lapses_after_two_years_and_a_filing_does_not(case, kind, stands):
    Project.objects.filter(pk=case.project.pk).update(filing_kind=kind, filing_number="示审〔2026〕1号", filed_on=ON)
    project = Project.objects.get(pk=case.project.pk)
    assert kind in completed_matters(project, on=date(2028, 9, 1))
    assert (kind in completed_matters(project, on=date(2028, 9, 2))) is stands


# filing


def filing(world, case) -> Application:
    application = make_application(case.project, world.enterprise, world.bureau, code="R10")
    Application.objects.filter(pk=application.pk).update(route="filing")
    application.materials.update(on_paper=True)
    return application


def test_complete_information_is_filed_at_once_and_nobody_decides(world, case):
    application = filing(world, case)
    filed = applications.submit_application(application.pk, by=world.owner, on=ON)
    assert (filed.state, filed.decided_on, filed.decided_by) == ("granted", ON, None)
    assert filed.state_in_words == "已备案"
    assert delivery_state(filed) is not None
    assert undelivered(Application.objects.filter(pk=filed.pk)) == []


def test_incomplete_information_stays_with_the_applicant(world, case):
    application = filing(world, case)
    application.materials.update(on_paper=False)
    with pytest.raises(GuardFailed):
        applications.submit_application(application.pk, by=world.owner, on=ON)
    assert fresh(application).state == "draft"


@pytest.mark.parametrize("state", ["draft", "granted"])
def test_no_official_can_refuse_a_filing(world, case, state):
    application = filing(world, case)
    place_in(world, application, state, on=ON)
    for verb in (decisions.refuse_application, decisions.grant_application):
        with pytest.raises(WrongState):
            verb(application.pk, by=world.approver, on=ON, reason="不符")
    with pytest.raises(WrongState):
        applications.decline_application(
            application.pk, by=world.approver, on=ON, ground="not_required", reason="不需要"
        )


@pytest.mark.parametrize(
    ("change", "code"),
    [({"bad_credit": True}, "bad-credit"), ({"previous_false_commitment": True}, "false-commitment")],
)
def test_who_may_not_promise_has_the_ordinary_route_alone(world, case, change, code):
    application = case.application
    Application.objects.filter(pk=application.pk).update(route="commitment")
    assert code not in [b.code for b in submission_blockers(fresh(application), on=ON)]
    for name, value in change.items():
        setattr(world.enterprise, name, value)
    world.enterprise.save()
    assert code in [b.code for b in submission_blockers(fresh(application), on=ON)]


def test_an_article_that_nobody_has_compared_is_not_printed():
    assert [(way.name, way.basis) for way in remedies_on(ON)] == [("行政复议", ""), ("行政诉讼", "")]
