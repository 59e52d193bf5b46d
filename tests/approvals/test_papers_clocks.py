"""The notices that stop or extend a clock say what was known on their day, with the days behind the date."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.accounts.models import Role
from approvals.papers import clocks as papers
from approvals.services import clocks
from documents.facts import clocks as shapes
from documents.facts import shape
from documents.models import Document
from tests.approvals.conftest import last_event, text_of
from tests.world import person


@pytest.fixture
def started(accept, world, project):
    """Accepted, for a project whose enterprise stands for it."""
    return accept()


def stop(application, by):
    return clocks.open_pause(
        application.pk, by=by, on=date(2026, 9, 3), ground="expert_review", reason="评审方案", told_days=10
    )


def test_the_notice_tells_ground_reason_and_time_and_stops_at_its_day(started, world):
    pause = stop(started, world.approver)
    event = last_event("application.clock_paused")
    clocks.close_pause(pause.pk, by=world.approver, on=date(2026, 9, 9), outcome="评审意见")  # not known to the paper
    paper = papers.special_procedure_notice(event)
    shape.check(paper, shapes.SpecialProcedureNotice)
    assert (paper["ground"], paper["reason"], paper["told_days"]) == ("专家评审", "评审方案", "10个工作日")
    assert paper["ledger"]["due_on"] == ""
    assert paper["ledger"]["rows"] == [
        {"days": "2026年9月1日", "status": "首日，不计", "numbers": "", "note": ""},
        {"days": "2026年9月2日—2026年9月3日", "status": "计入", "numbers": "第1—2日", "note": ""},
    ]
    assert [row["article"] for row in paper["basis"]] == ["第四十五条"]


def test_the_extension_notice_shows_both_dates_and_the_days_between(started, world):
    head = person("head", "局长冯", Role.APPROVER, world.bureau)
    head.appointments.update(is_head=True)
    pause = stop(started, world.approver)
    clocks.close_pause(pause.pk, by=world.approver, on=date(2026, 9, 9), outcome="评审意见")
    clocks.extend_limit(started.pk, by=head, on=date(2026, 9, 20), reason="需核实管线")
    paper = papers.extension_notice(last_event("application.limit_extended"))
    shape.check(paper, shapes.ExtensionNotice)
    assert (paper["due_on_before"], paper["due_on"]) == ("2026-10-10", "2026-10-23")
    assert paper["ledger"]["paused"] == "4个工作日"
    assert "中止计时，不计" in {row["status"] for row in paper["ledger"]["rows"]}
    assert paper["approver"] == "行政机关负责人"


def test_an_uncertain_statutory_limit_is_not_printed(accept, world):
    uncertain = accept("C07")
    assert not papers.matters.is_certain(uncertain.matter)
    stop(uncertain, world.approver)
    assert papers.special_procedure_notice(last_event("application.clock_paused"))["ledger"]["rows"] == []


def test_both_notices_are_printed_and_numbered(started, world, print_papers):
    stop(started, world.approver)
    print_papers("application.clock_paused")
    document = Document.objects.get(kind="special_procedure_notice")
    assert document.number == "示审特〔2026〕1号"
    assert "专家评审" in text_of(document)
