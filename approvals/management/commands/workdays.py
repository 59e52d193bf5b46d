"""``manage.py workdays add 2026-09-28 20`` and ``workdays between 2026-09-28 2026-10-31``, by the calendar in force.

The first day is not counted. ``--explain`` lists every day, ``--json`` answers for programs. Wrong input exits with 2.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from approvals.accounts.models import Organisation
from approvals.rules.clock import LedgerDay, Limit, WorkingCalendar, ledger, reckon, working_days_between
from approvals.selectors.calendar import calendar_for, working_calendar

LONGEST = 3660  # days; more is a slip of the pen
WEEKDAYS = "一二三四五六日"
STATUS = {
    "start": "首日不计",
    "counted": "工作日",
    "make_up": "调休上班",
    "weekend": "周末",
    "holiday": "节假日",
    "closure": "本地停止办公",
    "paused": "中止计时",
}


class Command(BaseCommand):
    help = "Add working days to a date, or count those between two dates."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("add", "between"))
        parser.add_argument("start", help="YYYY-MM-DD; not counted itself")
        parser.add_argument("end", help="add: number of working days; between: YYYY-MM-DD, counted")
        parser.add_argument("--explain", action="store_true", help="list every day and what became of it")
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--organisation", type=int, help="id of an office, for its local closures")

    def handle(self, *args: Any, what: str, start: str, end: str, **options: Any) -> None:
        calendar, first = _calendar(options["organisation"]), _day(start)
        answer = _added(first, end, calendar) if what == "add" else _between(first, _day(end), calendar)
        if not options["explain"]:
            answer.pop("days")
        if options["as_json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        self._say(what, answer)

    def _say(self, what: str, answer: dict[str, Any]) -> None:
        uncertain = "（暂定：有年份的日历尚未公布）" if answer["provisional"] else ""
        result = answer["due_on"] if what == "add" else answer["working_days"]
        self.stdout.write(f"{result}{uncertain}")
        for row in answer.get("days", ()):
            number = row["number"] if row["number"] is not None else "—"
            self.stdout.write(
                f"{row['day']} 周{row['weekday']} {number:>4} {row['status_zh']} {row['note']}{_rough(row)}".rstrip()
            )


def _added(start: date, number: str, calendar: WorkingCalendar) -> dict[str, Any]:
    try:
        days = int(number)
    except ValueError:
        raise _wrong(f"{number!r} is not a whole number of working days") from None
    if not 0 <= days <= LONGEST:
        raise _wrong(f"the number of working days must lie between 0 and {LONGEST}")
    limit = Limit(start, days)
    found = reckon(limit, calendar, on=start)
    return {
        "start_on": start.isoformat(),
        "working_days": days,
        "due_on": found.due_on.isoformat(),
        "provisional": found.provisional,
        "days": _rows(ledger(limit, calendar, on=start)),
    }


def _between(start: date, end: date, calendar: WorkingCalendar) -> dict[str, Any]:
    if abs((end - start).days) > LONGEST:
        raise _wrong(f"the two dates must lie within {LONGEST} days")
    first, last = sorted((start, end))
    count = working_days_between(start, end, calendar)
    # One counted day further, cut off: the ledger then also shows rest days at the end.
    rows = ledger(Limit(first, abs(count) + 1), calendar, on=first)
    return {
        "start_on": start.isoformat(),
        "end_on": end.isoformat(),
        "working_days": count,
        "provisional": calendar.any_unpublished(first.year, last.year),
        "days": _rows(row for row in rows if row.day <= last),
    }


def _rough(row: dict[str, Any]) -> str:
    return "（暂定）" if row["provisional"] else ""


def _rows(rows: Iterable[LedgerDay]) -> list[dict[str, Any]]:
    return [
        {
            "day": row.day.isoformat(),
            "weekday": WEEKDAYS[row.day.weekday()],
            "status": row.status,
            "status_zh": STATUS[row.status],
            "number": row.number,
            "note": row.note,
            "provisional": row.provisional,
        }
        for row in rows
    ]


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _wrong(f"{text!r} is not a date; write YYYY-MM-DD") from None
    if not 1990 <= day.year <= 2100:
        raise _wrong("the year must lie between 1990 and 2100")
    return day


def _calendar(organisation: int | None) -> WorkingCalendar:
    if organisation is None:
        return working_calendar()
    office = Organisation.objects.filter(pk=organisation).first()
    if office is None:
        raise _wrong(f"there is no organisation {organisation}")
    return calendar_for(office)


def _wrong(message: str) -> CommandError:
    return CommandError(message, returncode=2)
