"""Commenced, for whom? Each reading from dated evidence; and the idle-land clock with the government's delays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.commencement import Proof, permit_valid_until, readings
from approvals.rules.idle_land import Delay, idle_clock
from approvals.rules.spans_of_time import add_months, add_years

PERMIT = date(2026, 6, 1)
TODAY = date(2026, 8, 1)


def read(code, *proofs, permit_on=PERMIT, today=TODAY, founded="other"):
    found = readings(proofs, permit_on=permit_on, today=today, foundation_kind=founded)
    return next(row for row in found if row.code == code)


def test_breaking_ground_is_the_environmental_reading_with_or_without_a_permit():
    broke = Proof("broke_ground", date(2026, 6, 10))
    assert read("eia", broke).on == date(2026, 6, 10)
    assert read("eia", broke, permit_on=None).is_met
    assert "破土开槽" in read("eia").missing


PROOF_OF = {"deep_pit": "pit_finished", "piles": "pile_complete", "other": "foundation_pct"}


@pytest.mark.parametrize("kind", PROOF_OF.values())
@pytest.mark.parametrize("founded", PROOF_OF)
def test_land_is_developed_by_the_works_of_its_own_foundation_alone(founded, kind):
    row = read("idle_land", Proof(kind, date(2026, 7, 1), 40), founded=founded)
    assert row.is_met is (PROOF_OF[founded] == kind)


def test_while_nobody_has_said_how_it_is_founded_no_works_prove_it_and_that_is_asked():
    row = read("idle_land", *(Proof(kind, date(2026, 7, 1), 100) for kind in PROOF_OF.values()), founded="")
    assert row.state == "open"
    assert "基础形式" in row.missing


@pytest.mark.parametrize(("percent", "met"), [(None, False), (33, False), (34, True), (100, True)])
def test_a_third_of_the_foundation_is_enough(percent, met):
    assert read("idle_land", Proof("foundation_pct", date(2026, 7, 1), percent)).is_met is met


def test_breaking_ground_does_not_develop_the_land():
    row = read("idle_land", Proof("broke_ground", date(2026, 6, 10)))
    assert not row.is_met
    assert "三分之一" in row.missing


def test_works_before_the_permit_count_from_the_permit():
    early = Proof("pit_finished", date(2026, 5, 1))
    assert read("idle_land", early, founded="deep_pit").on == PERMIT
    assert "施工许可证" in read("idle_land", early, permit_on=None, founded="deep_pit").missing


@pytest.mark.parametrize(
    ("broke_on", "state"),
    [("2026-05-31", "broken"), ("2026-06-01", "met"), ("2026-09-01", "met"), ("2026-09-02", "broken")],
)
def test_building_begins_after_the_permit_and_within_three_months(broke_on, state):
    row = read("building", Proof("broke_ground", date.fromisoformat(broke_on)), today=date(2026, 12, 1))
    assert row.state == state
    assert (row.on is not None) == (state == "met")


def test_breaking_ground_without_a_permit_breaks_the_building_act():
    assert read("building", Proof("broke_ground", date(2026, 6, 10)), permit_on=None).state == "broken"


def test_a_permit_nobody_used_lapses_by_itself():
    assert read("building", today=date(2026, 9, 1)).state == "open"
    row = read("building", today=date(2026, 9, 2))
    assert row.state == "broken"
    assert "自行废止" in row.missing


def test_a_permit_is_extended_twice_at_most_and_only_while_it_holds():
    first, second, third = (Proof("permit_extended", date(2026, month, 20)) for month in (8, 11, 2))
    third = Proof("permit_extended", date(2027, 2, 20))
    assert permit_valid_until(PERMIT, [first]) == date(2026, 12, 1)
    assert permit_valid_until(PERMIT, [second, first]) == date(2027, 3, 1)
    assert permit_valid_until(PERMIT, [first, second, third]) == date(2027, 3, 1)
    assert permit_valid_until(PERMIT, [second]) == date(2026, 9, 1)  # too late


def test_the_statistical_reading_is_for_the_statisticians_to_confirm():
    row = read("statistics", Proof("stat_registered", date(2026, 7, 5)))
    assert (row.on, row.confirmed_by, row.basis) == (date(2026, 7, 5), "统计部门", "")
    assert not read("statistics", Proof("broke_ground", date(2026, 6, 10))).is_met


def test_what_lies_ahead_proves_nothing():
    assert not read("eia", Proof("broke_ground", TODAY + timedelta(days=1))).is_met
    assert read("eia", Proof("broke_ground", TODAY)).is_met


def test_readings_do_not_depend_on_the_order_of_the_evidence():
    proofs = [Proof("broke_ground", date(2026, 6, day)) for day in (20, 10, 15)]
    assert read("eia", *proofs).on == read("eia", *reversed(proofs)).on == date(2026, 6, 10)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [("2026-11-30", 3, "2027-02-28"), ("2028-02-29", 12, "2029-02-28"), ("2026-12-31", 1, "2027-01-31")],
)
def test_a_month_without_the_day_ends_on_its_last(day, months, result):
    assert add_months(date.fromisoformat(day), months).isoformat() == result


# Idle land ----------------------------------------------------------------------------------------------------------

AGREED = date(2025, 3, 1)


def clock(today, *delays, developed_on=None):
    return idle_clock(AGREED, delays, developed_on=developed_on, today=date.fromisoformat(today))


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2025-03-01", "not_due"),
        ("2025-03-02", "running"),
        ("2026-03-01", "running"),
        ("2026-03-02", "one_year"),
        ("2027-03-01", "one_year"),
        ("2027-03-02", "two_years"),
    ],
)
def test_the_clock_runs_from_the_agreed_start_and_a_full_year_is_not_yet_idle(today, state):
    assert clock(today).state == state


def test_delay_caused_by_the_government_moves_both_days():
    made = clock("2026-03-02", Delay(date(2025, 5, 1), date(2025, 5, 31)))
    assert (made.state, made.stopped_days) == ("running", 31)
    assert (made.one_year_on, made.two_years_on) == (date(2026, 4, 1), date(2027, 4, 1))


def test_a_delay_that_goes_on_stops_the_clock_today():
    made = clock("2026-03-02", Delay(date(2026, 2, 1)))
    assert made.is_stopped
    assert made.stopped_days == 30
    assert made.state == "running"


def test_delays_that_overlap_count_once():
    made = clock("2026-03-02", Delay(date(2025, 5, 1), date(2025, 5, 31)), Delay(date(2025, 5, 20), date(2025, 6, 5)))
    assert made.stopped_days == 36


def test_developed_land_is_not_idle():
    made = clock("2027-06-01", developed_on=date(2025, 12, 1))
    assert made.state == "developed"
    assert not made.is_stopped


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 200)), max_size=5),
    st.integers(0, 1200),
)
def test_more_delay_never_brings_the_end_nearer(raw, passed):
    today = AGREED + timedelta(days=passed)
    delays = [Delay(AGREED + timedelta(days=a), AGREED + timedelta(days=a + n)) for a, n in raw]
    made = [idle_clock(AGREED, delays[:count], developed_on=None, today=today) for count in range(len(delays) + 1)]
    assert [m.one_year_on for m in made] == sorted(m.one_year_on for m in made)
    assert all(m.one_year_on == add_years(AGREED, 1) + timedelta(days=m.stopped_days) for m in made)


@pytest.mark.parametrize(
    ("today", "stopped", "goes_on"),
    [("2026-02-28", 0, False), ("2026-03-01", 1, True), ("2026-03-10", 10, True), ("2026-03-11", 10, False)],
)
def test_a_delay_counts_and_stops_from_its_first_day_to_its_last(today, stopped, goes_on):
    delay = Delay(date(2026, 3, 1), date(2026, 3, 10))
    found = idle_clock(AGREED, [delay], developed_on=None, today=date.fromisoformat(today))
    assert (found.agreed_on, found.stopped_days, found.is_stopped) == (AGREED, stopped, goes_on)


def test_development_ends_the_clock_on_its_day_and_no_later_delay_counts():
    on = date(2026, 3, 5)
    delay = Delay(date(2026, 3, 1), date(2026, 3, 10))
    found = idle_clock(AGREED, [delay], developed_on=on, today=on)
    assert (found.state, found.stopped_days, found.is_stopped) == ("developed", 5, False)
    later = idle_clock(AGREED, [delay], developed_on=on, today=date(2026, 3, 9))
    assert (later.stopped_days, later.is_stopped) == (5, False)
