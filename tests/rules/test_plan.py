"""The plan: forwards from today, backwards from a wished day, and what stays open because a limit is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from approvals.rules.clock import WorkingCalendar
from approvals.rules.plan import Cycle, Node, days_late, forecast
from approvals.rules.plan.backwards import latest_start, subtract_working_days

# September 2026: the 20th (a Sunday) is worked, 25th to 27th is the mid-autumn holiday, October begins with a week off.
HOLIDAYS = {date(2026, 9, 25): False, date(2026, 9, 20): True} | {date(2026, 10, d): False for d in range(1, 8)}
CALENDAR = WorkingCalendar(HOLIDAYS | {date(2026, 10, 10): True}, frozenset({2025, 2026, 2027}))
TUESDAY = date(2026, 9, 1)


def plan(*nodes: Node, today: date = TUESDAY, wished_on: date | None = None):
    return forecast(nodes, today=today, calendar=CALENDAR, wished_on=wished_on)


def line(made, code):
    return next(line for line in made.lines if line.node.code == code)


def test_a_matter_begins_today_and_takes_its_limit_in_working_days():
    made = line(plan(Node("R04", "规划许可", 20)), "R04")
    assert (made.starts_on, made.finishes_on) == (TUESDAY, date(2026, 9, 29))  # the 20th counts, the 25th does not


def test_a_limit_in_calendar_days_runs_through_rest_days():
    assert line(plan(Node("R07", "施工许可", 7, "calendar")), "R07").finishes_on == date(2026, 9, 8)


def test_what_is_handed_in_on_a_rest_day_begins_on_the_next_working_day():
    assert line(plan(Node("A", "甲", 1), today=date(2026, 9, 5)), "A").starts_on == date(2026, 9, 7)


def test_matters_without_prerequisites_run_side_by_side():
    made = plan(Node("A", "甲", 5), Node("B", "乙", 20))
    assert {row.starts_on for row in made.lines} == {TUESDAY}
    assert made.ends_on == date(2026, 9, 29)
    assert [row.node.code for row in made.critical] == ["B"]


def test_a_matter_waits_for_the_last_of_its_prerequisites():
    made = plan(Node("A", "甲", 2), Node("B", "乙", 5), Node("C", "丙", 1, requires=("A", "B")))
    assert line(made, "C").starts_on == date(2026, 9, 8)
    assert line(made, "C").driver == "B"
    assert [row.node.code for row in made.critical] == ["B", "C"]


def test_what_has_happened_keeps_its_own_dates():
    done = Node("A", "甲", 20, started_on=date(2026, 8, 3), finished_on=date(2026, 8, 20))
    made = plan(done, Node("B", "乙", 1, requires=("A",)))
    assert (line(made, "A").starts_on, line(made, "A").finishes_on) == (date(2026, 8, 3), date(2026, 8, 20))
    assert line(made, "B").starts_on == TUESDAY
    assert not line(made, "A").critical


def test_a_running_limit_keeps_its_due_date_and_an_overdue_one_counts_from_today():
    running = Node("A", "甲", 20, started_on=date(2026, 8, 20), due_on=date(2026, 9, 17))
    late = Node("B", "乙", 20, started_on=date(2026, 7, 1), due_on=date(2026, 7, 29))
    made = plan(running, late)
    assert line(made, "A").finishes_on == date(2026, 9, 17)
    assert line(made, "B").finishes_on == TUESDAY


def test_a_prerequisite_outside_the_plan_counts_as_met():
    assert line(plan(Node("A", "甲", 1, requires=("L01",))), "A").starts_on == TUESDAY


def test_an_unknown_limit_is_not_invented_and_leaves_what_follows_open():
    made = plan(Node("A", "施工图", None), Node("B", "施工许可", 7, "calendar", requires=("A",)), Node("C", "环评", 3))
    assert made.open_ended_by == ("A",)
    assert line(made, "B").open_ended_by == ("A",)
    assert line(made, "C").open_ended_by == ()
    assert made.ends_on == date(2026, 9, 8)  # not before


def test_an_unknown_limit_that_is_over_is_no_longer_unknown():
    made = plan(Node("A", "施工图", None, finished_on=date(2026, 8, 1)), Node("B", "施工许可", 7, requires=("A",)))
    assert made.open_ended_by == ()


def test_a_wished_day_gives_the_latest_day_to_hand_in():
    made = plan(Node("A", "环评", 20), wished_on=date(2026, 9, 30))
    assert line(made, "A").latest_start_on == date(2026, 9, 2)
    assert made.possible is True
    assert line(made, "A").slack == 1


def test_what_should_have_begun_is_impossible_and_says_by_how_many_working_days():
    made = plan(Node("A", "环评", 20), today=date(2026, 9, 9), wished_on=date(2026, 9, 30))
    assert made.possible is False
    assert line(made, "A").latest_start_on == date(2026, 9, 2)
    assert days_late(line(made, "A"), CALENDAR) == 5
    assert [row.node.code for row in made.impossible] == ["A"]


def test_the_wish_reaches_back_through_the_prerequisites():
    made = plan(Node("A", "甲", 5), Node("B", "乙", 10, requires=("A",)), wished_on=date(2026, 9, 30))
    assert line(made, "B").latest_start_on == date(2026, 9, 16)
    assert line(made, "A").latest_finish_on == date(2026, 9, 16)
    assert line(made, "A").latest_start_on == date(2026, 9, 9)


def test_an_unknown_limit_leaves_a_wish_undecided_unless_it_is_impossible_anyhow():
    unknown = Node("A", "施工图", None)
    assert plan(unknown, Node("B", "乙", 5, requires=("A",)), wished_on=date(2026, 9, 30)).possible is None
    assert plan(unknown, Node("B", "乙", 5, requires=("A",)), wished_on=date(2026, 9, 4)).possible is False


def test_a_wish_on_a_rest_day_counts_from_the_working_day_before():
    assert latest_start(date(2026, 10, 4), 1, "working", CALENDAR) == date(2026, 9, 29)


def test_matters_that_wait_for_each_other_are_refused_with_their_names():
    with pytest.raises(Cycle) as refusal:
        plan(Node("A", "甲", 1, requires=("B",)), Node("B", "乙", 1, requires=("A",)), Node("C", "丙", 1))
    assert set(refusal.value.names) == {"甲", "乙"}
    assert "甲" in str(refusal.value)


def test_a_matter_that_waits_for_itself_is_a_circle_too():
    with pytest.raises(Cycle):
        plan(Node("A", "甲", 1, requires=("A",)))


@pytest.mark.parametrize("nodes", [(Node("A", "甲", 1), Node("A", "乙", 2)), (Node("A", "甲", -1),)])
def test_two_of_one_code_and_a_negative_limit_are_mistakes(nodes):
    with pytest.raises(ValueError, match="A"):
        plan(*nodes)


def test_an_empty_plan_ends_today():
    assert plan().ends_on == TUESDAY


# Properties ---------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2026, 8, 25), date(2026, 11, 30))


@st.composite
def networks(draw):
    """Nodes that wait only for earlier ones; some have begun, some are over, some have no known limit."""
    nodes = []
    for index in range(draw(st.integers(1, 8))):
        earlier = [node.code for node in nodes]
        days = draw(st.one_of(st.none(), st.integers(0, 30)))
        started = draw(st.one_of(st.none(), st.dates(date(2026, 7, 1), date(2026, 8, 24))))
        over = started is not None and draw(st.booleans())
        nodes.append(
            Node(
                code=f"M{index}",
                name=f"事项{index}",
                days=days,
                unit=draw(st.sampled_from(["working", "calendar"])),
                requires=tuple(draw(st.lists(st.sampled_from(earlier), unique=True))) if earlier else (),
                started_on=started,
                finished_on=started + timedelta(days=3) if over else None,
            )
        )
    return nodes


@given(networks(), DAYS, st.data())
@settings(max_examples=200, deadline=None)
def test_a_day_more_never_ends_earlier(nodes, today, data):
    longer = data.draw(st.integers(0, len(nodes) - 1))
    assume(nodes[longer].days is not None)
    before = forecast(nodes, today=today, calendar=CALENDAR)
    nodes[longer] = replace(nodes[longer], days=nodes[longer].days + 1)
    after = forecast(nodes, today=today, calendar=CALENDAR)
    assert after.ends_on >= before.ends_on
    for old, new in zip(before.lines, after.lines, strict=True):
        assert new.finishes_on >= old.finishes_on


@given(networks(), DAYS, DAYS)
@settings(max_examples=300, deadline=None)
def test_back_scheduling_leaves_no_negative_slack_exactly_where_the_wish_is_possible(nodes, today, wished_on):
    made = forecast(nodes, today=today, calendar=CALENDAR, wished_on=wished_on)
    open_lines = [row for row in made.lines if not row.is_done]
    in_time = all(row.finishes_on <= wished_on for row in open_lines)
    assert all(row.slack >= 0 for row in open_lines) == in_time
    assert (made.possible is False) == (not in_time)


@given(networks(), DAYS, DAYS)
@settings(max_examples=200, deadline=None)
def test_starting_each_matter_at_its_latest_still_meets_the_wish(nodes, today, wished_on):
    made = forecast(nodes, today=today, calendar=CALENDAR, wished_on=wished_on)
    assume(made.possible is not False)
    for row in made.lines:
        if row.latest_start_on is not None:
            alone = replace(row.node, requires=())
            again = forecast([alone], today=row.latest_start_on, calendar=CALENDAR)
            assert again.lines[0].finishes_on <= row.latest_finish_on <= wished_on


@given(networks(), DAYS, DAYS, st.randoms())
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_input_does_not_matter(nodes, today, wished_on, random):
    made = forecast(nodes, today=today, calendar=CALENDAR, wished_on=wished_on)
    shuffled = [replace(node, requires=tuple(random.sample(node.requires, len(node.requires)))) for node in nodes]
    random.shuffle(shuffled)
    again = forecast(shuffled, today=today, calendar=CALENDAR, wished_on=wished_on)
    assert [summary(row) for row in again.lines] == [summary(row) for row in made.lines]


def summary(row):
    return (row.node.code, row.starts_on, row.finishes_on, row.slack, row.critical, row.open_ended_by, row.driver)


@given(networks(), DAYS)
@settings(max_examples=150, deadline=None)
def test_the_critical_chain_reaches_the_end(nodes, today):
    made = forecast(nodes, today=today, calendar=CALENDAR)
    open_lines = [row for row in made.lines if not row.is_done]
    assert bool(made.critical) == bool(open_lines)
    if open_lines:
        assert made.ends_on in {row.finishes_on for row in made.critical}


@given(st.dates(date(2025, 6, 1), date(2027, 6, 30)), st.integers(0, 300))
def test_counting_back_is_the_inverse_of_counting_on(day, n):
    from approvals.rules.clock import add_working_days
    from approvals.rules.plan.backwards import last_working_day

    last = last_working_day(day, CALENDAR)
    assert add_working_days(subtract_working_days(last, n, CALENDAR), n, CALENDAR).due_on == last
