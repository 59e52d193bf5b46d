"""Every published or derived standard-land case agrees in every field it states."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from approvals.rules.casefile_standard_land import disagreements

FILE = yaml.safe_load((Path(__file__).parent / "data" / "standard_land_cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["id"])
def test_case(case):
    assert disagreements(case) == []


def test_the_comparison_notices_what_is_wrong():
    case = FILE["cases"][0]
    wrong = {"computed": {"area_mu": 61, "far": 1}, "indicators": {}, "overall": "fail"}
    assert len(disagreements({**case, "expected": wrong})) == 4
