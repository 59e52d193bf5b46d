"""Stored due dates compared with what the records say, over the calendar that is stored or one that is drafted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from approvals.accounts.models import Organisation
from approvals.models import Application
from approvals.rules.clock import WorkingCalendar
from approvals.selectors.calendar import calendar_for, working_calendar
from approvals.selectors.limits import Limits, limits_from


class Calendars:
    """The calendar of each department, read once."""

    def __init__(self, country: WorkingCalendar | None = None) -> None:
        self._country = country or working_calendar()
        self._known: dict[int, WorkingCalendar] = {}

    def of(self, office: Organisation) -> WorkingCalendar:
        if office.pk not in self._known:
            self._known[office.pk] = calendar_for(office, self._country)
        return self._known[office.pk]


@dataclass(frozen=True, slots=True)
class Stale:
    """An application whose stored due dates differ from what its records say."""

    application: Application
    stored: Limits
    computed: Limits


def clocked_applications() -> QuerySet[Application]:
    """Every application whose limits have begun to run."""
    rows = Application.objects.exclude(accepted_on=None).select_related("matter", "department")
    return rows.prefetch_related("pauses", "extensions").order_by("pk")


def stale_limits(calendars: Calendars | None = None) -> Iterator[Stale]:
    """Every application whose stored copies differ from a fresh computation."""
    calendars = calendars or Calendars()
    for application in clocked_applications().iterator(chunk_size=500):
        assert application.accepted_on is not None, "only these have clocks"
        computed = limits_from(application, application.accepted_on, calendars.of(application.department))
        if computed != (stored := stored_limits(application)):
            yield Stale(application, stored, computed)


def stored_limits(application: Application) -> Limits:
    return Limits(
        statutory_on=application.due_on,
        promised_on=application.promised_due_on,
        internal_on=application.internal_due_on,
        provisional=application.due_is_provisional,
        paused_on=application.paused_on,
    )
