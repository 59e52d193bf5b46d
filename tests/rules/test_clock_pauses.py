"""Pauses day by day: where each ends, what the ledger says of their days, and whose turn the days were."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from approvals.rules.clock import (
    Limit,
    Pause,
    WorkingCalendar,
    add_working_days,
    day_ledger,
    days_by_turn,
    ledger,
    reckon,
    remaining,
    working_days_between,
)
from tests.rules.test_clock import OFFICIAL

MONDAY = date(2026, 3, 2)
EXPERTS = Pause(date(2026, 3, 5), date(2026, 3, 11), label="专家评审", turn="third_party")
HEARING = Pause(date(2026, 3, 9), date(2026, 3, 12), label="听证", turn="enterprise")
LATER = Pause(date(2026, 3, 16), date(2026, 3, 18), label="检验", turn="third_party")


def march(day):
    return date(2026, 3, day)


def rows_of(limit, on=MONDAY):
    return {row.day: row for row in ledger(limit, OFFICIAL, on=on)}


def paused_days(rows):
    return [day for day, row in rows.items() if row.status == "paused"]


# where a pause ends ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pause", "ends"),
    [
        (Pause(march(5)), None),
        (Pause(march(5), march(11)), march(11)),
        (Pause(march(5), None, most_days=3), march(10)),
        (Pause(march(5), march(6), most_days=3), march(6)),
        (Pause(march(5), march(10), most_days=3), march(10)),
        (Pause(march(5), march(20), most_days=3), march(10)),
        (Pause(march(5), march(20), most_days=0), march(5)),
    ],
)
def test_a_pause_ends_with_its_event_and_never_after_its_bound(pause, ends):
    assert pause.latest_end(OFFICIAL) == ends


def test_a_bounded_pause_closed_early_costs_only_the_days_it_took():
    pause = Pause(march(3), march(5), most_days=20)
    assert reckon(Limit(MONDAY, 10, pauses=(pause,)), OFFICIAL, on=MONDAY).paused_days == 2


def test_a_pause_may_end_on_the_day_it_began_but_not_before():
    assert Pause(march(5), march(5)).latest_end(OFFICIAL) == march(5)
    with pytest.raises(ValueError, match=r"^a pause cannot end before it begins$"):
        Pause(march(5), march(4))


@pytest.mark.parametrize(("days", "extension"), [(-1, 0), (0, -1), (5, -1)])
def test_no_part_of_a_limit_is_negative(days, extension):
    with pytest.raises(ValueError, match=r"^a limit cannot be negative$"):
        Limit(MONDAY, days, extension_days=extension)


def test_a_limit_of_no_days_ends_where_it_starts():
    assert reckon(Limit(MONDAY, 0), OFFICIAL, on=MONDAY).due_on == MONDAY


# reckoning ------------------------------------------------------------------------------------------------------------


def test_a_closed_pause_leaves_the_last_day_certain():
    found = reckon(Limit(MONDAY, 20, pauses=(EXPERTS,)), OFFICIAL, on=MONDAY)
    assert found.settled_on == found.due_on == add_working_days(MONDAY, 24, OFFICIAL).due_on
    assert not found.is_paused


def test_a_pause_opened_on_the_last_day_comes_too_late():
    """It would leave out the days after the last one only."""
    last = march(9)
    found = reckon(Limit(MONDAY, 5, pauses=(Pause(last),)), OFFICIAL, on=last)
    assert (found.due_on, found.settled_on, found.is_paused) == (last, last, False)
    before = reckon(Limit(MONDAY, 5, pauses=(Pause(march(8)),)), OFFICIAL, on=last)
    assert (before.settled_on, before.is_paused) == (None, True)


@pytest.mark.parametrize(("on", "is_paused"), [(march(9), True), (march(10), True), (march(11), False)])
def test_an_open_bounded_pause_runs_through_its_last_day(on, is_paused):
    pause = Pause(march(5), None, most_days=3)
    assert reckon(Limit(MONDAY, 20, pauses=(pause,)), OFFICIAL, on=on).is_paused is is_paused


def test_a_closed_pause_beside_an_open_bounded_one_still_counts_for_the_certain_day():
    pauses = (Pause(march(3), march(5)), Pause(march(10), None, most_days=3))
    found = reckon(Limit(MONDAY, 10, pauses=pauses), OFFICIAL, on=march(10))
    assert found.settled_on == add_working_days(MONDAY, 15, OFFICIAL).due_on
    assert found.due_on == add_working_days(MONDAY, 12, OFFICIAL).due_on


def test_a_pause_that_was_over_before_the_limit_began_changes_nothing():
    past = Pause(date(2026, 2, 3), date(2026, 2, 27))
    assert reckon(Limit(MONDAY, 20, pauses=(past,)), OFFICIAL, on=MONDAY).paused_days == 0
    reaching = Pause(date(2026, 2, 3), march(4))
    assert reckon(Limit(MONDAY, 20, pauses=(reaching,)), OFFICIAL, on=MONDAY).paused_days == 2


def test_a_pause_inside_another_adds_nothing_and_gives_nothing_back():
    outer, inner, after = Pause(march(5), march(18)), Pause(march(9), march(12)), Pause(march(17), march(20))
    for pauses, paused in (((outer, inner), 9), ((outer, inner, after), 11)):
        assert reckon(Limit(MONDAY, 20, pauses=pauses), OFFICIAL, on=MONDAY).paused_days == paused


def test_an_open_pause_after_the_end_does_not_unsettle_a_limit_with_an_earlier_closed_one():
    found = reckon(Limit(MONDAY, 5, pauses=(Pause(march(3), march(5)), Pause(march(20)))), OFFICIAL, on=march(25))
    assert found.settled_on == found.due_on == march(11)


@pytest.mark.parametrize(
    ("start", "days", "unit", "provisional"),
    [
        (date(2026, 12, 25), 4, "working", False),
        (date(2026, 12, 25), 10, "working", True),
        (date(2027, 1, 4), 1, "working", True),
        (date(2026, 12, 25), 30, "calendar", False),
    ],
)
def test_working_days_of_an_unpublished_year_are_provisional(start, days, unit, provisional):
    assert reckon(Limit(start, days, unit), OFFICIAL, on=start).provisional is provisional


# adding and counting --------------------------------------------------------------------------------------------------


def test_no_days_is_the_day_itself_provisional_where_its_year_is():
    for day, provisional in ((date(2026, 12, 31), False), (date(2027, 1, 1), True)):
        due = add_working_days(day, 0, OFFICIAL)
        assert (due.due_on, due.provisional) == (day, provisional)


def test_less_than_no_days_is_refused_in_words():
    with pytest.raises(ValueError, match=r"^a limit cannot be negative$"):
        add_working_days(MONDAY, -1, OFFICIAL)


def test_sums_over_whole_years_agree_with_counting_day_by_day():
    first, last = date(2023, 11, 15), date(2026, 2, 14)
    every = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    n = sum(OFFICIAL.is_working_day(day) for day in every)
    assert n > 500
    assert working_days_between(first, last, OFFICIAL) == n
    assert working_days_between(last, first, OFFICIAL) == -n
    assert add_working_days(first, n, OFFICIAL).due_on == last
    assert not add_working_days(first, n, OFFICIAL).provisional


def test_a_year_in_between_that_is_not_published_makes_the_sum_provisional():
    gap = WorkingCalendar(OFFICIAL.days, OFFICIAL.published_years - {2025})
    assert add_working_days(date(2024, 12, 20), 300, gap).due_on.year == 2026
    assert add_working_days(date(2024, 12, 20), 300, gap).provisional
    assert not add_working_days(date(2026, 1, 5), 5, gap).provisional


def test_the_last_working_day_of_a_year_belongs_to_that_year():
    assert add_working_days(date(2025, 12, 30), 1, OFFICIAL).due_on == date(2025, 12, 31)
    assert add_working_days(date(2025, 12, 30), 2, OFFICIAL).due_on == date(2026, 1, 4)
    assert working_days_between(date(2025, 12, 31), date(2026, 1, 4), OFFICIAL) == 1


def test_from_a_day_to_itself_nothing_is_left():
    assert working_days_between(MONDAY, MONDAY, OFFICIAL) == 0
    assert remaining(march(6), march(9), OFFICIAL) == 1
    assert remaining(march(7), march(6), OFFICIAL) == 0


# the ledger -----------------------------------------------------------------------------------------------------------


def test_the_ledger_ends_an_open_pause_on_the_day_asked_for():
    limit = Limit(MONDAY, 20, pauses=(Pause(march(5), label="专家评审"),))
    rows = rows_of(limit, on=march(11))
    assert paused_days(rows) == [march(6), march(9), march(10), march(11)]
    assert rows[march(12)].number == 4
    assert max(rows) == reckon(limit, OFFICIAL, on=march(11)).due_on
    assert len(paused_days(rows_of(limit, on=march(12)))) == 5


def test_a_pause_that_opens_after_the_day_asked_for_leaves_nothing_out_yet():
    limit = Limit(MONDAY, 20, pauses=(Pause(march(9)),))
    assert paused_days(rows_of(limit, on=march(4))) == []


def test_the_ledger_counts_again_after_the_bound_of_a_pause():
    limit = Limit(MONDAY, 5, pauses=(Pause(march(3), march(31), most_days=3, label="专家评审"),))
    rows = rows_of(limit)
    assert paused_days(rows) == [march(4), march(5), march(6)]
    assert (rows[march(9)].number, rows[march(9)].paused, rows[march(9)].note) == (2, None, "")


@pytest.mark.parametrize("order", [(EXPERTS, HEARING, LATER), (LATER, HEARING, EXPERTS)])
def test_each_day_names_the_pause_it_lies_in(order):
    """Where two overlap the earlier one has the day, and the other what is left of its own."""
    rows = rows_of(Limit(MONDAY, 20, pauses=order))
    assert {rows[march(day)].note for day in (6, 7, 9, 10, 11)} == {"专家评审"}
    assert (rows[march(12)].note, rows[march(12)].turn) == ("听证", "enterprise")
    assert (rows[march(13)].note, rows[march(13)].turn) == ("", "department")
    assert (rows[march(16)].note, rows[march(16)].paused) == ("", None)
    assert {rows[march(day)].paused for day in (17, 18)} == {LATER}
    assert rows[march(19)].counts


def test_days_that_the_extension_alone_adds_are_marked():
    rows = ledger(Limit(MONDAY, 3, extension_days=2), OFFICIAL, on=MONDAY)
    assert [(row.number, row.is_extended) for row in rows if row.counts] == [
        (1, False), (2, False), (3, False), (4, True), (5, True),
    ]  # fmt: skip
    assert not any(row.is_extended for row in rows if not row.counts)


def test_in_a_pause_rest_days_stay_rest_days_and_a_make_up_day_is_left_out():
    pause = Pause(date(2026, 9, 18), date(2026, 9, 28), label="鉴定")
    rows = rows_of(Limit(date(2026, 9, 15), 10, pauses=(pause,)))
    found = {day: rows[date(2026, 9, day)].status for day in (18, 19, 20, 21, 25, 26, 28, 29)}
    assert found == {
        18: "counted", 19: "weekend", 20: "paused", 21: "paused", 25: "holiday", 26: "weekend", 28: "paused",
        29: "counted",
    }  # fmt: skip
    assert {rows[date(2026, 9, day)].note for day in range(19, 29)} == {"鉴定"}
    assert {rows[date(2026, 9, day)].paused for day in range(19, 29)} == {pause}


def test_a_calendar_limit_counts_rest_days_and_leaves_out_whole_pauses():
    pause = Pause(march(5), march(8), label="鉴定")
    rows = rows_of(Limit(march(3), 5, "calendar", pauses=(pause,)))
    assert [(row.day.day, row.status) for row in rows.values()] == [
        (3, "start"), (4, "counted"), (5, "counted"), (6, "paused"), (7, "paused"), (8, "paused"),
        (9, "counted"), (10, "counted"), (11, "counted"),
    ]  # fmt: skip


def test_the_first_row_is_the_start_and_does_not_count():
    first = day_ledger(MONDAY, 2, OFFICIAL)[0]
    assert (first.day, first.status, first.number, first.counts) == (MONDAY, "start", None, False)
    assert first.turn == "department"


def test_a_row_names_the_holiday_and_whether_its_year_is_published():
    named = WorkingCalendar(OFFICIAL.days, OFFICIAL.published_years, notes={date(2027, 1, 1): "元旦"})
    rows = {row.day: row for row in day_ledger(date(2026, 12, 30), 3, named)}
    assert (rows[date(2027, 1, 1)].note, rows[date(2027, 1, 1)].provisional) == ("元旦", True)
    assert (rows[date(2026, 12, 31)].note, rows[date(2026, 12, 31)].provisional) == ("", False)


# whose turn it was ----------------------------------------------------------------------------------------------------

END = march(13)  # nine working days after the Monday


def turns(*spans, start=MONDAY, end=END):
    return days_by_turn(start, end, spans, OFFICIAL)


def shares(enterprise, department, third_party):
    total = enterprise + department + third_party
    return {"total": total, "enterprise": enterprise, "department": department, "third_party": third_party}


def test_what_no_span_covers_is_the_departments():
    assert turns() == shares(0, 9, 0)
    assert turns(end=MONDAY) == shares(0, 0, 0)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(march(3), march(5), "enterprise")], shares(2, 7, 0)),
        ([(march(3), march(5), "third_party")], shares(0, 7, 2)),
        ([(march(3), march(5), "department")], shares(0, 9, 0)),
        ([(march(6), march(8), "enterprise")], shares(0, 9, 0)),  # a weekend is nobody's
        ([(march(5), march(5), "enterprise")], shares(0, 9, 0)),
        ([(march(3), march(5), "enterprise"), (march(9), march(11), "enterprise")], shares(4, 5, 0)),
        ([(march(9), march(12), "third_party"), (march(3), march(5), "enterprise")], shares(2, 4, 3)),
        ([(march(3), march(5), "enterprise"), (march(5), march(6), "third_party")], shares(2, 6, 1)),
    ],
)
def test_working_days_go_to_whose_turn_it_was(spans, expected):
    assert turns(*spans) == expected


def test_of_overlapping_spans_the_earlier_one_has_the_days():
    assert turns((march(3), march(9), "enterprise"), (march(6), march(11), "third_party")) == shares(4, 3, 2)
    assert turns((march(6), march(11), "enterprise"), (march(3), march(9), "third_party")) == shares(2, 3, 4)


def test_a_span_inside_another_has_no_days_of_its_own():
    inner = (march(4), march(5), "third_party")
    assert turns((march(3), march(11), "enterprise"), inner) == shares(6, 3, 0)
    assert turns((march(3), march(11), "enterprise"), inner, (march(10), march(12), "third_party")) == shares(6, 2, 1)


def test_only_days_between_start_and_end_are_shared_out():
    assert turns((date(2026, 2, 1), march(4), "enterprise")) == shares(2, 7, 0)
    assert turns((march(12), march(31), "third_party")) == shares(0, 8, 1)
    assert turns((march(16), march(20), "enterprise"), (date(2026, 2, 1), date(2026, 2, 20), "third_party")) == shares(
        0, 9, 0
    )
