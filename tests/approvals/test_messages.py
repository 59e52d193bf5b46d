"""Who is told, what, and once."""

from __future__ import annotations

import pytest

from approvals.accounts.models import Membership
from approvals.handlers.messages import LONGEST, _fitting
from approvals.models import Delivery, Message
from approvals.services import agency, applications, commitments, determinations, facts, signing
from tests.approvals.conftest import last_event
from tests.handling import refuse
from tests.journeys.driver import TERMS


def told(user, kind: str) -> list[str]:
    return list(Message.objects.filter(recipient=user, event__kind=kind).values_list("text", flat=True))


@pytest.fixture
def signing_stage(furniture):
    furniture.intake()
    return furniture


def draft(journey) -> None:
    signing.draft_agreement(
        journey.project.pk, by=journey.world.handler, on=journey.today, kind="formal", content="线", terms=TERMS
    )


def test_everybody_of_the_enterprise_is_told_when_it_is_their_turn(signing_stage, deliver_all):
    draft(signing_stage)
    deliver_all()
    w = signing_stage.world
    for user in (w.owner, w.clerk):
        assert told(user, "agreement.drafted") == ["“示例板式家具项目”的投资协议已拟定，请核对内容并签署。"]
    for user in (w.stranger, w.handler, w.lead, w.approver, w.supervisor):
        assert not told(user, "agreement.drafted")


def test_who_has_left_the_enterprise_or_the_house_is_told_nothing(signing_stage, deliver_all):
    w = signing_stage.world
    Membership.objects.filter(user=w.clerk).update(until_on=signing_stage.today.replace(month=8))
    w.owner.is_active = False
    w.owner.save()
    draft(signing_stage)
    deliver_all()
    assert not Message.objects.filter(event__kind="agreement.drafted").exists()


def test_delivering_again_sends_no_second_message(signing_stage, deliver_all):
    draft(signing_stage)
    deliver_all()
    before = Message.objects.count()
    Delivery.objects.filter(handler__startswith="approvals.handlers.messages").update(done_at=None)
    deliver_all()
    assert Message.objects.count() == before


def test_the_handler_is_told_that_the_enterprise_has_signed(signing_stage, deliver_all):
    draft(signing_stage)
    signing.sign_agreement(signing_stage.project.pk, by=signing_stage.world.owner, on=signing_stage.today)
    deliver_all()
    assert len(told(signing_stage.world.handler, "agreement.signed_by_enterprise")) == 1
    assert not told(signing_stage.world.owner, "agreement.signed_by_enterprise"), "who did it knows"


def test_the_commitment_tells_each_turn_and_its_end(signing_stage, deliver_all):
    signing_stage.signing()
    w, pk, on = signing_stage.world, signing_stage.project.pk, signing_stage.today
    commitments.assess_commitment(pk, by=w.handler, on=on, ordinary=False, matter_codes=["C02"])
    commitments.give_notice(pk, by=w.approver, on=on)
    commitments.sign_commitment(pk, by=w.owner, on=on, letter={})
    commitments.publicise_commitment(pk, by=w.approver, on=on, place="县政府网站")
    signing_stage.wait(8)
    commitments.decide_commitment(pk, by=w.approver, on=signing_stage.today, granted=False, reason="不符合条件")
    deliver_all()

    assert "签署承诺书" in told(w.clerk, "commitment.noticed")[0]
    assert len(told(w.handler, "commitment.pledged")) == 1
    assert "2026年9月1日至2026年9月8日公示" in told(w.owner, "commitment.publicised")[0]
    for user in (w.owner, w.handler):
        assert "理由：不符合条件" in told(user, "commitment.decided")[0]


def test_an_application_tells_both_sides_what_to_do(furniture, deliver_all):
    furniture.to_commencement()
    w, on = furniture.world, furniture.today
    application = furniture.application("R06")
    for material in application.materials.all():
        applications.hand_in_material(material.pk, by=w.handler, on=on, on_paper=True)
    applications.submit_application(application.pk, by=w.handler, on=on)
    name = application.materials.first().name
    items = [{"material": name, "problem": "缺少签章"}]
    applications.request_supplement(application.pk, by=w.approver, on=on, items=items)
    applications.hand_in_material(application.materials.first().pk, by=w.owner, on=on, on_paper=True)
    applications.submit_application(application.pk, by=w.owner, on=on)
    applications.accept_application(application.pk, by=w.approver, on=on)
    refuse(furniture, application)
    deliver_all()

    asked = f"“示例板式家具项目”的“建设工程规划许可证”需要补正：{name}（缺少签章）；请按补正告知书一次补齐后重新提交。"
    assert told(w.owner, "application.supplement_requested") == [asked]
    assert told(w.handler, "application.supplement_requested") == [asked]
    assert "2026年10月13日前作出决定" in told(w.owner, "application.accepted")[0]
    assert not told(w.handler, "application.accepted")
    for user in (w.owner, w.handler):
        assert "理由：不符合规划条件" in told(user, "application.refused")[0]
    assert "需要办理" in told(w.owner, "matter_list.confirmed")[0]
    assert "签署" in told(w.owner, "mandate.offered")[0]


def test_changed_facts_and_what_they_supersede_reach_the_handler(furniture, deliver_all):
    furniture.intake()
    furniture.signing()
    w, pk, on = furniture.world, furniture.project.pk, furniture.today
    seen = {"eia": "not_subject", "energy": "exempt"}
    determinations.confirm_determinations(pk, by=w.handler, on=on, seen=seen)
    agency.confirm_matter_list(pk, by=w.handler, on=on)
    version = furniture.project.facts.version
    lines = [{"carrier": "electricity", "quantity": 30000, "unit": "万kWh"}]
    facts.revise_facts(pk, by=w.owner, on=on, version=version, values={}, energy_lines=lines)
    deliver_all()

    assert "年用能清单" in told(w.handler, "project.facts_changed")[0]
    assert not told(w.owner, "project.facts_changed")
    assert "节能审查判定已失效（项目事实变更" in told(w.handler, "determination.superseded")[0]
    assert "重新确认" in told(w.clerk, "determination.superseded")[0]


def test_commencement_is_announced_with_its_day(furniture, deliver_all):
    furniture.to_commencement()
    furniture.obtain_all()
    furniture.evidence()
    furniture.commence()
    assert "已确认于2026年9月9日依法开工" in told(furniture.world.clerk, "project.commenced")[0]
    assert last_event("application.granted").project == furniture.project
    assert any("已办结" in text for text in told(furniture.world.owner, "application.granted")), "a registration"


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, 5000])
def test_a_message_fits_its_field(length):
    assert len(_fitting("项" * length)) == LONGEST
