"""Which answer would decide: every answer shown is what the rules say once it is given."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules import eia, energy
from approvals.rules.deciding import would_decide

ON = date(2026, 9, 1)
FURNITURE = {"title": "家具线", "gb4754": "2110"}


def deciding(classify, facts):
    missing = classify(facts, ON).as_json()["missing"]
    return {row.fact: dict(row.answers) for row in would_decide(classify, facts, ON, missing)}


def project(**activity):
    return {
        "nature": "new",
        "in_industrial_building": True,
        "boilers": [],
        "activities": [FURNITURE | activity],
    }


def test_the_processes_decide_whether_furniture_is_managed_at_all():
    found = deciding(eia.classify, project())["activities.0.processes"]
    spared = [words for words, then in found.items() if then == "不纳入环评管理"]
    assert len(spared) == 1
    assert spared[0].startswith("只有")


def test_the_amount_of_paint_decides_between_report_and_form():
    found = deciding(eia.classify, project(processes=["cutting", "coating"]))
    [paint] = [answers for fact, answers in found.items() if fact.endswith("solvent_coating_t")][:1]
    assert paint["达到10吨/年"].endswith("报告书")


def test_being_in_an_industrial_building_decides():
    facts = project(processes=["cutting", "coating"], solvent_coating_t=12) | {"in_industrial_building": None}
    found = deciding(eia.classify, facts)
    assert found["in_industrial_building"] == {"是": "应编制生态环境影响报告书", "否": "不纳入环评管理"}


def test_the_region_decides_how_an_energy_review_is_done():
    facts = {"nature": "new", "energy_lines": [{"carrier": "electricity", "quantity": 1500, "unit": "万kWh"}]}
    found = deciding(energy.classify, facts | {"two_high": False})
    assert "告知承诺" in found["zone_energy_review_valid"]["是"]


@pytest.mark.parametrize(
    "facts", [project(), project(processes=["cutting", "coating"]), project() | {"boilers": None}], ids=str
)
def test_nothing_is_promised_that_the_rules_would_not_keep(facts):
    answer = eia.classify(facts, ON)
    for row in would_decide(eia.classify, facts, ON, answer.as_json()["missing"]):
        assert all(not then.startswith(("尚不能", "至少")) for _words, then in row.answers)


def test_the_facts_are_left_as_they_were():
    facts = project()
    before = repr(facts)
    deciding(eia.classify, facts)
    assert repr(facts) == before


def with_gas(million_m3):
    gas = {"carrier": "natural_gas", "quantity": million_m3, "unit": "万m3"}
    return {"nature": "new", "two_high": False, "linked_filings_tce": 0, "energy_lines": [gas]}


def test_the_heating_value_of_gas_decides_where_its_range_holds_the_limit():
    """80万m³ at 1.1000 to 1.3300 kgce/m³ are 880 to 1064 tce: the limit of 1000 lies at 1.25."""
    found = deciding(energy.classify, with_gas(80))["energy_lines.0.coefficient"]
    assert list(found) == ["1.1～1.2499千克标准煤/立方米", "1.25～1.33千克标准煤/立方米"]
    assert "豁免" in found["1.1～1.2499千克标准煤/立方米"]
    assert "豁免" not in found["1.25～1.33千克标准煤/立方米"]


@pytest.mark.parametrize("million_m3", [760, 800, 900])
def test_each_stretch_of_a_coefficient_is_what_the_rules_say_at_both_its_ends(million_m3):
    facts = with_gas(million_m3)
    for words, then in deciding(energy.classify, facts)["energy_lines.0.coefficient"].items():
        for end in words.removesuffix("千克标准煤/立方米").split("～"):
            line = facts["energy_lines"][0] | {"coefficient": end, "coefficient_source": "measured"}
            assert energy.classify(facts | {"energy_lines": [line]}, ON).headline == then


def test_a_range_that_holds_no_limit_asks_nothing():
    assert "energy_lines.0.coefficient" not in deciding(energy.classify, with_gas(10))


def test_a_quantity_that_nobody_knows_is_told_by_its_limits():
    """Electricity counts 0.1229 kgce/kWh: 1000 tce are 813.67 万kWh, 10000 tce ten times as much."""
    power = {"carrier": "electricity", "quantity": None, "unit": "万kWh"}
    facts = {"nature": "new", "two_high": False, "linked_filings_tce": 0, "energy_lines": [power]}
    found = deciding(energy.classify, facts | {"zone_energy_review_valid": False})["energy_lines.0.quantity"]
    assert list(found) == ["0～813.66万kWh", "813.67～8136.69万kWh", "8136.7万kWh以上"]
    assert "豁免" in found["0～813.66万kWh"]
    assert "省级" in found["8136.7万kWh以上"]


def gas_and_steam(gas, steam):
    lines = [
        {"carrier": "natural_gas", "quantity": gas, "unit": "万m3"},
        {"carrier": "steam_lp", "quantity": steam, "unit": "t"},
    ]
    return {"nature": "new", "two_high": False, "linked_filings_tce": 0, "energy_lines": lines}


BOTH = "energy_lines.0.coefficient energy_lines.1.coefficient"


def test_two_heating_values_that_are_open_together_are_told_together():
    """Alone each of them settles only its ends; what lies between hangs on the other."""
    found = deciding(energy.classify, gas_and_steam(50, 3500))
    assert set(found) == {"energy_lines.1.coefficient", BOTH}  # gas alone settles nothing
    below, above = found[BOTH].items()
    assert below[0] == "①1.1～1.215千克标准煤/立方米，②0.0918～0.1121千克标准煤/千克"
    assert above[0] == "①1.215～1.33千克标准煤/立方米，②0.1122～0.1286千克标准煤/千克"
    assert below[1].endswith("（豁免）")
    assert "省级以下" in above[1]


@pytest.mark.parametrize(("gas", "steam"), [(50, 3500), (45, 4000), (60, 2600), (700, 12000)])
def test_each_box_of_two_numbers_is_what_the_rules_say_in_all_its_corners(gas, steam):
    facts = gas_and_steam(gas, steam)
    boxes = deciding(energy.classify, facts).get(BOTH, {})
    assert boxes
    for words, then in boxes.items():
        one, two = (part[1:].split("千克标准煤")[0].split("～") for part in words.split("，"))
        for first in one:
            for second in two:
                lines = [
                    line | {"coefficient": value, "coefficient_source": "measured"}
                    for line, value in zip(facts["energy_lines"], (first, second), strict=True)
                ]
                assert energy.classify(facts | {"energy_lines": lines}, ON).headline == then


def test_answers_that_settle_it_only_together_are_told_together():
    """1500 t of coal after 900 t: only a ruling for the increment of an unchanged plant spares the review."""
    coal = {"carrier": "raw_coal", "quantity": "1500", "unit": "t"}
    facts = {"nature": "tech_transform", "baseline_tce": "500", "baseline_coal_t": "900", "energy_lines": [coal]}
    facts |= {"two_high": False, "linked_filings_tce": 0, "zone_energy_review_valid": False}
    found = deciding(energy.classify, facts)
    assert list(found["coal_by_increment"]) == ["否"]
    assert list(found["site_process_equipment_unchanged"]) == ["否"]
    assert found["site_process_equipment_unchanged coal_by_increment"] == {"①是，②是": "不再单独进行节能审查（豁免）"}


def test_one_open_question_is_not_told_together_with_anything():
    assert not [fact for fact in deciding(energy.classify, with_gas(80)) if " " in fact]


def test_two_quantities_that_nobody_knows_are_told_together_where_they_stay_below_the_limit():
    """Half of what gas alone may be (75.18 万m³ at 1.33 make 1000 tce), and the steam that is left beside it."""
    found = deciding(energy.classify, gas_and_steam(None, None))["energy_lines.0.quantity energy_lines.1.quantity"]
    [(words, then)] = found.items()
    assert words.startswith("①0～")
    assert "以上" not in words
    assert then.endswith("（豁免）")
    gas, steam = (part.split("～")[1].rstrip("万m3t") for part in words.split("，"))
    facts = gas_and_steam(gas, steam)
    for line, worst in zip(facts["energy_lines"], ("1.33", "0.1286"), strict=True):
        line |= {"coefficient": worst, "coefficient_source": "measured"}
    assert energy.classify(facts, ON).outcome == "exempt"


def test_what_is_told_together_names_both_questions_and_both_facts():
    facts = gas_and_steam(50, 3500)
    missing = energy.classify(facts, ON).as_json()["missing"]
    together = next(row for row in would_decide(energy.classify, facts, ON, missing) if row.fact == BOTH)
    assert together.question.startswith("两项合起来看：①请提供天然气")
    assert "②请提供蒸汽(低压)" in together.question


@pytest.mark.parametrize("stranger", [{"carrier": "unobtainium", "unit": "t"}, {"carrier": "diesel", "unit": None}])
def test_a_number_without_a_scale_is_not_told_together_with_another(stranger):
    facts = gas_and_steam(50, 3500)
    facts["energy_lines"][1] = {"quantity": None, **stranger}
    assert not [fact for fact in deciding(energy.classify, facts) if " " in fact]


def test_a_quantity_without_bound_has_no_upper_box():
    facts = gas_and_steam(50, 3500)
    facts["energy_lines"][1]["quantity"] = None
    [words] = deciding(energy.classify, facts)["energy_lines.0.coefficient energy_lines.1.quantity"]
    assert words.startswith("①1.1～")
    assert "以上" not in words


def test_the_upper_box_starts_where_the_highest_class_is_first_met():
    """900 万m³ of gas (9900 to 11970 tce) and a little steam: 10,000 tce are met almost at the bottom of the scale."""
    for words, then in deciding(energy.classify, gas_and_steam(880, 2500))[BOTH].items():
        first = words.removeprefix("①").split("～")[0]
        if "省级节能审查机关" in then:
            assert 1.1 < float(first) < 1.33
            return
    pytest.fail("the provincial box is missing")
