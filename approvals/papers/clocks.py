"""The notices that stop or extend a clock: what the applicant is told, and the days behind the date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from approvals.models import Application, ClockPause, Event, Extension
from approvals.papers import law, matters
from approvals.papers.applications import application_of, applied
from approvals.papers.common import bases, contact, day_of, head, iso, project_of
from approvals.rules.clock import LedgerDay, Limit, Pause, WorkingCalendar, clock_law, ledger, reckon
from approvals.rules.days import in_chinese
from approvals.selectors.calendar import calendar_for
from approvals.selectors.clock_page import remarks
from approvals.selectors.limits import named_limits
from documents.facts.clocks import DateCorrectionNotice, DayLedger, ExtensionNotice, LedgerRow, SpecialProcedureNotice
from documents.models import Document

STATUS = {
    "start": "首日，不计",
    "counted": "计入",
    "make_up": "调休上班，计入",
    "weekend": "周末，不计",
    "holiday": "节假日，不计",
    "closure": "停止办公，不计",
    "paused": "中止计时，不计",
}


def special_procedure_notice(event: Event) -> SpecialProcedureNotice:
    """The clock as it stood on the day it was stopped; what happened later is not known to this paper."""
    application, on = application_of(event), day_of(event)
    pause = ClockPause.objects.get(pk=event.facts["pause"])
    ground = clock_law(pause.opened_on).grounds(application.matter.code)[pause.ground]
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "accepted_on": iso(application.accepted_on),
        "ground": ground.name,
        "reason": pause.reason,
        "told_days": f"{pause.told_days}个工作日",
        "opened_on": pause.opened_on.isoformat(),
        "reference": pause.notice_reference,
        "ledger": _ledger(application, on),
        "contact": contact(pause.opened_by, application.department),
        "basis": bases(law.LICENSING_45, ground.basis),
    }


def extension_notice(event: Event) -> ExtensionNotice:
    application, on = application_of(event), day_of(event)
    extension = Extension.objects.get(pk=event.facts["extension"])
    stated = _ledger(application, on)
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "accepted_on": iso(application.accepted_on),
        "days": _in_words(extension.days, _limit(application)),
        "reason": extension.reason,
        "approver": extension.approver_title,
        "granted_on": extension.granted_on.isoformat(),
        "due_on_before": _due_before(application, on),
        "due_on": stated["due_on"],
        "ledger": stated,
        "contact": contact(event.by, application.department),
        "basis": bases(extension.basis, matters.basis_on(application.matter, on)),
    }


def date_correction_notice(event: Event) -> DateCorrectionNotice:
    """Both dates are the event's own; the earlier paper is named as it was issued."""
    application, on, stated = application_of(event), day_of(event), event.facts
    earlier = Document.objects.get(pk=stated["document"])
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "earlier_title": earlier.title,
        "earlier_number": earlier.number,
        "earlier_issued_on": earlier.issued_on.isoformat(),
        "because": stated["because"],
        "source": stated["source"],
        "dates": [{"label": row["label"], "was": row["was"], "now": row["now"] or ""} for row in stated["dates"]],
        "provisional": stated["provisional"],
        "contact": contact(None, application.department),
        "basis": bases(matters.basis_on(application.matter, on)),
    }


def _limit(application: Application) -> Limit | None:
    """The limit that a paper may name: the statutory one where it is certain, or else the promise."""
    assert application.accepted_on is not None, "a clock that was stopped had begun to run"
    certain = matters.is_certain(application.matter)
    codes = ("statutory", "promised") if certain else ("promised",)
    named = {row.code: row.limit for row in named_limits(application, application.accepted_on)}
    return next((named[code] for code in codes if code in named), None)


def _as_known_on(limit: Limit, application: Application, on: date) -> Limit:
    """Without what came after the day of the paper."""
    pauses = tuple(_as_open(pause, on) for pause in limit.pauses if pause.opened_on <= on)
    extended = application.extension is not None and application.extension.granted_on <= on
    return replace(limit, pauses=pauses, extension_days=limit.extension_days if extended else 0)


def _as_open(pause: Pause, on: date) -> Pause:
    return replace(pause, closed_on=None) if pause.closed_on and pause.closed_on > on else pause


def _due_before(application: Application, on: date) -> str:
    limit = _limit(application)
    if limit is None:
        return ""
    found = reckon(replace(_as_known_on(limit, application, on), extension_days=0), _calendar(application), on=on)
    return iso(found.settled_on)


def _ledger(application: Application, on: date) -> DayLedger:
    limit = _limit(application)
    if limit is None:
        return {
            "limit": "",
            "start_on": "",
            "net": "",
            "paused": "",
            "due_on": "",
            "provisional": False,
            "rows": [],
            "remarks": [],
        }
    limit, calendar = _as_known_on(limit, application, on), _calendar(application)
    found, rows = reckon(limit, calendar, on=on), ledger(limit, calendar, on=on)
    if found.settled_on is None:  # what comes after the pause is not known yet
        rows = [row for row in rows if row.day <= on]
    return {
        "limit": _in_words(limit.net_days, limit),
        "start_on": limit.start_on.isoformat(),
        "net": _in_words(sum(row.counts for row in rows), limit),
        "paused": _in_words(sum(row.status == "paused" for row in rows), limit),
        "due_on": iso(found.settled_on),
        "provisional": found.provisional,
        "rows": list(_stretches(rows)),
        "remarks": _remarks(application, limit, found.settled_on, calendar),
    }


def _remarks(application: Application, limit: Limit, due_on: date | None, calendar: WorkingCalendar) -> list[str]:
    if due_on is None:
        return []
    return list(remarks(application, limit, due_on, calendar, from_receipt=limit.unit == "calendar"))


def _stretches(rows: Iterable[LedgerDay]) -> Iterator[LedgerRow]:
    """Days in a row that fared alike, in one line."""
    for (status, note), group in groupby(rows, key=lambda row: (row.status, row.note)):
        days = list(group)
        yield {
            "days": _span([in_chinese(row.day) for row in days]),
            "status": STATUS[status],
            "numbers": _numbers(days),
            "note": note,
        }


def _numbers(days: list[LedgerDay]) -> str:
    counted = [str(row.number) for row in days if row.counts]
    return f"第{_span(counted)}日" if counted else ""


def _span(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{words[0]}—{words[-1]}"


def _in_words(days: int, limit: Limit | None) -> str:
    return f"{days}日" if limit and limit.unit == "calendar" else f"{days}个工作日"


def _calendar(application: Application) -> WorkingCalendar:
    return calendar_for(application.department)
