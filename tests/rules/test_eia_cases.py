"""Every case with a known answer, agency replies and approved files among them."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from approvals.rules.casefiles import CASES
from approvals.rules.casefiles.eia import determine
from approvals.rules.eia import OUTCOMES

DAY = date(2026, 1, 1)  # every case was decided under the 2021 edition
FILE = yaml.safe_load((CASES / "eia_cases.yaml").read_text(encoding="utf-8"))
CHECKABLE = [case for case in FILE["cases"] if not case.get("skip_eval")]


def result(case):
    return determine(case, FILE["meta"], on=DAY, today=DAY)


@pytest.mark.parametrize("case", CHECKABLE, ids=lambda case: case["id"])
def test_the_case_comes_out_as_known(case):
    assert result(case).differences == (), case["reasoning"]


@pytest.mark.parametrize("case", CHECKABLE, ids=lambda case: case["id"])
def test_the_row_is_found_from_the_code(case):
    activities = [{**raw, "row": None} if raw.get("gb4754") else raw for raw in case["activities"]]
    assert result({**case, "activities": activities}).record["outcome"] == case["expected"]


def test_only_the_case_of_an_unstructured_row_is_skipped():
    assert len(CHECKABLE) == len(FILE["cases"]) - 1
    assert {case["expected"] for case in CHECKABLE} <= set(OUTCOMES)


@pytest.mark.parametrize(
    "case", [case for case in CHECKABLE if case["confidence"] == "low"], ids=lambda case: case["id"]
)
def test_a_case_of_low_confidence_warns(case):
    """Star cases apart: there the doubt is about the building, not about the rule."""
    assert result(case).record["warnings"] or case["tag"] == "star"


def test_a_reply_that_departs_from_the_text_stays_visible():
    case = next(case for case in CHECKABLE if case.get("conflict"))
    record = result(case).record
    assert record["official_reply"] == {"outcome": "not_subject", "conflict": True}
    assert record["outcome"] == "report_table"
