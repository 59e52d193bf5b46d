"""The dates by which an application has to be decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.models import Application, Matter
from approvals.rules.clock import Due, WorkingCalendar, add_calendar_days, add_working_days
from approvals.rules.editions import edition_on
from approvals.selectors.calendar import working_calendar


@dataclass(frozen=True, slots=True)
class Limits:
    """``statutory_on``: the law's last day; ``promised_on``: the department's own. None where no number is known."""

    statutory_on: date | None
    promised_on: date | None
    provisional: bool


def limits_from(application: Application, accepted_on: date, calendar: WorkingCalendar | None = None) -> Limits:
    """Both limits, counted from acceptance; for statutes that say 日 without 工作日, from receipt in calendar days."""
    matter = application.matter
    calendar = calendar or working_calendar()
    promised = add_working_days(accepted_on, matter.committed_days, calendar) if matter.committed_days else None
    if matter.statutory_days is None:
        return Limits(None, promised.due_on if promised else None, bool(promised and promised.provisional))
    if matter.day_type == Matter.DayType.AS_WRITTEN:
        statutory_on = add_calendar_days(application.received_on or accepted_on, matter.statutory_days)
        return Limits(statutory_on, promised.due_on if promised else None, bool(promised and promised.provisional))
    statutory = add_working_days(accepted_on, matter.statutory_days, calendar)
    return Limits(statutory.due_on, promised.due_on if promised else None, statutory.provisional)


def review_due(application: Application) -> Due | None:
    """When incomplete material has to have been told: later means accepted from the day of receipt (第三十二条)."""
    if application.received_on is None:
        return None
    days = edition_on("matters", application.received_on).data["default_period"]["correction"]
    return add_working_days(application.received_on, days, working_calendar())
