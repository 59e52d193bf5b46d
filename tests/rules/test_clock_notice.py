"""The State Council's table, as it is pasted: read tolerantly, checked strictly."""

from __future__ import annotations

from datetime import date

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.clock.notice import read_notice

NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""


def rows(notice):
    return {row.day: row.works for row in notice.days}


def test_the_notice_of_2026_is_what_the_package_knows():
    notice = read_notice(NOTICE_2026, 2026)
    assert notice.problems == []
    official = dict.fromkeys(chinese_calendar.holidays, False) | dict.fromkeys(chinese_calendar.workdays, True)
    assert rows(notice) == {day: works for day, works in official.items() if day.year == 2026}
    assert {row.note for row in notice.days if row.day == date(2026, 2, 14)} == {"春节调休"}


def test_the_notice_may_come_with_other_spaces_brackets_and_one_line():
    crushed = (
        "一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。"
        "二、清明节：４月４日（周六）至６日（周一）放假，共３天。"
    )
    notice = read_notice(crushed, 2026)
    assert notice.problems == []
    assert len(notice.days) == 7


def test_a_holiday_may_begin_in_the_year_before():
    notice = read_notice("一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023)
    assert notice.problems == []
    assert min(rows(notice)) == date(2022, 12, 31)


def test_two_feasts_in_one_holiday_and_what_is_only_encouraged():
    text = (
        "一、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。"
        "鼓励各单位安排职工在除夕（1月28日）休息。"
    )
    notice = read_notice(text, 2025)
    assert notice.problems == []
    assert date(2025, 1, 28) not in rows(notice)
    assert len(notice.days) == 10


def test_a_plain_list_is_read():
    notice = read_notice("2027-01-01 rest 元旦\n2027-1-2 休\n2027-01-03 work 元旦调休", 2027)
    assert notice.problems == []
    assert rows(notice) == {date(2027, 1, 1): False, date(2027, 1, 2): False, date(2027, 1, 3): True}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "没有找到"),
        ("放假通知", "没有找到"),
        ("一、元旦：待定。", "没有读到"),
        ("一、元旦：1月1日（周五）放假。", "2026-01-01是周四"),
        ("一、元旦：1月1日至3日放假，共4天。", "共4天"),
        ("一、元旦：1月32日放假。", "没有这一天"),
        ("一、元旦：1月1日放假。1月5日上班。", "本来就是工作日"),
        ("一、元旦：1月1日至12月3日放假。", "不是一个假期"),
        ("国务院办公厅关于2025年部分节假日安排的通知\n一、元旦：1月1日放假。", "不是2026年"),
        ("2026-01-01 rest\n2026-01-01 work", "出现了两次"),
        ("2026-01-01 rest\n元旦真好", "看不懂"),
        ("2026-02-30 rest", "没有这一天"),
        ("2030-02-01 rest", "没有读到2026年"),
    ],
)
def test_what_does_not_add_up_is_named(text, says):
    assert any(says in problem for problem in read_notice(text, 2026).problems)


@given(text=st.text(st.sampled_from("一二、：:1234567890年月日至（周一）放假上班共天。\n -work rest"), max_size=80))
def test_whatever_is_pasted_never_breaks_it(text):
    notice = read_notice(text, 2026)
    assert notice.days or notice.problems
