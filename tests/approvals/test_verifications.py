"""After the grant: the promise is checked, a breach is answered, and what follows reaches the next project."""

from __future__ import annotations

from datetime import timedelta

import pytest

from approvals.accounts.models import Membership, Role
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Application, CreditRecord, Event, MatterList, Project, Rectification
from approvals.services.commitment_changes import answer_change, ask_change
from approvals.services.verifications import (
    conclude_rectification,
    record_verification,
)
from tests.concurrency import at_once, losers
from tests.journeys.driver import FURNITURE_FACTS, Journey
from tests.promises import BROKEN, KEPT, LATER, LINE, check, codes, commitment, order, plan, revoke, start, step
from tests.world import SINCE, build_world, department, person


def test_each_finding_calls_for_its_step(granted):
    assert step(granted) == "plan_verification"
    row = plan(granted)
    assert step(granted) == "record_verification"
    record_verification(row.pk, by=granted.world.approver, on=granted.today, results=BROKEN)
    assert step(granted) == "order_rectification"
    made = order(granted, row)
    assert step(granted) == "conclude_rectification"
    granted.today = made.due_on + timedelta(days=1)
    conclude_rectification(made.pk, by=granted.world.approver, on=granted.today, done=False, found="仍未建")
    assert step(granted) == "revoke_commitment"
    revoke(granted)
    assert step(granted) is None
    assert commitment(granted).state == "revoked"


def test_a_promise_that_was_kept_calls_for_nothing_and_can_be_checked_again(granted):
    check(granted, KEPT)
    assert step(granted) is None
    plan(granted)
    assert step(granted) == "record_verification"


def test_what_was_put_right_ends_the_matter(granted):
    row = check(granted)
    made = order(granted, row)
    conclude_rectification(made.pk, by=granted.world.approver, on=granted.today, done=True, found="已建成")
    assert step(granted) is None
    assert commitment(granted).state == "granted"
    with pytest.raises(GuardFailed) as refusal:
        revoke(granted)
    assert "not-rectified-yet" in codes(refusal)


def test_failure_can_only_be_found_when_the_time_is_over(granted):
    made = order(granted, check(granted), days=5)
    for day, refused in ((made.due_on - timedelta(days=1), True), (made.due_on, True)):
        with pytest.raises(GuardFailed) as refusal:
            conclude_rectification(made.pk, by=granted.world.approver, on=day, done=False, found="仍未建")
        assert codes(refusal) == ["time-left"], (day, refused)
    day = made.due_on + timedelta(days=1)
    conclude_rectification(made.pk, by=granted.world.approver, on=day, done=False, found="仍未建")
    assert Rectification.objects.get().outcome == "failed"


def test_the_limit_counts_working_days_and_not_the_first(granted):
    """From Wednesday 2026-09-09: five working days are the 10th, 11th, 14th, 15th and 16th."""
    assert granted.today.isoformat() == "2026-09-09"
    assert order(granted, check(granted), days=5).due_on.isoformat() == "2026-09-16"


def test_every_promised_matter_needs_a_result_and_a_breach_its_finding(granted):
    row = plan(granted)
    for results, code in (
        ([], "result-missing"),
        ([KEPT[0] | {"result": "late"}], "result-missing"),
        ([BROKEN[0] | {"found": " "}], "finding-missing"),
        ([*KEPT, KEPT[0] | {"code": "C03"}], "matter-unknown"),
    ):
        with pytest.raises(GuardFailed) as refusal:
            record_verification(row.pk, by=granted.world.approver, on=granted.today, results=results)
        assert codes(refusal) == [code]


def test_an_order_needs_its_reason_its_demand_and_its_limit(granted):
    row = check(granted)
    with pytest.raises(GuardFailed) as refusal:
        order(granted, row, reason="", demand=" ", days=0)
    assert codes(refusal) == ["reason-missing", "demand-missing", "days-missing"]


def test_a_revocation_needs_a_breach_reasons_and_the_other_side_heard(granted):
    with pytest.raises(GuardFailed) as refusal:
        revoke(granted, ground="whim", reason="", heard="")
    assert codes(refusal) == ["ground-unknown", "no-breach", "reason-missing", "not-heard"]
    assert commitment(granted).state == "granted"


def test_a_false_promise_is_revoked_at_once_a_late_one_only_after_the_order_failed(granted):
    check(granted)
    with pytest.raises(GuardFailed) as refusal:
        revoke(granted)
    assert codes(refusal) == ["not-rectified-yet"]
    revoke(granted, ground="false_commitment", reason="承诺时设施并不存在")
    assert CreditRecord.objects.get().kind == "false_commitment"


@pytest.mark.parametrize("who", ["handler", "lead", "supervisor", "owner", "stranger", "energy_approver"])
def test_only_the_bureau_plans_orders_and_revokes(granted, who):
    user = getattr(granted.world, who)
    with pytest.raises(NotYours):
        plan(granted, by=user)
    row = check(granted)
    with pytest.raises(NotYours):
        order(granted, row, by=user)
    made = order(granted, row)
    with pytest.raises(NotYours):
        conclude_rectification(made.pk, by=user, on=granted.today, done=True, found="已建成")
    with pytest.raises(NotYours):
        revoke(granted, by=user, ground="false_commitment")


def test_the_office_that_checks_records_and_nobody_else(granted):
    w = granted.world
    water = department(w.county, "water", "示例县水利局", "示水")
    expert = person("water", "水利郑", Role.APPROVER, water)
    row = plan(granted, office=water)
    for user in (w.approver, w.handler, w.owner, w.supervisor):
        with pytest.raises(NotYours):
            record_verification(row.pk, by=user, on=granted.today, results=KEPT)
    Membership.objects.create(user=expert, enterprise=w.enterprise, from_on=SINCE)
    with pytest.raises(NotYours):
        record_verification(row.pk, by=expert, on=granted.today, results=KEPT)
    Membership.objects.all().filter(user=expert).delete()
    fresh = type(expert).objects.get(pk=expert.pk)
    record_verification(row.pk, by=fresh, on=granted.today, results=KEPT)


def test_an_office_without_part_in_the_promise_is_no_checker(granted):
    with pytest.raises(GuardFailed) as refusal:
        plan(granted, office=granted.world.provincial_energy, days=-1)
    assert codes(refusal) == ["date-behind", "department-wrong"]


def test_one_check_at_a_time_and_none_while_a_breach_is_open(granted):
    plan(granted)
    with pytest.raises(WrongState):
        plan(granted)


def test_before_the_grant_nothing_is_checked(world, deliver_all):
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE])
    journey.intake()
    with pytest.raises(WrongState):
        plan(journey)


def test_a_revocation_closes_what_rested_on_the_decision(at_agency):
    promised = at_agency.project.applications.filter(route="commitment")
    assert promised.exists()
    check(at_agency)
    revoke(at_agency, ground="false_commitment")

    assert not promised.filter(state__in=Application.OPEN).exists()
    assert "国办发〔2020〕42号" in promised.first().reason
    assert not MatterList.objects.filter(superseded_on=None).exists()
    assert any("终止办理" in line for line in Event.objects.get(kind="commitment.revoked").facts["relying"])

    at_agency.deliver_all()
    at_agency.confirm_matter_list()
    routes = {a.matter.code: a.route for a in at_agency.project.applications.filter(state="draft")}
    assert "commitment" not in routes.values()


def test_what_was_granted_on_the_promise_no_longer_counts(at_agency):
    from approvals.guards.prerequisites import completed_matters

    application = at_agency.project.applications.filter(route="commitment").first()
    Application.objects.filter(pk=application.pk).update(state="granted")
    project = Project.objects.get(pk=at_agency.project.pk)
    assert application.matter.code in completed_matters(project, on=at_agency.today)
    check(at_agency)
    revoke(at_agency, ground="false_commitment")
    project = Project.objects.get(pk=at_agency.project.pk)
    assert application.matter.code not in completed_matters(project, on=at_agency.today)


def test_the_enterprise_itself_asks_to_change_its_promise_and_the_bureau_answers(granted):
    w, pk, on = granted.world, granted.project.pk, granted.today
    for user in (w.handler, w.clerk, w.stranger, w.approver):
        with pytest.raises(NotYours):
            ask_change(pk, by=user, on=on, content="完工期延至2027年", reason="设备到货推迟", items=LATER)
    change = ask_change(pk, by=w.owner, on=on, content="完工期延至2027年", reason="设备到货推迟", items=LATER)
    assert step(granted) == "answer_change"
    with pytest.raises(WrongState):
        ask_change(pk, by=w.owner, on=on, content="再改", reason="再改", items=LATER)
    with pytest.raises(NotYours):
        answer_change(change.pk, by=w.handler, on=on, agreed=True, reply="同意")
    answer_change(change.pk, by=w.approver, on=on, agreed=True, reply="同意延至2027年6月底")
    assert step(granted) == "plan_verification"
    with pytest.raises(WrongState):
        answer_change(change.pk, by=w.second_approver, on=on, agreed=False, reply="不同意")


def test_after_a_breach_was_found_it_is_too_late_to_ask_until_it_is_put_right(granted):
    wish = {"by": granted.world.owner, "on": granted.today, "content": "改期", "reason": "来不及", "items": LATER}
    row = check(granted)
    with pytest.raises(GuardFailed) as refusal:
        ask_change(granted.project.pk, **wish)
    assert codes(refusal) == ["breach-found"]
    made = order(granted, row)
    with pytest.raises(GuardFailed):
        ask_change(granted.project.pk, **wish)
    conclude_rectification(made.pk, by=granted.world.approver, on=granted.today, done=True, found="已建成")
    ask_change(granted.project.pk, **wish)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_record_at_once_one_is_told_that_it_is_done(deliver_all):
    world = build_world()
    journey = start(world, deliver_all)
    row = plan(journey)
    results = at_once(
        lambda: record_verification(row.pk, by=world.approver, on=journey.today, results=KEPT),
        lambda: record_verification(row.pk, by=world.second_approver, on=journey.today, results=BROKEN),
    )
    assert [type(fault) for fault in losers(results)] == [WrongState]
    assert Event.objects.filter(kind="commitment.verified").count() == 1
