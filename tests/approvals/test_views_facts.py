"""The facts page: what is unknown stays unknown, and two people saving at once lose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.forms.formsets import BaseFormSet
from django.urls import reverse

from approvals.models import ProjectFacts
from approvals.services.facts import revise_facts
from approvals.services.projects import terminate_project
from approvals.views.facts import ROWS
from tests.cases import TODAY
from tests.journeys.driver import FURNITURE_FACTS, Journey

LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"], "quantities": {"output_t": "50"}}
POWER = {"carrier": "electricity", "quantity": 200, "unit": "万kWh"}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def journey(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[POWER])
    return journey


@pytest.fixture
def sparse(world, deliver_all) -> Journey:
    """Almost nothing is known yet."""
    journey = Journey(world, deliver_all)
    journey.register(
        "示例待定项目", "2110", facts={"nature": "new"}, activities=[{"title": "生产线", "gb4754": "2110"}]
    )
    return journey


def open_facts(client, user, journey: Journey) -> Any:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("approvals:facts", args=[journey.project.pk]))


def as_submitted(page: Any) -> dict[str, Any]:
    """What a browser would send if nothing were touched."""
    sheets = page.context["sheets"]
    data = {name: sheets.form[name].value() for name in sheets.form.fields}
    for formset in sheets.rows.values():
        data |= _rows(formset)
    return {name: value for name, value in data.items() if value is not None}


def _rows(formset: BaseFormSet) -> dict[str, Any]:
    data = {f"{formset.prefix}-{name}": form_value for name, form_value in _management(formset).items()}
    for form in formset.forms:
        data |= {form.add_prefix(name): form[name].value() for name in form.fields}
    return data


def _management(formset: BaseFormSet) -> dict[str, Any]:
    return {name: formset.management_form[name].value() for name in formset.management_form.fields}


def facts_of(journey: Journey) -> dict[str, Any]:
    stored = ProjectFacts.objects.get(project=journey.project)
    own = {f.name: getattr(stored, f.name) for f in stored._meta.concrete_fields if f.name != "version"}
    rows = {
        name: [{k: v for k, v in row.items() if k != "id"} for row in getattr(stored, name).order_by("pk").values()]
        for name in ROWS
    }
    return own | rows


@pytest.mark.parametrize("which", ["journey", "sparse"])
def test_saving_without_touching_anything_changes_nothing(client, request, world, which):
    journey = request.getfixturevalue(which)
    before = facts_of(journey)
    data = as_submitted(open_facts(client, world.owner, journey))
    answer = client.post(reverse("approvals:facts", args=[journey.project.pk]), data)
    assert answer.status_code == 302, answer.context["sheets"].form.errors
    assert facts_of(journey) == before


def test_the_page_asks_what_the_rules_still_need_and_leads_to_its_field(client, sparse, world):
    page = open_facts(client, world.owner, sparse)
    asked = {question["fact"]: question["anchor"] for question in page.context["questions"]}
    assert asked["activities.0.processes"] == "id_activities-0-processes"
    assert asked["boilers"] == "boilers"
    for anchor in asked.values():
        assert f'id="{anchor}"' in page.content.decode(), anchor


def test_an_answer_is_kept_and_the_determinations_follow(client, sparse, world):
    page = open_facts(client, world.owner, sparse)
    data = as_submitted(page) | {
        "activities-0-processes": ["cutting", "assembly"],
        "in_industrial_building": "True",
        "boilers_known": "on",
    }
    answer = client.post(reverse("approvals:facts", args=[sparse.project.pk]), data)
    assert answer.url == reverse("approvals:determinations", args=[sparse.project.pk])
    stored = ProjectFacts.objects.get(project=sparse.project)
    assert stored.in_industrial_building is True
    assert stored.two_high is None
    assert stored.activities.get().processes == ["cutting", "assembly"]
    cards = client.get(answer.url).context["cards"]
    assert cards[0].state == "pending"


def test_a_row_that_is_ticked_for_deletion_goes(client, journey, world):
    data = as_submitted(open_facts(client, world.owner, journey)) | {"energy_lines-0-DELETE": "on"}
    client.post(reverse("approvals:facts", args=[journey.project.pk]), data)
    assert not ProjectFacts.objects.get(project=journey.project).energy_lines.exists()


def test_what_is_wrong_comes_back_with_what_was_typed(client, journey, world):
    data = as_submitted(open_facts(client, world.owner, journey)) | {"total_investment_wan": "八千"}
    answer = client.post(reverse("approvals:facts", args=[journey.project.pk]), data)
    assert answer.status_code == 422
    assert "八千" in answer.content.decode()


def test_two_people_saving_at_once_see_both_versions_and_lose_nothing(client, journey, world):
    """The page of the second shows the saved and the entered value, and can be saved knowingly."""
    pk = journey.project.pk
    data = as_submitted(open_facts(client, world.owner, journey)) | {
        "total_investment_wan": "9100",
        "activities-0-title": "新的名称",
    }
    revise_facts(pk, by=world.clerk, on=TODAY, version=1, values={"total_investment_wan": 8800})

    answer = client.post(reverse("approvals:facts", args=[pk]), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    labels = {row["label"]: (row["saved"], row["entered"]) for row in answer.context["differences"]}
    assert labels["总投资（万元）"] == ("8,800", "9,100")
    assert "新的名称" in page
    assert ProjectFacts.objects.get(project=pk).total_investment_wan == 8800, "nothing was overwritten unseen"

    again = as_submitted(answer) | {"version": str(answer.context["sheets"].form["version"].value())}
    assert client.post(reverse("approvals:facts", args=[pk]), again).status_code == 302
    stored = ProjectFacts.objects.get(project=pk)
    assert (stored.total_investment_wan, stored.activities.get().title) == (9100, "新的名称")


@pytest.mark.parametrize("who", ["lead", "approver", "supervisor"])
def test_others_read_the_facts_and_cannot_change_them(client, journey, world, who):
    page = open_facts(client, getattr(world, who), journey)
    assert page.status_code == 200
    assert "sheets" not in page.context
    assert "8,000" in page.content.decode()
    client.post(reverse("approvals:facts", args=[journey.project.pk]), {"version": "1"})
    assert ProjectFacts.objects.get(project=journey.project).version == 1


def test_the_facts_of_a_concluded_project_are_only_read(client, journey, world):
    journey.intake()
    terminate_project(journey.project.pk, by=world.lead, on=TODAY, reason="企业放弃")
    assert "sheets" not in open_facts(client, world.owner, journey).context
