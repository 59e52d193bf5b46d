"""What supervisors watch of promises: every breach with its state, every record, and the table to take along."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from approvals.selectors.promise_watch import watched_promises
from approvals.services.credit import record_credit
from approvals.services.verifications import conclude_rectification
from tests.promises import KEPT, check, order, revoke
from tests.test_access import sign_in


def states(journey, on=None):
    found = watched_promises(journey.world.supervisor, on=on or journey.today)
    return [row.state for row in found.breaches]


def test_a_kept_promise_is_not_watched(granted):
    check(granted, KEPT)
    assert states(granted) == []


def test_a_breach_goes_from_unanswered_to_its_end_with_its_day(granted):
    row = check(granted)
    assert states(granted) == ["unanswered"]
    made = order(granted, row, days=3)
    assert states(granted) == ["open"]
    assert states(granted, on=made.due_on) == ["open"]
    assert states(granted, on=made.due_on + timedelta(days=1)) == ["overdue"]
    granted.today = made.due_on + timedelta(days=1)
    conclude_rectification(made.pk, by=granted.world.approver, on=granted.today, done=False, found="仍未建")
    assert states(granted) == ["failed"]
    revoke(granted)
    assert states(granted) == ["revoked"]
    (credit,) = watched_promises(granted.world.supervisor, on=granted.today).barring
    assert credit.record.enterprise == granted.world.enterprise


def test_only_what_lies_in_ones_area_is_seen(granted, world):
    check(granted)
    assert watched_promises(world.stranger, on=granted.today).breaches == []


def test_the_page_names_everything_and_is_taken_along_as_a_table(granted, client):
    made = order(granted, check(granted), days=3)
    record_credit(
        granted.project.pk,
        by=granted.world.approver,
        on=granted.today,
        kind="serious_bad_credit",
        source="=示信〔2026〕1号",
        from_on=granted.today,
    )
    sign_in(client, granted.world.supervisor)
    url = reverse("approvals:area-promises")
    with time_machine.travel(granted.today, tick=False):
        shown = client.get(url).content.decode()
        for words in ("水土保持", "整改中", "生效中", granted.project.name):
            assert words in shown
        table = client.get(url, {"format": "csv", "table": "breaches"}).content.decode()
        assert made.due_on.isoformat() in table
        assert "'=示信〔2026〕1号" in client.get(url, {"format": "csv", "table": "credit"}).content.decode()


@pytest.mark.django_db
def test_more_records_ask_no_more_of_the_database(granted):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            watched_promises(granted.world.supervisor, on=granted.today)
        return len(captured)

    check(granted)
    few = cost()
    for number in range(3):
        record_credit(
            granted.project.pk,
            by=granted.world.approver,
            on=granted.today,
            kind="serious_bad_credit",
            source=f"示信〔2026〕{number}号",
            from_on=granted.today,
        )
    assert cost() <= few + 1
