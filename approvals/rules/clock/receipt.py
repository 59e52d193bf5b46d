"""The day on which something was received, where the office keeps hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta


def receipt_day(received: datetime, closes_at: time | None) -> date:
    """The day from which a period runs; that day itself is not counted.

    After closing time it is as if it had come on the next day, so that the first counted day is the first working day
    after that. Without known hours only the date counts: intake never closes, and a Saturday's application is received
    on Saturday; its first counted day is the next working day in any case.

    Args:
        received: local time of the office.
        closes_at: the end of business (停止业务活动的时间); None where the locality has not set it.

    Source: 《民法典》第二百零三条第二款, by analogy.
    """
    late = closes_at is not None and received.time() > closes_at
    return received.date() + timedelta(days=late)
