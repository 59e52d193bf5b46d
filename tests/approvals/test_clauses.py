"""A pattern takes a lawful term for a forbidden promise: two people settle it, word for word, and signing goes on."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Determination, Event, MatterList, Message, Override, Project
from approvals.rules.agreement import forbidden_promises, sentences
from approvals.services.overrides import approve_override, propose_override, reject_override, withdraw_override
from approvals.services.signing import draft_agreement, sign_agreement
from tests.cases import TODAY
from tests.journeys.driver import FURNITURE_FACTS, Journey
from workflows.inbox import tasks_open_to

# A refund that the law itself provides for, in words that the patterns do not know.
CLAUSE = "甲方协助乙方办理税款退还手续。"
REST = "乙方应通过招拍挂方式取得土地。"


@pytest.fixture
def signing(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例条款项目", "2110", facts=FURNITURE_FACTS)
    journey.intake()
    return journey


def draft(journey: Journey, terms: str):
    return draft_agreement(
        journey.project.pk, by=journey.world.handler, on=TODAY, kind="formal", content="建设生产线", terms=terms
    )


def propose(journey: Journey, clause: str = CLAUSE, *, by=None, department=None, **changes) -> Override:
    said = {
        "reason": "退还多缴税款是法定义务",
        "basis": "《税收征收管理法》第五十一条",
        "outcome": "permitted",
    } | changes
    return propose_override(
        journey.project.pk,
        by=by or journey.world.handler,
        on=TODAY,
        kind="terms",
        clause=clause,
        department=department,
        **said,
    )


def codes(refusal) -> set[str]:
    return {blocker.code for blocker in refusal.value.blockers}


def test_until_the_second_person_agrees_the_clause_still_keeps_the_agreement_from_being_drafted(signing):
    propose(signing)
    with pytest.raises(GuardFailed) as refusal:
        draft(signing, CLAUSE + REST)
    (blocker,) = refusal.value.blockers
    assert blocker.code == "promise-rebate"
    assert CLAUSE.removesuffix("。") in blocker.message, "the whole sentence, to be mended or settled"


def test_settled_by_two_people_it_is_drafted_and_signed_and_both_are_on_record(signing, world, deliver_all):
    override = propose(signing)
    deliver_all()
    assert [item.step for item in tasks_open_to(world.lead, on=TODAY)] == ["settle_override"]
    assert approve_override(override.pk, by=world.lead, on=TODAY, remark="属法定退税") is None
    signing.do("draft_agreement", world.handler, lambda: draft(signing, REST + "\n甲方协助乙方办理\n 税款退还手续。"))
    assert sign_agreement(signing.project.pk, by=world.owner, on=TODAY).signed_by_enterprise == world.owner
    proposed, approved = Event.objects.filter(kind__startswith="override.").order_by("pk")
    assert (proposed.by, approved.by) == (world.handler, world.lead)
    assert "税款退还" in approved.facts["rules"]
    assert override.answer["findings"][0]["kind"] == "rebate"


def test_it_settles_these_words_alone(signing, world):
    approve_override(propose(signing).pk, by=world.lead, on=TODAY)
    with pytest.raises(GuardFailed) as refusal:
        draft(signing, CLAUSE + "甲方将乙方缴纳的增值税全额返还。")
    assert codes(refusal) == {"promise-rebate"}
    with pytest.raises(GuardFailed):
        draft(signing, CLAUSE.replace("。", "，并按成交价的一成给予奖励。"))


def test_it_makes_no_determination_and_ends_none(signing, world, deliver_all):
    override = propose(signing)
    deliver_all()
    approve_override(override.pk, by=world.lead, on=TODAY)
    deliver_all()
    assert not Determination.objects.exists()
    assert not MatterList.objects.exists()
    assert not Event.objects.filter(kind="determination.confirmed").exists()
    told = Message.objects.filter(event__kind="override.approved", recipient=world.handler).get().text
    assert "判定书" not in told


@pytest.mark.parametrize("who", ["handler", "owner", "supervisor", "approver"])
def test_nobody_else_is_the_second_person(signing, world, who):
    override = propose(signing)
    with pytest.raises(NotYours):
        approve_override(override.pk, by=getattr(world, who), on=TODAY)
    assert Override.objects.get().state == "pending"


def test_the_bureau_may_be_the_second_person(signing, world):
    override = propose(signing, department=world.bureau)
    approve_override(override.pk, by=world.approver, on=TODAY)
    draft(signing, CLAUSE)


def test_a_proposal_without_reason_basis_or_finding_is_refused_with_all_that_is_wrong(signing):
    with pytest.raises(GuardFailed) as refusal:
        propose(signing, REST, reason=" ", basis="", outcome="exempt")
    assert codes(refusal) == {"outcome-unknown", "reason-missing", "basis-missing", "clause-not-found"}
    assert not Override.objects.exists()


def test_rejected_or_withdrawn_it_clears_nothing(signing, world):
    reject_override(propose(signing).pk, by=world.lead, on=TODAY, remark="仍属财政返还")
    withdraw_override(propose(signing).pk, by=world.handler, on=TODAY)
    with pytest.raises(GuardFailed):
        draft(signing, CLAUSE)


def test_one_at_a_time_and_only_before_the_signatures(signing, world):
    propose(signing)
    with pytest.raises(WrongState):
        propose(signing)
    Override.objects.update(state="withdrawn")
    Project.objects.filter(pk=signing.project.pk).update(stage="commitment")
    with pytest.raises(WrongState):
        propose(signing)


def test_sentences_are_compared_without_white_space_and_end_marks():
    assert sentences(" 甲方\n退税。 ") == sentences("甲方退税；") == ("甲方退税",)
    assert forbidden_promises(CLAUSE)
    assert forbidden_promises(CLAUSE, cleared=sentences(CLAUSE)) == ()


def test_the_handler_proposes_it_on_a_page_and_finds_it_where_he_drafts(client, signing, world):
    client.force_login(world.handler, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("approvals:override", args=[signing.project.pk, "terms"])
    task = tasks_open_to(world.handler, on=TODAY).get(step="draft_agreement")
    with time_machine.travel(TODAY, tick=False):
        assert address in client.get(reverse("workflows:task", args=[task.pk])).content.decode()
        assert client.get(address).status_code == 200
        typed = {
            "clause": CLAUSE,
            "outcome": "permitted",
            "reason": "法定退税",
            "basis": "税收征管法",
            "reviewer": "lead",
        }
        answer = client.post(address, typed)
        assert answer.url == reverse("approvals:stage", args=[signing.project.pk, "signing"])
        assert CLAUSE in client.get(answer.url).content.decode()
        pk = Override.objects.get().pk
        withdrawn = client.post(reverse("approvals:override-withdraw", args=[signing.project.pk, pk]))
    assert withdrawn.url == answer.url
    assert Override.objects.get().state == "withdrawn"
