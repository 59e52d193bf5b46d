"""The gates: a stage cannot be left while one reason stands against it, and all reasons are told at once."""

from __future__ import annotations

import pytest

from approvals.errors import GuardFailed, WrongState
from approvals.models import Event, LandGrant, Project, RegionalAssessment
from approvals.services import agency, commitments, land, projects, signing
from tests.journeys.driver import FURNITURE_FACTS, TERMS, Journey

LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}


@pytest.fixture
def journey(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE])
    return journey


def codes(refusal) -> list[str]:
    return [blocker.code for blocker in refusal.value.blockers]


def leave(journey: Journey, stage: str):
    return projects.leave_stage(journey.project.pk, by=journey.world.handler, on=journey.today, stage=stage)


def draft(journey: Journey, **changes):
    terms = {"kind": "formal", "content": "建设生产线", "terms": TERMS, "policies": ()} | changes
    return signing.draft_agreement(journey.project.pk, by=journey.world.handler, on=journey.today, **terms)


def test_signing_names_everything_that_is_missing(journey):
    journey.intake()
    with pytest.raises(GuardFailed) as refusal:
        leave(journey, "signing")
    assert codes(refusal) == ["agreement-missing", "filing-missing", "project-code-missing"]
    assert Project.objects.get().stage == "signing"


def test_the_model_itself_refuses_a_gate_with_blockers(journey):
    """Not only the service: nobody can move a stage around its gate."""
    journey.intake()
    with pytest.raises(GuardFailed):
        journey.project.begin_commitment(on=journey.today)
    assert journey.project.stage == "signing"


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ("甲方保证乙方以每亩8万元的价格取得土地", "promise-price"),
        ("甲方将乙方缴纳的税收地方留成部分全额返还", "promise-rebate"),
        ("甲方保证乙方竞得该宗土地", "promise-auction"),
    ],
)
def test_an_agreement_promises_no_price_no_rebate_and_no_auction(journey, terms, code):
    journey.intake()
    with pytest.raises(GuardFailed) as refusal:
        draft(journey, terms=terms)
    assert code in codes(refusal)
    assert all(blocker.basis for blocker in refusal.value.blockers)
    assert not hasattr(Project.objects.get(), "agreement")


def test_each_policy_needs_its_fair_competition_review(journey):
    journey.intake()
    with pytest.raises(GuardFailed) as refusal:
        draft(journey, policies=[("设备补助", ""), ("人才补贴", "示公竞审1号"), ("研发补助", "")])
    assert codes(refusal) == ["review-missing", "review-missing"]


def test_a_framework_agreement_is_not_a_signing(journey):
    journey.intake()
    with pytest.raises(GuardFailed) as refusal:
        draft(journey, kind="framework")
    assert codes(refusal) == ["agreement-framework"]


def test_a_signed_agreement_is_not_rewritten(journey):
    journey.intake()
    draft(journey)
    signing.sign_agreement(journey.project.pk, by=journey.world.owner, on=journey.today)
    with pytest.raises(WrongState):
        draft(journey, terms="另一份")


@pytest.mark.parametrize("code", ["", "2609-140724-89-01", "26091407248901123456", "2613-140724-89-01-123456"])
def test_a_malformed_project_code_is_refused(journey, code):
    journey.intake()
    with pytest.raises(GuardFailed) as refusal:
        signing.record_filing(
            journey.project.pk,
            by=journey.world.handler,
            on=journey.today,
            kind="R01",
            project_code=code,
            number="备1",
            authority="示例县行政审批服务管理局",
            filed_on=journey.today,
        )
    assert codes(refusal) == ["project-code"]


def test_a_commitment_is_not_instantaneous(journey):
    """A pledge is no decision, and publicity has to run its working days over the weekend."""
    w, pk = journey.world, journey.project.pk
    journey.intake()
    journey.signing()
    commitments.assess_commitment(pk, by=w.handler, on=journey.today, ordinary=False, matter_codes=["C02"])
    commitments.give_notice(pk, by=w.approver, on=journey.today)
    commitments.sign_commitment(pk, by=w.owner, on=journey.today, letter={"statements": []})
    with pytest.raises(GuardFailed) as refusal:
        leave(journey, "commitment")
    assert codes(refusal) == ["commitment-open"]

    commitment = commitments.publicise_commitment(pk, by=w.approver, on=journey.today, place="县政府网站")
    assert (journey.today.isoformat(), commitment.publicity_until_on.isoformat()) == ("2026-09-01", "2026-09-08")
    for days, granted in ((0, False), (7, False), (8, True)):
        day = journey.today.fromordinal(journey.today.toordinal() + days)
        if granted:
            commitments.decide_commitment(pk, by=w.approver, on=day, granted=True, reason="符合条件")
        else:
            with pytest.raises(GuardFailed) as refusal:
                commitments.decide_commitment(pk, by=w.approver, on=day, granted=True, reason="符合条件")
            assert codes(refusal) == ["publicity-running"]


def test_publicity_needs_the_number_of_days_that_the_locality_has_set(journey):
    from approvals.models import LocalParameter

    w, pk = journey.world, journey.project.pk
    journey.intake()
    journey.signing()
    commitments.assess_commitment(pk, by=w.handler, on=journey.today, ordinary=False, matter_codes=["C02"])
    commitments.give_notice(pk, by=w.approver, on=journey.today)
    commitments.sign_commitment(pk, by=w.owner, on=journey.today, letter={"statements": []})
    LocalParameter.objects.all().delete()
    with pytest.raises(GuardFailed) as refusal:
        commitments.publicise_commitment(pk, by=w.approver, on=journey.today, place="网站")
    assert codes(refusal) == ["parameter-missing"]


def test_an_open_objection_keeps_the_decision_waiting_and_an_upheld_one_forbids_it(journey):
    w, pk = journey.world, journey.project.pk
    journey.intake()
    journey.signing()
    commitments.assess_commitment(pk, by=w.handler, on=journey.today, ordinary=False, matter_codes=["C02"])
    commitments.give_notice(pk, by=w.approver, on=journey.today)
    commitments.sign_commitment(pk, by=w.owner, on=journey.today, letter={"statements": []})
    commitments.publicise_commitment(pk, by=w.approver, on=journey.today, place="网站")
    objection = commitments.raise_objection(
        pk, by=w.approver, on=journey.today, raised_by="邻近居民", content="担心噪声扰民"
    )
    journey.wait(8)
    with pytest.raises(GuardFailed) as refusal:
        commitments.decide_commitment(pk, by=w.approver, on=journey.today, granted=True, reason="符合")
    assert codes(refusal) == ["objection-open"]

    commitments.resolve_objection(objection.pk, by=w.approver, on=journey.today, upheld=True, reason="属实")
    with pytest.raises(GuardFailed) as refusal:
        commitments.decide_commitment(pk, by=w.approver, on=journey.today, granted=True, reason="符合")
    assert codes(refusal) == ["objection-upheld"]
    with pytest.raises(GuardFailed) as refusal:
        commitments.decide_commitment(pk, by=w.approver, on=journey.today, granted=False, reason=" ")
    assert codes(refusal) == ["reason-missing"]
    refused = commitments.decide_commitment(pk, by=w.approver, on=journey.today, granted=False, reason="异议成立")
    assert refused.state == "refused"
    assert leave(journey, "commitment").stage == "standard_land"


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("two_high", True),
        ("concerns_national_security", True),
        ("concerns_ecological_security", True),
        ("concerns_strategic_resources", True),
        ("concerns_major_public_interest", True),
    ],
)
def test_an_excluded_project_takes_the_ordinary_route_only(journey, fact, value):
    journey.intake()
    journey.signing()
    setattr(journey.project.facts, fact, value)
    journey.project.facts.save()
    w, pk = journey.world, journey.project.pk
    with pytest.raises(GuardFailed) as refusal:
        commitments.assess_commitment(pk, by=w.handler, on=journey.today, ordinary=False, matter_codes=["C02"])
    assert refusal.value.blockers
    assert all(blocker.message for blocker in refusal.value.blockers)
    commitment = commitments.assess_commitment(pk, by=w.handler, on=journey.today, ordinary=True, reason="不适用")
    assert commitment.state == "ordinary"
    assert leave(journey, "commitment").stage == "standard_land"


def test_bad_credit_keeps_an_enterprise_off_the_commitment_track(journey):
    journey.intake()
    journey.signing()
    journey.world.enterprise.bad_credit = True
    journey.world.enterprise.save()
    with pytest.raises(GuardFailed) as refusal:
        commitments.assess_commitment(
            journey.project.pk, by=journey.world.handler, on=journey.today, ordinary=False, matter_codes=["C02"]
        )
    assert any("国办发〔2020〕42号" in blocker.basis for blocker in refusal.value.blockers)


@pytest.fixture
def at_land(journey) -> Journey:
    journey.intake()
    journey.signing()
    journey.commitment()
    return journey


def test_a_plot_whose_indicators_are_missed_is_not_chosen(at_land):
    at_land.project.facts.fixed_investment_wan = 5000  # 30 mu at 200 wan: 6,000 are needed
    at_land.project.facts.save()
    with pytest.raises(GuardFailed) as refusal:
        land.choose_plot(at_land.project.pk, by=at_land.world.handler, on=at_land.today, plot=at_land.world.plot)
    assert any("固定资产投资强度" in blocker.message for blocker in refusal.value.blockers)
    assert not LandGrant.objects.exists()


def test_an_unknown_figure_is_asked_for_and_never_passes(at_land):
    at_land.project.facts.annual_tax_wan = None
    at_land.project.facts.save()
    with pytest.raises(GuardFailed) as refusal:
        land.choose_plot(at_land.project.pk, by=at_land.world.handler, on=at_land.today, plot=at_land.world.plot)
    assert "figure-missing" in codes(refusal)


def test_standard_land_names_everything_that_is_missing(at_land):
    w, pk = at_land.world, at_land.project.pk
    land.choose_plot(pk, by=w.handler, on=at_land.today, plot=w.plot)
    RegionalAssessment.objects.update(valid_until_on=at_land.today.replace(year=2025, month=12))
    w.plot.planning_conditions_number = ""
    w.plot.save()
    with pytest.raises(GuardFailed) as refusal:
        leave(at_land, "standard_land")
    assert set(codes(refusal)) == {
        "planning-conditions-missing",
        "assessment-missing",
        "auction-missing",
        "land-contract-missing",
        "investment-contract-missing",
        "not-paid",
    }


def test_another_winner_needs_a_succession_document(at_land):
    from approvals.accounts.models import Enterprise

    w, pk = at_land.world, at_land.project.pk
    other = Enterprise.objects.exclude(pk=w.enterprise.pk).get()
    land.choose_plot(pk, by=w.handler, on=at_land.today, plot=w.plot)
    result = {"by": w.handler, "on": at_land.today, "confirmation_number": "成交-9", "auctioned_on": at_land.today}
    land.record_auction(pk, winner=other, **result)
    with pytest.raises(GuardFailed) as refusal:
        leave(at_land, "standard_land")
    assert "winner-differs" in codes(refusal)
    land.record_auction(pk, winner=other, succession_number="承继-1", **result)
    with pytest.raises(GuardFailed) as refusal:
        leave(at_land, "standard_land")
    assert "winner-differs" not in codes(refusal)


def test_full_agency_waits_for_mandate_determinations_and_list(at_land):
    at_land.standard_land()
    with pytest.raises(GuardFailed) as refusal:
        leave(at_land, "full_agency")
    assert codes(refusal) == ["mandate-missing", "determination-eia", "determination-energy", "matter-list-missing"]


def test_the_list_waits_for_the_determinations(at_land):
    at_land.standard_land()
    with pytest.raises(GuardFailed) as refusal:
        agency.confirm_matter_list(at_land.project.pk, by=at_land.world.handler, on=at_land.today)
    assert codes(refusal) == ["determination-eia", "determination-energy"]


def test_commencement_reads_both_lists_and_the_ground(at_land):
    at_land.standard_land()
    at_land.full_agency()
    with pytest.raises(GuardFailed) as refusal:
        at_land.project.commence(on=at_land.today, commenced_on=at_land.today)
    found = set(codes(refusal))
    # 建筑法第八条 on one side, the lawful start on the other, and the broken ground with its photograph.
    assert {"condition-R06", "condition-contractor_chosen", "condition-funds_arranged"} <= found
    assert {"condition-R07", "condition-C02", "evidence-missing"} <= found
    assert not {"condition-R09", "condition-R11"} & found, "spared by the determinations"


def test_a_refusal_writes_no_event(journey):
    journey.intake()
    before = Event.objects.count()
    with pytest.raises(GuardFailed):
        leave(journey, "signing")
    assert Event.objects.count() == before
