"""Stored due dates compared with what the records say, over the calendar that is stored or one that is drafted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from approvals.accounts.models import Organisation
from approvals.models import Application, LocalParameter, Project
from approvals.rules.clock import WorkingCalendar
from approvals.selectors.calendar import Numbers, calendar_for, working_calendar
from approvals.selectors.limits import Limits, limits_from


class Calendars:
    """The calendar of each department and the offices' own limits, read once."""

    def __init__(self, country: WorkingCalendar | None = None) -> None:
        self._country = country or working_calendar()
        self._known: dict[int, WorkingCalendar] = {}
        self.office_limits = Numbers(LocalParameter.Code.INTERNAL_WORKING_DAYS)

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


def projects_with_clocks() -> QuerySet[Project]:
    """In the order in which they are locked everywhere."""
    clocked = Application.objects.exclude(accepted_on=None).order_by().values("project")
    return Project.objects.filter(pk__in=clocked).order_by("pk")


def stale_limits(calendars: Calendars | None = None, projects: Collection[int] | None = None) -> Iterator[Stale]:
    """Every application (of some projects) whose stored copies differ from a fresh computation."""
    calendars = calendars or Calendars()
    rows = clocked_applications()
    if projects is not None:
        rows = rows.filter(project__in=projects)
    for application in rows.iterator(chunk_size=500):
        assert application.accepted_on is not None, "only these have clocks"
        office, own = application.department, calendars.office_limits
        computed = limits_from(application, application.accepted_on, calendars.of(office), own)
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
