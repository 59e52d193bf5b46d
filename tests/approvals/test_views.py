"""The pages of a project: what they say to whom, and what can be done on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from approvals.models import Application, Determination, Project
from approvals.selectors.application_page import Rights
from approvals.services import facts as facts_service
from approvals.services import projects, signing
from tests.cases import TODAY, Case, home_case
from tests.journeys.driver import FURNITURE_FACTS, TERMS, Journey
from tests.world import make_uscc
from workflows.inbox import tasks_open_to

LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}
POWER = {"carrier": "electricity", "quantity": 200, "unit": "万kWh"}


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def journey(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[POWER])
    return journey


@pytest.fixture
def case(world) -> Case:
    return home_case(world)


def carry_to_commencement(journey: Journey, clock: time_machine.Traveller) -> None:
    """The commitment's publicity takes days: the clock has to go with it, or the mandate would lie ahead."""
    journey.intake()
    journey.signing()
    journey.commitment()
    clock.move_to(journey.today)
    journey.standard_land()
    journey.full_agency()


def visit(client, user, name: str, /, *args: Any, **query: str) -> Any:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(f"approvals:{name}", args=args), query)


def send(client, user, name: str, /, *args: Any, **data: Any) -> Any:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.post(reverse(f"approvals:{name}", args=args), data)


def words(answer: Any) -> str:
    return answer.content.decode()


# The overview


def test_the_overview_begins_with_what_the_reader_has_to_do(client, journey, world):
    task = tasks_open_to(world.handler, on=TODAY).get()
    page = words(visit(client, world.handler, "project", journey.project.pk))
    assert "现在该您办理" in page
    assert reverse("workflows:task", args=[task.pk]) in page


def test_whoever_has_to_wait_is_told_for_whom(client, journey, world):
    page = words(visit(client, world.owner, "project", journey.project.pk))
    assert "现在该您办理" not in page
    assert "您现在不用做什么，正在等待" in page
    assert f"等待{world.zone.name}办理" in page


def test_a_colleague_holds_the_task_once_it_is_his(client, journey, world):
    journey.intake()
    assert visit(client, world.handler, "project", journey.project.pk).context["my_steps"]
    assert not visit(client, world.other_handler, "project", journey.project.pk).context["my_steps"]


def test_a_determination_is_pending_confirmed_or_lacks_facts(client, journey, world):
    pk = journey.project.pk
    cards = visit(client, world.owner, "project", pk).context["cards"]
    assert [card.state for card in cards] == ["pending", "pending"]

    journey.to_commencement()
    page = visit(client, world.owner, "determinations", pk)
    assert [card.state for card in page.context["cards"]] == ["confirmed", "confirmed"]
    assert "不纳入" in words(page)

    activity = [{"title": "喷漆线", "gb4754": "2110", "processes": None}]
    facts_service.revise_facts(pk, by=world.owner, on=TODAY, version=1, values={}, activities=activity)
    page = visit(client, world.owner, "determinations", pk)
    assert [card.state for card in page.context["cards"]] == ["insufficient", "confirmed"]
    assert [row.kind for row in page.context["superseded"]] == [Determination.Kind.EIA]
    assert "已失效的判定" in words(page)


# Stages, matters, history


def test_the_gate_of_a_stage_shows_what_is_met_and_everything_that_is_not(client, journey, world):
    journey.intake()
    signing.draft_agreement(
        journey.project.pk, by=world.handler, on=TODAY, kind="formal", content="建设生产线", terms=TERMS
    )
    page = visit(client, world.handler, "stage", journey.project.pk, "signing")
    states = {row.code: row.state for row in page.context["checklist"]}
    assert states["agreement-missing"] == "met"
    assert states["enterprise-not-signed"] == states["filing-missing"] == states["project-code-missing"] == "missing"
    assert TERMS in words(page)


def test_nothing_counts_as_met_before_there_is_anything_to_judge(client, journey, world):
    journey.intake()
    page = visit(client, world.handler, "stage", journey.project.pk, "signing")
    assert {row.state for row in page.context["checklist"]} == {"missing"}


@pytest.mark.parametrize("stage", Project.JOURNEY)
def test_every_stage_has_its_page_from_the_first_day(client, journey, world, stage):
    page = visit(client, world.owner, "stage", journey.project.pk, stage)
    assert page.status_code == 200
    assert page.context["purpose"]


def test_a_stage_that_does_not_exist_is_not_found(client, journey, world):
    assert visit(client, world.owner, "stage", journey.project.pk, "suspended").status_code == 404


def test_every_stage_of_a_finished_journey_shows_its_records(client, journey, world, today):
    carry_to_commencement(journey, today)
    journey.obtain_all()
    journey.evidence()
    journey.commence()
    seen = {s: words(visit(client, world.owner, "stage", journey.project.pk, s)) for s in Project.JOURNEY}
    assert "示公竞审〔2026〕3号" in seen["signing"]
    assert "县政府网站" in seen["commitment"]
    assert "固定资产投资强度" in seen["standard_land"]
    assert "全部委托" in seen["full_agency"]
    assert "现场.jpg" in seen["commencement"]
    assert "依法开工" in seen["commenced"]


def test_the_ledger_is_a_preview_until_the_list_is_confirmed(client, journey, world):
    preview = visit(client, world.owner, "matters", journey.project.pk)
    assert preview.context["ledger"].confirmed is None
    assert "预判" in words(preview)

    journey.to_commencement()
    page = visit(client, world.owner, "matters", journey.project.pk)
    ledger = page.context["ledger"]
    applied = next(part["rows"] for part in ledger.parts if part["code"] == "apply")
    assert all(row.application is not None for row in applied)
    assert {row.code for row in ledger.of("spared")} >= {"R09", "R11"}
    assert all(row.reason and row.basis for row in ledger.of("spared"))


def test_the_history_is_told_in_sentences(client, journey, world):
    journey.intake()
    page = visit(client, world.owner, "history", journey.project.pk)
    assert [line.text for line in page.context["lines"]] == [
        f"受理登记，代办员 {world.handler}，领办领导 {world.lead}",
        f"登记项目，签约企业：{world.enterprise}",
    ]
    assert page.context["lines"][0].who == world.handler.name


# The list


def test_the_list_says_where_each_project_stands_and_whose_turn_it_is(client, journey, world):
    row = visit(client, world.handler, "projects").context["rows"][0]
    assert (row.project, row.enterprise, row.step.code) == (journey.project, world.enterprise.name, "accept_intake")


def test_the_list_is_narrowed_by_stage_industry_and_words(client, journey, world):
    def found(**query: str) -> int:
        return len(visit(client, world.handler, "projects", **query).context["rows"])

    assert found(stage="intake") == found(q="板式") == found(q="示例家居") == 1
    assert found(stage="signing") == found(industry="fruit_juice") == found(q="没有") == 0


def test_an_empty_list_says_what_will_appear(client, world):
    assert "还没有项目" in words(visit(client, world.handler, "projects"))


@pytest.mark.parametrize("which", ["projects", "messages"])
def test_a_list_costs_the_same_however_long_it_is(client, world, deliver_all, which):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert visit(client, world.owner, which).status_code == 200
        return len(captured)

    def more(count: int) -> None:
        for number in range(count):
            journey = Journey(world, deliver_all)
            journey.register(f"示例项目{number}", "2110", facts={}, activities=[LINE])

    more(3)
    queries()  # what is read once per process
    few = queries()
    more(27)
    assert queries() <= few


@pytest.mark.parametrize("which", ["project", "matters", "documents", "history"])
def test_a_case_costs_the_same_however_much_has_happened(client, journey, world, today, which):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert visit(client, world.owner, which, journey.project.pk).status_code == 200
        return len(captured)

    carry_to_commencement(journey, today)
    queries()
    few = queries()
    journey.obtain_all()
    assert queries() <= few + 2, "a concluded case may ask for its papers, never once per application"


# Registration


def registration(world, **changes: Any) -> dict[str, Any]:
    return {"name": "示例新项目", "organisation": world.zone.pk, "industry_code": "2110"} | changes


def test_an_enterprise_registers_its_own_project(client, world):
    data = registration(world, enterprise=world.enterprise.pk, total_investment_wan="5000")
    answer = send(client, world.owner, "project-new", **data)
    project = Project.objects.get()
    assert answer.url == reverse("approvals:project", args=[project.pk])
    assert project.principal(on=TODAY) == world.enterprise
    assert project.industry_group == "furniture"
    assert project.facts.total_investment_wan == 5000
    assert project.facts.fixed_investment_wan is None, "what was left empty stays unknown"


def test_an_enterprise_cannot_register_for_another(client, world):
    other = world.stranger.memberships.get().enterprise
    assert send(client, world.owner, "project-new", **registration(world, enterprise=other.pk)).status_code == 422
    assert not Project.objects.exists()


def test_a_handler_takes_a_new_enterprise_in_at_the_counter(client, world):
    data = registration(world, uscc=make_uscc(500), enterprise_name="示例新来有限公司")
    send(client, world.handler, "project-new", **data)
    assert Project.objects.get().principal(on=TODAY).name == "示例新来有限公司"


def test_a_known_code_finds_its_enterprise_and_keeps_what_is_known(client, world):
    data = registration(world, uscc=world.enterprise.uscc, enterprise_name="另一个名字")
    send(client, world.handler, "project-new", **data)
    world.enterprise.refresh_from_db()
    assert Project.objects.get().principal(on=TODAY) == world.enterprise
    assert world.enterprise.name == "示例家居有限公司"


def test_the_counter_asks_for_the_name_of_an_unknown_enterprise(client, world):
    answer = send(client, world.handler, "project-new", **registration(world, uscc=make_uscc(501)))
    assert answer.status_code == 422
    assert "请填写企业名称" in words(answer)
    assert "示例新项目" in words(answer), "what was typed is still there"


def test_a_handler_registers_only_in_his_own_area(client, world):
    data = registration(world, organisation=world.county.pk, uscc=world.enterprise.uscc)
    assert send(client, world.handler, "project-new", **data).status_code == 422


# An application


def test_an_applicant_hands_in_a_material_and_then_the_whole(client, case, world):
    application = case.application
    page = visit(client, world.owner, "application", application.pk)
    assert page.context["rights"].materials
    missing = [material for material in application.materials.all() if not material.is_received]
    for material in missing:
        send(client, world.owner, "hand-in", application.pk, material.pk, on_paper="1")
    send(client, world.owner, "submit", application.pk)
    assert Application.objects.get(pk=application.pk).state in {"submitted", "draft"}


def test_a_material_needs_a_file_or_the_word_that_paper_was_handed_in(client, case, world):
    material = case.application.materials.filter(attachment=None).first() or case.material
    answer = send(client, world.owner, "hand-in", case.application.pk, material.pk)
    assert answer.status_code == 302
    assert "请选择文件" in words(client.get(answer.url))


def test_submitting_what_is_incomplete_is_refused_with_every_reason(client, case, world):
    extra = case.application.materials.create(name="尚未提交的材料")
    answer = send(client, world.owner, "submit", case.application.pk)
    assert answer.status_code == 422
    assert extra.name in words(answer)
    assert Application.objects.get(pk=case.application.pk).state == "draft"


def test_withdrawing_needs_a_reason(client, case, world):
    assert send(client, world.owner, "withdraw", case.application.pk, reason="").status_code == 422
    send(client, world.owner, "withdraw", case.application.pk, reason="改变方案")
    assert Application.objects.get(pk=case.application.pk).state == "withdrawn"


def test_an_approver_is_offered_no_action_of_the_applicant(client, case, world):
    rights = visit(client, world.approver, "application", case.application.pk).context["rights"]
    assert rights == Rights(materials=frozenset(), submit=False, withdraw=False, promise=False, again=False)
    assert send(client, world.approver, "submit", case.application.pk).status_code == 404


# Messages


def test_reading_a_message_leads_to_its_project(client, case, world):
    assert visit(client, world.owner, "messages").context["unread"] == 1
    answer = send(client, world.owner, "message-read", case.message.pk)
    assert answer.url == reverse("approvals:project", args=[case.project.pk])
    assert visit(client, world.owner, "messages").context["unread"] == 0


def test_all_messages_can_be_read_at_once(client, case, world):
    send(client, world.owner, "messages-read")
    case.message.refresh_from_db()
    assert case.message.read_at is not None


def test_a_suspended_project_says_so(client, journey, world):
    journey.intake()
    projects.suspend_project(journey.project.pk, by=world.lead, on=TODAY, reason="等待规划调整")
    page = words(visit(client, world.owner, "project", journey.project.pk))
    assert "已暂停" in page
    assert "等待规划调整" in page
