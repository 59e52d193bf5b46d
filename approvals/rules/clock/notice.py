"""Reading the State Council's notice of a year's holidays, as it is published, or a plain list of days.

Notice: ``一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。`` List: ``2027-01-01 rest 元旦`` or
``2027-01-03 work``. The weekdays and the numbers of days that the notice states are checked against its dates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

WEEKDAYS = "一二三四五六日"
LONGEST_HOLIDAY = 15  # days; a longer one is a slip of the pen
_LINE = re.compile(r"^(\d{4}-\d{1,2}-\d{1,2})\s+(work|rest|上班|放假|班|休)\s*(.*)$", re.IGNORECASE)
_HEADING = re.compile(r"(?:^|(?<=[\n。]))\s*(?:[一二三四五六七八九十]+、|\d+[.、])\s*([^:\n。]{1,20}):")
_CLAUSE = re.compile(r"([^。;\n]*?)(放假|上班)([^。;\n]*?共\s*(\d+)\s*天)?")
_DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?\s*(至|到|—|–|-|~)?")
_YEAR = re.compile(r"(\d{4})年(?:部分)?节假日")


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """One day of the table: whether people work, and which holiday it belongs to."""

    day: date
    works: bool
    note: str


@dataclass(slots=True)
class Notice:
    """What was read. ``problems`` names every place that does not add up; with any, nothing may be used."""

    days: list[NoticeDay] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_notice(text: str, year: int) -> Notice:
    """Read a pasted notice or list for ``year``. Never raises: what cannot be read is a problem with its words."""
    tidy = unicodedata.normalize("NFKC", text).strip()
    notice = Notice()
    stated = {int(found) for found in _YEAR.findall(tidy)}
    if stated and year not in stated:
        notice.problems.append(f"原文是{'、'.join(map(str, sorted(stated)))}年的安排，不是{year}年")
    lines = [line.strip() for line in tidy.splitlines() if line.strip()]
    if any(_LINE.match(line) for line in lines):
        _read_list(lines, notice)
    else:
        _read_prose(tidy, year, notice)
    _check(notice, year)
    return notice


def _read_list(lines: list[str], notice: Notice) -> None:
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            notice.problems.append(f"看不懂这一行：{line}")
            continue
        try:
            day = date(*map(int, found[1].split("-")))
        except ValueError:
            notice.problems.append(f"没有这一天：{found[1]}")
            continue
        works = found[2].lower() in {"work", "上班", "班"}
        notice.days.append(NoticeDay(day, works, found[3].strip()))


def _read_prose(text: str, year: int, notice: Notice) -> None:
    headings = list(_HEADING.finditer(text))
    if not headings:
        notice.problems.append("没有找到“一、元旦：……”这样的条目，也没有“2027-01-01 rest”这样的行")
    ends = [*(heading.start() for heading in headings[1:]), len(text)]
    for heading, end in zip(headings, ends, strict=False):
        _read_holiday(heading[1].strip(), text[heading.end() : end], year, notice)


def _read_holiday(name: str, body: str, year: int, notice: Notice) -> None:
    before = len(notice.days)
    for words, kind, _rest, count in _CLAUSE.findall(body):
        days = list(_days(words, year, notice))
        works = kind == "上班"
        if count and int(count) != len(days):
            notice.problems.append(f"{name}：写明共{count}天，按日期是{len(days)}天")
        notice.days += [NoticeDay(day, works, f"{name}调休" if works else name) for day in days]
    if len(notice.days) == before:
        notice.problems.append(f"{name}：没有读到放假或上班的日期")


def _days(words: str, year: int, notice: Notice) -> Iterator[date]:
    """The single days and ranges of one clause; a month that is not repeated is the one before."""
    opened: date | None = None
    written, month = year, 0
    for stated_year, stated_month, number, weekday, joined in _DAY.findall(words):
        written, month = int(stated_year or written), int(stated_month or month)
        try:
            day = date(written, month, int(number))
        except ValueError:
            notice.problems.append(f"没有这一天：{written}年{month}月{number}日")
            opened = None
            continue
        _check_weekday(day, weekday, notice)
        if opened is not None:
            yield from _between(opened, day, notice)
        elif not joined:
            yield day
        opened = day if joined and opened is None else None


def _between(first: date, last: date, notice: Notice) -> Iterator[date]:
    length = (last - first).days + 1
    if not 1 <= length <= LONGEST_HOLIDAY:
        notice.problems.append(f"{first}至{last}不是一个假期")
        return
    yield from (first + timedelta(days=offset) for offset in range(length))


def _check_weekday(day: date, stated: str, notice: Notice) -> None:
    found = re.search(r"(?:周|星期)([一二三四五六日天])", stated)
    if found and found[1].replace("天", "日") != WEEKDAYS[day.weekday()]:
        notice.problems.append(f"{day}是周{WEEKDAYS[day.weekday()]}，原文写作周{found[1]}")


def _check(notice: Notice, year: int) -> None:
    seen: dict[date, bool] = {}
    for row in notice.days:
        if row.day in seen:
            notice.problems.append(f"{row.day}出现了两次")
        seen[row.day] = row.works
        if abs(row.day.year - year) > 1:
            notice.problems.append(f"{row.day}不属于{year}年的安排")
        if row.works and row.day.weekday() < 5:
            notice.problems.append(f"{row.day}本来就是工作日，不应列为调休上班")
    if not any(row.day.year == year for row in notice.days):
        notice.problems.append(f"没有读到{year}年的任何一天")
