"""不受理 and 不予受理: in writing, with the ground, the reason, and where to go instead."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.accounts.models import User
from approvals.errors import GuardFailed
from approvals.models import Application
from approvals.services import receipt
from tests.receiving import LATE, RECEIVED, codes, handed_in, reload


@pytest.fixture
def submitted(world) -> Application:
    return handed_in(world)


def decline(application: Application, by: User, on: date = RECEIVED, **changes: str) -> Application:
    stated = {"ground": "not_competent", "reason": "由省级机关审批", "referred_to": "示例省能源局"} | changes
    return receipt.decline_application(application.pk, by=by, on=on, **stated)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"reason": "  "}, ["reason-missing"]),
        ({"referred_to": ""}, ["authority-missing"]),
        ({"ground": "because"}, ["ground-missing"]),
        ({"ground": "", "reason": "", "referred_to": ""}, ["ground-missing", "reason-missing"]),
        ({"reason": "", "referred_to": " "}, ["reason-missing", "authority-missing"]),
    ],
)
def test_declining_names_its_ground_its_reason_and_the_competent_authority(world, submitted, changes, missing):
    with pytest.raises(GuardFailed) as refusal:
        decline(submitted, world.approver, **changes)
    assert codes(refusal) == missing
    assert reload(submitted).state == "submitted"


def test_what_needs_no_permit_is_not_taken_and_needs_no_other_authority(world, submitted):
    declined = decline(submitted, world.approver, ground="not_required", reason="低于编报限额", referred_to="")
    assert (declined.state, declined.decline_ground, declined.reason) == ("declined", "not_required", "低于编报限额")


def test_what_the_law_has_accepted_is_not_declined_any_more(world, submitted):
    with pytest.raises(GuardFailed) as refusal:
        decline(submitted, world.approver, on=LATE)
    assert codes(refusal) == ["notice-late"]
