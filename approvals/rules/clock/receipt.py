"""The day on which something was received, where the office keeps hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from approvals.rules.clock.calendar import WorkingCalendar
from approvals.rules.clock.counting import add_working_days

Delay = Literal["", "after_hours", "rest_day"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """``day``: from which a period runs, not counted itself. ``delay``: why it is not the day of the moment itself."""

    day: date
    delay: Delay = ""


def receipt(received: datetime, closes_at: time | None, calendar: WorkingCalendar) -> Receipt:
    """The day that counts as the day of receipt.

    Where an office keeps hours, what comes after closing time or on a day on which it does not open is received on its
    next working day. Without known hours only the date counts: intake never closes, a Saturday's application is
    received on Saturday, and its first counted day is the next working day in any case.

    Args:
        received: local time of the office.
        closes_at: the end of business (停止业务活动的时间); None where the locality has not set it.

    Source: 《民法典》第二百零一条, 第二百零三条第二款, by analogy.
    """
    day = received.date()
    if closes_at is None:
        return Receipt(day)
    delay: Delay = ""
    if not calendar.is_working_day(day):
        delay = "rest_day"
    elif received.time() > closes_at:
        delay = "after_hours"
    return Receipt(add_working_days(day, 1, calendar).due_on, delay) if delay else Receipt(day)
