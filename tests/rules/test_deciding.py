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
