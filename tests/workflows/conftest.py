from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.driver import FURNITURE_FACTS, Journey
from tests.world import World, build_world

TODAY = date(2026, 9, 1)
LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}


@pytest.fixture
def journey(world, deliver_all) -> Journey:
    """A registered furniture project, waiting for its intake."""
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE])
    return journey


@pytest.fixture
def committed_world(transactional_db) -> World:
    """A county whose rows other connections can see."""
    return build_world()
