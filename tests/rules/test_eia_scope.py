"""What is judged at all: main works and altered works, boilers, readings, and what is noted or warned of on the way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from approvals.rules.eia.catalogue import catalogue_on
from approvals.rules.eia.scope import complete_activity, is_main_works, scope_of

CATALOGUE = catalogue_on(date(2026, 11, 24))
LINE = {"title": "家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}
GAS = {"kind": "gas_treatment"}
NEW_BOILER = [{"fuel": "natural_gas", "capacity_t_per_h": "2"}]


def scope(*activities, nature="expansion", boilers=(), **facts):
    given = {"nature": nature, "boilers": None if boilers is None else list(boilers), "activities": list(activities)}
    return scope_of({**given, **facts}, CATALOGUE)


def test_main_works_that_are_not_built_are_left_out_and_named():
    found = scope(LINE, {"gb4754": "2130"}, GAS, main_works_included=False)
    assert [activity.path for activity in found.activities] == ["activities.2"]
    assert found.notes == (
        "「家具线」属于主体工程，本次不建设，不参与判定（名录第四条第三款）。",
        "「第2项建设内容」属于主体工程，本次不建设，不参与判定（名录第四条第三款）。",
    )
    assert found.missing == ()


def test_a_new_project_has_all_its_works_whatever_is_said_of_main_works():
    for stated in (None, False, True):
        found = scope(LINE, nature="new", main_works_included=stated)
        assert [activity.certain for activity in found.activities] == [True]
        assert (found.notes, found.missing) == ((), ())


def test_whether_the_line_itself_is_altered_is_asked_only_where_there_is_one():
    assert scope(LINE).missing == ("main_works_included",)
    assert [activity.certain for activity in scope(LINE, GAS).activities] == [False, True]
    assert scope(GAS).missing == ()
    assert scope(LINE, main_works_included=True).missing == ()


@pytest.mark.parametrize(
    ("raw", "main"),
    [
        ({"gb4754": "2110"}, True),
        ({}, True),
        ({"kind": "product_line"}, True),
        ({"kind": "boiler"}, False),
        ({"row": 36, "gb4754": "2110"}, True),
        ({"row": 100}, False),  # works named by their row alone
    ],
)
def test_what_counts_as_main_works(raw, main):
    assert is_main_works(raw) is main


# boilers ------------------------------------------------------------------------------------------------------------


def test_boilers_nobody_spoke_of_are_asked_for_unless_one_is_listed_as_works():
    assert scope(LINE, nature="new", boilers=None).missing == ("boilers",)
    assert scope(LINE, {"kind": "boiler"}, nature="new", boilers=None).missing == ()
    assert scope(LINE, {"row": "91"}, nature="new", boilers=None).missing == ()
    assert scope(LINE, {"row": 91}, nature="new", boilers=None).missing == ()
    assert scope(LINE, {"row": "95"}, nature="new", boilers=None).missing == ("boilers",)


def test_a_project_of_boilers_alone_asks_for_no_activities():
    only = scope(boilers=NEW_BOILER, main_works_included=False)
    assert (only.missing, [activity.path for activity in only.activities]) == ((), ["boilers"])
    assert scope(boilers=NEW_BOILER, main_works_included=True).missing == ("activities",)
    assert scope(boilers=[], main_works_included=False).missing == ("activities",)
    assert scope(boilers=None, main_works_included=False).missing == ("activities", "boilers")


def test_the_boilers_of_a_project_are_one_row_91_by_fuel():
    listed = [
        *NEW_BOILER,
        {"fuel": "coal", "capacity_t_per_h": "4"},
        {"fuel": "natural_gas", "capacity_t_per_h": "0.5"},
    ]
    boiler = scope(nature="new", boilers=[*listed, {"fuel": "biomass", "capacity_t_per_h": "1"}]).activities[0]
    assert (boiler.path, boiler.title, boiler.gb4754) == ("boilers", "新增锅炉", "")
    assert boiler.facts == {
        "kind": "boiler",
        "gas_boiler_t_per_h": Decimal("2.5"),
        "coal_oil_boiler_t_per_h": Decimal("4"),
        "boiler_other_high_pollution_fuel": None,
        "biomass_boiler": True,
    }
    assert boiler.readings == (boiler.facts,)


def test_no_boiler_of_a_fuel_is_an_exact_zero():
    [boiler] = scope(nature="new", boilers=[{"fuel": "electric", "capacity_t_per_h": "2"}]).activities
    assert boiler.facts["gas_boiler_t_per_h"] == Decimal(0)
    assert isinstance(boiler.facts["gas_boiler_t_per_h"], Decimal)
    assert boiler.facts["biomass_boiler"] is False


# completing an activity ---------------------------------------------------------------------------------------------


def completed(raw, path="activities.0", **project):
    return complete_activity(raw, project, CATALOGUE, path=path)


def test_an_activity_is_certain_unless_somebody_says_otherwise_and_keeps_its_name():
    told = completed(LINE, path="activities.3")
    assert (told.certain, told.title, told.path, told.gb4754) == (True, "家具线", "activities.3", "2110")
    assert completed({"gb4754": "2110"}, path="activities.12").title == "第13项建设内容"
    assert completed({}).gb4754 == ""


def test_every_inference_leaves_a_note_and_none_is_lost():
    told = completed({"gb4754": "3072", "processes": ["kiln_firing"]})
    assert told.facts["product"] == "sanitary_ceramic"
    assert len([note for note in told.notes if "3072" in note]) == 1
    painted = completed({**LINE})
    assert any("涂料用量为0" in note for note in painted.notes)
    both = completed({"gb4754": "1952", "processes": ["cutting"]})
    assert both.facts["solvent_adhesive_t"] == 0
    assert len(both.notes) == len(set(both.notes)) >= 1


@pytest.mark.parametrize(("tonnes", "readings"), [(None, 1), ("0", 1), ("0.001", 2), ("1", 2), ("1.5", 2)])
def test_paint_without_a_painting_step_is_read_both_ways_and_warned_of(tonnes, readings):
    told = completed({**LINE, "low_voc_nonsolvent_coating_t": tonnes})
    assert len(told.readings) == readings
    said = ("填写了涂料用量，但工艺清单中没有涂装工序，已按较严的一种理解判定，请核对。",)
    assert told.warnings == (said if readings == 2 else ())
    assert told.readings[-1]["processes"] == [*LINE["processes"], *(["coating"] if readings == 2 else [])]


def test_the_building_of_the_project_holds_for_each_activity_that_says_nothing_of_it():
    assert completed(LINE, in_industrial_building=True).facts["in_industrial_building"] is True
    assert (
        completed({**LINE, "in_industrial_building": False}, in_industrial_building=True).facts[
            "in_industrial_building"
        ]
        is False
    )


def test_a_nature_that_is_not_stated_is_warned_of():
    assert scope(LINE, nature="new").warnings == ()
    assert scope(LINE, nature=None).warnings == ("未填写建设性质，已按列出的建设内容全部新建判定。",)
