"""Which matters a project needs: conditions, limits, alternatives, regional results, gates."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from approvals.rules.matters import STATUSES, matter_rows, needed
from approvals.rules.matters.catalogue import matters_on

ON = date(2026, 11, 24)
PLANT = {
    "needs_verification": False,
    "land_by_auction": True,
    "total_investment_wan": "8000",
    "floor_area_m2": "12000",
    "disturbed_area_m2": "20000",
    "earthwork_m3": "3000",
    "labour_intensive_workshop_m2": "0",
    "dormitory_area_m2": "0",
    "flammable_explosive": False,
    "other_special_fire_works": False,
    "lightning_special_site": False,
    "in_spring_basin": False,
    "own_water_source": False,
    "civil_buildings_in_city": False,
    "uses_forest_land": False,
    "hazardous_chemicals": False,
    "in_river_management_area": False,
    "in_relic_control_zone": False,
    "discharges_to_sewer": False,
    "two_high": False,
    "eia_commitment_listed": False,
    "private_investment": True,
    "building_height_m": "12",
    "simple_workshop_or_warehouse": True,
    "enabled_pilots": [],
    "regional_assessments": [],
}


def needs(eia="report_table", energy="exempt", granted=False, on=ON, **facts):
    found = needed({**PLANT, **facts}, on, eia_outcome=eia, energy_outcome=energy, commitment_granted=granted)
    return {need.code: need for need in found}


def status(code, **case):
    return needs(**case)[code].status


def open_codes(**case):
    return {code for code, need in needs(**case).items() if need.is_open}


# conditions and limits ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ("in_spring_basin", "R12"),
        ("own_water_source", "C06"),
        ("in_river_management_area", "C07"),
        ("civil_buildings_in_city", "C08"),
        ("uses_forest_land", "R15"),
        ("hazardous_chemicals", "R16"),
        ("in_relic_control_zone", "R17"),
        ("discharges_to_sewer", "R18"),
        ("lightning_special_site", "C03"),
        ("flammable_explosive", "R08"),
        ("other_special_fire_works", "R08"),
    ],
)
def test_a_matter_follows_its_fact(fact, code):
    assert status(code, **{fact: True}) == "needed"
    assert status(code, **{fact: False}) == "not_applicable"
    unknown = needs(**{fact: None})[code]
    assert unknown.status == "unknown"
    assert [question.fact for question in unknown.missing] == [fact]


@pytest.mark.parametrize(
    ("area", "earth", "expected", "route"),
    [
        ("4999.99", "999.99", "spared", "none"),
        ("5000", "999.99", "needed", "commitment"),
        ("4999.99", "1000", "needed", "commitment"),
        ("49999.99", "49999.99", "needed", "commitment"),
        ("50000", "0", "needed", "ordinary"),
        ("0", "50000", "needed", "ordinary"),
        ("5000", None, "needed", "ordinary"),
        ("4999", None, "unknown", "ordinary"),
        (None, "999", "unknown", "ordinary"),
    ],
)
def test_soil_and_water_plan_is_spared_only_where_both_are_small(area, earth, expected, route):
    need = needs(disturbed_area_m2=area, earthwork_m3=earth)["C02"]
    assert (need.status, need.route) == (expected, route)


def test_a_regional_soil_assessment_turns_the_plan_into_a_promise():
    assert needs(disturbed_area_m2="60000", regional_assessments=["U13"])["C02"].route == "commitment"


@pytest.mark.parametrize(
    ("investment", "area", "expected"),
    [
        ("30", "12000", "spared"),
        ("30.01", "300", "spared"),
        ("30.01", "300.01", "needed"),
        (None, "300", "spared"),
        (None, "301", "unknown"),
    ],
)
def test_the_construction_permit_is_spared_where_either_is_small(investment, area, expected):
    assert status("R07", total_investment_wan=investment, floor_area_m2=area) == expected


@pytest.mark.parametrize(
    ("workshop", "dormitory", "expected"),
    [
        ("2500", "1000", "not_applicable"),
        ("2500.01", "0", "needed"),
        ("0", "1000.01", "needed"),
        (None, "1001", "needed"),
        (None, "1000", "unknown"),
    ],
)
def test_fire_design_review_begins_above_its_limits(workshop, dormitory, expected):
    assert status("R08", labour_intensive_workshop_m2=workshop, dormitory_area_m2=dormitory) == expected


def test_fire_design_review_becomes_a_prerequisite_of_the_permit():
    assert "R08" in needs(flammable_explosive=True)["R07"].prerequisites
    assert "R08" not in needs()["R07"].prerequisites


# alternatives -------------------------------------------------------------------------------------------------------


def test_filing_and_verification_exclude_each_other():
    assert {"R01", "R02"} & open_codes() == {"R01"}
    assert {"R01", "R02"} & open_codes(needs_verification=True) == {"R02"}
    assert "R02" in needs(needs_verification=True)["R04"].prerequisites


@pytest.mark.parametrize(("granted", "listed", "two_high"), list(product([True, False, None], repeat=3)))
def test_the_eia_promise_needs_all_three_conditions_to_be_known(granted, listed, two_high):
    found = open_codes(granted=granted, eia_commitment_listed=listed, two_high=two_high) & {"R09", "C05"}
    assert found == ({"C05"} if (granted, listed, two_high) == (True, True, False) else {"R09"})


@pytest.mark.parametrize(
    ("energy", "expected"),
    [
        ("regional_commitment", {"C01"}),
        ("sub_provincial", {"R11"}),
        ("provincial", {"R11"}),
        ("state", {"R11"}),
        ("exempt", set()),
        ("exempt_catalogue", set()),
        ("exempt_state_secret", set()),
    ],
)
def test_energy_review_takes_one_route(energy, expected):
    assert open_codes(energy=energy) & {"C01", "R11"} == expected


def test_energy_exemption_is_an_outcome_with_a_reason_and_a_duty():
    need = needs(energy="exempt")["R11"]
    assert need.status == "spared"
    assert "报送能源消费" in need.reason
    assert "第二十条" in need.basis


@pytest.mark.parametrize(
    ("pilots", "granted", "expected"),
    [
        ([], True, {"R06", "R07"}),
        (["C09", "C10", "X01"], False, {"R06", "R07"}),
        (["C09"], True, {"C09", "R07"}),
        (["C10"], True, {"R06", "C10"}),
        (["C09", "C10"], True, {"C09", "C10"}),
        (None, True, {"R06", "R07"}),
    ],
)
def test_pilots_need_the_administrator_and_the_commitment(pilots, granted, expected):
    large = {"floor_area_m2": "10000.01"}
    found = open_codes(enabled_pilots=pilots, granted=granted, **large) & {"R06", "R07", "C09", "C10", "X01"}
    assert found == expected


def test_the_low_risk_shortcut_replaces_both_permits():
    pilots = ["C09", "C10", "X01"]
    small = needs(enabled_pilots=pilots, granted=True, floor_area_m2="10000", building_height_m="24")
    assert {code for code in ("R06", "R07", "C09", "C10", "X01") if small[code].is_open} == {"X01"}
    assert small["R08"].prerequisites == ("X01",)
    assert small["R09"].status == "needed"  # the shortcut does not switch off the EIA
    assert not needs(enabled_pilots=pilots, granted=True, floor_area_m2="9000", building_height_m="24.1")["X01"].is_open


def test_prerequisites_point_to_the_chosen_alternative():
    found = needs(enabled_pilots=["C09", "C10"], granted=True, floor_area_m2="20000")
    assert found["C10"].prerequisites == ("L01", "C09")
    assert found["V01"].prerequisites == ("C10",)


# derived outcomes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("eia", "statuses"),
    [
        ("report_book", ("needed", "not_applicable", "not_applicable")),
        ("report_table", ("needed", "not_applicable", "not_applicable")),
        ("register", ("not_applicable", "not_applicable", "needed")),
        ("not_subject", ("spared", "spared", "spared")),
        ("needs_human", ("unknown", "not_applicable", "unknown")),
        (None, ("unknown", "not_applicable", "unknown")),
    ],
)
def test_eia_matters_follow_the_class(eia, statuses):
    found = needs(eia=eia)
    assert tuple(found[code].status for code in ("R09", "C05", "R10")) == statuses


def test_the_register_precedes_production_and_gates_nothing():
    register = needs(eia="register")["R10"]
    assert (register.before, register.gate, register.route) == ("production", (), "filing")


def test_an_open_classification_is_asked_for():
    assert [q.fact for q in needs(eia=None)["R09"].missing] == ["eia_outcome"]
    assert [q.fact for q in needs(energy="needs_input")["R11"].missing] == ["energy_outcome"]


# gates and records --------------------------------------------------------------------------------------------------


def test_the_two_lists_of_conditions_differ():
    """A lawful permit does not prove a lawful start: EIA, energy and soil stand only in the second list."""
    found = needs()
    permit = {code for code, need in found.items() if "permit" in need.gate and need.is_open}
    start = {code for code, need in found.items() if "commencement" in need.gate and need.is_open}
    assert permit == {"L01", "R04", "R06", "C04"}
    assert start == {"R01", "R06", "R07", "R09", "C02"}


def test_matters_after_the_start_are_needed_but_gate_nothing():
    for code, need in needs(discharges_to_sewer=True, eia="register").items():
        if code.startswith("V") or code in {"R10", "R18"}:
            assert need.gate == (), code
            assert need.before not in {"commencement", "construction"}, code


def test_completion_of_some_matters_is_recorded_elsewhere():
    found = needs()
    assert found["R01"].recorded_by == "filing"
    assert {found[code].recorded_by for code in ("G01", "G04", "L01")} == {"land"}
    assert {need.recorded_by for code, need in found.items() if code.startswith("U")} == {"assessment"}
    assert found["R09"].recorded_by is None


def test_a_regional_result_spares_the_single_assessment():
    assert status("U05") == "needed"
    assert status("U05", regional_assessments=["U05"]) == "spared"
    assert status("U05", regional_assessments=None) == "needed"


# the catalogue ------------------------------------------------------------------------------------------------------


def test_every_matter_is_answered_once_in_the_order_of_the_catalogue():
    codes = [row["code"] for row in matter_rows(ON)]
    assert list(needs()) == codes
    assert len(codes) == len(set(codes))


def test_rows_keep_their_source_and_carry_our_structure():
    for row in matter_rows(ON):
        assert row["authority"], row["code"]
        assert row["legal_basis"], row["code"]
        assert row["basis"], row["code"]
        assert row["department_kind"], row["code"]


def test_names_and_citations_are_those_of_the_day():
    before, after = ({row["code"]: row for row in matter_rows(day)} for day in (date(2026, 8, 14), date(2026, 8, 15)))
    assert before["R09"]["name_zh"] == "环境影响报告书（表）审批"
    assert after["R09"]["name_zh"] == "生态环境影响报告书（表）审批"
    assert "《环境影响评价法》" in before["R09"]["basis"]
    assert "《生态环境法典》" in after["R09"]["basis"]
    old = {row["code"]: row for row in matter_rows(date(2026, 4, 30))}
    assert "危险化学品安全法" not in old["R16"]["basis"]
    assert "危险化学品安全法" in before["R16"]["basis"]


def test_no_basis_cites_the_code_before_it_is_in_force():
    assert not any("生态环境法典" in row["basis"] for row in matter_rows(date(2026, 8, 14)))
    assert not any("环境影响评价法》" in row["basis"] for row in matter_rows(date(2026, 8, 15)))


def test_prerequisites_have_no_circle():
    matters = matters_on(ON).matters
    seen: set[str] = set()

    def visit(code, path):
        assert code not in path, [*path, code]
        if code not in seen:
            for prerequisite in (*matters[code].prerequisites, *matters[code].conditional_prerequisites):
                visit(prerequisite, [*path, code])
            seen.add(code)

    for code in matters:
        visit(code, [])


def test_a_day_without_an_edition_is_an_error():
    with pytest.raises(LookupError):
        needs(on=date(2025, 8, 31))


ANSWERS = st.sampled_from(sorted(set(PLANT) - {"enabled_pilots", "regional_assessments"}))


@given(st.sets(ANSWERS), st.sampled_from(["report_table", "not_subject"]), st.booleans())
@settings(max_examples=200, deadline=None)
def test_forgetting_facts_never_spares_and_never_closes(forgotten, eia, granted):
    known = needs(eia=eia, granted=granted, eia_commitment_listed=True)
    less = needs(eia=eia, granted=granted, **{"eia_commitment_listed": True, **dict.fromkeys(forgotten)})
    for code, need in less.items():
        assert need.status in STATUSES
        if known[code].is_open and code not in {"C05"}:  # an unproven promise falls back to the ordinary route
            assert need.is_open, code
        if need.status == "spared":
            assert known[code].status == "spared", code


@given(st.sets(ANSWERS), st.booleans(), st.sampled_from(["report_table", None]))
@settings(max_examples=200, deadline=None)
def test_alternatives_are_never_both_needed_nor_both_closed(forgotten, granted, eia):
    found = needs(eia=eia, granted=granted, enabled_pilots=["C09", "C10", "X01"], **dict.fromkeys(forgotten))
    assert sum(found[code].status == "needed" for code in ("R09", "C05")) <= 1
    assert any(found[code].is_open for code in ("R09", "C05"))
    assert sum(found[code].status == "needed" for code in ("R06", "C09", "X01")) == 1


# a rented plant -----------------------------------------------------------------------------------------------------

LAND_MATTERS = ("L01", "R03", "R04", "R05", "V07", "V08")


def test_who_rents_a_finished_plant_acquires_no_land_and_needs_no_land_matter():
    found = needs(land_by_auction=False, rents_existing_plant=True)
    assert {found[code].status for code in LAND_MATTERS} == {"not_applicable"}
    assert "租用" in found["R04"].reason
    assert found["R01"].status == "needed"  # the filing has nothing to do with the land
    for need in found.values():
        assert not set(need.prerequisites) & set(LAND_MATTERS)


def test_allocated_land_needs_its_site_opinion_and_its_papers():
    found = needs(land_by_auction=False, rents_existing_plant=False)
    assert {found[code].status for code in ("R03", "R04", "R05")} == {"needed"}
    for code in ("R04", "R05", "R06", "R07"):
        assert "R03" in found[code].prerequisites  # its own proof of the land, not the sale that never was
        assert "L01" not in found[code].prerequisites


def test_a_bought_parcel_settles_the_land_whatever_is_known_of_renting():
    for rents in (None, False):
        found = needs(land_by_auction=True, rents_existing_plant=rents)
        assert {found[code].status for code in ("L01", "R04", "R05")} == {"needed"}
        assert found["R03"].status == "not_applicable"


def test_without_an_auction_renting_is_asked_and_never_assumed():
    found = needs(land_by_auction=False, rents_existing_plant=None)
    for code in ("R03", "R04", "R05"):
        assert found[code].status == "unknown"
        assert [question.fact for question in found[code].missing] == ["rents_existing_plant"]
        assert "租用已建成的厂房" in found[code].missing[0].text


@pytest.mark.parametrize("fact", ["bad_credit", "previous_false_commitment"])
def test_who_broke_a_promise_makes_no_other_until_it_is_repaired(fact):
    """Trap 14: the ordinary route alone, for what is usually promised and for what replaces an ordinary matter."""
    promised = {code: need for code, need in needs(granted=True).items() if need.route == "commitment"}
    assert promised
    after = needs(granted=True, **{fact: True})
    assert not [code for code, need in after.items() if need.route == "commitment"]
    assert after["C04"].route == "ordinary"
