"""A furniture project that only cuts and assembles: spared EIA and energy review, from intake to commenced."""

from __future__ import annotations

from approvals.models import Determination, Project
from tests.journeys.driver import FURNITURE_FACTS, Journey

LINE = {
    "title": "板式家具开料组装线",
    "gb4754": "2110",
    "processes": ["cutting", "assembly", "packaging"],
}
POWER = {"carrier": "electricity", "quantity": 200, "unit": "万kWh"}


def test_goes_from_intake_to_commenced(world, deliver_all):
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[POWER])
    journey.to_commencement()

    outcomes = dict(Determination.objects.values_list("kind", "outcome"))
    assert outcomes == {"eia": "not_subject", "energy": "exempt"}
    assert not journey.project.applications.filter(matter__code__in=["R09", "C05", "R11", "C01"]).exists()

    journey.obtain_all()
    journey.evidence()
    journey.commence()

    assert journey.project.stage == Project.Stage.COMMENCED
