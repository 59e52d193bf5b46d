"""A supplement notice may name stated facts beside materials: these can be changed, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from approvals.errors import GuardFailed
from approvals.models import Application, Project, ProjectFacts, SupplementNotice
from approvals.papers.applications import supplement_notice
from approvals.selectors.materials import changes_since_notice, materials_of
from approvals.services import facts, receipt, supplements
from tests.receiving import RECEIVED, codes, handed_in, last, named, on_the_day, reload
from tests.world import World

AREA = [{"fact": "floor_area_m2", "problem": "与总平面图不一致"}]


@pytest.fixture
def submitted(world) -> Application:
    return handed_in(world)


def revise(world: World, project: Project, by: Any = None, **values: Any) -> Project:
    version = ProjectFacts.objects.get(project=project).version
    return facts.revise_facts(project.pk, by=by or world.owner, on=RECEIVED, version=version, values=values)


def tell(world: World, application: Application, **what: Any) -> SupplementNotice:
    return supplements.request_supplement(
        application.pk, by=world.approver, on=RECEIVED, **({"items": (), "facts": AREA} | what)
    )


def test_a_notice_names_facts_with_what_is_stated_of_them(world, submitted):
    revise(world, submitted.project, floor_area_m2=Decimal(12000))
    notice = tell(world, submitted, items=named(submitted))
    assert notice.facts == [AREA[0] | {"was": "12,000"}]
    assert last("application.supplement_requested").facts["items"] == 2


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ({"facts": []}, ["items-missing"]),
        ({"facts": [{"fact": "bad_credit", "problem": "核实"}]}, ["fact-unknown"]),
        ({"facts": [{"fact": "version", "problem": " "}]}, ["fact-unknown", "problem-missing"]),
        ({"facts": [{"fact": "boilers", "problem": ""}]}, ["problem-missing"]),
    ],
)
def test_only_what_the_enterprise_states_is_asked_for_and_each_with_its_problem(world, submitted, what, found):
    with pytest.raises(GuardFailed) as refusal:
        tell(world, submitted, **what)
    assert codes(refusal) == found
    assert reload(submitted).state == "submitted"


@pytest.mark.parametrize("who", ["owner", "handler"])
def test_until_it_is_answered_only_the_named_facts_can_be_changed(world, submitted, who):
    project = submitted.project
    Project.objects.filter(pk=project.pk).update(handler=world.handler)
    revise(world, project, floor_area_m2=Decimal(12000), earthwork_m3=Decimal(5))
    tell(world, submitted)
    by = getattr(world, who)
    with pytest.raises(GuardFailed) as refusal:
        revise(world, project, by, floor_area_m2=Decimal(12600), earthwork_m3=Decimal(6), two_high=False)
    assert codes(refusal) == ["fact-not-named", "fact-not-named"]
    assert "挖填土石方总量" in refusal.value.blockers[0].message
    assert ProjectFacts.objects.get(project=project).floor_area_m2 == 12000
    revise(world, project, by, floor_area_m2=Decimal(12600), earthwork_m3=Decimal(5))
    assert ProjectFacts.objects.get(project=project).floor_area_m2 == 12600


def test_a_notice_of_materials_alone_leaves_every_fact_as_it_is(world, submitted):
    tell(world, submitted, items=named(submitted), facts=())
    with pytest.raises(GuardFailed):
        revise(world, submitted.project, floor_area_m2=Decimal(1))


def test_rows_are_named_as_a_whole(world, submitted):
    tell(world, submitted, facts=[{"fact": "boilers", "problem": "漏填锅炉"}])
    project, version = submitted.project, ProjectFacts.objects.get(project=submitted.project).version
    rows = [{"fuel": "natural_gas", "capacity_t_per_h": Decimal(2)}]
    facts.revise_facts(
        project.pk, by=world.owner, on=RECEIVED, version=version, values={"boilers_known": True}, boilers=rows
    )
    receipt.submit_application(submitted.pk, by=world.owner, on=RECEIVED)
    told = submitted.supplement_notices.get().facts[0]
    assert told["was"] == ""
    assert "天然气" in told["now"]


def test_rows_that_are_said_not_to_be_there_read_as_none(world, submitted):
    revise(world, submitted.project, boilers_known=True)
    assert tell(world, submitted, facts=[{"fact": "boilers", "problem": "漏填"}]).facts[0]["was"] == "没有"


def test_a_named_fact_that_is_still_empty_keeps_the_answer_back(world, submitted):
    tell(world, submitted)
    with pytest.raises(GuardFailed) as refusal:
        receipt.submit_application(submitted.pk, by=world.owner, on=RECEIVED)
    assert codes(refusal) == ["fact-missing"]


def test_the_reviewer_sees_old_against_new_even_after_later_changes(world, submitted):
    revise(world, submitted.project, floor_area_m2=Decimal(12000), earthwork_m3=Decimal(5))
    tell(world, submitted, facts=[*AREA, {"fact": "earthwork_m3", "problem": "核对"}])
    revise(world, submitted.project, floor_area_m2=Decimal(12600))
    receipt.submit_application(submitted.pk, by=world.owner, on=RECEIVED)
    revise(world, submitted.project, floor_area_m2=Decimal(1))
    changes = changes_since_notice(materials_of(submitted), submitted.supplement_notices.all())
    assert changes is not None
    assert [(row.old, row.new, row.is_the_same) for row in changes.facts] == [
        ("12,000", "12,600", False),
        ("5", "5", True),
    ]


def test_the_paper_lists_materials_and_facts(world, submitted):
    revise(world, submitted.project, floor_area_m2=Decimal(12000))
    tell(world, submitted, items=named(submitted))
    paper = supplement_notice(last("application.supplement_requested"))
    assert len(paper["items"]) == 1
    assert [(row["name"], row["stated"]) for row in paper["facts"]] == [("总建筑面积（平方米）", "12,000")]


# ── on the pages ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def page(client, world, submitted):
    client.force_login(world.owner, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("approvals:facts", args=[submitted.project_id])
    with on_the_day(RECEIVED):
        yield lambda data=None: client.post(url, data) if data else client.get(url)


def test_the_page_offers_the_named_fields_alone(world, submitted, page):
    tell(world, submitted)
    shown = page().content.decode()
    assert 'name="floor_area_m2"' in shown
    assert 'name="earthwork_m3"' not in shown
    version = ProjectFacts.objects.get(project=submitted.project).version
    assert page({"version": version, "floor_area_m2": "12600"}).status_code == 302
    assert ProjectFacts.objects.get(project=submitted.project).floor_area_m2 == 12600


def test_a_page_opened_before_the_notice_is_refused_as_a_whole(world, submitted, page):
    version = ProjectFacts.objects.get(project=submitted.project).version
    tell(world, submitted)
    empty = {
        f"{name}-{end}": 0
        for name in ("activities", "energy_lines", "boilers")
        for end in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    answer = page(empty | {"version": version, "floor_area_m2": "12600", "earthwork_m3": "7"})
    assert answer.status_code == 422
    assert "挖填土石方总量" in answer.content.decode()
    assert ProjectFacts.objects.get(project=submitted.project).floor_area_m2 is None


def test_with_materials_alone_the_page_is_to_read(world, submitted, page):
    tell(world, submitted, items=named(submitted), facts=())
    assert "不能更改项目事实" in page().content.decode()
