"""An outcome settled by hand: a reason, a legal basis, and a second person. What the rules said is kept beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from approvals.accounts.models import Appointment, Membership, Organisation, Role
from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Determination, Event, MatterList, Message, Override, Project
from approvals.selectors.determinations import needed_matters
from approvals.selectors.projects import projects_visible_to
from approvals.services.determinations import confirm_determinations
from approvals.services.facts import revise_facts
from approvals.services.overrides import approve_override, propose_override, reject_override, withdraw_override
from tests.concurrency import at_once, losers
from tests.journeys.driver import FURNITURE_FACTS, Journey
from tests.world import SINCE, build_world, department, person

LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}
POWER = {"carrier": "electricity", "quantity": Decimal("200"), "unit": "万kWh"}
REPLY = {"reason": "生态环境部门答复应编制报告表", "basis": "示环函〔2026〕8号"}


@pytest.fixture
def journey(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[POWER])
    return journey


@pytest.fixture
def determined(journey) -> Journey:
    """Spared both, early on: nothing rests on it yet."""
    journey.intake()
    seen = {"eia": "not_subject", "energy": "exempt"}
    confirm_determinations(journey.project.pk, by=journey.world.handler, on=journey.today, seen=seen)
    return journey


@pytest.fixture
def at_commencement(journey) -> Journey:
    journey.to_commencement()
    return journey


def propose(journey: Journey, *, by=None, kind="eia", outcome="report_table", department=None, **changes) -> Override:
    said = REPLY | changes
    return propose_override(
        journey.project.pk,
        by=by or journey.world.handler,
        on=journey.today,
        kind=kind,
        outcome=outcome,
        department=department,
        **said,
    )


def codes(refusal) -> list[str]:
    return [blocker.code for blocker in refusal.value.blockers]


def current(kind: str = "eia") -> Determination:
    return Determination.objects.get(kind=kind, superseded_on=None)


def statuses(journey: Journey) -> dict[str, str]:
    project = Project.objects.get(pk=journey.project.pk)
    return {need.code: need.status for need in needed_matters(project, on=journey.today)}


def test_a_proposal_changes_nothing_until_the_second_person_agrees(determined):
    before = current()
    propose(determined)
    assert current() == before
    assert statuses(determined)["R09"] == "spared"


def test_what_was_agreed_counts_and_what_the_rules_said_stays(determined):
    w, answered = determined.world, current().answer
    override = propose(determined)
    approve_override(override.pk, by=w.lead, on=determined.today, remark="同意")

    row = current()
    assert (row.outcome, row.answer, row.answer["outcome"]) == ("report_table", answered, "not_subject")
    assert row.headline == "应编制生态环境影响报告表"
    assert any("经批准后方可开工" in duty for duty in row.duties)
    settled = row.override
    assert (settled.proposed_by, settled.settled_by, settled.remark) == (w.handler, w.lead, "同意")
    assert (settled.reason, settled.basis) == (REPLY["reason"], REPLY["basis"])


def test_the_personal_list_and_the_gates_go_by_what_was_agreed(at_commencement):
    approve_override(propose(at_commencement).pk, by=at_commencement.world.lead, on=at_commencement.today)
    assert statuses(at_commencement)["R09"] == "needed"
    assert not MatterList.objects.filter(superseded_on=None).exists()

    at_commencement.deliver_all()
    at_commencement.confirm_matter_list()
    assert at_commencement.application("R09").state == "draft"
    at_commencement.evidence()
    with pytest.raises(GuardFailed) as refusal:
        at_commencement.commence()
    assert "condition-R09" in codes(refusal)


def test_the_one_it_replaces_says_why_it_ended_and_what_relied_on_it(at_commencement):
    before = current()
    approve_override(propose(at_commencement).pk, by=at_commencement.world.lead, on=at_commencement.today)
    before.refresh_from_db()
    assert before.superseded_because == "由人工认定替代：应编制生态环境影响报告表"
    assert any("项目事项清单" in line for line in before.superseded_relying)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "  "}, "reason-missing"),
        ({"basis": ""}, "basis-missing"),
        ({"outcome": "needs_human"}, "outcome-unknown"),
        ({"outcome": "exempt"}, "outcome-unknown"),  # an energy outcome
        ({"outcome": "not_subject"}, "outcome-unknown"),  # what counts already
    ],
)
def test_every_part_of_a_proposal_is_needed(determined, changes, code):
    with pytest.raises(GuardFailed) as refusal:
        propose(determined, **changes)
    assert codes(refusal) == [code]
    assert not Override.objects.exists()


def test_everything_missing_is_named_at_once(determined):
    with pytest.raises(GuardFailed) as refusal:
        propose(determined, outcome="", reason="", basis="", department=determined.world.provincial_energy)
    assert codes(refusal) == ["outcome-unknown", "reason-missing", "basis-missing", "department-wrong"]


@pytest.mark.parametrize("who", ["other_handler", "lead", "approver", "supervisor", "owner", "stranger"])
def test_only_the_handler_proposes(determined, who):
    with pytest.raises(NotYours):
        propose(determined, by=getattr(determined.world, who))


@pytest.mark.parametrize("who", ["handler", "other_handler", "approver", "supervisor", "owner", "clerk", "stranger"])
def test_put_to_the_lead_official_only_he_settles_it(determined, who):
    override = propose(determined)
    for settle in (approve_override, reject_override):
        with pytest.raises(NotYours):
            settle(override.pk, by=getattr(determined.world, who), on=determined.today, remark="同意")


@pytest.mark.parametrize("who", ["handler", "lead", "supervisor", "energy_approver", "owner"])
def test_put_to_the_bureau_only_its_approvers_settle_it(determined, who):
    override = propose(determined, department=determined.world.bureau)
    with pytest.raises(NotYours):
        approve_override(override.pk, by=getattr(determined.world, who), on=determined.today)
    approve_override(override.pk, by=determined.world.second_approver, on=determined.today)
    assert current().outcome == "report_table"


def test_whoever_works_for_the_enterprise_is_no_second_person(determined):
    w = determined.world
    Membership.objects.create(user=w.second_approver, enterprise=w.enterprise, from_on=SINCE)
    override = propose(determined, department=w.bureau)
    with pytest.raises(NotYours):
        approve_override(override.pk, by=w.second_approver, on=determined.today)


def test_a_handler_who_is_also_an_approver_is_still_one_person(determined):
    w = determined.world
    Appointment.objects.create(user=w.handler, organisation=w.bureau, role=Role.APPROVER, from_on=SINCE)
    override = propose(determined, department=w.bureau)
    with pytest.raises(NotYours):
        approve_override(override.pk, by=w.handler, on=determined.today)
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(pk=override.pk).update(state="approved", settled_by=w.handler)


def test_the_supervising_department_can_be_the_second_person_and_sees_the_case(determined):
    w = determined.world
    ecology = department(w.county, "ecology", "示例县生态环境局", "示环")
    expert = person("ecology", "环保吴", Role.APPROVER, ecology)
    assert not projects_visible_to(expert, on=determined.today).exists()
    override = propose(determined, department=ecology)
    assert projects_visible_to(expert, on=determined.today).get() == determined.project
    approve_override(override.pk, by=expert, on=determined.today)
    assert current().override.department == ecology


def test_a_rejection_needs_a_reason_and_leaves_what_counts(determined):
    override = propose(determined)
    with pytest.raises(GuardFailed):
        reject_override(override.pk, by=determined.world.lead, on=determined.today, remark=" ")
    reject_override(override.pk, by=determined.world.lead, on=determined.today, remark="答复针对另一项目")
    determined.deliver_all()
    assert current().outcome == "not_subject"
    told = Message.objects.get(recipient=determined.world.handler, event__kind="override.rejected")
    assert "答复针对另一项目" in told.text
    propose(determined)  # a new one may follow


def test_one_proposal_at_a_time_and_the_handler_may_take_it_back(determined):
    override = propose(determined)
    with pytest.raises(WrongState):
        propose(determined)
    with pytest.raises(NotYours):
        withdraw_override(override.pk, by=determined.world.other_handler, on=determined.today)
    withdraw_override(override.pk, by=determined.world.handler, on=determined.today)
    with pytest.raises(WrongState):
        approve_override(override.pk, by=determined.world.lead, on=determined.today)
    propose(determined)


def test_what_the_rules_cannot_answer_is_settled_this_way(world, deliver_all):
    """Row 1 of the catalogue has its text only."""
    journey = Journey(world, deliver_all)
    line = {"title": "谷物种植基地", "gb4754": "0111"}
    journey.register("示例种植项目", "0111", facts=FURNITURE_FACTS, activities=[line], energy_lines=[POWER])
    journey.intake()
    seen = {"eia": "needs_human", "energy": "exempt"}
    with pytest.raises(GuardFailed):
        confirm_determinations(journey.project.pk, by=world.handler, on=journey.today, seen=seen)

    override = propose(journey, outcome="not_subject", reason="不涉及环境敏感区", basis="名录第1项")
    confirm_determinations(journey.project.pk, by=world.handler, on=journey.today, seen=seen)  # the other one
    with pytest.raises(GuardFailed) as refusal:
        confirm_determinations(journey.project.pk, by=world.handler, on=journey.today, seen=seen)
    assert codes(refusal) == ["override-pending"]

    approve_override(override.pk, by=world.lead, on=journey.today)
    assert {row.kind: row.outcome for row in Determination.objects.all()} == {"eia": "not_subject", "energy": "exempt"}


def revise(journey: Journey, **changes):
    facts = Project.objects.get(pk=journey.project.pk).facts
    rows = {name: changes.pop(name) for name in ("activities", "energy_lines") if name in changes}
    revise_facts(
        journey.project.pk,
        by=journey.world.handler,
        on=journey.today,
        version=facts.version,
        values=changes,
        **rows,
    )
    journey.deliver_all()


def test_a_changed_fact_ends_a_waiting_proposal(determined):
    override = propose(determined)
    revise(determined, annual_output_wan=Decimal("15000"))  # nobody looks at that for the EIA
    assert Override.objects.get(pk=override.pk).state == "pending"
    revise(determined, activities=[LINE | {"title": "另一条线"}])
    assert Override.objects.get(pk=override.pk).state == "lapsed"
    with pytest.raises(WrongState):
        approve_override(override.pk, by=determined.world.lead, on=determined.today)


def test_what_a_person_settled_rests_on_all_that_he_looked_at(determined):
    """The rules would answer the same on the new facts; the person might not."""
    approve_override(propose(determined).pk, by=determined.world.lead, on=determined.today)
    revise(determined, activities=[LINE | {"processes": ["cutting", "assembly", "packaging"]}])
    assert not Determination.objects.filter(kind="eia", superseded_on=None).exists()
    ended = Determination.objects.filter(kind="eia", override__isnull=False).get()
    assert "项目事实变更" in ended.superseded_because


def test_an_attached_reply_is_kept_with_the_project(determined):
    paper = SimpleUploadedFile("答复.pdf", b"%PDF-1.7 sample", content_type="application/pdf")
    override = propose(determined, file=paper)
    assert override.attachment.folder == f"project:{determined.project.pk}"
    assert override.attachment.original_name == "答复.pdf"


def test_the_record_names_both_outcomes_and_both_people(determined):
    override = propose(determined)
    approve_override(override.pk, by=determined.world.lead, on=determined.today)
    proposed, approved = Event.objects.filter(kind__startswith="override.").order_by("sequence")
    assert (proposed.by, approved.by) == (determined.world.handler, determined.world.lead)
    assert approved.facts["headline"] == "应编制生态环境影响报告表"
    assert approved.facts["rules"] == "不纳入环评管理"
    determined.deliver_all()
    told = Message.objects.get(recipient=determined.world.owner, event=approved)
    assert REPLY["basis"] in told.text
    assert "规则结论" in told.text


@pytest.mark.django_db(transaction=True)
def test_of_two_second_persons_at_once_one_settles_it(deliver_all):
    world = build_world()
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[POWER])
    journey.intake()
    pk, on = propose(journey, department=Organisation.objects.get(pk=world.bureau.pk)).pk, journey.today
    results = at_once(
        lambda: approve_override(pk, by=world.approver, on=on),
        lambda: reject_override(pk, by=world.second_approver, on=on, remark="不同意"),
    )
    assert [type(fault) for fault in losers(results)] == [WrongState]
    assert Override.objects.get(pk=pk).state in {"approved", "rejected"}
    assert Event.objects.filter(kind__in=["override.approved", "override.rejected"]).count() == 1
