"""The papers that follow a decision, printed from real records; and those that a later act takes back."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.models import Application, Delivery, Matter
from approvals.papers import aftermath
from approvals.papers.common import PaperOutstanding
from approvals.services import applications, decisions, delivery, returning
from documents.facts import aftermath as shapes
from documents.facts import shape
from documents.models import Document
from tests.approvals.conftest import last_event, text_of
from tests.cases import Case, home_case, make_application
from tests.handling import make_head, place_in
from tests.world import department

ON = date(2026, 9, 1)


@pytest.fixture
def case(world) -> Case:
    Matter.objects.update(prerequisites=[])
    department(world.county, "housing", "示例县住房和城乡建设局", "示建")
    make_head(world)
    return home_case(world)


@pytest.fixture
def permit(world, case) -> Application:
    application = make_application(case.project, world.enterprise, world.bureau, code="R07")
    place_in(world, application, "examined", on=ON)
    return decisions.grant_application(application.pk, by=world.second_approver, on=ON)


def deliver(world, application) -> None:
    delivery.record_delivery(
        application.pk, by=world.approver, on=ON, method="direct", recipient="陈签收", delivered_on=ON
    )


def test_the_receipt_names_paper_person_and_day(world, permit, print_papers):
    deliver(world, permit)
    with pytest.raises(PaperOutstanding):
        aftermath.delivery_receipt(last_event("application.delivered"))
    print_papers("application.granted", "application.delivered")
    text = text_of(Document.objects.get(kind="delivery_receipt"))
    number = Document.objects.get(kind="grant_decision").number
    for part in (number, "陈签收", "直接送达", "2026年9月15日", "《行政许可法》第四十四条"):
        assert part in text


def test_the_hand_over_sheet_tells_until_when_the_permit_is_good(world, permit, print_papers):
    print_papers("application.granted")
    paper = aftermath.handover_sheet(last_event("application.handed_over"))
    shape.check(paper, shapes.HandoverSheet)
    assert (paper["lapses_on"], paper["approver"]) == ("2026-12-01", "审批赵、审批钱")
    assert paper["lapse_note"].endswith("；自领取之日起算，所列日期按决定日推算")
    print_papers("application.handed_over")
    assert "须在此前开工" in text_of(Document.objects.get(kind="handover_sheet"))


def test_an_annulment_prints_its_ground_and_revokes_the_decision(world, permit, print_papers):
    print_papers("application.granted", "application.handed_over")
    returning.annul_application(permit.pk, by=world.head, on=ON, ground="fraud", reason="验资证明系伪造")
    print_papers("application.annulled")
    text = text_of(Document.objects.get(kind="annulment_decision"))
    for part in ("验资证明系伪造", "第六十九条第二款", "不受保护", "行政复议", "六个月内"):
        assert part in text
    assert "《行政复议法》" not in text, "nobody has compared that article"
    granted = Document.objects.get(kind="grant_decision")
    assert (granted.revoked_on, granted.revoked_reason) == (ON, "许可已被撤销")


def test_an_annulment_before_the_decision_was_printed_names_its_number_all_the_same(world, permit, print_papers):
    returning.annul_application(permit.pk, by=world.head, on=ON, ground="fraud", reason="验资证明系伪造")
    with pytest.raises(PaperOutstanding):
        aftermath.annulment_decision(last_event("application.annulled"))
    print_papers("application.granted", "application.handed_over", "application.annulled")
    granted = Document.objects.get(kind="grant_decision")
    permit.refresh_from_db()
    assert (permit.state, permit.result_number) == ("annulled", granted.number)
    assert granted.revoked_reason == "许可已被撤销"
    assert granted.number in text_of(Document.objects.get(kind="annulment_decision"))


def test_a_decision_printed_after_its_application_was_reopened_does_not_number_the_next(world, permit, print_papers):
    returning.annul_application(permit.pk, by=world.head, on=ON, ground="fraud", reason="验资证明系伪造")
    returning.reopen_application(permit.pk, by=world.head, on=ON, reason="复议决定撤销原决定")
    print_papers("application.granted")
    permit.refresh_from_db()
    assert (permit.state, permit.result_number) == ("accepted", "")


def test_what_is_still_being_printed_is_revoked_later(world, permit):
    returning.annul_application(permit.pk, by=world.head, on=ON, ground="fraud", reason="验资证明系伪造")
    owed = Delivery.objects.get(handler__endswith="take_back", event__kind="application.annulled")
    from approvals import tasks

    with pytest.raises(PaperOutstanding):
        tasks.deliver(owed.pk)
    owed.refresh_from_db()
    assert owed.done_at is None


def test_reopening_revokes_the_refusal(world, case, print_papers):
    application = place_in(world, case.application, "advised_against", on=ON)
    decisions.refuse_application(application.pk, by=world.second_approver, on=ON)
    print_papers()
    returning.reopen_application(application.pk, by=world.head, on=ON, reason="复议决定撤销原决定")
    print_papers()
    assert Document.objects.get(kind="refusal_decision").revoked_reason == "该办件已恢复办理"


def test_a_filing_gets_its_receipt(world, case, print_papers):
    application = make_application(case.project, world.enterprise, world.bureau, code="R10")
    Application.objects.filter(pk=application.pk).update(route="filing")
    application.materials.update(on_paper=True)
    applications.submit_application(application.pk, by=world.owner, on=ON)
    print_papers("application.filed")
    assert "即为备案" in text_of(Document.objects.get(kind="filing_receipt"))
    assert not Document.objects.filter(kind="grant_decision").exists()
