"""The answers of a pre-check become the first facts of a project, and the record says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from approvals.models import Event, Precheck, Project
from approvals.selectors.determinations import answer
from approvals.services.prechecks import answer_precheck, begin_precheck

ON = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(ON, tick=False):
        yield


@pytest.fixture
def precheck(db) -> Precheck:
    made = begin_precheck({"codes": ["2110"]}, on=ON)
    for key, values in (
        ("nature", {"nature": "new"}),
        ("works", {"kinds": ["laboratory"]}),
        ("building", {"in_industrial_building": True}),
        ("processes-1", {"processes": ["cutting", "coating", "assembly"]}),
        ("paint-1", {"solvent_coating_t": "3", "low_voc_nonsolvent_coating_t": None, "other_coating_t": "0"}),
        ("energy", {"carriers": ["electricity_calorific", "diesel"]}),
        ("energy_amounts", {"lines": [{"quantity": "200", "unit": "万kWh"}, {"quantity": "1000", "unit": "L"}]}),
        ("boilers", {"boilers": [{"fuel": "natural_gas", "capacity_t_per_h": "2"}]}),
        ("linked", {"linked_filings_tce": "0"}),
        ("size", {"floor_area_m2": "12000", "total_investment_wan": "4000"}),
    ):
        answer_precheck(made.pk, key, values, on=ON)
    made.refresh_from_db()
    return made


def sign_in(client, user) -> None:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


def register(client, world, made: Precheck | None, **changes: Any):
    sign_in(client, world.owner)
    data = {"name": "示例新项目", "organisation": world.zone.pk, "industry_code": "2110"}
    data |= {"enterprise": world.enterprise.pk, "precheck": made.shown_code if made else ""}
    return client.post(reverse("approvals:project-new"), data | changes)


def test_the_answers_become_facts_of_the_project(client, world, precheck):
    register(client, world, precheck)
    facts = Project.objects.get().facts
    assert (facts.nature, facts.in_industrial_building, facts.floor_area_m2) == ("new", True, 12000)
    line, laboratory = facts.activities.all()
    assert (line.gb4754, line.processes, line.solvent_coating_t) == ("2110", ["cutting", "coating", "assembly"], 3)
    assert line.low_voc_nonsolvent_coating_t is None, "what was not known stays unknown"
    assert laboratory.kind == "laboratory"
    assert [(row.fuel, row.capacity_t_per_h) for row in facts.boilers.all()] == [("natural_gas", 2)]
    assert facts.boilers_known
    assert facts.energy_lines_known


def test_the_project_is_judged_as_the_precheck_was(client, world, precheck):
    register(client, world, precheck)
    made = answer(Project.objects.get(), "eia", on=ON)
    assert made.outcome == precheck.outcome["eia"]["outcome"]


def test_what_is_typed_at_the_registration_stands(client, world, precheck):
    register(client, world, precheck, total_investment_wan="4500")
    assert Project.objects.get().facts.total_investment_wan == Decimal(4500)


def test_the_chain_says_what_came_from_the_precheck(client, world, precheck):
    register(client, world, precheck)
    event = Event.objects.get(kind="project.precheck_carried")
    assert event.facts["code"] == precheck.shown_code
    assert {"nature", "activities", "energy_lines", "boilers", "floor_area_m2"} <= set(event.facts["carried"])
    assert event.facts["left_out"] == []
    assert "linked_filings_tce" in event.facts["carried"]
    page = client.get(reverse("approvals:facts", args=[Project.objects.get().pk])).content.decode()
    assert f"来自预查 {precheck.shown_code}" in page


def test_a_quantity_that_was_not_known_leaves_the_list_open(client, world, precheck):
    lines = [{"quantity": "200", "unit": "万kWh"}, {"quantity": None, "unit": "L"}]
    answer_precheck(precheck.pk, "energy_amounts", {"lines": lines}, on=ON)
    register(client, world, precheck)
    facts = Project.objects.get().facts
    assert [row.carrier for row in facts.energy_lines.all()] == ["electricity_calorific"]
    assert not facts.energy_lines_known


def test_a_step_that_was_not_listed_leaves_the_steps_open(client, world, precheck):
    answer_precheck(precheck.pk, "processes-1", {"processes": ["cutting", None]}, on=ON)
    register(client, world, precheck)
    assert Project.objects.get().facts.activities.first().processes is None


def test_the_link_of_the_result_fills_the_form(client, world, precheck):
    sign_in(client, world.owner)
    page = client.get(reverse("approvals:project-new"), {"precheck": precheck.code})
    assert page.context["form"].initial["industry_code"] == "2110"
    assert precheck.shown_code in page.content.decode()


def test_a_code_that_leads_nowhere_is_said_before_anything_is_registered(client, world):
    sign_in(client, world.owner)
    answer = register(client, world, None, precheck="AAAAA-AAAAA")
    assert answer.status_code == 422
    assert "没有这个预查编号" in answer.content.decode()
    assert not Project.objects.exists()


def test_a_handler_carries_it_over_at_the_counter(client, world, precheck):
    sign_in(client, world.handler)
    data = {"name": "示例新项目", "organisation": world.zone.pk, "industry_code": "2110", "precheck": precheck.code}
    client.post(reverse("approvals:project-new"), data | {"uscc": world.enterprise.uscc})
    assert Project.objects.get().facts.nature == "new"


def test_without_a_code_nothing_changes(client, world):
    answer = register(client, world, None)
    assert answer.url == reverse("approvals:project", args=[Project.objects.get().pk])
    assert not Event.objects.filter(kind="project.precheck_carried").exists()
