"""Who needs an energy review: thresholds, editions, coefficients, boundaries, and what is not known."""

from __future__ import annotations

import json
from datetime import date

import pytest

from approvals.rules.energy import classify
from tests.rules.energy_help import ON, ORDER_2, ORDER_44, facts, line, linked, outcome


@pytest.mark.parametrize(
    ("tce", "on", "expected"),
    [
        ("999.99", ON, "exempt"),
        ("1000", ON, "sub_provincial"),
        ("1000.01", ON, "sub_provincial"),
        ("9999.99", ON, "sub_provincial"),
        ("10000", ON, "provincial"),
        ("10000.01", ON, "provincial"),
        ("999.99", ORDER_2, "exempt"),
        ("1000", ORDER_2, "sub_provincial"),
        ("9999.99", ORDER_2, "sub_provincial"),
        ("10000", ORDER_2, "provincial"),
        ("999.99", ORDER_44, "exempt"),
        ("1000", ORDER_44, "sub_provincial"),
        ("4999.99", ORDER_44, "sub_provincial"),
        ("5000", ORDER_44, "provincial"),
        ("5000.01", ORDER_44, "provincial"),
    ],
)
def test_thresholds_in_tonnes_of_standard_coal(tce, on, expected):
    assert outcome(on=on, **linked(tce)) == expected


@pytest.mark.parametrize(
    ("coal", "expected"),
    [
        ("999.99", "exempt"),
        ("1000", "sub_provincial"),
        ("1000.01", "sub_provincial"),
        ("9999.99", "sub_provincial"),
        ("10000", "provincial"),
        ("10000.01", "provincial"),
    ],
)
def test_thresholds_in_physical_tonnes_of_coal(coal, expected):
    assert outcome(line("middlings", coal, "t")) == expected
    assert outcome(line("middlings", coal, "t"), on=ORDER_2) in ("exempt", "sub_provincial")  # tce alone, then


@pytest.mark.parametrize(
    ("kwh", "expected"), [("4999999", "exempt"), ("5000000", "sub_provincial"), ("5000001", "sub_provincial")]
)
@pytest.mark.parametrize("on", [ORDER_2, ORDER_44])
def test_the_power_limb_of_the_former_orders(kwh, expected, on):
    assert outcome(line("electricity", kwh, "kWh"), on=on) == expected
    assert outcome(line("electricity", kwh, "kWh")) == "exempt"


@pytest.mark.parametrize(("kwh", "expected"), [(8136696, "exempt"), (8136697, "sub_provincial")])
def test_the_published_power_coefficient_puts_the_boundary_on_the_kilowatt_hour(kwh, expected):
    assert outcome(line("electricity", kwh, "kWh")) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2025, 8, 31), "sub_provincial"), (date(2025, 9, 1), "exempt")],
)
def test_the_edition_changes_with_the_day(on, expected):
    assert outcome(line("electricity", 600, "万kWh"), on=on) == expected


def test_the_change_of_2025_also_goes_the_other_way():
    project = [line("middlings", 1200, "t")]
    assert outcome(*project, on=date(2025, 8, 31)) == "exempt"
    assert outcome(*project, on=date(2025, 9, 1)) == "sub_provincial"


def test_a_day_without_an_edition_is_an_error():
    with pytest.raises(LookupError):
        classify(facts(), date(2016, 12, 31))


@pytest.mark.parametrize(
    ("test_tce", "coal", "expected"),
    [
        ("499999.99", 0, "provincial"),
        ("500000", 0, "state"),
        ("500000.01", 0, "state"),
        ("20000", "499999.99", "provincial"),
        ("20000", "500000", "state"),
    ],
)
def test_the_state_reviews_listed_fields_from_half_a_million_tonnes(test_tce, coal, expected):
    amounts = {"linked_filings_tce": [test_tce], "linked_filings_coal_t": coal, "linked_filings_kwh": 0}
    answer = classify(facts(ndrc_listed_field=True, grid_primary_coefficient="0.3", **amounts), ON)
    assert answer.outcome == expected
    assert classify(facts(**amounts), ON).outcome == "provincial"  # a field that is not listed stays below
    assert answer.figures["carbon_evaluation"] == ("mandatory" if expected == "state" else "discretionary")


def test_the_grid_coefficient_is_asked_only_where_it_decides():
    large = facts(line("electricity", 200000, "万kWh"), ndrc_listed_field=True)
    answer = classify(large, ON)
    assert answer.outcome == "needs_input"
    assert [question.fact for question in answer.missing] == ["grid_primary_coefficient"]
    assert classify({**large, "grid_primary_coefficient": "0.3"}, ON).outcome == "state"
    small = facts(line("electricity", 20000, "万kWh"), ndrc_listed_field=True)
    assert classify(small, ON).outcome == "provincial"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"fixed_asset_project": False}, "out_of_scope"),
        ({"state_secret": True}, "exempt_state_secret"),
        ({"energy_catalogue_project": True}, "exempt_catalogue"),
    ],
)
def test_screening_needs_no_figures(more, expected):
    answer = classify(facts(**more) | {"energy_lines": None}, ON)
    assert answer.outcome == expected
    assert answer.missing == ()
    assert answer.figures["carbon_evaluation"] == "none"


def test_state_secrets_were_no_ground_in_2016():
    assert outcome(state_secret=True, on=ORDER_44, **linked(2000)) == "sub_provincial"


@pytest.mark.parametrize("fact", ["state_secret", "energy_catalogue_project", "ndrc_listed_field"])
def test_an_unknown_screening_fact_neither_exempts_nor_escalates(fact):
    assert outcome(**linked(2000), **{fact: None}) == "sub_provincial"


@pytest.mark.parametrize("approver", ["NDRC", "state_council"])
def test_nationally_approved_projects_are_provincial_unless_exempt(approver):
    assert outcome(approved_by=approver, **linked(3000)) == "provincial"
    assert outcome(approved_by=approver, **linked(800)) == "exempt"
    assert outcome(approved_by="province", **linked(3000)) == "sub_provincial"


@pytest.mark.parametrize(
    ("more", "tce", "expected"),
    [
        ({}, 3000, "regional_commitment"),
        ({}, 900, "exempt"),
        ({}, 12000, "provincial"),
        ({"zone_negative_list": True}, 3000, "sub_provincial"),
        ({"two_high": True}, 3000, "sub_provincial"),
        ({"zone_energy_review_valid": False}, 3000, "sub_provincial"),
        ({"zone_energy_review_valid": None}, 3000, "sub_provincial"),
    ],
)
def test_the_commitment_route_is_for_what_lies_between(more, tce, expected):
    assert outcome(**{"zone_energy_review_valid": True, **linked(tce), **more}) == expected


def test_an_unknown_zone_keeps_the_ordinary_route_and_says_so():
    answer = classify(facts(zone_energy_review_valid=None, **linked(3000)), ON)
    assert "ZONE_UNKNOWN" in answer.figures["warning_codes"]
    assert [question.fact for question in answer.missing] == ["zone_energy_review_valid"]
    assert classify(facts(zone_energy_review_valid=None), ON).missing == ()


# What is not known


def test_unknown_energy_is_a_question_and_no_energy_is_an_answer():
    answer = classify(facts() | {"energy_lines": None}, ON)
    assert answer.outcome == "needs_input"
    assert not answer.is_known
    assert answer.missing[0].fact == "energy_lines"
    assert answer.figures["tce_high"] is None
    assert outcome() == "exempt"
    assert classify({}, ON).outcome == "needs_input"


@pytest.mark.parametrize(
    ("bad", "fact"),
    [
        (line("electricity", None, "kWh"), "quantity"),
        (line("electricity", "many", "kWh"), "quantity"),
        (line("electricity", "-5", "kWh"), "quantity"),
        (line("electricity", "NaN", "kWh"), "quantity"),
        (line("electricity", 5, "parsec"), "unit"),
        (line("electricity", 5, None), "unit"),
        (line("natural_gas", 5, "Nm3"), "unit"),  # 0 °C and 20 °C differ by 7.3 %
        (line("natural_gas", 5, "t"), "unit"),
        (line("phlogiston", 5, "t"), "carrier"),
        (line(None, 5, "t"), "carrier"),
        (line("semi_coke", 5, "t"), "coefficient"),
    ],
)
def test_a_line_that_cannot_be_converted_is_asked_for_and_never_exempts(bad, fact):
    answer = classify(facts(bad), ON)
    assert answer.outcome == "needs_input"
    assert f"energy_lines.0.{fact}" in [question.fact for question in answer.missing]
    json.dumps(answer.as_json())


def test_an_unknown_line_does_not_matter_where_the_rest_decides():
    assert outcome(line("electricity", None, "kWh"), **linked(10000)) == "provincial"
