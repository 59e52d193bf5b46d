"""Lines and clauses of a holiday notice at their limits: what is read on, and what is named as a problem."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.clock.notice import NoticeDay, read_notice


def prose(body, year=2026):
    return read_notice(f"一、元旦：{body}", year)


def days(notice):
    return [row.day for row in notice.days]


@pytest.mark.parametrize(
    ("word", "works"),
    [("work", True), ("WORK", True), ("上班", True), ("班", True), ("rest", False), ("放假", False), ("休", False)],
)
def test_each_word_of_a_list_says_whether_people_work(word, works):
    notice = read_notice(f"2026-01-04 {word}  元旦 ", 2026)
    assert notice.days == [NoticeDay(date(2026, 1, 4), works, "元旦")]
    assert notice.problems == []


def test_a_list_is_read_on_after_each_line_that_is_not_understood():
    notice = read_notice("2026-01-01 rest 元旦\nnonsense\n2026-02-30 rest\n2026-01-04 work", 2026)
    assert days(notice) == [date(2026, 1, 1), date(2026, 1, 4)]
    assert notice.problems == ["看不懂这一行：nonsense", "没有这一天：2026-02-30"]


def test_a_clause_is_read_on_after_a_day_that_does_not_exist():
    notice = prose("2月30日、2月28日上班。")
    assert days(notice) == [date(2026, 2, 28)]
    assert notice.problems == ["没有这一天：2026年2月30日"]


def test_a_range_that_ends_on_no_day_opens_nothing():
    notice = prose("2月1日至2月30日、2月28日上班。")
    assert days(notice) == [date(2026, 2, 28)]


def test_a_day_without_any_month_is_a_problem_and_not_january():
    notice = prose("3日放假，1月1日放假。")
    assert date(2026, 1, 3) not in days(notice)
    assert any(problem.startswith("没有这一天") for problem in notice.problems)


def test_a_holiday_without_days_is_named():
    notice = read_notice("一、元旦：1月1日放假。二、春节：另行通知放假。", 2026)
    assert notice.problems == ["春节：没有读到放假或上班的日期"]


@pytest.mark.parametrize(
    ("last", "read", "problem"),
    [
        (1, 1, False),
        (15, 15, False),
        (16, 0, True),
    ],
)
def test_a_holiday_lasts_from_one_day_to_fifteen(last, read, problem):
    notice = prose(f"6月1日至{last}日放假。")
    assert len(notice.days) == read
    assert any("不是一个假期" in text for text in notice.problems) is problem


def test_a_range_that_runs_backwards_is_no_holiday():
    assert any("不是一个假期" in text for text in prose("6月3日至1日放假。").problems)


def test_days_of_rest_bear_the_name_of_the_holiday_and_days_of_work_its_exchange():
    notice = prose("1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。")
    assert [row.note for row in notice.days] == ["元旦", "元旦", "元旦", "元旦调休"]


@pytest.mark.parametrize(
    ("stated", "problems"),
    [
        ("周日", []),
        ("星期天", []),
        ("周天", []),
        ("周六", ["2026-01-04是周日，原文写作周六"]),
        ("星期一", ["2026-01-04是周日，原文写作周一"]),
    ],
)
def test_the_weekday_that_is_stated_is_that_of_the_day(stated, problems):
    assert prose(f"1月4日（{stated}）上班。").problems == problems


@pytest.mark.parametrize(
    ("day", "belongs"),
    [("2025-12-31", True), ("2027-01-01", True), ("2024-12-31", False), ("2028-01-01", False)],
)
def test_a_day_belongs_to_the_year_or_its_neighbours(day, belongs):
    notice = read_notice(f"2026-01-01 rest\n{day} rest", 2026)
    assert (f"{day}不属于2026年的安排" not in notice.problems) is belongs


def test_a_day_that_comes_twice_is_named_once_for_each_repetition():
    notice = read_notice("2026-01-01 rest\n2026-01-01 rest\n2026-01-01 rest", 2026)
    assert notice.problems == ["2026-01-01出现了两次"] * 2
