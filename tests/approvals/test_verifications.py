"""After the grant: the promise is checked, a breach is answered, and what follows reaches the next project."""

from __future__ import annotations

from datetime import timedelta

import pytest

from approvals.accounts.models import Membership, Role
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.guards import submission_blockers
from approvals.models import Application, Commitment, CreditRecord, Event, MatterList, Project, Rectification
from approvals.selectors.determinations import assess_eligibility
from approvals.selectors.verifications import verification_step
from approvals.services import commitments
from approvals.services.commitment_changes import answer_change, ask_change
from approvals.services.credit import record_credit, repair_credit
from approvals.services.verifications import (
    conclude_rectification,
    order_rectification,
    plan_verification,
    record_verification,
    revoke_commitment,
)
from tests.concurrency import at_once, losers
from tests.journeys.driver import FURNITURE_FACTS, Journey
from tests.world import SINCE, build_world, department, person

LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}
POWER = {"carrier": "electricity", "quantity": 200, "unit": "万kWh"}
KEPT = [{"code": "C02", "name": "水土保持", "result": "fulfilled", "found": ""}]
BROKEN = [{"code": "C02", "name": "水土保持", "result": "not_fulfilled", "found": "未建拦挡和排水设施"}]


def start(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[POWER])
    journey.intake()
    journey.signing()
    journey.commitment()
    return journey


@pytest.fixture
def granted(world, deliver_all) -> Journey:
    return start(world, deliver_all)


def commitment(journey: Journey) -> Commitment:
    return Commitment.objects.get(project=journey.project)


def step(journey: Journey) -> str | None:
    return verification_step(commitment(journey))


def plan(journey: Journey, *, by=None, office=None, days=0):
    return plan_verification(
        journey.project.pk,
        by=by or journey.world.approver,
        on=journey.today,
        planned_on=journey.today + timedelta(days=days),
        department=office or journey.world.bureau,
    )


def check(journey: Journey, results=BROKEN, *, by=None):
    row = plan(journey)
    return record_verification(row.pk, by=by or journey.world.approver, on=journey.today, results=results)


def order(journey: Journey, row, *, by=None, days=5, **changes):
    said = {"reason": "未建水土保持设施", "demand": "补建拦挡和排水设施"} | changes
    return order_rectification(row.pk, by=by or journey.world.approver, on=journey.today, working_days=days, **said)


def revoke(journey: Journey, *, by=None, ground="serious_bad_credit", **changes):
    said = {"reason": "逾期未整改", "heard": "企业表示资金紧张，未提出新的事实"} | changes
    return revoke_commitment(
        journey.project.pk, by=by or journey.world.approver, on=journey.today, ground=ground, **said
    )


def codes(refusal) -> list[str]:
    return [blocker.code for blocker in refusal.value.blockers]


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


@pytest.fixture
def at_agency(granted) -> Journey:
    """With its list of matters and an application on the promise."""
    granted.standard_land()
    granted.full_agency()
    return granted


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


def another_project(journey: Journey) -> Project:
    journey.register("示例第二项目", "2110", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[POWER])
    journey.intake()
    journey.signing()
    return journey.project


def assess(journey: Journey, *, ordinary=False):
    return commitments.assess_commitment(
        journey.project.pk,
        by=journey.world.handler,
        on=journey.today,
        ordinary=ordinary,
        reason="信用未修复" if ordinary else "",
        matter_codes=[] if ordinary else ["C02"],
    )


@pytest.mark.parametrize("ground", ["false_commitment", "serious_bad_credit"])
def test_the_next_project_takes_the_ordinary_route_until_the_credit_is_repaired(granted, ground):
    row = check(granted)
    if ground == "serious_bad_credit":
        made = order(granted, row, days=1)
        granted.today = made.due_on + timedelta(days=1)
        conclude_rectification(made.pk, by=granted.world.approver, on=granted.today, done=False, found="仍未建")
    revoke(granted, ground=ground)

    next_one = Journey(granted.world, granted.deliver_all, today=granted.today)
    project = another_project_with_code(next_one)
    with pytest.raises(GuardFailed) as refusal:
        assess(next_one)
    assert any("国办发〔2020〕42号" in blocker.basis for blocker in refusal.value.blockers)

    repair_credit(
        CreditRecord.objects.get().pk, by=granted.world.approver, on=next_one.today, basis="示信用修复〔2026〕1号"
    )
    assert assess_eligibility(project, on=next_one.today).outcome == "eligible"
    assert assess(next_one).state == "assessed"


def another_project_with_code(journey: Journey) -> Project:
    """The platform gives every project a code of its own."""
    from approvals.services import signing

    record = signing.record_filing

    def with_its_own_code(*args, **kwargs):
        return record(*args, **kwargs | {"project_code": "2609-140724-89-01-654321"})

    signing.record_filing = with_its_own_code
    try:
        return another_project(journey)
    finally:
        signing.record_filing = record


def test_a_record_that_comes_after_the_assessment_still_stops_the_grant(world, deliver_all):
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[POWER])
    journey.intake()
    journey.signing()
    w, pk = world, journey.project.pk
    assess(journey)
    commitments.give_notice(pk, by=w.approver, on=journey.today)
    commitments.sign_commitment(pk, by=w.owner, on=journey.today, letter={"statements": []})
    commitments.publicise_commitment(pk, by=w.approver, on=journey.today, place="网站")
    journey.wait(8)
    record_credit(
        pk,
        by=w.approver,
        on=journey.today,
        kind="false_commitment",
        source="示承撤〔2026〕3号",
        from_on=journey.today,
    )
    with pytest.raises(GuardFailed) as refusal:
        commitments.decide_commitment(pk, by=w.approver, on=journey.today, granted=True, reason="符合")
    assert codes(refusal) == ["not-eligible"]
    commitments.decide_commitment(pk, by=w.approver, on=journey.today, granted=False, reason="信用未修复")


def test_a_project_that_turns_two_high_meanwhile_is_not_granted(world, deliver_all):
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[POWER])
    journey.intake()
    journey.signing()
    assess(journey)
    journey.project.facts.two_high = True
    journey.project.facts.save()
    with pytest.raises(GuardFailed) as refusal:
        commitments.give_notice(journey.project.pk, by=world.approver, on=journey.today)
    assert codes(refusal) == ["not-eligible"]


def ban(journey: Journey, kind="false_materials", **changes) -> CreditRecord:
    said = {"matter_code": "R04", "concerns_safety": True, "source": "示罚〔2026〕9号"} | changes
    return record_credit(
        journey.project.pk, by=journey.world.approver, on=journey.today, kind=kind, from_on=journey.today, **said
    )


def test_a_ban_stops_the_matter_to_its_last_day_and_no_other_matter(at_agency):
    record = ban(at_agency)
    assert record.until_on == at_agency.today.replace(year=2027)
    application, other = at_agency.application("R04"), at_agency.application("R06")

    def barred(found: Application, on) -> bool:
        return any(b.code == "barred-by-law" for b in submission_blockers(found, on=on))

    assert barred(application, at_agency.today)
    assert barred(application, record.until_on)
    assert not barred(application, record.until_on + timedelta(days=1))
    assert not barred(other, at_agency.today)


def test_a_ban_of_the_law_is_not_repaired_early(granted):
    record = ban(granted, kind="obtained_by_fraud")
    with pytest.raises(GuardFailed) as refusal:
        repair_credit(record.pk, by=granted.world.approver, on=granted.today, basis="示信用修复〔2026〕1号")
    assert codes(refusal) == ["period-of-law"]


def test_a_record_names_its_kind_its_matter_and_its_source(granted):
    for changes, code in (
        ({"kind": "late"}, "kind-unknown"),
        ({"matter_code": ""}, "matter-missing"),
        ({"source": " "}, "source-missing"),
    ):
        with pytest.raises(GuardFailed) as refusal:
            ban(granted, **changes)
        assert codes(refusal) == [code]
    with pytest.raises(NotYours):
        record_credit(
            granted.project.pk,
            by=granted.world.handler,
            on=granted.today,
            kind="false_commitment",
            source="示罚1号",
            from_on=granted.today,
        )


def test_the_enterprise_itself_asks_to_change_its_promise_and_the_bureau_answers(granted):
    w, pk, on = granted.world, granted.project.pk, granted.today
    for user in (w.handler, w.clerk, w.stranger, w.approver):
        with pytest.raises(NotYours):
            ask_change(pk, by=user, on=on, content="完工期延至2027年", reason="设备到货推迟")
    change = ask_change(pk, by=w.owner, on=on, content="完工期延至2027年", reason="设备到货推迟")
    assert step(granted) == "answer_change"
    with pytest.raises(WrongState):
        ask_change(pk, by=w.owner, on=on, content="再改", reason="再改")
    with pytest.raises(NotYours):
        answer_change(change.pk, by=w.handler, on=on, agreed=True, reply="同意")
    answer_change(change.pk, by=w.approver, on=on, agreed=True, reply="同意延至2027年6月底")
    assert step(granted) == "plan_verification"
    with pytest.raises(WrongState):
        answer_change(change.pk, by=w.second_approver, on=on, agreed=False, reply="不同意")


def test_after_a_breach_was_found_it_is_too_late_to_ask_until_it_is_put_right(granted):
    wish = {"by": granted.world.owner, "on": granted.today, "content": "改期", "reason": "来不及"}
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
