"""The day that counts as the day of receipt, why it is that day, and what its slip (材料收件凭证) states."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from approvals.accounts.models import Organisation
from approvals.language import day_in_words
from approvals.models import Application, SupplementNotice
from approvals.rules.clock import Receipt, WorkingCalendar, add_working_days, receipt
from approvals.selectors.calendar import calendar_for, closing_time
from approvals.selectors.limits import review_due


def receipt_at(office: Organisation, at: datetime) -> Receipt:
    """Of what reached an office at a moment, by its hours and its calendar."""
    local = timezone.localtime(at).replace(tzinfo=None)
    return receipt(local, closing_time(office, on=local.date()), calendar_for(office))


def receipt_note(application: Application, calendar: WorkingCalendar) -> str:
    """Why the period runs from the day of receipt that it runs from; "" where there is nothing to explain."""
    received_on, at = application.received_on, application.received_at
    if received_on is None:
        return ""
    handed_in = timezone.localtime(at) if at else None
    first = add_working_days(received_on, 1, calendar).due_on
    if handed_in is not None and handed_in.date() < received_on:
        moment = f"{day_in_words(handed_in.date())} {handed_in:%H:%M}"
        stated = {"moment": moment, "day": day_in_words(received_on), "first": day_in_words(first)}
        if calendar.is_working_day(handed_in.date()):
            text = _("%(moment)s 提交，已过停止业务时间，以下一工作日 %(day)s 为收件日；首日不计，第1日为 %(first)s")
        else:
            text = _("%(moment)s 提交，当日不办公，以下一工作日 %(day)s 为收件日；首日不计，第1日为 %(first)s")
        return text % stated
    if not calendar.is_working_day(received_on):
        stated = {"day": day_in_words(received_on), "first": day_in_words(first)}
        return _("%(day)s 收件，为休息日；首日不计，第1日为下一工作日 %(first)s") % stated
    return ""


def slip_of(application: Application, notice: SupplementNotice | None) -> dict[str, Any]:
    """What the slip states, as plain JSON for its event: rows and calendars change, a slip does not.

    ``notice``: the supplement that this answers; then only the materials that it named are listed.
    """
    calendar = calendar_for(application.department)
    assert application.received_on is not None, "what was handed in was received"
    first, tell_by = add_working_days(application.received_on, 1, calendar), review_due(application, calendar)
    assert tell_by is not None, "a day of receipt has its period"
    named = {item["material"] for item in notice.items} if notice else None
    rows = [row for row in application.materials.all() if named is None or row.name in named]
    return {
        "received_on": application.received_on.isoformat(),
        "received_because": _in_chinese(application, calendar),
        "counts_from": first.due_on.isoformat(),
        "tell_by": tell_by.due_on.isoformat(),
        "provisional": first.provisional or tell_by.provisional,
        "answers": _iso(notice.issued_on) if notice else None,
        "materials": [
            {"name": row.name, "on_paper": row.on_paper, "not_needed": row.not_needed, "note": row.note}
            for row in rows
            if row.is_received
        ],
        "deferred": [{"name": row.name, "due_on": _iso(row.deferral_due_on)} for row in rows if row.is_deferred],
    }


def _in_chinese(application: Application, calendar: WorkingCalendar) -> str:
    """For the paper, whatever language the person who hands it in reads."""
    with translation.override("zh-hans"):
        return receipt_note(application, calendar)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
