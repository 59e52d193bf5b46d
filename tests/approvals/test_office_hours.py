"""What is handed in after the office has closed is the next day's, where the locality has set its hours."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from approvals.models import LocalParameter
from approvals.services import materials, receipt
from tests.cases import make_application
from tests.world import SINCE

THURSDAY = date(2026, 9, 3)


@pytest.fixture
def draft(world, project):
    found = make_application(project, world.enterprise, world.bureau, code="C07")
    for material in found.materials.all():
        materials.hand_in_material(material.pk, by=world.owner, on=THURSDAY, on_paper=True)
    return found


def closes(world, value="18:00"):
    return LocalParameter.objects.create(
        code="office_closes_at", organisation=world.county, value=value, source="县局公告", from_on=SINCE
    )


def submit(draft, by, at):
    return receipt.submit_application(draft.pk, by=by, on=THURSDAY, at=at)


@pytest.mark.parametrize(
    ("at", "received_on"),
    [
        (datetime(2026, 9, 3, 10, 0, tzinfo=UTC), THURSDAY),  # 18:00 in Shanxi: closing time is in time
        (datetime(2026, 9, 3, 10, 1, tzinfo=UTC), date(2026, 9, 4)),
        (datetime(2026, 9, 3, 15, 59, 59, tzinfo=UTC), date(2026, 9, 4)),  # a second before midnight in Shanxi
    ],
)
def test_the_hour_of_the_office_decides(world, draft, at, received_on):
    closes(world)
    assert submit(draft, world.owner, at).received_on == received_on


def test_without_known_hours_only_the_date_counts(world, draft):
    at = datetime(2026, 9, 3, 15, 59, 59, tzinfo=UTC)
    assert submit(draft, world.owner, at).received_on == THURSDAY


def test_what_is_taken_up_the_same_evening_was_received_that_day(world, draft):
    closes(world)
    submit(draft, world.owner, datetime(2026, 9, 3, 11, 0, tzinfo=UTC))
    accepted = receipt.accept_application(draft.pk, by=world.approver, on=THURSDAY)
    assert (accepted.received_on, accepted.accepted_on) == (THURSDAY, THURSDAY)


@pytest.mark.parametrize("value", ["25:00", "六点", "-1"])
def test_an_hour_that_does_not_exist_is_refused(world, value):
    with pytest.raises(ValidationError):
        closes(world, value).full_clean()


def test_a_limit_in_days_is_a_number(world):
    row = LocalParameter(
        code="internal_working_days", organisation=world.county, value="约10", source="x", from_on=SINCE
    )
    with pytest.raises(ValidationError):
        row.full_clean()
