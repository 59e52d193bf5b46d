"""One activity against one row: floor, ceiling, why, and what is asked."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.eia import classify
from approvals.rules.eia.catalogue import RANK, catalogue_on
from approvals.rules.eia.judge import facts_used, judge, pairs_of
from approvals.rules.eia.scope import complete_activity

ON = date(2026, 11, 24)
CATALOGUE = catalogue_on(ON)
BOOK = RANK["report_book"]
NO_PAINT = {"solvent_coating_t": 0, "low_voc_nonsolvent_coating_t": 0, "other_coating_t": 0}


def activity(raw, *, inside=True, certain=True):
    project = {"in_industrial_building": inside}
    return complete_activity(raw, project, CATALOGUE, path="activities.0", certain=certain)


def pairs(raw, **options):
    return pairs_of(activity(raw, **options), CATALOGUE)


def test_an_activity_without_a_code_could_be_anything_and_asks_for_it():
    for raw in ({"title": "车间"}, {"gb4754": "9999"}):
        [pair] = pairs(raw)
        assert (pair.row, pair.why, pair.lower, pair.upper) == (None, "no_code", 0, BOOK)
        assert pair.missing == {"gb4754"}
        answer = classify({"nature": "new", "boilers": [], "activities": [raw]}, ON)
        assert (answer.figures["at_least"], answer.figures["at_most"]) == ("not_subject", "report_book")
        assert "activities.0.gb4754" in [question.fact for question in answer.missing]
        assert answer.trace[0]["clause"] == "no_code"


def test_an_unlisted_code_is_settled_by_article_5():
    [pair] = pairs({"gb4754": "1411"})
    assert (pair.row, pair.why, pair.lower, pair.upper, pair.missing) == (None, "unlisted", 0, 0, frozenset())


def test_a_row_with_text_only_may_be_anything_up_to_its_strictest_column():
    [pair] = pairs({"row": "158"})
    assert (pair.row.number, pair.why, pair.lower, pair.upper) == (158, "text_only", 0, BOOK)
    [pair] = pairs({"row": "167"})
    assert (pair.row.number, pair.why, pair.lower, pair.upper) == (167, "text_only", 0, BOOK)


WELDED = {"gb4754": "2130", "processes": ["cutting", "welding"], **NO_PAINT}


def test_outside_industrial_buildings_a_starred_code_is_out_and_nothing_more_is_asked():
    [pair] = pairs({**WELDED, "solvent_coating_t": None, "processes": None}, inside=False)
    assert (pair.lower, pair.upper, pair.why) == (0, 0, "star")
    assert (pair.missing, pair.cautions) == (frozenset(), ())
    assert pair.settled


def test_a_star_takes_the_cautions_of_the_row_with_it():
    low_voc = {"gb4754": "2110", "processes": ["coating", "cutting"], **NO_PAINT, "low_voc_nonsolvent_coating_t": 5}
    [inside] = pairs({**low_voc, "solvent_coating_t": "1"})
    assert inside.lower == RANK["report_table"]
    [outside] = pairs({**low_voc, "solvent_coating_t": "1"}, inside=False)
    assert (outside.why, outside.cautions) == ("star", ())


def test_a_building_that_is_not_known_is_asked_for_beside_what_else_is_open():
    [pair] = pairs(WELDED, inside=None)
    assert (pair.lower, pair.upper) == (0, RANK["report_table"])
    assert pair.missing == {"in_industrial_building"}
    [pair] = pairs({**WELDED, "processes": None}, inside=None)
    assert pair.missing == {"in_industrial_building", "processes"}


def test_what_is_out_anyway_does_not_ask_for_the_building():
    [pair] = pairs({"gb4754": "2110", "processes": ["cutting", "assembly"], **NO_PAINT}, inside=None)
    assert (pair.lower, pair.upper, pair.why, pair.missing) == (0, 0, "rules", frozenset())


def test_a_register_form_outside_an_industrial_building_is_out_as_well():
    """The star is asked for every level above nothing, the lowest included."""
    starred = [row for row in CATALOGUE.rows.values() if any(row.codes.values()) and "register" in dict(row.columns)]
    for row in starred:
        code = next(code for code, star in row.codes.items() if star)
        pair = judge(activity({"gb4754": code, "row": row.number}, inside=False), row)
        assert (pair.upper, pair.why) == (0, "star")


def test_while_it_is_open_whether_it_is_built_a_level_is_a_ceiling_and_no_floor():
    [pair] = pairs(WELDED, certain=False)
    assert (pair.lower, pair.upper, pair.settled) == (0, RANK["report_table"], False)


def test_of_two_readings_the_stricter_one_counts_with_the_widest_ceiling():
    """Paint is stated but no painting step: read with the step as well."""
    told = {"gb4754": "2110", "processes": ["cutting", "assembly"], **NO_PAINT, "low_voc_nonsolvent_coating_t": 12}
    stated = activity(told)
    assert len(stated.readings) == 2
    [pair] = pairs_of(stated, CATALOGUE)
    assert (pair.lower, pair.upper) == (RANK["report_table"], RANK["report_table"])


def test_a_level_that_only_a_person_can_settle_raises_the_ceiling_and_keeps_what_is_missing():
    asked = [row for row in CATALOGUE.rows.values() if row.human_when]
    assert asked, "some rows leave a point to the authority"
    for row in asked:
        code = next(iter(row.codes), "")
        pair = judge(activity({"gb4754": code.ljust(4, "9")[:4], "row": row.number}), row)
        level, _ = row.human_when[0]
        assert pair.upper >= RANK[level]


def test_the_first_column_that_holds_is_the_floor_and_the_one_that_might_the_ceiling():
    [pair] = pairs({"gb4754": "2110", "processes": ["welding", "coating"], **NO_PAINT, "solvent_coating_t": None})
    assert (pair.lower, pair.upper) == (RANK["report_table"], BOOK)
    assert [step.column for step in pair.steps] == ["report_book", "report_table"]
    assert [step.verdict.holds for step in pair.steps] == [None, True]
    assert pair.deciding.column == "report_table"


@pytest.mark.parametrize(
    ("facts", "cautioned"),
    [
        ({"processes": ["coating"], "low_voc_nonsolvent_coating_t": 5}, {"low_voc_proof"}),
        ({"processes": ["coating", "cutting"], "low_voc_nonsolvent_coating_t": 5}, {"low_voc_proof", "I7"}),
        ({"processes": ["coating", "cutting"], "low_voc_nonsolvent_coating_t": 0}, {"I7"}),
        ({"processes": ["cutting"], "low_voc_nonsolvent_coating_t": 0}, set()),
        # Both cautions are about being out: at another level, or while it is open, they say nothing.
        ({"processes": ["coating", "cutting"], "low_voc_nonsolvent_coating_t": 12}, set()),
        ({"processes": ["coating", None], "low_voc_nonsolvent_coating_t": 5}, set()),
    ],
)
def test_a_caution_is_shown_where_it_holds_at_the_level_it_speaks_of(facts, cautioned):
    row = CATALOGUE.rows[36]
    texts = {caution.text: caution.code for caution in row.cautions}
    [pair] = pairs({"gb4754": "2110", **NO_PAINT, **facts})
    assert {texts[text] for text in pair.cautions} == cautioned


def test_the_facts_used_are_those_that_are_known():
    [pair] = pairs({"gb4754": "2110", "processes": ["welding", "coating"], **NO_PAINT, "solvent_coating_t": None})
    assert facts_used(pair.steps[0]) == {"processes": ["welding", "coating"]}
