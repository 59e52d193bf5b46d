"""A granted commitment, and what is done about it afterwards. Say what is different."""

from __future__ import annotations

from datetime import timedelta

from approvals.models import Commitment
from approvals.selectors.verifications import verification_step
from approvals.services.verifications import (
    order_rectification,
    plan_verification,
    record_verification,
    revoke_commitment,
)
from tests.journeys.driver import FURNITURE_FACTS, Journey

POWER = {"carrier": "electricity", "quantity": 200, "unit": "万kWh"}
LATER = [{"code": "C02", "terms": "2027年6月30日前建成拦挡和排水设施"}]
KEPT = [{"code": "C02", "name": "水土保持", "result": "fulfilled", "found": ""}]
BROKEN = [{"code": "C02", "name": "水土保持", "result": "not_fulfilled", "found": "未建拦挡和排水设施"}]


LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}


def start(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[POWER])
    journey.intake()
    journey.signing()
    journey.commitment()
    return journey


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
