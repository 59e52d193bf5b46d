"""Golden dates of the clock, counted by hand from the published calendars: each rule, each trap, 2024 to 2027."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from approvals.rules.clock import (
    Limit,
    Pause,
    add_working_days,
    clock_law,
    ledger,
    receipt,
    reckon,
    remaining,
    working_days_between,
)
from tests.rules.test_clock import OFFICIAL

TUESDAY = date(2026, 9, 1)


def due(start, n):
    return add_working_days(start, n, OFFICIAL).due_on


GOLDEN = [
    # 2024: New Year's Eve of the old calendar was a working day; Spring Festival 10–17 February, 4 and 18 worked.
    (date(2024, 2, 2), 1, date(2024, 2, 4)),
    (date(2024, 2, 2), 6, date(2024, 2, 9)),
    (date(2024, 2, 2), 7, date(2024, 2, 18)),
    # May 2024: 1–5 off, Sunday 28 April and Saturday 11 May worked.
    (date(2024, 4, 26), 4, date(2024, 5, 6)),
    (date(2024, 4, 26), 9, date(2024, 5, 11)),
    # October 2024: 1–7 off, Sunday 29 September and Saturday 12 October worked.
    (date(2024, 9, 27), 3, date(2024, 10, 8)),
    (date(2024, 9, 27), 8, date(2024, 10, 14)),
    # Spring Festival 2025: 28 January to 4 February off, Sunday 26 January and Saturday 8 February worked.
    (date(2025, 1, 24), 3, date(2025, 2, 5)),
    (date(2025, 1, 24), 6, date(2025, 2, 8)),
    # National Day and Mid-Autumn 2025 in one: 1–8 October off, Sunday 28 September and Saturday 11 October worked.
    (date(2025, 9, 26), 4, date(2025, 10, 9)),
    (date(2025, 9, 26), 7, date(2025, 10, 13)),
    # Over the end of 2025: 1–3 January 2026 off, Sunday 4 January worked.
    (date(2025, 12, 31), 1, date(2026, 1, 4)),
    # Spring Festival 2026: 15–23 February off, Saturdays 14 and 28 worked.
    (date(2026, 2, 13), 1, date(2026, 2, 14)),
    (date(2026, 2, 13), 2, date(2026, 2, 24)),
    (date(2026, 2, 13), 6, date(2026, 2, 28)),
    # Autumn 2026: Sunday 20 September worked, 25–27 off, 1–7 October off, Saturday 10 October worked.
    (date(2026, 9, 18), 1, date(2026, 9, 20)),
    (date(2026, 9, 24), 1, date(2026, 9, 28)),
    (date(2026, 9, 28), 20, date(2026, 10, 30)),
    # The last published day, and the first unpublished one.
    (date(2026, 12, 30), 1, date(2026, 12, 31)),
    (date(2026, 12, 31), 1, date(2027, 1, 1)),
]


@pytest.mark.parametrize(("start", "n", "expected"), GOLDEN)
def test_golden_dates(start, n, expected):
    assert due(start, n) == expected
    assert working_days_between(start, expected, OFFICIAL) == n


@pytest.mark.parametrize(("start", "n", "provisional"), [(date(2026, 12, 30), 1, False), (date(2026, 12, 31), 1, True)])
def test_past_the_end_of_the_published_calendar_a_date_is_provisional(start, n, provisional):
    assert add_working_days(start, n, OFFICIAL).provisional is provisional
    assert ledger(Limit(start, n), OFFICIAL, on=start)[-1].provisional is provisional


@pytest.mark.parametrize(
    ("received_on", "due_on"),
    [
        (date(2026, 9, 1), date(2026, 9, 8)),
        (date(2026, 9, 5), date(2026, 9, 11)),  # Saturday: Monday is the first day
        (date(2026, 9, 18), date(2026, 9, 24)),  # the make-up Sunday counts
        (date(2026, 9, 30), date(2026, 10, 13)),  # over the holiday, with the make-up Saturday
    ],
)
def test_five_working_days_to_tell_what_is_missing(received_on, due_on):
    """§9 trap 1: later than this means accepted from the day of receipt, so the day itself must be right."""
    assert due(received_on, 5) == due_on


def test_the_last_day_is_in_time_and_the_next_is_late():
    """§9 trap 5, 《民法典》第一千二百五十九条: 以内 includes the number."""
    last = due(TUESDAY, 20)
    assert remaining(last, last, OFFICIAL) == 0
    assert not last > last
    assert remaining(last + timedelta(days=1), last, OFFICIAL) == -1


def test_joint_handling_is_45_and_15_and_its_approver_differs():
    """§9 trap 10, 《行政许可法》第四十二条第二款."""
    law = clock_law(TUESDAY)
    agency = law.extension("R04", statutory_days=20)
    joint = law.extension("R04", statutory_days=law.joint_days, joint=True)
    assert (agency.days, agency.approver) == (10, "行政机关负责人")
    assert (law.joint_days, joint.days, joint.approver) == (45, 15, "本级人民政府负责人")
    assert due(TUESDAY, 45) == date(2026, 11, 9)
    assert due(TUESDAY, 60) == date(2026, 11, 30)


def test_consultation_does_not_stop_the_clock_but_expert_review_does():
    """§9 trap 11; the water-abstraction permit is the exception by its own statute."""
    grounds = clock_law(TUESDAY).grounds("R06")
    assert "expert_review" in grounds
    assert "consultation" not in grounds
    assert "consultation" in clock_law(TUESDAY).grounds("C06")
    for ground in grounds.values():
        assert ground.basis == "《行政许可法》第四十五条"


def test_a_pause_over_the_national_holiday_costs_its_working_days_only():
    """From 29 September (counted) through 10 October: 30 September, 8, 9 and the make-up Saturday 10 October."""
    pause = Pause(date(2026, 9, 29), date(2026, 10, 10))
    found = reckon(Limit(TUESDAY, 25, pauses=(pause,)), OFFICIAL, on=TUESDAY)
    assert found.paused_days == 4
    assert found.due_on == due(TUESDAY, 29)


def test_a_statute_that_says_days_alone_is_warned_of_by_the_calendar():
    """60 日 for the environmental report, 7 日 for the construction permit: weekends and holidays count."""
    assert reckon(Limit(TUESDAY, 60, "calendar"), OFFICIAL, on=TUESDAY).due_on == date(2026, 10, 31)
    permit = Limit(date(2026, 9, 28), 7, "calendar")
    assert reckon(permit, OFFICIAL, on=TUESDAY).due_on == date(2026, 10, 5)
    assert reckon(Limit(permit.start_on, 7), OFFICIAL, on=TUESDAY).due_on == date(2026, 10, 13)


@pytest.mark.parametrize(
    ("received", "first_counted"),
    [
        (datetime(2026, 9, 3, 17, 0), date(2026, 9, 4)),
        (datetime(2026, 9, 3, 18, 30), date(2026, 9, 7)),  # Thursday evening is Friday's, and Friday is not counted
        (datetime(2026, 9, 4, 18, 30), date(2026, 9, 8)),  # Friday evening and Saturday are Monday's
        (datetime(2026, 9, 5, 9, 0), date(2026, 9, 8)),
        (datetime(2026, 9, 20, 9, 0), date(2026, 9, 21)),  # a Sunday on which one works
        (datetime(2026, 9, 30, 18, 30), date(2026, 10, 9)),  # the eve of the holiday: received on its first day after
    ],
)
def test_what_comes_after_hours_or_on_a_rest_day_counts_from_the_next_working_day(received, first_counted):
    assert due(receipt(received, time(18, 0), OFFICIAL).day, 1) == first_counted


def test_a_later_receipt_never_ends_earlier_whatever_the_hour():
    moments = [datetime(2026, 9, 3, 8) + timedelta(hours=hour) for hour in range(24 * 14)]
    ends = [due(receipt(moment, time(17, 30), OFFICIAL).day, 5) for moment in moments]
    assert ends == sorted(ends)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_the_dates_are_the_same_wherever_the_machine_stands(zone):
    """A fresh interpreter in each zone computes every golden date."""
    script = (
        "from datetime import date\n"
        "from tests.rules.test_clock_traps import GOLDEN, due\n"
        "assert all(due(start, n) == expected for start, n, expected in GOLDEN)\n"
        "from approvals.rules.clock.notice import read_notice\n"
        "assert read_notice('2027-01-01 rest', 2027).days[0].day == date(2027, 1, 1)\n"
        "print('same')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "TZ": zone},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "same"), done.stderr
