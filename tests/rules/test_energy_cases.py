"""Every published or derived energy case agrees in every field it states."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from approvals.rules.casefiles import CASES
from approvals.rules.casefiles.energy import DAY_OF_VERSION, determine
from approvals.rules.casefiles.lifecycle import lifecycle_code
from approvals.rules.clock import WorkingCalendar
from approvals.rules.editions import edition_on

FILE = yaml.safe_load((CASES / "energy_cases.yaml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 24)
WEEKENDS_ONLY = WorkingCalendar({}, frozenset({2026}))


def differences(case):
    return determine(case, FILE["meta"], on=None, today=TODAY).differences


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["id"])
def test_case(case):
    assert differences(case) == ()


@pytest.mark.parametrize("case", FILE["lifecycle_cases"], ids=lambda case: case["id"])
def test_lifecycle_case(case):
    assert lifecycle_code(case, calendar=WEEKENDS_ONLY) == case["expected"]


def test_the_comparison_notices_what_is_wrong():
    case = FILE["cases"][0]
    wrong = {**case["expected"], "tce_exact": "900.06", "review_class": "provincial", "coal_t": 1}
    found = differences({**case, "expected": wrong})
    assert [one.field for one in found] == ["tce_exact", "coal_t", "review_class"]
    beside = {"must_warn": "NO_SUCH", "needs": ["x"], "also_under": {"ORDER_44_2016": "exempt"}}
    found = differences({**case, **beside, "expected_state_test_tce": 1})
    assert [one.field for one in found] == [
        "also_under.ORDER_44_2016",
        "must_warn",
        "needs",
        "expected_state_test_tce",
    ]


@pytest.mark.parametrize("version", sorted(set(DAY_OF_VERSION) - {"ORDER_6_2010"}))
def test_the_editions_cover_the_dates_of_the_versions(version):
    dates = FILE["meta"]["versions"][version]
    edition = edition_on("energy", DAY_OF_VERSION[version])
    assert edition.in_force_from == date.fromisoformat(dates["from"])
    assert edition.in_force_until == (date.fromisoformat(dates["to"]) if dates["to"] else None)
