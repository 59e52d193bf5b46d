"""Working days: the official make-up days of 2026, provisional 2027, and properties of the sums."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.clock import (
    WorkingCalendar,
    add_calendar_days,
    add_working_days,
    day_ledger,
    remaining,
    working_days_between,
)

OFFICIAL = WorkingCalendar(
    {**dict.fromkeys(chinese_calendar.holidays, False), **dict.fromkeys(chinese_calendar.workdays, True)},
    frozenset(range(2004, 2027)),
)
WEEKENDS_ONLY = WorkingCalendar({}, frozenset())
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
limits = st.integers(0, 90)


@pytest.mark.parametrize(
    "day",
    [date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)],
)
def test_make_up_days_are_working_days(day):
    assert day.weekday() >= 5
    assert OFFICIAL.is_working_day(day)


@pytest.mark.parametrize(
    ("start", "n", "due_on"),
    [
        (date(2026, 9, 29), 1, date(2026, 9, 30)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # the whole of National Day lies between
        (date(2026, 9, 29), 5, date(2026, 10, 12)),  # counts the make-up Saturday 10-10
        (date(2026, 10, 3), 1, date(2026, 10, 8)),  # received on a holiday: that day is not counted either
        (date(2026, 11, 2), 5, date(2026, 11, 9)),
        (date(2026, 3, 1), 1, date(2026, 3, 2)),  # received on a Sunday: Monday is the first day
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
    ],
)
def test_the_first_day_is_not_counted(start, n, due_on):
    assert add_working_days(start, n, OFFICIAL).due_on == due_on


def test_a_limit_that_reaches_an_unpublished_year_is_provisional():
    assert not add_working_days(date(2026, 12, 25), 3, OFFICIAL).provisional
    due = add_working_days(date(2026, 12, 25), 10, OFFICIAL)
    assert due.due_on == date(2027, 1, 8)  # weekends alone: New Year's Day would be added by the calendar of 2027
    assert due.provisional
    assert OFFICIAL.is_provisional(date(2027, 1, 1))


def test_publishing_the_year_moves_the_date():
    published = WorkingCalendar({**OFFICIAL.days, date(2027, 1, 1): False}, OFFICIAL.published_years | {2027})
    due = add_working_days(date(2026, 12, 25), 10, published)
    assert (due.due_on, due.provisional) == (date(2027, 1, 11), False)


def test_negative_limits_are_bugs():
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 1, 1), -1, OFFICIAL)


def test_remaining_counts_down_to_the_due_date_and_below():
    due_on = date(2026, 10, 12)
    assert remaining(date(2026, 9, 29), due_on, OFFICIAL) == 5
    assert remaining(due_on, due_on, OFFICIAL) == 0
    assert remaining(date(2026, 10, 13), due_on, OFFICIAL) == -1


def test_calendar_days():
    assert add_calendar_days(date(2026, 12, 25), 30) == date(2027, 1, 24)


def test_the_ledger_says_what_became_of_each_day():
    rows = {row.day: row for row in day_ledger(date(2026, 9, 18), 8, OFFICIAL)}
    assert rows[date(2026, 9, 18)].status == "start"
    assert rows[date(2026, 9, 19)].status == "weekend"
    assert rows[date(2026, 9, 20)].status == "make_up"
    assert rows[date(2026, 9, 20)].number == 1
    assert rows[date(2026, 9, 21)].status == "counted"
    assert rows[date(2026, 9, 25)].status == "holiday"  # Mid-Autumn
    assert max(rows) == add_working_days(date(2026, 9, 18), 8, OFFICIAL).due_on


@given(start=days, n=limits)
def test_adding_agrees_with_the_package_day_by_day(start, n):
    if start.year > 2025 and (start + timedelta(days=200)).year > 2026:
        start = start.replace(year=2025)
    day, left = start, n
    while left:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day) if day.year <= 2026 else OFFICIAL.is_working_day(day)
    assert add_working_days(start, n, OFFICIAL).due_on == day


@given(start=days, n=limits)
def test_one_more_day_moves_the_end_later(start, n):
    assert add_working_days(start, n, OFFICIAL).due_on < add_working_days(start, n + 1, OFFICIAL).due_on


@given(start=days, n=limits)
def test_a_later_start_never_ends_earlier(start, n):
    later = start + timedelta(days=1)
    assert add_working_days(start, n, OFFICIAL).due_on <= add_working_days(later, n, OFFICIAL).due_on


@given(start=days, n=limits)
def test_counting_back_gives_the_limit(start, n):
    assert working_days_between(start, add_working_days(start, n, OFFICIAL).due_on, OFFICIAL) == n


@given(start=days, n=limits, extra=st.integers(0, 30))
def test_adding_in_two_steps_is_adding_at_once(start, n, extra):
    halfway = add_working_days(start, n, OFFICIAL).due_on
    assert add_working_days(halfway, extra, OFFICIAL).due_on == add_working_days(start, n + extra, OFFICIAL).due_on


@given(a=days, b=days)
def test_the_way_back_is_the_way_there(a, b):
    assert working_days_between(a, b, OFFICIAL) == -working_days_between(b, a, OFFICIAL)


@given(start=days, n=st.integers(1, 60))
def test_the_ledger_counts_exactly_the_limit(start, n):
    rows = day_ledger(start, n, OFFICIAL)
    assert [row.number for row in rows if row.counts] == list(range(1, n + 1))
    assert rows[-1].counts
    assert [row.day for row in rows] == [start + timedelta(days=i) for i in range(len(rows))]


@given(start=days, n=limits)
def test_a_day_off_more_never_ends_earlier(start, n):
    due_on = add_working_days(start, n, WEEKENDS_ONLY).due_on
    with_holiday = WorkingCalendar({due_on: False}, frozenset())
    assert add_working_days(start, n, with_holiday).due_on >= due_on
