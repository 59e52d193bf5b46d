"""Two people changed one project's facts: each difference, row by row, is theirs, mine or both; nothing is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from approvals.models import ProjectFacts
from approvals.services.facts import revise_facts
from tests.approvals.test_views_facts import LINE, POWER, as_submitted, open_facts
from tests.approvals.test_views_facts import journey as journey
from tests.approvals.test_views_facts import today as today
from tests.cases import TODAY

PAINT = {"title": "喷涂线", "gb4754": "2110", "processes": ["coating"]}
GAS = {"carrier": "natural_gas", "quantity": 30, "unit": "万m3"}


def row(prefix: str, number: int, **values: Any) -> dict[str, Any]:
    return {f"{prefix}-{number}-{name}": value for name, value in values.items()}


@pytest.fixture
def clash(client, journey, world):
    """The owner has the page open; the clerk saves; the owner sends: the page with both versions."""
    data = as_submitted(open_facts(client, world.owner, journey))

    def run(entered: dict[str, Any], **saved: Any) -> Any:
        revise_facts(journey.project.pk, by=world.clerk, on=TODAY, version=1, **({"values": {}} | saved))
        return client.post(reverse("approvals:facts", args=[journey.project.pk]), data | entered)

    return run


def choices(answer: Any) -> dict[str, str]:
    """What is ticked when nobody touches anything, as the page itself says."""
    inputs = re.findall(
        r"<input type=\"radio\" name=\"(choose-[^\"]+)\" value=\"(\w+)\"[^>]*checked", answer.content.decode()
    )
    return dict(inputs)


def save(client, journey, answer: Any, **chosen: str) -> ProjectFacts:
    data = as_submitted(answer) | choices(answer) | chosen
    data["version"] = str(answer.context["sheets"].form["version"].value())
    done = client.post(reverse("approvals:facts", args=[journey.project.pk]), data)
    assert done.status_code == 302, [form.errors for form in done.context["sheets"].rows["activities"].forms]
    return ProjectFacts.objects.get(project=journey.project)


def titles(stored: ProjectFacts) -> list[str]:
    return [activity.title for activity in stored.activities.all()]


def test_each_field_is_chosen_and_both_peoples_work_is_kept(client, journey, clash):
    answer = clash({"total_investment_wan": "9100", "earthwork_m3": "700"}, values={"total_investment_wan": 8800})
    assert answer.status_code == 409
    chosen = {"choose-total_investment_wan": "theirs", "choose-version": "theirs", "choose-no_such_fact": "theirs"}
    stored = save(client, journey, answer, **chosen)
    assert (stored.total_investment_wan, stored.earthwork_m3) == (8800, 700)


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", ["我的名称"]), ("theirs", ["他的名称"]), ("both", ["我的名称", "他的名称"])]
)
def test_a_row_that_both_changed_is_mine_theirs_or_both(client, journey, clash, choice, kept):
    answer = clash(row("activities", 0, title="我的名称"), activities=[LINE | {"title": "他的名称"}])
    (difference,) = answer.context["differences"]
    assert "他的名称" in difference["saved"]
    assert "我的名称" in difference["entered"]
    assert choices(answer) == {"choose-activities-0-0": "mine"}
    stored = save(client, journey, answer, **{"choose-activities-0-0": choice})
    assert titles(stored) == kept
    assert stored.activities.all()[0].quantities == {"output_t": "50"}


def test_rows_that_both_added_are_both_kept_without_touching_anything(client, journey, clash):
    """The clerk's new row stands where the owner's page had its empty one."""
    answer = clash(
        row("energy_lines", 1, carrier="diesel", quantity="5", unit="t", use="fuel"), energy_lines=[POWER, GAS]
    )
    assert answer.status_code == 409
    assert choices(answer) == {"choose-energy_lines-1-": "theirs", "choose-energy_lines--1": "mine"}
    lines = [line.carrier for line in save(client, journey, answer).energy_lines.all()]
    assert sorted(lines) == ["diesel", "electricity", "natural_gas"]


def test_an_added_row_is_left_out_only_where_it_is_said(client, journey, clash):
    answer = clash(
        row("energy_lines", 1, carrier="diesel", quantity="5", unit="t", use="fuel"), energy_lines=[POWER, GAS]
    )
    stored = save(client, journey, answer, **{"choose-energy_lines-1-": "mine", "choose-energy_lines--1": "theirs"})
    assert [line.carrier for line in stored.energy_lines.all()] == ["electricity"]


def test_an_untouched_empty_row_is_not_measured_by_what_a_colleague_added(client, journey, clash):
    answer = clash({"earthwork_m3": "700"}, energy_lines=[POWER, GAS], activities=[LINE, PAINT])
    assert answer.status_code == 409
    stored = save(client, journey, answer)
    assert titles(stored) == ["板式家具线", "喷涂线"]
    assert stored.energy_lines.count() == 2
    assert stored.earthwork_m3 == 700


def test_a_row_that_one_deletes_and_the_other_changes_is_shown_and_asked(client, journey, clash):
    answer = clash(row("energy_lines", 0, DELETE="on"), energy_lines=[POWER | {"quantity": 250}])
    (difference,) = answer.context["differences"]
    assert ("250" in difference["saved"], difference["entered"]) == (True, "")
    assert save(client, journey, answer, **{"choose-energy_lines-0-": "theirs"}).energy_lines.get().quantity == 250


def test_who_deletes_a_row_need_not_say_it_twice(client, journey, clash):
    answer = clash(row("energy_lines", 0, DELETE="on"), values={"total_investment_wan": 8800})
    assert not save(client, journey, answer).energy_lines.exists()


def test_a_row_is_put_against_the_same_one_and_not_against_its_neighbour(client, journey, clash):
    """The clerk put a line in front; the owner changed the old one."""
    answer = clash(row("activities", 0, output_t="60"), activities=[PAINT, LINE])
    assert set(choices(answer)) == {"choose-activities-0-", "choose-activities-1-0"}
    assert sorted(titles(save(client, journey, answer))) == ["喷涂线", "板式家具线"]


def test_equal_rows_in_another_order_are_no_difference(client, journey, clash):
    answer = clash(row("activities", 1, **PAINT | {"kind": "product_line"}), activities=[PAINT, LINE])
    assert answer.context["differences"] == []


def test_who_is_overtaken_once_more_is_asked_once_more(client, journey, world, clash):
    """The chosen row is not the saved one any more: the choice is void, and both are shown again."""
    first = clash(row("activities", 0, title="我的名称"), activities=[LINE | {"title": "他的名称"}])
    revise_facts(journey.project.pk, by=world.clerk, on=TODAY, version=2, values={}, activities=[PAINT])
    data = as_submitted(first) | {"choose-activities-0-0": "theirs"}
    data["version"] = str(first.context["sheets"].form["version"].value())
    second = client.post(reverse("approvals:facts", args=[journey.project.pk]), data)
    assert second.status_code == 409
    (difference,) = second.context["differences"]
    assert "喷涂线" in difference["saved"]
    assert "我的名称" in difference["entered"]
