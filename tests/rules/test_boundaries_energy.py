"""Energy cases derived by hand from the orders of 2016, 2023 and 2025: every threshold, unit and kind of project.

Quantities were worked out from the published coefficients (电力 0.1229, 热力 0.03412 per MJ, 原煤 0.7143, 柴油 1.4571,
天然气 1.1000 to 1.3300) on paper; 1 万kWh = 1.229 tce, 1 GJ = 0.03412 tce.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from approvals.rules.energy import classify

E2016, E2023, E2025 = date(2020, 6, 1), date(2024, 6, 3), date(2026, 11, 24)
SHORT = {"X": "exempt", "S": "sub_provincial", "P": "provincial", "N": "state", "Z": "regional_commitment"}
SHORT |= {"?": "needs_input", "C": "exempt_catalogue", "G": "exempt_state_secret", "O": "out_of_scope"}


def line(carrier, quantity, unit, **more):
    return {"carrier": carrier, "quantity": quantity, "unit": unit, **more}


def answer(*lines, on=E2025, profile=None, **facts):
    return classify({"nature": "new", "energy_lines": list(lines), **facts}, on, profile=profile)


def heat(tce):
    """Heat of exactly so many tonnes of standard coal, as a stated total: no coal, no power."""
    return {"after_tce": tce}


# (tce, 2016, 2023, 2025): 不满1000 exempts; province from 5000 (2016), from 10000 (2023, 2025)
THRESHOLDS = [
    ("0", "X", "X", "X"),
    ("999.9999", "X", "X", "X"),
    ("1000", "S", "S", "S"),
    ("1000.0001", "S", "S", "S"),
    ("4999.9999", "S", "S", "S"),
    ("5000", "P", "S", "S"),
    ("9999.9999", "P", "S", "S"),
    ("10000", "P", "P", "P"),
    ("499999.9999", "P", "P", "P"),
    ("500000", "P", "P", "P"),
]


@pytest.mark.parametrize(("tce", "in_2016", "in_2023", "in_2025"), THRESHOLDS)
def test_the_thresholds_of_energy(tce, in_2016, in_2023, in_2025):
    for on, expected in ((E2016, in_2016), (E2023, in_2023), (E2025, in_2025)):
        assert answer(on=on, **heat(tce)).outcome == SHORT[expected]


# kWh: the limit of 500万 belongs to 2016 and 2023 alone
POWER = [
    ("4999999", "kWh", "X", "X", "X"),
    ("499.9999", "万kWh", "X", "X", "X"),
    ("5000000", "kWh", "S", "S", "X"),
    ("500", "万千瓦时", "S", "S", "X"),
    ("5000", "MWh", "S", "S", "X"),
    ("4999.999", "MWh", "X", "X", "X"),
    ("8136696", "kWh", "S", "S", "X"),
    ("8136697", "kWh", "S", "S", "S"),
    ("813.6696", "万kWh", "S", "S", "X"),
    ("813.6697", "万kWh", "S", "S", "S"),
    ("8136.696", "MWh", "S", "S", "X"),
    ("8136.697", "MWh", "S", "S", "S"),
    ("8.136697", "GWh", "S", "S", "S"),
    ("81366965", "kWh", "P", "S", "S"),
    ("81366966", "kWh", "P", "P", "P"),
    ("40683482", "kWh", "S", "S", "S"),
    ("40683483", "kWh", "P", "S", "S"),
]


@pytest.mark.parametrize(("quantity", "unit", "in_2016", "in_2023", "in_2025"), POWER)
def test_the_thresholds_of_electricity(quantity, unit, in_2016, in_2023, in_2025):
    for on, expected in ((E2016, in_2016), (E2023, in_2023), (E2025, in_2025)):
        assert answer(line("electricity", quantity, unit), on=on).outcome == SHORT[expected]


# Coal in tonnes as weighed, 2025 alone: 不满1000 exempts, province from 10000, state from 500000 in a listed field
COAL = [
    ("raw_coal", "999.99", "t", "X"),
    ("raw_coal", "1000", "t", "S"),
    ("raw_coal", "1000000", "kg", "S"),
    ("raw_coal", "999999", "kg", "X"),
    ("raw_coal", "0.1", "万吨", "S"),
    ("middlings", "1000", "t", "S"),  # 285.7 tce
    ("middlings", "999.9", "吨", "X"),
    ("briquette", "1000", "t", "S"),
    ("washed_coal", "1000", "t", "S"),
    ("raw_coal", "9999.99", "t", "S"),
    ("raw_coal", "10000", "t", "P"),
    ("coke", "1000", "t", "X"),  # 971.4 tce, and 焦炭 is not 煤炭
    ("coke", "1029.5", "t", "S"),  # 1000.06 tce
    ("coal_gangue", "1000", "t", "?"),  # 285.7 tce; whether it is coal is open
    ("coal_gangue", "999", "t", "X"),
    ("coal_slime", "999", "t", "X"),
    ("semi_coke", "1", "t", "?"),  # no published coefficient at all
]


@pytest.mark.parametrize(("carrier", "quantity", "unit", "expected"), COAL)
def test_the_thresholds_of_coal(carrier, quantity, unit, expected):
    assert answer(line(carrier, quantity, unit)).outcome == SHORT[expected]


OTHER_UNITS = [
    (line("heat", "29308.32", "GJ"), "X"),  # 999.99988 tce
    (line("heat", "29308.33", "GJ"), "S"),  # 1000.0002 tce
    (line("heat", "29308330", "MJ"), "S"),
    (line("heat", "29308.32", "百万千焦"), "X"),
    (line("heat", "29308.33", "百万千焦"), "S"),
    (line("natural_gas", "75.18", "万m3"), "X"),  # 999.894 at 1.33
    (line("natural_gas", "751879", "m3"), "X"),  # 999.99907 at 1.33
    (line("natural_gas", "751880", "m3"), "?"),
    (line("natural_gas", "909090", "m3"), "?"),  # 999.999 at 1.10
    (line("natural_gas", "909091", "m3"), "S"),
    (line("natural_gas", "90.9091", "万立方米"), "S"),
    (line("natural_gas", "80", "万m3", coefficient="1.2128", coefficient_source="measured"), "X"),
    (line("natural_gas", "80", "万m3", coefficient="1.25", coefficient_source="certificate"), "S"),
    (line("natural_gas", "80", "万m3", coefficient="1.2128"), "?"),  # stated without evidence
    (line("natural_gas", "80", "Nm3"), "?"),  # at 0 °C: has to be asked
    (line("natural_gas", "80", "万m3", coefficient="0.2143", coefficient_source="measured"), "?"),  # a lost digit
    (line("lpg", "583.32", "t"), "X"),  # 999.985 tce
    (line("lpg", "583.33", "t"), "S"),  # 1000.003 tce
    (line("lpg", "583330", "kg"), "S"),
    (line("diesel", "686.29", "t"), "X"),  # 999.993 tce
    (line("diesel", "686.30", "t"), "S"),  # 1000.008 tce
    (line("diesel", "817010", "L", density_kg_per_l="0.84"), "X"),  # 686.2884 t
    (line("diesel", "817030", "L", density_kg_per_l="0.84"), "S"),  # 686.3052 t, 1000.0153 tce
    (line("diesel", "817.03", "kL", density_kg_per_l="0.84"), "S"),
    (line("diesel", "817030", "L"), "?"),  # no density
    (line("diesel", "600000", "L"), "X"),  # 874 tce even at 1 kg/L
    (line("steam_lp", "7777", "t"), "?"),  # 1000.1 at 0.1286, 713.9 at 0.0918
    (line("steam_lp", "7776", "t"), "X"),  # 999.99 at most
    (line("steam_lp", "10894", "t"), "S"),  # 1000.07 at least
    (line("steam_lp", "29308.32", "GJ"), "X"),  # metered heat needs no enthalpy
    (line("raw_coal", "20000", "GJ"), "?"),  # its heat does not tell its tonnes
]


@pytest.mark.parametrize(("entry", "expected"), OTHER_UNITS)
def test_units_and_coefficients(entry, expected):
    assert answer(entry).outcome == SHORT[expected]


# State level: the higher of 当量 and 等价, 500000 tce or 500000 t of coal, and only in a listed field
STATE = [
    ({"energy_lines": [line("raw_coal", 500000, "t")], "ndrc_listed_field": True}, "N"),
    ({"energy_lines": [line("raw_coal", "499999.9", "t")], "ndrc_listed_field": True}, "P"),
    ({"energy_lines": [line("raw_coal", 500000, "t")], "ndrc_listed_field": False}, "P"),
    ({"energy_lines": [line("raw_coal", 500000, "t")]}, "P"),
    ({"energy_lines": [], "after_tce": "500000", "ndrc_listed_field": True}, "N"),
    ({"energy_lines": [], "after_tce": "499999.9999", "ndrc_listed_field": True}, "P"),
]
# 160000万kWh: 当量 196640, 等价 at 0.3125 exactly 500000, at 0.3124 499840, at 0.305 488000
GRID = [("0.3125", "N"), ("0.3124", "P"), ("0.305", "P"), ("0.1", "P"), (None, "?")]


@pytest.mark.parametrize(("facts", "expected"), STATE)
def test_the_state_reviews_listed_fields_only(facts, expected):
    assert answer(**facts).outcome == SHORT[expected]


@pytest.mark.parametrize(("grid", "expected"), GRID)
def test_the_state_test_takes_the_higher_value_of_electricity(grid, expected):
    power = line("electricity", 160000, "万kWh")
    found = answer(power, ndrc_listed_field=True, grid_primary_coefficient=grid)
    assert found.outcome == SHORT[expected]
    assert answer(power, ndrc_listed_field=True, grid_primary_coefficient=grid, on=E2023).outcome == "provincial"


def test_the_primary_value_never_reaches_the_other_thresholds():
    found = answer(line("electricity", 800, "万kWh"), grid_primary_coefficient="0.404")
    assert (found.outcome, found.figures["tce"]) == ("exempt", Decimal("983.2"))


# nature, unchanged, before, after: 2016 takes every increment; 2023 reconstruction; 2025 technical change as well
INCREMENTS = [
    ("tech_transform", True, 12000, "12999.99", "X", "P", "X"),
    ("tech_transform", True, 12000, "13000", "S", "P", "S"),
    ("tech_transform", True, 12000, "22000", "P", "P", "P"),
    ("tech_transform", False, 12000, 12900, "X", "P", "P"),
    ("tech_transform", None, 12000, 12900, "X", "P", "?"),
    ("tech_transform", True, 5300, 5000, "X", "S", "X"),
    ("reconstruction", True, 12000, 12900, "X", "X", "X"),
    ("reconstruction", False, 12000, 12900, "X", "P", "P"),
    ("reconstruction", True, 2000, 3000, "S", "S", "S"),
    ("new", True, 12000, 12900, "P", "P", "P"),
    ("relocation", True, 12000, 12900, "P", "P", "P"),
    ("rebuild", True, 900, 12000, "P", "P", "P"),
]


@pytest.mark.parametrize(("nature", "unchanged", "before", "after", "in_2016", "in_2023", "in_2025"), INCREMENTS)
def test_increments(nature, unchanged, before, after, in_2016, in_2023, in_2025):
    for on, expected in ((E2016, in_2016), (E2023, in_2023), (E2025, in_2025)):
        facts = {"nature": nature, "site_process_equipment_unchanged": unchanged}
        # 2016 and 2023 also look at electricity, of which there is none here.
        assert answer(on=on, baseline_tce=before, after_tce=after, **facts).outcome == SHORT[expected]


def test_whether_coal_is_incremental_is_for_the_authority():
    change = {"nature": "tech_transform", "site_process_equipment_unchanged": True}
    figures = {"baseline_tce": 5000, "after_tce": 5500, "baseline_coal_t": 4000, "after_coal_t": 4100}
    found = answer(**change, **figures)
    assert (found.outcome, found.figures["needs"]) == ("needs_input", ["coal_basis"])
    assert answer(**change, **figures | {"after_coal_t": 999, "baseline_coal_t": 0}).outcome == "exempt"
    assert answer(**change, **figures | {"after_coal_t": 5100}).outcome == "sub_provincial"


EXPANSIONS = [
    (False, None, "900", "X"),
    (False, None, "1000", "S"),
    (False, 4500, "5300", "X"),
    (True, 4500, "5300", "?"),
    (None, 4500, "5300", "?"),
    (True, 4500, "5500", "S"),  # 1000 or 5500: both
    (True, 4500, "5499.9", "?"),
    (True, None, "900", "?"),
    (None, None, "900", "?"),
    (True, 100, "999", "X"),  # 899 or 999: both exempt
    (False, 9000, "19000", "P"),
]


@pytest.mark.parametrize(("shared", "before", "after", "expected"), EXPANSIONS)
def test_an_expansion_counts_by_itself_unless_it_shares_utilities(shared, before, after, expected):
    found = answer(nature="expansion", shared_utilities=shared, baseline_tce=before, after_tce=after)
    assert found.outcome == SHORT[expected]


LINKED = [
    (["600", "399.99"], "X"),
    (["600", "400"], "S"),
    (["600", "9400"], "P"),
    ([], "X"),
]


@pytest.mark.parametrize(("linked", "expected"), LINKED)
def test_linked_filings_are_added_up(linked, expected):
    found = answer(linked_filings_tce=linked, linked_filings_coal_t=0, linked_filings_kwh=0)
    assert found.outcome == SHORT[expected]
    assert ("SPLIT_PROJECT" in found.figures["warning_codes"]) is bool(linked)


@pytest.mark.parametrize("total", ["1300", 1300, Decimal(1300), [1300], ["600", 700]])
def test_linked_filings_may_be_stated_as_a_sum(total):
    found = answer(linked_filings_tce=total, linked_filings_coal_t=0, linked_filings_kwh=0)
    assert (found.outcome, found.figures["tce"]) == ("sub_provincial", 1300)


@pytest.mark.parametrize("none", ["0", 0, [], [0], None, "", [None]])
def test_no_linked_filings_change_nothing(none):
    found = answer(linked_filings_tce=none)
    assert (found.outcome, found.figures["warning_codes"]) == ("exempt", [])


def test_linked_filings_may_burn_coal_that_nobody_stated():
    assert answer(linked_filings_tce=[300]).outcome == "needs_input"
    assert answer(linked_filings_tce=[300], linked_filings_coal_t=999).outcome == "exempt"
    assert answer(linked_filings_tce=[300], linked_filings_coal_t=1000).outcome == "sub_provincial"


ZONES = [
    ({"zone_energy_review_valid": True}, "3000", "Z"),
    ({"zone_energy_review_valid": True}, "999.99", "X"),
    ({"zone_energy_review_valid": True}, "9999.99", "Z"),
    ({"zone_energy_review_valid": True}, "10000", "P"),
    ({"zone_energy_review_valid": True, "zone_negative_list": True}, "3000", "S"),
    ({"zone_energy_review_valid": True, "two_high": True}, "3000", "S"),
    ({"zone_energy_review_valid": True, "approved_by": "NDRC"}, "3000", "P"),
    ({"zone_energy_review_valid": False}, "3000", "S"),
    ({}, "3000", "S"),
]


@pytest.mark.parametrize(("facts", "tce", "expected"), ZONES)
def test_zones_with_a_review_take_commitments(facts, tce, expected):
    assert answer(**heat(tce), **facts).outcome == SHORT[expected]
    assert answer(**heat(tce), **facts, on=E2016).outcome != "regional_commitment"


AUTHORITIES = [
    ("city_all", "1000", False, "city"),
    ("split_5000", "1000", False, "county"),
    ("split_5000", "4999.99", False, "county"),
    ("split_5000", "5000", False, "city"),
    ("split_5000", "4999.99", True, "city"),
    ("split_5000", "9999.99", True, "city"),
    ("split_5000", "10000", True, "province"),
    ("city_all", "999", False, None),
]


@pytest.mark.parametrize(("profile", "tce", "two_high", "authority"), AUTHORITIES)
def test_who_reviews(profile, tce, two_high, authority):
    assert answer(**heat(tce), two_high=two_high, profile=profile).figures["authority"] == authority


SCREENS = [
    ({"state_secret": True}, "S", "G", "G"),
    ({"energy_catalogue_project": True}, "C", "C", "C"),
    ({"fixed_asset_project": False}, "O", "O", "O"),
    ({"approved_by": "NDRC"}, "P", "P", "P"),
    ({"approved_by": "state_council"}, "P", "P", "P"),
    ({"approved_by": "county"}, "S", "S", "S"),
]


@pytest.mark.parametrize(("facts", "in_2016", "in_2023", "in_2025"), SCREENS)
def test_what_is_outside_the_ordinary_route(facts, in_2016, in_2023, in_2025):
    for on, expected in ((E2016, in_2016), (E2023, in_2023), (E2025, in_2025)):
        assert answer(**heat(3000), **facts, on=on).outcome == SHORT[expected]
    assert answer(**heat(999), approved_by="NDRC").outcome == "exempt"


# What is made on site, sold, or used as a raw material
COAL_1200 = line("raw_coal", 1200, "t")  # 857.16 tce
USES = [
    ([COAL_1200, line("electricity", 300, "万kWh", use="self_generated")], "857.16", "S"),
    ([COAL_1200, line("heat", 20000, "GJ", use="sold")], "174.76", "S"),  # coal stays gross
    ([line("electricity", 700, "万kWh"), line("electricity", 200, "万kWh", use="self_generated")], "1106.1", "S"),
    ([line("electricity", 850, "万kWh", use="green")], "1044.65", "S"),
    ([line("lpg", 600, "t", use="feedstock"), line("electricity", 100, "万kWh")], "1151.48", "S"),
    ([line("electricity", 700, "万kWh"), line("new_water", 900000, "t")], "860.3", "X"),
]


@pytest.mark.parametrize(("lines", "tce", "expected"), USES)
def test_nothing_is_deducted_and_nothing_counted_twice(lines, tce, expected):
    found = answer(*lines)
    assert (found.figures["tce"], found.outcome) == (Decimal(tce), SHORT[expected])


def test_working_media_that_would_change_the_class_are_warned_of():
    power = line("electricity", 700, "万kWh")
    assert "WORKING_MEDIA_SENSITIVE" in answer(power, line("new_water", 900000, "t")).figures["warning_codes"]
    assert "WORKING_MEDIA_SENSITIVE" not in answer(power, line("new_water", 500000, "t")).figures["warning_codes"]


def test_nothing_known_exempts_nothing():
    assert classify({}, E2025).outcome == "needs_input"
    assert classify({"energy_lines": None, "after_tce": 10}, E2025).outcome == "needs_input"
    assert classify({"energy_lines": []}, E2025).outcome == "exempt"
