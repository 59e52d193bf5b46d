"""Days counted back from the reference day, in working days of the calendar in the database."""

from __future__ import annotations

from datetime import date, timedelta

from approvals.rules.clock import WorkingCalendar


class Days:
    """``ago(0)`` is the reference day itself, ``ago(n)`` the n-th working day before it."""

    def __init__(self, today: date, calendar: WorkingCalendar) -> None:
        self.today = today
        self._calendar = calendar
        self._back = [today]

    def ago(self, n: int) -> date:
        while len(self._back) <= n:
            self._back.append(self._working_day_before(self._back[-1]))
        return self._back[n]

    def _working_day_before(self, day: date) -> date:
        day -= timedelta(days=1)
        while not self._calendar.is_working_day(day):
            day -= timedelta(days=1)
        return day
