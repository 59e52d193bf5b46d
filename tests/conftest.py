"""Shared fixtures: a small county, and delivery of the outbox without a worker."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from approvals import tasks
from approvals.models import Delivery
from tests.world import World, build_world


@pytest.fixture
def world(db) -> World:
    return build_world()


@pytest.fixture
def deliver_all() -> Callable[[], None]:
    """Run everything the outbox owes, as a worker would, until nothing is owed."""

    def deliver() -> None:
        for _round in range(10):
            pending = list(Delivery.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True))
            if not pending:
                return
            for delivery_id in pending:
                tasks.deliver(delivery_id)
        raise AssertionError("the outbox does not come to rest")

    return deliver
