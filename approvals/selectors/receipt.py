"""Receipt: which applications the law has accepted, which notices wait for their answer, and what an answer changed."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from approvals.accounts.models import Organisation
from approvals.models import Application, LocalParameter, Project, SupplementNotice
from approvals.rules.clock import WorkingCalendar, remaining
from approvals.selectors.calendar import calendar_for, whole_number, working_calendar
from approvals.selectors.limits import review_due

SHORTEST = timedelta(days=5)  # five working days are never fewer; spares reading what arrived just now


def is_accepted_by_law(application: Application, *, on: date) -> bool:
    """Handed in, and the days for telling what is missing are over without a notice.

    A day in a year without a published calendar decides nothing: the law acts from the day of receipt whenever the
    calendar comes, so waiting for it costs nobody anything.
    """
    if application.state != Application.State.SUBMITTED:
        return False
    due = review_due(application)
    return due is not None and not due.provisional and on > due.due_on


def accepted_by_law(*, on: date) -> list[int]:
    """Ids of the applications that the law has accepted and nobody has recorded yet, the earliest first."""
    waiting = Application.objects.filter(state=Application.State.SUBMITTED, received_on__lt=on - SHORTEST)
    calendars = _Calendars()
    return [
        application.pk
        for application in waiting.select_related("department").order_by("received_on", "pk")
        if (due := review_due(application, calendars.of(application.department)))
        and not due.provisional
        and on > due.due_on
    ]


def open_notice(application: Application) -> SupplementNotice | None:
    """The notice that waits for its answer."""
    if application.state != Application.State.SUPPLEMENTING:
        return None
    return application.supplement_notices.filter(answered_on=None).last()


def open_notices(project: Project) -> list[SupplementNotice]:
    """Every notice of a project that waits for its answer, with its application and matter."""
    waiting = SupplementNotice.objects.filter(
        application__project=project, application__state=Application.State.SUPPLEMENTING, answered_on=None
    )
    return list(waiting.select_related("application__matter").order_by("pk"))


def notices_to_remind_of(*, on: date) -> list[int]:
    """Open notices whose day has passed, or is near by the locality's own measure, and nobody was told of it."""
    notices = SupplementNotice.objects.filter(
        Q(reminded_on=None) | Q(lapse_told_on=None),
        application__state=Application.State.SUPPLEMENTING,
        answered_on=None,
        answer_due_on__isnull=False,
    )
    calendars = _Calendars()
    waiting = notices.select_related("application__department").order_by("answer_due_on", "pk")
    return [n.pk for n in waiting if _is_to_be_told(n, calendars.of(n.application.department), on)]


class _Calendars:
    """Each office's calendar, read once."""

    def __init__(self) -> None:
        self._country, self._known = working_calendar(), dict[int, WorkingCalendar]()

    def of(self, office: Organisation) -> WorkingCalendar:
        if office.pk not in self._known:
            self._known[office.pk] = calendar_for(office, self._country)
        return self._known[office.pk]


def _is_to_be_told(notice: SupplementNotice, calendar: WorkingCalendar, on: date) -> bool:
    assert notice.answer_due_on is not None, "the selector leaves the others out"
    if on > notice.answer_due_on:
        return notice.lapse_told_on is None
    soon = whole_number(LocalParameter.Code.DUE_SOON_WORKING_DAYS, notice.application.department, on=on)
    near = soon is not None and remaining(on, notice.answer_due_on, calendar) <= soon
    return near and notice.reminded_on is None
