"""Unknown stays unknown through every form, and no word of the vocabulary is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from approvals.accounts.roles import standing
from approvals.forms.areas import grouped, landing_areas
from approvals.forms.facts import SECTIONS, FactsForm
from approvals.forms.fields import KnownField, QuantityField
from approvals.forms.processes import ProcessesField, grouped_processes, usual_groups
from approvals.forms.rows import ActivityForm, ActivityFormSet, EnergyLineFormSet, carriers, stored_quantities
from approvals.models import Activity, ProjectFacts
from approvals.rules import vocabulary
from tests.cases import TODAY


@pytest.mark.parametrize(("typed", "value"), [("True", True), ("False", False), ("", None)])
def test_a_fact_is_yes_no_or_not_known_yet(typed, value):
    assert KnownField().clean(typed) is value


def test_three_answers_stand_side_by_side_and_the_unknown_one_is_marked():
    form = FactsForm(instance=ProjectFacts(two_high=None))
    assert str(form["two_high"]).count('type="radio"') == 3
    assert '<input type="radio" name="two_high" value="" ' in str(form["two_high"])
    assert str(form["two_high"]).count("checked") == 1


@pytest.mark.parametrize(("typed", "value"), [("", None), ("0", Decimal(0)), ("7000.50", Decimal("7000.50"))])
def test_nothing_is_not_nought(typed, value):
    assert QuantityField().clean(typed) == value


def test_a_quantity_is_shown_as_it_was_meant():
    assert QuantityField().prepare_value(Decimal("7000.0000")) == "7000"
    assert QuantityField().prepare_value(Decimal("0.5000")) == "0.5"


def test_every_fact_of_a_project_has_its_place_on_the_form():
    placed = [name for section in SECTIONS for name in section.names]
    columns = {field.name for field in ProjectFacts._meta.concrete_fields} - {"id", "project", "version"}
    assert len(placed) == len(set(placed))
    assert set(placed) == columns


def test_labels_units_and_help_come_from_the_vocabulary():
    form = FactsForm(instance=ProjectFacts())
    term = vocabulary.fact("total_investment_wan")
    assert form["total_investment_wan"].label == f"{term.zh}（{term.unit}）"
    assert form["total_investment_wan"].help_text == term.help
    assert form["two_high"].label == f"是否{vocabulary.fact('two_high').zh}"


def test_every_process_stands_in_exactly_one_group():
    names = [name for _title, options in grouped_processes() for name, _label in options]
    assert names == list(vocabulary.PROCESSES)


@pytest.mark.parametrize("industry", list(vocabulary.GROUPS))
def test_every_key_industry_finds_its_processes_open(industry):
    titles = {str(title) for title, _options in grouped_processes()}
    assert len(usual_groups(industry)) >= 2
    assert usual_groups(industry) <= titles


def test_no_ticked_process_means_not_known():
    assert ProcessesField().clean([]) is None
    assert ProcessesField().clean(["cutting"]) == ["cutting"]


def test_every_fact_of_an_activity_has_a_field():
    wanted = {name for name, term in vocabulary.FACTS.items() if term.of == "activity"}
    assert wanted <= set(ActivityForm().fields)
    assert {term.name for term in stored_quantities()}.isdisjoint(f.name for f in Activity._meta.concrete_fields)


def test_what_the_rules_ask_for_stands_before_the_rest():
    form = ActivityForm(asked=["solvent_coating_t"], initial={"output_t": "5"})
    assert [field.name for field in form.wanted_fields()] == ["solvent_coating_t", "output_t"]
    assert "solvent_coating_t" not in [field.name for field in form.other_fields()]


def activity(**changes: str | list[str]) -> dict[str, str | list[str]]:
    start = {"activities-TOTAL_FORMS": "1", "activities-INITIAL_FORMS": "0"}
    row: dict[str, str | list[str]] = {"title": "喷漆线", "kind": "product_line", **changes}
    return start | {f"activities-0-{name}": value for name, value in row.items()}


def test_an_activity_keeps_what_was_given_and_nothing_else():
    formset = ActivityFormSet(
        activity(processes=["coating"], solvent_coating_t="8", output_t="12.50", organic_solvent="False"),
        prefix="activities",
    )
    assert formset.is_valid(), formset.errors
    row = formset.rows()[0]
    assert row["processes"] == ["coating"]
    assert row["solvent_coating_t"] == 8
    assert row["low_voc_nonsolvent_coating_t"] is None
    assert row["quantities"] == {"output_t": "12.5", "organic_solvent": False}


def test_an_empty_spare_row_is_no_row():
    formset = ActivityFormSet(activity(title="", processes=[]), prefix="activities")
    assert formset.is_valid(), formset.errors
    assert formset.rows() == []


def test_a_spare_row_of_energy_is_no_row_although_its_selects_have_a_value():
    start = {"energy_lines-TOTAL_FORMS": "1", "energy_lines-INITIAL_FORMS": "0"}
    row = {"carrier": "", "quantity": "", "unit": "万kWh", "use": "fuel", "coefficient_source": "table"}
    formset = EnergyLineFormSet(start | {f"energy_lines-0-{n}": v for n, v in row.items()}, prefix="energy_lines")
    assert formset.is_valid(), formset.errors
    assert formset.rows() == []


def test_a_stored_word_outside_the_list_is_kept():
    formset = EnergyLineFormSet(initial=[{"carrier": "electricity", "unit": "MWh"}], prefix="energy_lines")
    assert '<option value="electricity" selected>电</option>' in str(formset.forms[0]["carrier"])
    assert '<option value="MWh" selected>' in str(formset.forms[0]["unit"])


def test_the_usual_carriers_come_first():
    assert [name for name, _label in carriers()][:2] == ["electricity_calorific", "natural_gas"]


def test_areas_are_grouped_by_city_and_a_handler_finds_only_his_own(world):
    own = landing_areas(standing(world.handler, TODAY))
    assert list(own) == [world.zone]
    everywhere = landing_areas(standing(world.owner, TODAY))
    assert set(everywhere) == {world.county, world.zone}
    assert grouped(everywhere) == [
        ("示例市", [(world.county.pk, "示例县"), (world.zone.pk, "示例县 · 示例经济技术开发区")])
    ]
