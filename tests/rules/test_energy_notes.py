"""What an energy determination still asks, by edition, and what it warns of, exactly."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.energy import classify
from approvals.rules.energy.match import build_case
from approvals.rules.energy.notes import needs_of
from tests.rules.energy_help import ON, ORDER_2, ORDER_44, facts, line

POWER = line("electricity", 3000, "万kWh")  # 3 687 tce: reviewed below the province
GANGUE = line("coal_gangue", 10, "t")
CHANGE = {"nature": "reconstruction", "site_process_equipment_unchanged": True}


def warned(*lines, on=ON, **more):
    return classify(facts(*lines, **more), on).figures["warning_codes"]


def asked(*lines, on=ON, **more):
    return [(need, question.fact) for need, question in needs_of(build_case(facts(*lines, **more), on))]


def test_without_any_line_all_of_them_are_asked_first():
    case = build_case({**facts(**CHANGE), "energy_lines": None}, ON)
    (need, question), *_rest = needs_of(case)
    assert (need, question.fact) == ("energy_lines", "energy_lines")
    assert question.text == "请填写项目各种能源的年消费量（不用能也请确认）"


def test_a_line_without_its_quantity_is_asked_for_and_a_working_medium_is_not():
    assert asked(line("electricity", None, "万kWh")) == [("electricity.quantity", "energy_lines.0.quantity")]
    assert asked(line("new_water", None, "t")) == []


@pytest.mark.parametrize(("on", "expected"), [(ORDER_44, []), (ON, ["coal_gangue.counts_as_coal"])])
def test_whether_a_fuel_is_coal_is_asked_where_the_edition_limits_coal(on, expected):
    assert [need for need, _fact in asked(GANGUE, on=on)] == expected


def test_the_question_about_coal_names_the_line_and_the_fuel():
    [(_need, question)] = needs_of(build_case(facts(POWER, GANGUE), ON))
    assert question.fact == "energy_lines.1.counts_as_coal"
    assert question.text == "请确认煤矸石(用作能源)是否按煤炭计入煤炭消费量"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (ORDER_44, ["baseline_tce", "baseline_kwh"]),  # limits tce and kWh
        (ON, ["baseline_tce", "baseline_coal_t", "coal_basis"]),  # limits tce and coal
    ],
)
def test_only_what_the_edition_compares_is_asked_of_the_state_before(on, expected):
    lines = (POWER, line("raw_coal", 500, "t"))
    assert sorted(need for need, _fact in asked(*lines, on=on, **CHANGE)) == sorted(expected)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"ndrc_listed_field": True}, ["grid_primary_coefficient"]),
        ({"ndrc_listed_field": True, "grid_primary_coefficient": "0.3"}, []),
        ({"ndrc_listed_field": False}, []),
        ({}, []),
    ],
)
def test_the_primary_coefficient_is_asked_in_the_fields_of_the_state_alone(stated, expected):
    found = needs_of(build_case(facts(POWER, **stated), ON))
    assert [need for need, _question in found] == expected
    for _need, question in found:
        assert question.fact == "grid_primary_coefficient"
        assert question.text == "请填写上年电厂发电标准煤耗（千克标准煤/千瓦时），用于国家审查的等价值比较"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ({"zone_energy_review_valid": None}, ["ZONE_UNKNOWN"]),
        ({"zone_energy_review_valid": True, "two_high": True}, ["TWO_HIGH_OUTSIDE_COMMITMENT"]),
        ({"zone_energy_review_valid": False, "two_high": True}, []),
        ({"zone_energy_review_valid": True}, []),
        ({"zone_energy_review_valid": True, "zone_negative_list": None}, ["NEGATIVE_LIST_UNKNOWN"]),
        ({"zone_energy_review_valid": True, "two_high": None}, ["TWO_HIGH_UNKNOWN"]),
        (
            {"zone_energy_review_valid": True, "two_high": None, "zone_negative_list": None},
            ["NEGATIVE_LIST_UNKNOWN", "TWO_HIGH_UNKNOWN"],
        ),
    ],
)
def test_what_is_open_about_the_zone_is_said(zone, expected):
    known = {"AUTHORITY_UNCONFIRMED", "AUTHORITY_OPEN"}  # of the authority, not of the zone
    assert [code for code in warned(POWER, **zone) if code not in known] == expected


def test_an_open_zone_is_one_question_and_only_where_it_decides():
    answer = classify(facts(POWER, zone_energy_review_valid=None), ON)
    assert [(q.fact, q.text) for q in answer.missing] == [
        ("zone_energy_review_valid", "项目所在区域是否已完成区域节能审查且在有效期内？")
    ]
    assert classify(facts(line("electricity", 1, "kWh"), zone_energy_review_valid=None), ON).missing == ()
    assert classify(facts(POWER, zone_energy_review_valid=None), ORDER_44).missing == ()  # knew no zones


@pytest.mark.parametrize(
    ("on", "filed_on", "warns"),
    [
        (date(2025, 9, 1), date(2025, 8, 31), True),  # the first day of the order, filed on the day before
        (date(2025, 9, 1), date(2025, 9, 1), False),
        (date(2025, 8, 31), date(2025, 8, 30), False),  # the order before it
        (date(2025, 9, 1), "2025-08-31", True),  # as stored facts carry it
        (date(2025, 9, 1), None, False),
    ],
)
def test_a_project_filed_under_the_order_before_is_told(on, filed_on, warns):
    assert ("TRANSITION" in warned(POWER, on=on, filed_on=filed_on)) is warns


@pytest.mark.parametrize(("on", "warns"), [(date(2021, 3, 31), True), (date(2021, 4, 1), False)])
def test_coefficients_younger_than_the_day_are_said_where_they_are_used(on, warns):
    assert ("COEFFICIENT_EDITION" in warned(POWER, on=on)) is warns
    assert "COEFFICIENT_EDITION" not in warned(on=on)


def test_an_open_reading_is_not_named_while_the_class_is_open():
    answer = classify(facts(line("coke", 1000, "t"), line("diesel", None, "t")), ORDER_2)
    assert answer.outcome == "needs_input"
    assert not {code for code in answer.figures["warning_codes"] if code.endswith("_SENSITIVE")}


def test_no_warning_comes_twice():
    codes = warned(
        POWER, line("coal_gangue", 10, "t", coefficient="0.2"), line("coal_gangue", 5, "t", coefficient="0.2")
    )
    assert len(codes) == len(set(codes))
