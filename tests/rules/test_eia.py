"""The classification of projects: scope, limits, exclusions, unknowns, and what is said about them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from approvals.rules.eia import classify
from approvals.rules.eia.catalogue import catalogue_on

ON = date(2026, 11, 24)
NO_PAINT = {"solvent_coating_t": 0, "low_voc_nonsolvent_coating_t": 0, "other_coating_t": 0}


def project(*activities, **facts):
    return {"nature": "new", "in_industrial_building": True, "boilers": [], "activities": list(activities), **facts}


def furniture(**facts):
    return {
        "title": "木质家具生产线",
        "gb4754": "2110",
        "processes": ["cutting", "coating", "assembly"],
        **NO_PAINT,
        **facts,
    }


def outcome(*activities, **facts):
    return classify(project(*activities, **facts), ON).outcome


# limits -------------------------------------------------------------------------------------------------------------

LIMITS = [
    # gb4754, facts, below → outcome, at, above
    ("2110", {"processes": ["coating"]}, "solvent_coating_t", 10, "report_table", "report_book"),
    ("2110", {"processes": ["coating"]}, "low_voc_nonsolvent_coating_t", 10, "not_subject", "report_table"),
    ("3854", {"processes": ["coating"]}, "solvent_coating_t", 10, "report_table", "report_book"),
    ("3854", {"processes": ["coating"]}, "low_voc_nonsolvent_coating_t", 10, "not_subject", "report_table"),
    ("2032", {"processes": ["coating"]}, "solvent_coating_t", 10, "report_table", "report_book"),
    ("2032", {"processes": ["coating"]}, "low_voc_nonsolvent_coating_t", 10, "not_subject", "report_table"),
    ("3072", {"uses_high_pollution_fuel": False}, "output_pieces", 1_500_000, "not_subject", "report_table"),
    ("3074", {"uses_high_pollution_fuel": False}, "output_pieces", 2_500_000, "not_subject", "report_table"),
    ("1512", {"processes": ["fermentation"]}, "capacity_kL", 1000, "report_table", "report_book"),
    ("1310", {"processes": ["cooking"]}, "throughput_t", 10_000, "not_subject", "report_table"),
    ("1353", {"processes": ["meat_processing"]}, "meat_processing_t", 20_000, "register", "report_table"),
    ("2021", {}, "output_m3", 200_000, "report_table", "report_book"),
    (
        "1952",
        {"processes": ["gluing"], "solvent_treating_agent_t": 0},
        "solvent_adhesive_t",
        10,
        "not_subject",
        "report_table",
    ),
    (
        "1952",
        {"processes": ["gluing"], "solvent_adhesive_t": 0},
        "solvent_treating_agent_t",
        3,
        "not_subject",
        "report_table",
    ),
    (
        "2319",
        {"processes": ["printing_paper"], "low_voc_ink_t": 0, "other_ink_t": 0},
        "solvent_ink_t",
        10,
        "report_table",
        "report_book",
    ),
]


@pytest.mark.parametrize(("code", "facts", "fact", "limit", "below", "reached"), LIMITS, ids=lambda v: str(v)[:24])
def test_a_limit_includes_its_own_number(code, facts, fact, limit, below, reached):
    activity = {"gb4754": code, **NO_PAINT, **facts}
    just = Decimal("0.01")
    assert outcome({**activity, fact: limit - just}) == below
    assert outcome({**activity, fact: limit}) == reached
    assert outcome({**activity, fact: str(limit + just)}) == reached


@pytest.mark.parametrize(
    ("fuel", "capacity", "expected"),
    [
        ("natural_gas", "0.99", "not_subject"),
        ("natural_gas", "1", "not_subject"),  # "1吨/小时以上" does not include 1
        ("natural_gas", "1.01", "report_table"),
        ("coal", "0.1", "report_table"),
        ("coal", "65", "report_table"),  # "65吨/小时及以下"
        ("coal", "65.01", "report_book"),
        ("oil", "65.01", "report_book"),
        ("electric", "100", "not_subject"),
        ("other_high_pollution", "1", "report_table"),
        ("biomass", "1", "needs_human"),
    ],
)
def test_new_boilers_are_judged_by_row_91(fuel, capacity, expected):
    assert outcome(CLOTHES, boilers=[{"fuel": fuel, "capacity_t_per_h": capacity}]) == expected


CLOTHES = {"gb4754": "1819", "processes": ["cutting", "sewing", "ironing"]}


def test_boilers_of_one_fuel_are_added_up():
    two = [{"fuel": "natural_gas", "capacity_t_per_h": "0.6"}] * 2
    assert outcome(CLOTHES, boilers=two) == "report_table"


def test_a_boiler_of_unknown_size_is_asked_for():
    answer = classify(project(CLOTHES, boilers=[{"fuel": "natural_gas", "capacity_t_per_h": None}]), ON)
    assert answer.outcome == "needs_human"
    assert [question.fact for question in answer.missing] == ["boilers"]


def test_biomass_is_settled_by_the_answer_about_high_pollution_fuel():
    boilers = [{"fuel": "biomass", "capacity_t_per_h": "2"}]
    assert outcome(CLOTHES, boilers=boilers, boiler_other_high_pollution_fuel=False) == "not_subject"
    assert outcome(CLOTHES, boilers=boilers, boiler_other_high_pollution_fuel=True) == "report_table"


# exclusions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "processes", "expected"),
    [
        ("2110", ["cutting", "assembly"], "not_subject"),
        ("2130", ["cutting", "welding", "assembly"], "report_table"),  # row 36 has no welding in its exclusion
        ("3382", ["cutting", "welding", "assembly"], "not_subject"),
        ("3854", ["mechanical_machining", "assembly", "testing"], "not_subject"),
        ("3854", ["plastic_injection", "assembly"], "report_table"),
        ("3670", ["cutting", "welding", "assembly"], "report_table"),  # row 71 excludes painting only
        ("2110", ["cutting", "edge_banding", "assembly"], "report_table"),
        ("2110", ["electroplating"], "report_book"),
        ("3360", ["anodizing"], "report_book"),  # 336 is covered by row 67, which has no code
        ("1523", ["blending", "filling"], "not_subject"),
        ("1523", ["raw_juice_production"], "report_table"),
        ("2740", ["slicing", "drying", "packaging"], "not_subject"),
        ("2239", ["cutting", "rewinding"], "not_subject"),
        ("2239", ["gluing"], "report_table"),
        ("1819", ["sewing", "water_washing"], "report_table"),
        ("1819", ["sewing", "dyeing"], "report_book"),
    ],
)
def test_only_means_the_whole_set_of_processes(code, processes, expected):
    assert outcome({"gb4754": code, "processes": processes}) == expected


def test_water_extraction_falls_to_the_table_and_solvent_extraction_does_not():
    medicine = {"gb4754": "2740", "processes": ["extraction", "granulation"]}
    assert outcome({**medicine, "extraction_only_water_or_ethanol": True}) == "report_table"
    assert outcome({**medicine, "extraction_only_water_or_ethanol": False}) == "report_book"


def test_the_star_belongs_to_the_code():
    plant = {"processes": ["plastic_injection", "assembly"]}
    assert outcome({**plant, "gb4754": "4030"}, in_industrial_building=False) == "not_subject"
    assert outcome({**plant, "gb4754": "4010"}, in_industrial_building=False) == "report_table"
    assert outcome({**plant, "gb4754": "4030"}, in_industrial_building=None) == "needs_human"


def test_the_building_is_not_asked_for_where_it_changes_nothing():
    assert (
        outcome({"gb4754": "2110", "processes": ["cutting", "assembly"]}, in_industrial_building=None) == "not_subject"
    )


def test_a_sensitive_area_counts_only_where_the_row_says_so():
    assert outcome({**CLOTHES, "in_row_sensitive_area": True}) == "not_subject"
    fish = {"gb4754": "1362", "throughput_t": 5000}
    assert outcome({**fish, "in_row_sensitive_area": True}) == "report_table"
    answer = classify(project(fish), ON)
    assert answer.outcome == "needs_human"
    assert "第三条" in answer.missing[0].text


# scope --------------------------------------------------------------------------------------------------------------

SCRUBBER = {"title": "VOCs治理", "kind": "gas_treatment"}


def test_works_without_the_main_works_are_judged_by_the_works_alone():
    line = furniture(solvent_coating_t=20)
    works = {"nature": "tech_transform", "main_works_included": False}
    assert outcome(line, SCRUBBER, **works) == "register"
    assert outcome(line, SCRUBBER, **{**works, "main_works_included": True}) == "report_book"


def test_an_extension_that_may_include_the_main_works_asks():
    answer = classify(project(furniture(solvent_coating_t=20), SCRUBBER, nature="expansion"), ON)
    assert answer.outcome == "needs_human"
    assert answer.figures["at_least"] == "register"
    assert answer.figures["at_most"] == "report_book"
    assert [question.fact for question in answer.missing] == ["main_works_included"]


def test_a_rebuilt_plant_is_judged_whole():
    assert outcome(furniture(solvent_coating_t=20), nature="rebuild", main_works_included=False) == "report_book"


@pytest.mark.parametrize(
    ("kind", "facts", "expected"),
    [
        ("gas_treatment", {}, "register"),
        ("laboratory", {"product": "ordinary_lab", "no_lab_waste_gas_water_hw": True}, "not_subject"),
        ("laboratory", {"product": "ordinary_lab", "no_lab_waste_gas_water_hw": False}, "report_table"),
        ("standard_factory", {"in_row_sensitive_area": False}, "not_subject"),
        ("standard_factory", {"in_row_sensitive_area": True}, "report_table"),
        ("solid_waste", {"processes": ["incineration"]}, "report_book"),
        ("surface_treatment", {"processes": ["pickling", "phosphating"]}, "report_table"),
    ],
)
def test_works_without_a_code_have_their_own_rows(kind, facts, expected):
    assert outcome({"kind": kind, **facts}) == expected


def test_a_code_the_catalogue_leaves_out_is_not_subject_by_article_5():
    answer = classify(project({"title": "面包", "gb4754": "1411"}), ON)
    assert answer.outcome == "not_subject"
    assert "第五条" in answer.reasons[0].basis
    assert "名录未作规定" in answer.reasons[0].text


@pytest.mark.parametrize("code", ["5910", "9999", "21", "", None])
def test_a_code_without_a_row_is_never_taken_for_an_exemption(code):
    assert outcome({"gb4754": code, "processes": ["assembly"]}) == "needs_human"


def test_a_row_without_structured_rules_shows_its_text():
    answer = classify(project({"title": "海洋生态修复", "row": "158"}), ON)
    assert answer.outcome == "needs_human"
    assert answer.reasons[0].quote.startswith("报告书：")


# unknowns -----------------------------------------------------------------------------------------------------------


def test_cutting_and_assembly_without_paint_figures_is_not_subject():
    answer = classify(project({"gb4754": "2110", "processes": ["cutting", "assembly"]}), ON)
    assert answer.outcome == "not_subject"
    assert any("没有涂装工序" in note for step in answer.trace for note in step["notes"])


def test_without_the_processes_nothing_is_exempt():
    answer = classify(project({"gb4754": "2110"}), ON)
    assert answer.outcome == "needs_human"
    assert answer.missing[0].fact == "activities.0.processes"


@pytest.mark.parametrize("processes", [[], ["cutting", "喷漆"]])
def test_no_processes_or_words_outside_the_vocabulary_are_unknown(processes):
    assert outcome({"gb4754": "2110", "processes": processes, **NO_PAINT}) == "needs_human"


def test_painting_without_figures_asks_for_them():
    answer = classify(project({"gb4754": "2110", "processes": ["cutting", "coating"]}), ON)
    assert [question.fact.rpartition(".")[2] for question in answer.missing] == list(NO_PAINT)


def test_an_unknown_that_cannot_matter_any_more_is_not_asked():
    answer = classify(project(furniture(processes=["electroplating"]), {"gb4754": "3854"}, boilers=None), ON)
    assert answer.outcome == "report_book"
    assert answer.missing == ()


def test_at_least_is_said_while_the_rest_is_open():
    answer = classify(project(furniture(processes=["coating", "gluing"], solvent_coating_t=None)), ON)
    assert answer.outcome == "needs_human"
    assert answer.headline.startswith("至少为生态环境影响报告表")


def test_a_product_that_the_row_does_not_know_settles_nothing():
    assert outcome({"gb4754": "3811", "processes": ["assembly"], "product": "fish_oil"}) == "needs_human"


def test_the_code_names_the_product_where_it_does():
    assert outcome({"gb4754": "3072", "uses_high_pollution_fuel": False, "output_pieces": 100}) == "not_subject"


def test_no_activities_is_a_question_and_no_exemption():
    for activities in (None, []):
        answer = classify({"nature": "new", "boilers": [], "activities": activities}, ON)
        assert answer.outcome == "needs_human"
        assert answer.missing[0].fact == "activities"


def test_unknown_boilers_are_asked_for():
    answer = classify(project(CLOTHES, boilers=None), ON)
    assert (answer.outcome, answer.missing[0].fact) == ("needs_human", "boilers")


def test_paint_without_a_painting_step_takes_the_stricter_reading_and_says_so():
    answer = classify(
        project({"kind": "surface_treatment", "processes": ["pickling"], **NO_PAINT, "solvent_coating_t": 12}), ON
    )
    assert answer.outcome == "report_book"
    assert any("请核对" in warning for warning in answer.warnings)


# what is said -------------------------------------------------------------------------------------------------------


def test_two_exclusions_combined_are_shown_as_unconfirmed():
    answer = classify(project(furniture(low_voc_nonsolvent_coating_t="9.9")), ON)
    assert answer.outcome == "not_subject"
    assert any("书面确认" in warning for warning in answer.warnings)
    assert answer.figures["confidence"] == "low"


def test_unproven_paint_gives_opposite_answers_in_the_two_kinds_of_rows():
    toys = {"gb4754": "2451", "processes": ["coating"], **NO_PAINT, "other_coating_t": 1}
    answer = classify(project(toys), ON)
    assert answer.outcome == "not_subject"
    assert any("GB/T 38597" in warning for warning in answer.warnings)
    assert outcome({**toys, "gb4754": "3854"}) == "report_table"


@pytest.mark.parametrize(
    ("on", "name", "basis"),
    [
        (date(2026, 8, 14), "应编制环境影响报告表", "《环境影响评价法》"),
        (date(2026, 8, 15), "应编制生态环境影响报告表", "《生态环境法典》"),
    ],
)
def test_names_and_citations_change_with_the_code(on, name, basis):
    answer = classify(project(furniture(solvent_coating_t=1)), on)
    assert answer.headline == name
    assert basis in answer.figures["classification_basis"]
    assert basis in answer.duties[0]
    other = {"《环境影响评价法》", "《生态环境法典》"} - {basis}
    assert not any(law in json.dumps(answer.as_json(), ensure_ascii=False) for law in other)


def test_the_distance_to_the_next_level_is_told():
    answer = classify(project(furniture(solvent_coating_t="9.2")), ON)
    nearest = answer.figures["distances"][0]
    assert (nearest["fact"], nearest["gap"], nearest["level"]) == ("solvent_coating_t", Decimal("0.8"), "report_book")
    assert "再增加0.8吨" in nearest["text"]


def test_a_limit_that_changes_nothing_is_not_a_distance():
    assert classify(project(furniture(solvent_coating_t=12)), ON).figures["distances"] == []


def test_not_subject_still_names_the_duties_that_remain():
    duties = "".join(classify(project(CLOTHES), ON).duties)
    for duty in ("排污许可", "排放标准", "总量", "固体废物"):
        assert duty in duties


def test_procedure_never_changes_the_level_and_the_register_precedes_production():
    assert classify(project(SCRUBBER), ON).figures["procedure"]["before"] == "production"
    book = classify(project(furniture(processes=["electroplating"])), ON).figures["procedure"]
    assert (book["statutory_days"], book["public_participation"], book["before"]) == (60, True, "commencement")
    table = classify(project(furniture(solvent_coating_t=1)), ON).figures["procedure"]
    assert (table["statutory_days"], table["public_participation"]) == (30, False)


def test_every_step_names_clause_facts_and_row():
    answer = classify(project(furniture(solvent_coating_t=10)), ON)
    step = answer.trace[0]
    assert (step["row"], step["column"], step["holds"]) == (36, "report_book", True)
    assert step["clause"] == catalogue_on(ON).rows[36].text["report_book"]
    assert step["facts_used"] == {"solvent_coating_t": 10}
    assert answer.reasons[0].decisive


def test_the_same_facts_give_the_same_bytes():
    facts = project(furniture(low_voc_nonsolvent_coating_t="9.9"), SCRUBBER, boilers=None)
    first, second = (json.dumps(classify(facts, ON).as_json(), ensure_ascii=False) for _ in range(2))
    assert first == second


def test_a_day_before_the_catalogue_is_an_error():
    with pytest.raises(LookupError):
        classify(project(CLOTHES), date(2020, 12, 31))
