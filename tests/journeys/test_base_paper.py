"""Household base paper: an EIA report and a provincial energy review stand between it and its commencement."""

from __future__ import annotations

import pytest

from approvals.errors import GuardFailed
from approvals.models import Determination, Project
from tests.journeys.driver import FURNITURE_FACTS, Journey

LINE = {"title": "生活用纸原纸抄造线", "gb4754": "2221", "product": "machine_paper", "processes": ["papermaking"]}
HEAT = {"carrier": "heat", "quantity": 351700, "unit": "GJ"}  # 12,000 tce


@pytest.fixture
def journey(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例生活用纸原纸项目", "2221", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[HEAT])
    journey.to_commencement()
    return journey


def test_needs_a_report_and_a_provincial_review(journey):
    outcomes = dict(Determination.objects.values_list("kind", "outcome"))
    assert outcomes == {"eia": "report_book", "energy": "provincial"}
    assert journey.application("R11").department == journey.world.provincial_energy


def test_is_stopped_at_commencement_with_both_reasons_and_then_commences(journey):
    journey.obtain_all("R09", "R11")
    journey.evidence()

    with pytest.raises(GuardFailed) as refusal:
        journey.commence()
    assert {blocker.code for blocker in refusal.value.blockers} == {"condition-R09", "condition-R11"}
    assert all(blocker.basis for blocker in refusal.value.blockers)
    journey.project = Project.objects.get(pk=journey.project.pk)
    assert journey.project.stage == Project.Stage.COMMENCEMENT

    journey.obtain("R09")
    journey.obtain("R11", approver=journey.world.energy_approver)
    journey.commence()
    assert journey.project.stage == Project.Stage.COMMENCED
