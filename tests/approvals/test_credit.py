"""The credit record, and its consequence on the next project and the next application."""

from __future__ import annotations

from datetime import timedelta

import pytest

from approvals.errors import GuardFailed, NotYours
from approvals.guards import submission_blockers
from approvals.models import Application, CreditRecord, Project
from approvals.selectors.determinations import assess_eligibility
from approvals.services import commitments
from approvals.services.credit import record_credit, repair_credit
from approvals.services.verifications import (
    conclude_rectification,
)
from tests.journeys.driver import FURNITURE_FACTS, Journey
from tests.promises import LINE, POWER, check, codes, order, revoke


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

    next_one = Journey(granted.world, granted.deliver_all, today=granted.today, project_code="2609-140724-89-01-654321")
    project = another_project(next_one)
    with pytest.raises(GuardFailed) as refusal:
        assess(next_one)
    assert any("国办发〔2020〕42号" in blocker.basis for blocker in refusal.value.blockers)

    repair_credit(
        CreditRecord.objects.get().pk, by=granted.world.approver, on=next_one.today, basis="示信用修复〔2026〕1号"
    )
    assert assess_eligibility(project, on=next_one.today).outcome == "eligible"
    assert assess(next_one).state == "assessed"


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
    assert codes(refusal) == ["not-eligible", "credit-not-repaired"]
    assert "示承撤〔2026〕3号" in refusal.value.blockers[1].message
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


# ── where the track is chosen and decided ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def signed(world, deliver_all) -> Journey:
    """A project that stands before the choice of its track."""
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[POWER])
    journey.intake()
    journey.signing()
    return journey


def test_a_banned_matter_cannot_be_promised_and_says_so_as_at_its_submission(signed):
    ban(signed, matter_code="C02")
    with pytest.raises(GuardFailed) as refusal:
        assess(signed)
    (blocker,) = refusal.value.blockers
    assert (blocker.code, blocker.basis) == ("barred-by-law", "《中华人民共和国行政许可法》第七十八条")
    assert "不得再次申请“" in blocker.message
    assert assess(signed, ordinary=True).state == "ordinary"


def test_a_ban_of_another_matter_is_in_nobodys_way(signed):
    ban(signed, matter_code="R04")
    assert assess(signed).state == "assessed"


def test_a_record_between_the_steps_stops_the_next_one_and_leaves_the_ordinary_route(signed):
    w, pk = signed.world, signed.project.pk
    assess(signed)
    commitments.give_notice(pk, by=w.approver, on=signed.today)
    ban(signed, matter_code="C02")
    with pytest.raises(GuardFailed) as refusal:
        commitments.sign_commitment(pk, by=w.owner, on=signed.today, letter={"statements": []})
    assert codes(refusal) == ["barred-by-law"]
    with pytest.raises(NotYours):
        commitments.turn_to_ordinary_route(pk, by=w.approver, on=signed.today, reason="受限")
    with pytest.raises(GuardFailed):
        commitments.turn_to_ordinary_route(pk, by=w.handler, on=signed.today, reason=" ")
    made = commitments.turn_to_ordinary_route(pk, by=w.handler, on=signed.today, reason="申请人一年内不得再次申请")
    assert (made.state, made.decision_reason) == ("ordinary", "申请人一年内不得再次申请")
