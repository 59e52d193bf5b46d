"""Energy review: coefficients, units, what counts, the boundary of the project, and what is said."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from approvals.rules.editions import Edition, edition_on
from approvals.rules.energy import classify
from approvals.rules.energy.coefficients import coefficient_from_lhv
from approvals.rules.energy.match import check_edition
from tests.rules.energy_help import ON, ORDER_2, ORDER_44, facts, line, linked, outcome

# Coefficients


@pytest.mark.parametrize(
    ("quantity", "expected"), [(75, "exempt"), (80, "needs_input"), (91, "sub_provincial"), ("90.9", "needs_input")]
)
def test_gas_without_heating_value_is_tried_at_both_ends(quantity, expected):
    answer = classify(facts(line("natural_gas", quantity, "万m3")), ON)
    assert answer.outcome == expected
    assert answer.figures["tce"] is None
    assert answer.figures["tce_low"] == Decimal(str(quantity)) * 11
    assert answer.figures["tce_high"] == Decimal(str(quantity)) * Decimal("13.3")


def test_a_heating_value_settles_it():
    gas = line("natural_gas", 80, "万m3", coefficient="1.2128", coefficient_source="measured")
    answer = classify(facts(gas), ON)
    assert (answer.outcome, answer.figures["tce"]) == ("exempt", Decimal("970.24"))
    assert coefficient_from_lhv(Decimal(35544)) == Decimal("1.2128")


def test_a_coefficient_without_evidence_only_widens_the_table():
    answer = classify(facts(line("raw_coal", 990, "t", coefficient="0.3"), **linked(400)), ON)
    assert answer.outcome == "needs_input"
    assert answer.figures["warning_codes"] == ["SPLIT_PROJECT", "COEFFICIENT_UNSUPPORTED"]
    evidenced = line("raw_coal", 990, "t", coefficient="0.3", coefficient_source="measured")
    assert outcome(evidenced, **linked(400)) == "exempt"


@pytest.mark.parametrize(
    ("carrier", "quantity", "unit", "coefficient"),
    [
        ("lpg", 600, "t", "0.7143"),  # a copied table that lost its leading 1
        ("natural_gas", 91, "万m3", "0.2143"),
        ("natural_gas", 91, "万m3", "0.0013"),  # tce, not kgce
        ("lpg", 600, "t", "0"),
    ],
)
@pytest.mark.parametrize("source", ["measured", "certificate"])
def test_an_implausible_coefficient_is_pointed_out_and_never_exempts(carrier, quantity, unit, coefficient, source):
    wrong = line(carrier, quantity, unit, coefficient=coefficient, coefficient_source=source)
    answer = classify(facts(wrong), ON)
    assert answer.outcome == "needs_input"
    assert answer.figures["warning_codes"] == ["COEFFICIENT_IMPLAUSIBLE"]


def test_a_coefficient_said_to_be_the_tables_is_the_tables():
    wrong = line("lpg", 600, "t", coefficient="0.7143", coefficient_source="table")
    answer = classify(facts(wrong), ON)
    assert (answer.outcome, answer.figures["tce"]) == ("sub_provincial", Decimal("1028.58"))
    assert "COEFFICIENT_NOT_IN_TABLE" in answer.figures["warning_codes"]


@pytest.mark.parametrize("coefficient", ["0.404", "0.3", "0.122835"])
def test_power_counts_at_its_prescribed_value(coefficient):
    power = line("electricity", 800, "万kWh", coefficient=coefficient, coefficient_source="measured")
    answer = classify(facts(power), ON)
    assert (answer.outcome, answer.figures["tce"]) == ("exempt", Decimal("983.2"))
    assert "COEFFICIENT_PRESCRIBED" in answer.figures["warning_codes"]


def test_steam_by_the_tonne_is_a_range_and_by_the_gigajoule_is_not():
    by_mass = classify(facts(line("steam_lp", 9000, "t")), ON)
    assert by_mass.outcome == "needs_input"
    assert by_mass.figures["needs"] == ["steam_lp.enthalpy"]
    assert (by_mass.figures["tce_low"], by_mass.figures["tce_high"]) == (Decimal("826.2"), Decimal("1157.4"))
    metered = classify(facts(line("steam_lp", 25000, "GJ")), ON)
    assert (metered.outcome, metered.figures["tce"]) == ("exempt", Decimal(853))


# Units


@pytest.mark.parametrize(
    ("one", "same"),
    [
        (line("electricity", "8136697", "kWh"), line("electricity", "813.6697", "万kWh")),
        (line("electricity", "8136697", "kWh"), line("electricity", "8136.697", "MWh")),
        (line("raw_coal", "999990", "kg"), line("raw_coal", "999.99", "吨")),
        (line("natural_gas", "750000", "m3"), line("natural_gas", "75", "万立方米")),
        (line("heat", "29308", "GJ"), line("heat", "29308", "百万千焦")),
        (line("heat", "29308000", "MJ"), line("heat", "29.308", "TJ")),
        (line("diesel", "84", "t"), line("diesel", "100000", "L", density_kg_per_l="0.84")),
    ],
)
def test_the_unit_of_entry_does_not_matter(one, same):
    first, second = classify(facts(one), ON), classify(facts(same), ON)
    for name in ("tce", "coal_t", "kwh"):
        assert first.figures[name] == second.figures[name]
    assert first.outcome == second.outcome


def test_litres_need_a_density_where_it_decides():
    assert outcome(line("diesel", 600000, "L")) == "exempt"  # even as heavy as water
    answer = classify(facts(line("diesel", 800000, "L")), ON)
    assert answer.outcome == "needs_input"
    assert [question.fact for question in answer.missing] == ["energy_lines.0.density_kg_per_l"]


# What counts


def test_feedstock_and_own_renewables_count():
    assert outcome(line("lpg", 600, "t", use="feedstock")) == "sub_provincial"
    assert outcome(line("electricity", 850, "万kWh", use="own_renewable")) == "sub_provincial"


def test_energy_made_from_counted_fuel_is_not_counted_twice():
    chp = [line("raw_coal", 900, "t"), line("electricity", 300, "万kWh", use="self_generated")]
    answer = classify(facts(*chp), ON)
    assert (answer.outcome, answer.figures["tce"]) == ("exempt", Decimal("642.87"))
    assert "ON_SITE_SENSITIVE" in answer.figures["warning_codes"]


def test_self_generated_power_without_any_fuel_is_a_renewable_and_counts():
    sun = [line("electricity", 500, "万kWh"), line("electricity", 400, "万kWh", use="self_generated")]
    answer = classify(facts(*sun), ON)
    assert (answer.outcome, answer.figures["tce"]) == ("sub_provincial", Decimal("1106.1"))
    assert "ON_SITE_COUNTED" in answer.figures["warning_codes"]


def test_sold_heat_is_netted_but_coal_stays_gross():
    answer = classify(facts(line("raw_coal", 1500, "t"), line("heat", 20000, "GJ", use="sold")), ON)
    assert answer.figures["tce"] == Decimal("1071.45") - Decimal("682.4")
    assert (answer.figures["coal_t"], answer.outcome) == (Decimal(1500), "sub_provincial")
    resold = classify(facts(line("raw_coal", 1300, "t"), line("raw_coal", 600, "t", use="sold")), ON)
    assert (resold.figures["coal_t"], resold.figures["tce"]) == (Decimal(1300), Decimal("500.01"))
    assert resold.outcome == "sub_provincial"


def test_working_media_are_left_out_and_warned_of_only_where_they_would_decide():
    near = classify(facts(line("new_water", 500000, "t"), **linked(900)), ON)
    assert (near.outcome, near.figures["tce"]) == ("exempt", Decimal(900))
    assert "WORKING_MEDIA_SENSITIVE" in near.figures["warning_codes"]
    far = classify(facts(line("new_water", 500000, "t"), **linked(500)), ON)
    assert "WORKING_MEDIA_SENSITIVE" not in far.figures["warning_codes"]


def test_coke_is_not_coal_but_near_the_limit_that_is_to_be_confirmed():
    answer = classify(facts(line("coke", 1000, "t")), ON)
    assert (answer.outcome, answer.figures["coal_t"]) == ("exempt", Decimal(0))
    assert "COKE_SENSITIVE" in answer.figures["warning_codes"]
    assert "COKE_SENSITIVE" not in classify(facts(line("coke", 999, "t")), ON).figures["warning_codes"]


def test_whether_gangue_is_coal_is_asked_where_it_decides():
    answer = classify(facts(line("coal_gangue", 2000, "t")), ON)
    assert (answer.outcome, answer.figures["needs"]) == ("needs_input", ["coal_gangue.counts_as_coal"])
    assert outcome(line("coal_gangue", 900, "t")) == "exempt"


# Boundaries of the project


def plant(nature, **more):
    return facts(nature=nature, baseline_tce=12000, after_tce=12900, **more)


@pytest.mark.parametrize(
    ("nature", "unchanged", "on", "expected"),
    [
        ("tech_transform", True, ON, "exempt"),
        ("tech_transform", False, ON, "provincial"),
        ("tech_transform", None, ON, "needs_input"),
        ("reconstruction", True, ON, "exempt"),
        ("reconstruction", True, ORDER_2, "exempt"),
        ("tech_transform", True, ORDER_2, "provincial"),  # only 改建 then
        ("tech_transform", False, ORDER_44, "exempt"),  # all 改扩建 by increment then
        ("expansion", False, ORDER_44, "exempt"),
        ("new", True, ON, "provincial"),
        ("relocation", True, ON, "provincial"),
        ("rebuild", True, ON, "provincial"),
        (None, True, ON, "provincial"),
    ],
)
def test_increment_or_whole_plant(nature, unchanged, on, expected):
    assert classify(plant(nature, site_process_equipment_unchanged=unchanged), on).outcome == expected


def test_an_increment_needs_its_baseline():
    answer = classify(facts(nature="reconstruction", after_tce=5000, site_process_equipment_unchanged=True), ON)
    assert answer.outcome == "needs_input"
    assert [question.fact for question in answer.missing] == ["baseline_tce"]


def test_whether_coal_is_incremental_too_is_for_the_authority():
    coal = {"baseline_tce": 1200, "after_tce": 1500, "site_process_equipment_unchanged": True}
    answer = classify(facts(line("raw_coal", 2000, "t"), nature="tech_transform", baseline_coal_t=1600, **coal), ON)
    assert answer.outcome == "needs_input"
    assert answer.figures["needs"] == ["coal_basis"]
    little = facts(line("raw_coal", 900, "t"), nature="tech_transform", baseline_coal_t=800, **coal)
    assert classify(little, ON).outcome == "exempt"


@pytest.mark.parametrize(
    ("shared", "expected", "asked"),
    [
        (False, "exempt", []),
        (True, "needs_input", ["project_boundary"]),
        (None, "needs_input", ["shared_utilities"]),
    ],
)
def test_an_expansion_counts_by_itself_unless_it_shares_utilities(shared, expected, asked):
    stated = facts(nature="expansion", baseline_tce=4500, after_tce=5300, shared_utilities=shared)
    by_itself = facts(line("electricity", 400, "万kWh"), nature="expansion", shared_utilities=shared)
    for project in (stated, by_itself):
        answer = classify(project, ON)
        assert answer.outcome == expected
        assert [question.fact for question in answer.missing] == asked


def test_linked_filings_are_added_up():
    answer = classify(facts(linked_filings_tce=[600, 700], linked_filings_coal_t=0, linked_filings_kwh=0), ON)
    assert (answer.outcome, answer.figures["tce"]) == ("sub_provincial", Decimal(1300))
    assert "SPLIT_PROJECT" in answer.figures["warning_codes"]


def test_the_coal_of_linked_filings_is_asked_where_it_could_decide():
    answer = classify(facts(linked_filings_tce=[400]), ON)
    assert answer.outcome == "needs_input"
    assert [question.fact for question in answer.missing] == ["linked_filings_coal_t"]
    assert classify(facts(linked_filings_tce=[200]), ON).outcome == "exempt"


# Who reviews, and what is said


@pytest.mark.parametrize(
    ("tce", "profile", "two_high", "authority"),
    [
        (1000, None, False, "city"),
        ("4999.99", "split_5000", False, "county"),
        (5000, "split_5000", False, "city"),
        (1000, "split_5000", True, "city"),
        (10000, "split_5000", False, "province"),
        (900, "split_5000", False, None),
    ],
)
def test_the_authority_follows_the_local_profile(tce, profile, two_high, authority):
    answer = classify(facts(**linked(tce)) | {"two_high": two_high}, ON, profile=profile)
    assert answer.figures["authority"] == authority
    unconfirmed = "AUTHORITY_UNCONFIRMED" in answer.figures["warning_codes"]
    assert unconfirmed == (answer.outcome == "sub_provincial")


def test_a_confirmed_local_profile_carries_no_warning():
    local = {"label": "本市分工", "confirmed": True, "steps": [{"authority": "city"}]}
    assert classify(facts(**linked(2000)), ON, profile=local).figures["warning_codes"] == ["SPLIT_PROJECT"]
    with pytest.raises(LookupError):
        classify(facts(**linked(2000)), ON, profile="nobody")


def test_unknown_two_high_only_warns():
    answer = classify(facts(**linked(2000)) | {"two_high": None}, ON, profile="split_5000")
    assert (answer.outcome, answer.figures["authority"]) == ("sub_provincial", "county")
    assert "TWO_HIGH_UNKNOWN" in answer.figures["warning_codes"]


def test_a_range_across_the_local_division_leaves_the_authority_open():
    answer = classify(facts(line("natural_gas", 400, "万m3")), ON, profile="split_5000")
    assert (answer.outcome, answer.figures["authority"]) == ("sub_provincial", None)
    assert "AUTHORITY_OPEN" in answer.figures["warning_codes"]


@pytest.mark.parametrize("filed_on", [date(2025, 8, 1), "2025-08-31"])
def test_filing_before_the_order_is_pointed_out(filed_on):
    before = classify(facts(filed_on=filed_on), ON)
    assert "TRANSITION" in before.figures["warning_codes"]
    assert "TRANSITION" not in classify(facts(filed_on=date(2025, 9, 1)), ON).figures["warning_codes"]


def test_the_reader_sees_reason_clause_distance_and_remaining_duties():
    answer = classify(facts(line("electricity", 600, "万kWh"), line("heat", 4766, "GJ")), ON)
    reason = answer.reasons[0]
    assert reason.decisive
    assert reason.text.startswith("年综合能源消费量（电力按当量值）900.01592吨标准煤，不满1000吨标准煤")
    assert "不满1000吨标准煤" in reason.quote
    assert reason.basis == "《固定资产投资项目节能审查和碳排放评价办法》（国家发展改革委令2025年第31号）第八条"
    assert answer.figures["distances"][0]["text"] == "距 1000 吨标准煤还差 99.98408 吨"
    assert "在线审批监管平台" in answer.duties[0]
    assert "第二十条" in answer.duties[0]


def test_a_reviewed_project_is_told_why_it_is_not_exempt():
    answer = classify(facts(line("middlings", 1500, "t")), ON)
    text = "；".join(reason.text for reason in answer.reasons)
    assert "1500吨，达到1000吨" in text
    assert answer.reasons[1].decisive
    assert answer.duties


def test_an_open_class_is_not_given_a_decisive_reason():
    answer = classify(facts(line("natural_gas", 80, "万m3")), ON)
    assert not any(reason.decisive for reason in answer.reasons)
    assert "豁免" in answer.headline
    assert "审查" in answer.headline
    assert answer.figures["carbon_evaluation"] == "unknown"
    assert answer.duties == ()


def test_unverified_articles_are_marked():
    assert "条款号待核实" in classify(facts(), ORDER_2).reasons[0].basis


def test_the_same_facts_give_the_same_bytes():
    project = facts(line("electricity", 600, "万kWh"), line("natural_gas", 20, "万m3"))
    first, second = (json.dumps(classify(project, ON).as_json(), ensure_ascii=False) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"id": "x", "outcome": "exempt", "when": {"fact": "mood", "op": "<", "value": 1}}, "undeclared facts"),
        ({"id": "x", "outcome": "maybe", "when": {"always": True}}, "unknown outcome"),
        ({"id": "x", "outcome": "exempt", "when": {"fact": "tce", "op": "~", "value": 1}}, "op"),
    ],
)
def test_a_faulty_edition_is_refused(rule, says):
    edition = edition_on("energy", ON)
    broken = Edition("energy", "x", "", ON, None, "", {**edition.data, "rules": [rule]})
    with pytest.raises(ValueError, match=says):
        check_edition(broken)
