"""Every published or derived energy case agrees in every field it states."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from approvals.rules.casefile_energy import DAY_OF_VERSION, disagreements
from approvals.rules.casefile_energy_lifecycle import lifecycle_code
from approvals.rules.clock import WorkingCalendar
from approvals.rules.editions import edition_on
from approvals.rules.evaluator import number

FILE = yaml.safe_load((Path(__file__).parent / "data" / "energy_cases.yaml").read_text(encoding="utf-8"))
WEEKENDS_ONLY = WorkingCalendar({}, frozenset({2026}))


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["id"])
def test_case(case):
    assert disagreements(case, tolerance=number(FILE["meta"]["tce_tolerance"])) == []


@pytest.mark.parametrize("case", FILE["lifecycle_cases"], ids=lambda case: case["id"])
def test_lifecycle_case(case):
    assert lifecycle_code(case, calendar=WEEKENDS_ONLY) == case["expected"]


def test_the_comparison_notices_what_is_wrong():
    case = FILE["cases"][0]
    wrong = {**case["expected"], "tce_exact": "900.06", "review_class": "provincial", "coal_t": 1}
    assert len(disagreements({**case, "expected": wrong})) == 3
    assert disagreements({**case, "must_warn": "NO_SUCH", "needs": ["x"], "also_under": {"ORDER_44_2016": "exempt"}})


@pytest.mark.parametrize("version", DAY_OF_VERSION)
def test_the_editions_cover_the_dates_of_the_versions(version):
    dates = FILE["meta"]["versions"][version]
    edition = edition_on("energy", DAY_OF_VERSION[version])
    assert edition.in_force_from == date.fromisoformat(dates["from"])
    assert edition.in_force_until == (date.fromisoformat(dates["to"]) if dates["to"] else None)
