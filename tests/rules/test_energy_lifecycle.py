"""After the opinion: validity, changes, overrun, deemed acceptance, milestones and duties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from approvals.rules.clock import WorkingCalendar
from approvals.rules.energy.lifecycle import (
    acceptance,
    change_needed,
    milestone,
    missing_duties,
    opinion_validity,
    overrun,
    report_gaps,
)

ON = date(2026, 11, 24)
ORDER_2 = date(2024, 6, 3)
CALENDAR = WorkingCalendar({}, frozenset({2026}))


@pytest.mark.parametrize(
    ("opinion_on", "on", "code"),
    [
        (date(2024, 11, 26), ON, "VALID_2_DAYS_LEFT"),
        (date(2024, 11, 25), ON, "VALID_1_DAY_LEFT"),
        (date(2024, 11, 24), ON, "VALID_0_DAYS_LEFT"),
        (date(2024, 11, 23), ON, "LAPSED"),
        (date(2024, 2, 29), date(2026, 2, 28), "VALID_0_DAYS_LEFT"),
        (date(2024, 2, 29), date(2026, 3, 1), "LAPSED"),
    ],
)
def test_an_opinion_lapses_two_years_on_unless_the_project_has_started(opinion_on, on, code):
    assert opinion_validity(opinion_on, started=False, on=on).code == code
    assert opinion_validity(opinion_on, started=True, on=on).code == "STARTED"


def test_changes_before_production():
    assert change_needed([], on=ON).code == "NO_CHANGE"
    assert change_needed(["product", "owner"], on=ON).code == "CHANGE_APPLICATION_ART18"
    assert change_needed(["product"], on=ORDER_2).code == "CHANGE_APPLICATION"
    with pytest.raises(ValueError, match="mood"):
        change_needed(["mood"], on=ON)


@pytest.mark.parametrize(
    ("actual", "on", "code"),
    [
        ("3299.99", ON, "WITHIN_APPROVAL"),
        ("3300", ON, "WARN_EXACTLY_10_PERCENT"),
        ("3300.01", ON, "RECTIFICATION_ART26"),
        ("3299.99", ORDER_2, "WITHIN_APPROVAL"),
        ("3300", ORDER_2, "CHANGE_APPLICATION"),  # 达到 110 %, then
    ],
)
def test_overrun_of_ten_percent(actual, on, code):
    assert overrun(Decimal(3000), Decimal(actual), on=on).code == code


@pytest.mark.parametrize(
    ("notice_on", "on", "code"),
    [
        (None, date(2026, 11, 9), "NOTICE_OPEN"),
        (None, date(2026, 11, 10), "DEEMED_ACCEPTED_2026-11-02"),
        (date(2026, 11, 9), ON, "SUPPLEMENT_NOTICE"),
        (date(2026, 11, 10), ON, "DEEMED_ACCEPTED_2026-11-02"),
    ],
)
def test_a_notice_after_five_working_days_comes_too_late(notice_on, on, code):
    found = acceptance(date(2026, 11, 2), notice_on=notice_on, on=on, calendar=CALENDAR)
    assert (found.code, found.due_on) == (code, date(2026, 11, 9))


def test_a_complete_report_is_accepted_on_receipt():
    found = acceptance(date(2026, 11, 2), notice_on=None, on=date(2026, 11, 3), calendar=CALENDAR, complete=True)
    assert found.code == "ACCEPTED_2026-11-02"


@pytest.mark.parametrize(
    ("investment", "reached", "has_opinion", "code"),
    [
        ("government", "feasibility_report", False, "BLOCKED"),
        ("enterprise", "feasibility_report", False, "CLEAR"),
        ("enterprise", "construction_start", False, "BLOCKED"),
        ("enterprise", "use", False, "BLOCKED"),
        ("government", "feasibility_report", True, "CLEAR"),
    ],
)
def test_what_waits_for_the_opinion(investment, reached, has_opinion, code):
    assert milestone(investment, reached, has_opinion=has_opinion, on=ON).code == code


def test_exempt_projects_still_report_their_energy():
    assert missing_duties("exempt", platform_energy_report=False, on=ON)[0].code == "MISSING_DUTY_ART20"
    assert missing_duties("exempt", platform_energy_report=True, on=ON) == []
    assert missing_duties("provincial", platform_energy_report=False, on=ON) == []
    assert missing_duties("exempt", platform_energy_report=False, on=ORDER_2) == []


def test_every_report_has_a_carbon_part_since_2025():
    assert [gap.code for gap in report_gaps(["energy"], on=ON)] == ["REPORT_INCOMPLETE_ART12"]
    assert report_gaps(["energy", "carbon"], on=ON) == []
    assert report_gaps(["energy"], on=ORDER_2) == []
