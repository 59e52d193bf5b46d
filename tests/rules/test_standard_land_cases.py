"""Every published or derived standard-land case agrees in every field it states."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from approvals.rules.casefiles import CASES
from approvals.rules.casefiles.standard_land import determine

TODAY = date(2026, 11, 24)
FILE = yaml.safe_load((CASES / "standard_land_cases.yaml").read_text(encoding="utf-8"))


def differences(case):
    return determine(case, FILE["meta"], on=None, today=TODAY).differences


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["id"])
def test_case(case):
    assert differences(case) == ()


def test_the_comparison_notices_what_is_wrong():
    case = FILE["cases"][0]
    wrong = {"computed": {"area_mu": 61, "far": 1}, "indicators": {"tax_mu": "fail"}, "overall": "fail"}
    fields = [one.field for one in differences({**case, "expected": wrong})]
    assert fields[:3] == ["computed.area_mu", "computed.far", "indicators.tax_mu"]
    assert fields[3:] == ["indicators.invest_mu", "indicators.output_mu", "indicators.rd_min", "overall"]


@pytest.mark.parametrize("word", ["no_limit", "n/a", None])
def test_a_limit_that_is_waived_may_be_expected_under_several_names(word):
    case = {"id": 1, "limits": {"tax_mu": "/", "invest_mu": 1}, "project": {"area_mu": 1, "fixed_asset_wan": 1}}
    indicators = {"invest_mu": "pass"} | ({"tax_mu": word} if word else {})
    assert differences({**case, "expected": {"indicators": indicators, "overall": "pass"}}) == ()
    assert differences({**case, "expected": {"indicators": {**indicators, "tax_mu": "pass"}}})
