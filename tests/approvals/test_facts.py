"""Facts: unknown stays unknown; a changed deciding fact supersedes what was decided on the old one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.guards import commencement_blockers
from approvals.models import Determination, Event, MatterList, Project
from approvals.selectors.determinations import answer
from approvals.selectors.facts import facts_of
from approvals.services.determinations import confirm_determinations
from approvals.services.facts import revise_facts
from tests.journeys.driver import FURNITURE_FACTS, Journey

LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}


@pytest.fixture
def journey(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE])
    return journey


@pytest.fixture
def determined(journey) -> Journey:
    journey.to_commencement()
    return journey


def revise(journey: Journey, *, by=None, version=None, **changes):
    facts = Project.objects.get(pk=journey.project.pk).facts
    rows = {name: changes.pop(name) for name in ("activities", "energy_lines", "boilers") if name in changes}
    revise_facts(
        journey.project.pk,
        by=by or journey.world.handler,
        on=journey.today,
        version=version or facts.version,
        values=changes,
        **rows,
    )
    journey.deliver_all()


def current() -> set[str]:
    return set(Determination.objects.filter(superseded_on=None).values_list("kind", flat=True))


def test_an_unknown_fact_is_absent_not_zero(journey):
    journey.project.facts.earthwork_m3 = None
    journey.project.facts.save()
    facts = facts_of(Project.objects.get(), on=journey.today)
    assert "earthwork_m3" not in facts
    assert facts["dormitory_area_m2"] == "0"
    assert facts["two_high"] is False


def test_unknown_processes_give_a_question_and_no_exemption(journey):
    journey.project.facts.activities.update(processes=None)
    made = answer(Project.objects.get(), "eia", on=journey.today)
    assert made.outcome == "needs_human"
    assert made.missing


def test_an_open_answer_cannot_be_confirmed(journey):
    journey.intake()
    journey.project.facts.activities.update(processes=None)
    with pytest.raises(GuardFailed) as refusal:
        confirm_determinations(
            journey.project.pk,
            by=journey.world.handler,
            on=journey.today,
            seen={"eia": "needs_human", "energy": "exempt"},
        )
    assert any("环境影响评价" in blocker.message for blocker in refusal.value.blockers)
    assert not Determination.objects.exists()


def test_a_page_that_showed_another_outcome_is_stale(journey):
    journey.intake()
    with pytest.raises(WrongState):
        confirm_determinations(
            journey.project.pk,
            by=journey.world.handler,
            on=journey.today,
            seen={"eia": "report_table", "energy": "exempt"},
        )


def test_a_deciding_fact_supersedes_the_determination_and_closes_the_gate_again(determined):
    painted = LINE | {"processes": ["cutting", "coating", "assembly"], "solvent_coating_t": Decimal("12")}
    revise(determined, activities=[painted])

    assert current() == {"energy"}
    assert not MatterList.objects.filter(superseded_on=None).exists()
    project = Project.objects.get()
    assert project.stage == "commencement"
    found = {blocker.code for blocker in commencement_blockers(project, on=determined.today)}
    assert {"determination-eia", "matter-list-missing"} <= found
    assert Event.objects.filter(kind="determination.superseded").count() == 1

    determined.project = project
    determined.confirm_determinations()
    determined.confirm_matter_list()
    assert determined.application("R09").state == "draft"
    assert Determination.objects.get(kind="eia", superseded_on=None).outcome == "report_book"


def test_a_fact_that_decides_nothing_leaves_the_determinations_alone(determined):
    revise(determined, annual_output_wan=Decimal("15000"))
    assert current() == {"eia", "energy"}
    assert MatterList.objects.filter(superseded_on=None).exists()


def test_more_energy_supersedes_the_energy_determination_only(determined):
    revise(determined, energy_lines=[{"carrier": "electricity", "quantity": Decimal("900"), "unit": "万kWh"}])
    assert current() == {"eia"}


def test_a_superseded_determination_keeps_what_it_said(determined):
    before = Determination.objects.get(kind="energy")
    revise(determined, energy_lines=[{"carrier": "electricity", "quantity": Decimal("900"), "unit": "万kWh"}])
    after = Determination.objects.get(pk=before.pk)
    assert (after.outcome, after.answer, after.facts) == (before.outcome, before.answer, before.facts)
    assert "节能" in after.superseded_because or after.superseded_because


def test_two_who_edit_the_same_facts_the_second_is_told(journey):
    revise(journey, version=1, earthwork_m3=Decimal("900"))
    with pytest.raises(WrongState, match="没有保存"):
        revise(journey, version=1, earthwork_m3=Decimal("700"))
    assert Project.objects.get().facts.earthwork_m3 == Decimal("900")


@pytest.mark.parametrize("who", ["approver", "supervisor", "stranger", "other_handler"])
def test_only_the_enterprise_and_its_handler_change_facts(journey, who):
    journey.intake()
    with pytest.raises(NotYours):
        revise(journey, by=getattr(journey.world, who), earthwork_m3=Decimal("1"))


def test_the_event_names_the_facts_that_changed(journey):
    revise(journey, earthwork_m3=Decimal("900"), two_high=True)
    assert Event.objects.get(kind="project.facts_changed").facts["changed"] == ["earthwork_m3", "two_high"]


def test_a_confirmed_determination_can_be_run_again_to_the_same_answer(determined):
    from approvals.rules import eia, energy

    classify = {"eia": eia.classify, "energy": energy.classify}
    for row in Determination.objects.all():
        assert classify[row.kind](row.facts, row.on).as_json() == row.answer
