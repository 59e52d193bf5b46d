"""Legal time: adding, counting and explaining days over a calendar that is passed in. Nothing here reads today's date.

Days: ``WorkingCalendar``, ``add_working_days``, ``add_calendar_days``, ``working_days_between``, ``remaining``.
Limits: ``Limit`` (start, days, extension, ``Pause``), ``reckon`` (its due date), ``ledger`` (why that day).
Law: ``clock_law`` (dated grounds of pauses and extensions), ``receipt`` (after hours).

Source: 《行政许可法》第四十二条, 第四十五条, 第八十二条 (limits are working days, special procedures are left out);
《民法典》第二百零一条 (the first day is out; by analogy).
"""

from approvals.rules.clock.calendar import WorkingCalendar
from approvals.rules.clock.counting import (
    Due,
    add_calendar_days,
    add_working_days,
    remaining,
    working_days_between,
)
from approvals.rules.clock.law import ClockLaw, ExtensionRule, Ground, clock_law
from approvals.rules.clock.ledger import LedgerDay, Span, day_ledger, days_by_turn, ledger, next_working_day
from approvals.rules.clock.limits import Limit, Pause, Reckoning, reckon
from approvals.rules.clock.receipt import Receipt, receipt

__all__ = [
    "ClockLaw",
    "Due",
    "ExtensionRule",
    "Ground",
    "LedgerDay",
    "Limit",
    "Pause",
    "Receipt",
    "Reckoning",
    "Span",
    "WorkingCalendar",
    "add_calendar_days",
    "add_working_days",
    "clock_law",
    "day_ledger",
    "days_by_turn",
    "ledger",
    "next_working_day",
    "receipt",
    "reckon",
    "remaining",
    "working_days_between",
]
