"""Every case with a known answer, agency replies and approved files among them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from approvals.rules.casefile_eia import CASES_ON, check, checkable, facts_of
from approvals.rules.eia import OUTCOMES, classify

CASES = yaml.safe_load((Path(__file__).parent / "data" / "eia_cases.yaml").read_text(encoding="utf-8"))
CHECKABLE = list(checkable(CASES))


@pytest.mark.parametrize("case", CHECKABLE, ids=lambda case: case["id"])
def test_the_case_comes_out_as_known(case):
    assert check(case) == case["expected"], case["reasoning"]


def test_only_the_case_of_an_unstructured_row_is_skipped():
    assert len(CHECKABLE) == len(CASES["cases"]) - 1
    assert {case["expected"] for case in CHECKABLE} <= set(OUTCOMES)


@pytest.mark.parametrize(
    "case", [case for case in CHECKABLE if case["confidence"] == "low"], ids=lambda case: case["id"]
)
def test_a_case_of_low_confidence_warns(case):
    """Star cases apart: there the doubt is about the building, not about the rule."""
    answer = classify(facts_of(case), CASES_ON)
    assert answer.warnings or case["tag"] == "star"
