"""Days and periods in words: on pages, in the history and in messages nobody reads 2026-11-24."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from approvals.models import Event, Message
from approvals.selectors.history import events_of, events_of_application, lines
from approvals.selectors.ledger import matter_ledger
from tests.journeys.driver import Journey
from workflows.inbox import history_of
from workflows.models import WorkItem

ISO = re.compile(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])")


@pytest.fixture
def journey(furniture) -> Journey:
    furniture.to_commencement()
    furniture.obtain_all()
    return furniture


def test_the_ledger_says_from_when_a_limit_counts_and_which_days(journey):
    rows = {row.code: row.limit for row in matter_ledger(journey.project, journey.world.handler, on=journey.today).rows}
    assert rows["R06"] == "受理后 20 个工作日"
    assert rows["R07"] == "收到申请后 7 日"  # the statute says 日, from receipt
    assert rows["V07"] == ""  # no number is known


def test_neither_history_nor_messages_write_a_date_as_a_computer_does(journey):
    journey.evidence()
    journey.commence()
    told = [line.text for line in lines(events_of(journey.project))]
    told += Message.objects.values_list("text", flat=True)
    assert any("年" in text for text in told)
    assert [text for text in told if ISO.search(text)] == []


def test_a_day_in_the_history_is_english_on_an_english_page(journey):
    accepted = events_of(journey.project).filter(kind="application.accepted")
    with override("en"):
        assert re.search(r"\d September 2026", lines(accepted)[0].text)


def test_the_task_of_an_application_tells_its_own_history(journey):
    item = WorkItem.objects.exclude(application=None).latest("pk")
    other = Event.objects.filter(subject_type="application").exclude(subject_id=item.application_id)
    shown = history_of(item)
    assert other.exists()
    assert list(shown) == list(events_of_application(item.application)[: len(shown)])
