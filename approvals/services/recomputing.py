"""All due dates anew: after a calendar was published, and to prove that the stored copies are what the records say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from approvals.accounts.models import User
from approvals.models import Application
from approvals.rules.clock import WorkingCalendar
from approvals.selectors.calendar import calendar_for, working_calendar
from approvals.selectors.limits import Limits, limits_from
from approvals.services.clocks import recompute_limits


@dataclass(frozen=True, slots=True)
class Stale:
    """An application whose stored due dates differ from what its records say."""

    application: Application
    stored: Limits
    computed: Limits


def clocked_applications() -> QuerySet[Application]:
    """Every application whose limits have begun to run."""
    rows = Application.objects.exclude(accepted_on=None).select_related("matter", "department", "extension")
    return rows.prefetch_related("pauses").order_by("pk")


def stored_limits(application: Application) -> Limits:
    return Limits(
        statutory_on=application.due_on,
        promised_on=application.promised_due_on,
        internal_on=application.internal_due_on,
        provisional=application.due_is_provisional,
        paused_on=application.paused_on,
    )


def stale_limits(
    applications: QuerySet[Application] | None = None, country: WorkingCalendar | None = None
) -> Iterator[Stale]:
    """Compare each stored copy with a fresh computation, over ``country`` (the stored calendar, or a drafted one)."""
    calendars = Calendars(country)
    rows = clocked_applications() if applications is None else applications
    for application in rows.iterator(chunk_size=500):
        assert application.accepted_on is not None, "only these have clocks"
        computed = limits_from(application, application.accepted_on, calendars.of(application))
        if computed != (stored := stored_limits(application)):
            yield Stale(application, stored, computed)


def recompute_all(*, by: User | None, on: date, because: str) -> int:
    """Bring every stale copy up to date, each in its own transaction. Returns how many moved."""
    moved = [row.application.pk for row in stale_limits()]
    return sum(recompute_limits(pk, by=by, on=on, because=because) for pk in moved)


class Calendars:
    """The calendar of each department, read once."""

    def __init__(self, country: WorkingCalendar | None = None) -> None:
        self._country = country or working_calendar()
        self._known: dict[int, WorkingCalendar] = {}

    def of(self, application: Application) -> WorkingCalendar:
        office = application.department
        if office.pk not in self._known:
            self._known[office.pk] = calendar_for(office, self._country)
        return self._known[office.pk]
