"""The structured rows against a second reading of their clauses: see ``eia_second_reading``."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.eia import classify
from approvals.rules.eia.catalogue import catalogue_on
from approvals.rules.evaluator import facts_in
from tests.rules import eia_second_reading, eia_second_reading_sea, eia_second_reading_works

ON = date(2026, 11, 24)
CASES = eia_second_reading.CASES | eia_second_reading_works.CASES | eia_second_reading_sea.CASES
LINES = [(row, *case) for row, cases in CASES.items() for case in cases]


def level(row, nature, facts):
    activity = {"title": "工程", "row": str(row), **facts}
    return classify({"nature": nature or None, "boilers": [], "activities": [activity]}, ON)


@pytest.mark.parametrize(("row", "nature", "facts", "expected"), LINES)
def test_the_rules_say_what_the_clause_says(row, nature, facts, expected):
    answer = level(row, nature, facts)
    assert (answer.outcome, answer.figures["rows"]) == (expected, [row])


@pytest.mark.parametrize("row", CASES)
def test_the_cases_of_a_row_leave_no_column_untried(row):
    """Each column that the rules of the row have is the answer of some case."""
    columns = {level for level, _condition in catalogue_on(ON).rows[row].columns}
    assert columns <= {expected for _nature, _facts, expected in CASES[row]}


@pytest.mark.parametrize("row", CASES)
def test_a_row_that_knows_nothing_of_a_project_exempts_nothing(row):
    """Unless nothing is asked at all, an empty activity stays open; it is never out of the catalogue."""
    answer = level(row, "", {})
    open_row = any(set(facts_in(condition)) for _level, condition in catalogue_on(ON).rows[row].columns)
    assert answer.outcome == "needs_human" if open_row else answer.is_known
    assert answer.outcome != "not_subject"


def test_how_many_rows_decide():
    rows = catalogue_on(ON).rows.values()
    assert (len(rows), sum(1 for row in rows if row.columns)) == (173, 168)


@pytest.mark.parametrize(
    ("code", "row"),
    [("5265", 119), ("5266", 119), ("8111", 121), ("7010", 97), ("6110", 97), ("6120", 97), ("4430", 91)],
)
def test_codes_of_the_trade_lead_to_rows_that_name_none(code, row):
    answer = classify({"nature": "new", "boilers": [], "activities": [{"title": "工程", "gb4754": code}]}, ON)
    assert (answer.outcome, answer.figures["rows"]) == ("needs_human", [row])


@pytest.mark.parametrize("code", ["5920", "5930", "5951", "5960", "5990"])
def test_ordinary_and_cold_stores_are_not_in_the_catalogue(code):
    answer = classify({"nature": "new", "boilers": [], "activities": [{"title": "冷库", "gb4754": code}]}, ON)
    assert answer.outcome == "not_subject"
