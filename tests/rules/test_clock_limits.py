"""Limits with extensions and pauses: actual days, exact shifts, and a ledger that adds up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.clock import (
    Limit,
    Pause,
    WorkingCalendar,
    add_working_days,
    clock_law,
    ledger,
    receipt,
    reckon,
    working_days_between,
)
from tests.rules.test_clock import OFFICIAL

days = st.dates(date(2024, 1, 1), date(2027, 6, 30))
lengths = st.integers(0, 60)
MONDAY = date(2026, 3, 2)


def due(limit, on=MONDAY):
    return reckon(limit, OFFICIAL, on=on).due_on


def test_without_a_pause_it_is_adding_working_days():
    assert due(Limit(MONDAY, 20)) == add_working_days(MONDAY, 20, OFFICIAL).due_on == date(2026, 3, 30)


def test_an_extension_counts_on_from_the_limit():
    assert due(Limit(MONDAY, 20, extension_days=10)) == add_working_days(MONDAY, 30, OFFICIAL).due_on


def test_a_pause_moves_the_date_by_the_working_days_it_really_took():
    """Opened on Thursday 5 March (that day still counts), closed on Wednesday 11 March: four working days."""
    pause = Pause(date(2026, 3, 5), date(2026, 3, 11))
    found = reckon(Limit(MONDAY, 20, pauses=(pause,)), OFFICIAL, on=MONDAY)
    assert found.due_on == add_working_days(MONDAY, 24, OFFICIAL).due_on
    assert (found.net_days, found.paused_days, found.gross_days) == (20, 4, 24)


@pytest.mark.parametrize(
    ("closed_on", "paused"),
    [
        (date(2026, 3, 6), 0),  # opened and closed on the same Friday
        (date(2026, 3, 8), 0),  # over the weekend: no working day was lost
        (date(2026, 3, 9), 1),
    ],
)
def test_a_pause_over_a_weekend_costs_only_its_working_days(closed_on, paused):
    found = reckon(Limit(MONDAY, 20, pauses=(Pause(date(2026, 3, 6), closed_on),)), OFFICIAL, on=MONDAY)
    assert found.paused_days == paused


def test_an_open_pause_leaves_the_date_open_and_projects_it_to_today():
    limit = Limit(MONDAY, 20, pauses=(Pause(date(2026, 3, 5)),))
    found = reckon(limit, OFFICIAL, on=date(2026, 3, 11))
    assert found.is_paused
    assert found.settled_on is None
    assert found.due_on == add_working_days(MONDAY, 24, OFFICIAL).due_on
    assert reckon(limit, OFFICIAL, on=date(2026, 3, 12)).due_on > found.due_on


def test_what_began_after_the_last_day_does_not_save_a_missed_limit():
    limit = Limit(MONDAY, 5, pauses=(Pause(date(2026, 3, 10)),))
    found = reckon(limit, OFFICIAL, on=date(2026, 3, 20))
    assert (found.due_on, found.settled_on, found.is_paused) == (date(2026, 3, 9), date(2026, 3, 9), False)


def test_a_bounded_ground_counts_again_after_its_bound():
    """Experts have at most 20 working days (51号令); the twenty-first is the department's again."""
    long = Limit(MONDAY, 15, pauses=(Pause(date(2026, 3, 3), date(2026, 4, 30), most_days=20),))
    assert reckon(long, OFFICIAL, on=MONDAY).paused_days == 20
    still_open = Limit(MONDAY, 15, pauses=(Pause(date(2026, 3, 3), None, most_days=20),))
    found = reckon(still_open, OFFICIAL, on=date(2026, 3, 4))
    assert found.is_paused
    assert found.settled_on == due(long)
    assert not reckon(still_open, OFFICIAL, on=date(2026, 6, 1)).is_paused


def test_calendar_days_count_every_day_and_are_never_provisional():
    found = reckon(Limit(date(2026, 12, 28), 7, "calendar"), OFFICIAL, on=MONDAY)
    assert (found.due_on, found.provisional) == (date(2027, 1, 4), False)


def test_a_pause_of_a_calendar_limit_is_counted_in_calendar_days():
    pause = Pause(date(2026, 3, 5), date(2026, 3, 11))
    assert due(Limit(MONDAY, 30, "calendar", pauses=(pause,))) == date(2026, 4, 7)


def test_pauses_that_touch_or_overlap_are_not_counted_twice():
    pauses = (Pause(date(2026, 3, 5), date(2026, 3, 11)), Pause(date(2026, 3, 9), date(2026, 3, 12)))
    assert reckon(Limit(MONDAY, 20, pauses=pauses), OFFICIAL, on=MONDAY).paused_days == 5


def test_a_local_closure_is_no_working_day_there():
    flood = WorkingCalendar(OFFICIAL.days, OFFICIAL.published_years, {date(2026, 3, 4): "因灾停止办公"})
    assert reckon(Limit(MONDAY, 2), flood, on=MONDAY).due_on == date(2026, 3, 5)
    assert [(row.status, row.note) for row in ledger(Limit(MONDAY, 2), flood, on=MONDAY)][2] == (
        "closure",
        "因灾停止办公",
    )


def test_impossible_limits_are_bugs():
    with pytest.raises(ValueError, match="negative"):
        Limit(MONDAY, -1)
    with pytest.raises(ValueError, match="before it begins"):
        Pause(MONDAY, date(2026, 3, 1))


def test_the_ledger_names_the_pause_on_each_of_its_days():
    pause = Pause(date(2026, 3, 5), date(2026, 3, 11), label="专家评审", turn="third_party")
    rows = {row.day: row for row in ledger(Limit(MONDAY, 20, pauses=(pause,)), OFFICIAL, on=MONDAY)}
    assert rows[date(2026, 3, 5)].status == "counted"
    assert (rows[date(2026, 3, 6)].status, rows[date(2026, 3, 6)].note) == ("paused", "专家评审")
    assert rows[date(2026, 3, 7)].status == "weekend"
    assert rows[date(2026, 3, 7)].turn == "third_party"
    assert rows[date(2026, 3, 12)].number == 4
    assert rows[date(2026, 3, 12)].turn == "department"


@pytest.mark.parametrize(
    ("received", "closes_at", "day"),
    [
        (datetime(2026, 3, 5, 23, 59), None, date(2026, 3, 5)),  # no known hours: only the date counts
        (datetime(2026, 3, 5, 17, 30), time(17, 30), date(2026, 3, 5)),  # closing time itself is in time
        (datetime(2026, 3, 5, 17, 31), time(17, 30), date(2026, 3, 6)),
        (datetime(2026, 3, 6, 17, 31), time(17, 30), date(2026, 3, 9)),  # Friday evening is Monday's
        (datetime(2026, 3, 7, 9, 0), time(17, 30), date(2026, 3, 9)),  # the office is closed on Saturday
        (datetime(2026, 3, 7, 9, 0), None, date(2026, 3, 7)),  # intake that never closes: Saturday is Saturday
    ],
)
def test_what_an_office_gets_after_hours_it_receives_on_its_next_working_day(received, closes_at, day):
    assert receipt(received, closes_at, OFFICIAL).day == day


def test_a_receipt_says_why_it_is_a_later_day():
    closes = time(17, 30)
    assert receipt(datetime(2026, 3, 6, 9, 0), closes, OFFICIAL).delay == ""
    assert receipt(datetime(2026, 3, 6, 18, 0), closes, OFFICIAL).delay == "after_hours"
    assert receipt(datetime(2026, 3, 8, 18, 0), closes, OFFICIAL).delay == "rest_day"


def test_the_grounds_are_those_of_article_45_and_no_others():
    grounds = clock_law(MONDAY).grounds("R04")
    assert [ground.name for ground in grounds.values()] == [
        "听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审",
    ]  # fmt: skip
    assert "consultation" not in grounds


def test_water_abstraction_adds_consultation_and_fire_design_bounds_its_experts():
    law = clock_law(MONDAY)
    assert law.grounds("C06")["consultation"].basis == "《取水许可和水资源费征收管理条例》第十九条"
    assert law.grounds("R08")["expert_review"].most_days == 20
    assert law.grounds("R04")["expert_review"].most_days is None


@pytest.mark.parametrize(
    ("matter", "statutory_days", "joint", "days"),
    [
        ("R04", 20, False, 10),
        ("R04", 45, True, 15),
        ("R02", 20, False, 40),
        ("C02", 10, False, 10),
        ("R08", 15, False, None),  # a special period whose law names no extension
        ("C06", 45, False, None),
    ],
)
def test_extensions_follow_the_law_of_the_matter(matter, statutory_days, joint, days):
    rule = clock_law(MONDAY).extension(matter, statutory_days=statutory_days, joint=joint)
    assert (rule.days if rule else None) == days


def test_before_the_licensing_law_there_is_no_law_of_the_clock():
    with pytest.raises(LookupError):
        clock_law(date(2004, 6, 30))


@st.composite
def paused_limits(draw):
    """A limit and closed pauses that lie apart, in both units."""
    start = draw(days)
    limit = Limit(start, draw(st.integers(1, 60)), draw(st.sampled_from(["working", "calendar"])), draw(lengths))
    pauses, reached = [], start
    for _ in range(draw(st.integers(0, 3))):
        opened = reached + timedelta(days=draw(st.integers(0, 20)))
        reached = opened + timedelta(days=draw(st.integers(0, 25)))
        pauses.append(Pause(opened, reached))
    return limit, tuple(pauses)


@given(case=paused_limits())
def test_a_pause_of_n_counted_days_moves_the_date_by_n(case):
    limit, pauses = case
    plain = reckon(limit, OFFICIAL, on=MONDAY).due_on
    for pause in pauses:
        one = Limit(limit.start_on, limit.days, limit.unit, limit.extension_days, (pause,))
        n = limit.count(pause.opened_on, pause.closed_on, OFFICIAL) if pause.opened_on < plain else 0
        assert reckon(one, OFFICIAL, on=MONDAY).due_on == limit.advance(limit.start_on, limit.net_days + n, OFFICIAL)


@given(case=paused_limits())
def test_the_ledger_sums_to_the_limit(case):
    limit, pauses = case
    whole = Limit(limit.start_on, limit.days, limit.unit, limit.extension_days, pauses)
    found, rows = reckon(whole, OFFICIAL, on=MONDAY), ledger(whole, OFFICIAL, on=MONDAY)
    assert [row.number for row in rows if row.counts] == list(range(1, whole.net_days + 1))
    assert sum(row.status == "paused" for row in rows) == found.paused_days
    assert rows[-1].day == found.due_on
    assert rows[-1].counts


@given(case=paused_limits(), extra=st.integers(0, 5))
def test_a_counted_day_more_never_makes_the_date_earlier(case, extra):
    limit, pauses = case
    shorter = Limit(limit.start_on, limit.days, limit.unit, limit.extension_days, pauses)
    longer = Limit(limit.start_on, limit.days + extra, limit.unit, limit.extension_days, pauses)
    assert due(shorter) <= due(longer)


@given(case=paused_limits(), closed=days, later=st.integers(0, 10))
def test_an_open_pause_never_ends_earlier_on_a_later_day(case, closed, later):
    limit, _ = case
    open_pause = Limit(limit.start_on, limit.days, limit.unit, pauses=(Pause(limit.start_on),))
    assert due(open_pause, closed) <= due(open_pause, closed + timedelta(days=later))


@given(start=days, n=st.integers(1, 60))
def test_no_pause_is_the_plain_sum(start, n):
    found = reckon(Limit(start, n), OFFICIAL, on=start)
    assert working_days_between(start, found.due_on, OFFICIAL) == n
    assert found == reckon(Limit(start, n), OFFICIAL, on=start + timedelta(days=400))
