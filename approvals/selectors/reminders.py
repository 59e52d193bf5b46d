"""Of what people have to be reminded: pure readings of the records, one per registered source.

A source gives every ``Due`` it knows of on a day, whether it was told before or not; ``services.reminders`` tells each
person once for each stage. So a scheduler that stood still loses nothing and repeats nothing. To add a source, write a
function of the day and put it into ``SOURCES``.

How long before its end something is told is the locality's to say (``LocalParameter``): where it has said nothing,
people are told once it is overdue and not before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, Prefetch

from approvals.accounts.models import Appointment, Membership, Organisation, Role, User
from approvals.guards import validity_of
from approvals.models import Application, Evidence, Hearing, LocalParameter, Obligation, Project, ProjectParty
from approvals.rules.clock import WorkingCalendar, add_working_days
from approvals.rules.days import in_chinese
from approvals.selectors.calendar import whole_numbers, working_calendar
from approvals.selectors.delivery import delivery_due, undelivered
from approvals.selectors.hearings import hold_by

State = Application.State
OVERDUE = "overdue"
IN_WORKING_DAYS = frozenset({"decision", "hearing", "delivery"})  # kinds whose stages count working days
Code = LocalParameter.Code


@dataclass(frozen=True, slots=True)
class Due:
    """Something that ends on a day, for some people. ``since_on``: it could not be told before.

    ``stages``: name → first day on which it is told, e.g. ``{"30": due_on - 30 days, "overdue": the day after}``.
    """

    project: Project
    subject: Model
    kind: str
    what: str
    due_on: date
    since_on: date
    stages: dict[str, date]
    people: tuple[User, ...]

    @property
    def key(self) -> str:
        return f"{self.subject._meta.model_name}:{self.subject.pk}"

    def reached(self, on: date) -> Iterator[str]:
        """Stages that have come, and had not come before the thing itself was there."""
        return (name for name, day in self.stages.items() if self.since_on <= day <= on)


Source = Callable[[date], Iterable[Due]]


def everything_due(on: date) -> Iterator[Due]:
    for source in SOURCES.values():
        yield from source(on)


def results_to_use(on: date) -> Iterator[Due]:
    """Granted results whose validity runs while construction has not begun: the enterprise and its handler."""
    ahead = _LeadTimes(Code.VALIDITY_REMIND_DAYS, on)
    rows = Application.objects.filter(state=State.GRANTED).exclude(project__stage=Project.Stage.TERMINATED)
    related = rows.select_related("matter", "project__handler", "project__organisation").prefetch_related(
        "validity_extensions", "deliveries", Prefetch("project__evidence", Evidence.objects.all())
    )
    for row in related.order_by("pk"):
        validity = validity_of(row)
        if validity is None or validity.started_on is not None or row.decided_on is None:
            continue
        days = ahead.of(row.project.organisation)
        stages = _days_before(validity.lapses_on, days) | {OVERDUE: validity.lapses_on + timedelta(days=1)}
        what = f"“{row.matter.name}”须在{in_chinese(validity.lapses_on)}前开工（{validity.span.effect}）"
        yield Due(
            row.project,
            row,
            "validity",
            what,
            validity.lapses_on,
            row.decided_on,
            stages,
            _project_people(row.project, on),
        )


def decisions_to_make(on: date) -> Iterator[Due]:
    """Accepted applications whose first limit is near or past: the approvers of their department."""
    calendar, ahead = working_calendar(), _LeadTimes(Code.DUE_SOON_WORKING_DAYS, on)
    rows = Application.objects.filter(state=State.ACCEPTED, paused_on=None)
    rows = rows.select_related("matter", "project", "department")
    for row in rows.order_by("pk"):
        due_on = min((day for day in (row.due_on, row.promised_due_on) if day), default=None)
        if due_on is None or row.accepted_on is None:
            continue
        stages = _working_days_before(due_on, ahead.of(row.department), calendar)
        what = f"“{row.matter.name}”须在{in_chinese(due_on)}前作出决定"
        yield Due(
            row.project, row, "decision", what, due_on, row.accepted_on, stages, _approvers(row.department_id, on)
        )


def hearings_to_hold(on: date) -> Iterator[Due]:
    """Hearings that somebody has asked for: the approvers of the department, while the clock of the decision stands."""
    calendar, ahead = working_calendar(), _LeadTimes(Code.DUE_SOON_WORKING_DAYS, on)
    rows = Hearing.objects.filter(closed_on=None, application__state=State.ACCEPTED).exclude(asked_on=None)
    for row in rows.select_related("application__matter", "application__project", "application__department"):
        due = hold_by(row, calendar)
        if due is None or row.asked_on is None:
            continue
        found = row.application
        stages = _working_days_before(due.due_on, ahead.of(found.department), calendar)
        what = f"“{found.matter.name}”的听证须在{in_chinese(due.due_on)}前举行"
        people = _approvers(found.department_id, on)
        yield Due(found.project, row, "hearing", what, due.due_on, row.asked_on, stages, people)


def decisions_to_deliver(on: date) -> Iterator[Due]:
    calendar, ahead = working_calendar(), _LeadTimes(Code.DUE_SOON_WORKING_DAYS, on)
    for row in undelivered(Application.objects.select_related("matter", "project", "department")):
        due = delivery_due(row, calendar)
        if due is None or row.decided_on is None:
            continue
        stages = _working_days_before(due.due_on, ahead.of(row.department), calendar)
        what = f"“{row.matter.name}”的决定须在{in_chinese(due.due_on)}前送达"
        people = _approvers(row.department_id, on)
        yield Due(row.project, row, "delivery", what, due.due_on, row.decided_on, stages, people)


def obligations_to_fulfil(on: date) -> Iterator[Due]:
    ahead = _LeadTimes(Code.DUTY_REMIND_DAYS, on)
    rows = Obligation.objects.filter(fulfilled_on=None, dropped_on=None).exclude(due_on=None)
    for row in rows.select_related("project__handler", "project__organisation").order_by("pk"):
        assert row.due_on is not None, "the others have no day"
        stages = _days_before(row.due_on, ahead.of(row.project.organisation)) | {
            OVERDUE: row.due_on + timedelta(days=1)
        }
        what = f"“{row.text}”须在{in_chinese(row.due_on)}前完成"
        people = _project_people(row.project, on)
        yield Due(row.project, row, "obligation", what, row.due_on, row.imposed_on, stages, people)


SOURCES: dict[str, Source] = {
    "validity": results_to_use,
    "decision": decisions_to_make,
    "hearing": hearings_to_hold,
    "delivery": decisions_to_deliver,
    "obligation": obligations_to_fulfil,
}


class _LeadTimes:
    """How many days ahead each area or office wants to be told, read once for each."""

    def __init__(self, code: str, on: date) -> None:
        self._code, self._on = code, on
        self._known: dict[int, tuple[int, ...]] = {}

    def of(self, office: Organisation) -> tuple[int, ...]:
        if office.pk not in self._known:
            self._known[office.pk] = whole_numbers(self._code, office, on=self._on)
        return self._known[office.pk]


def _days_before(due_on: date, days: Iterable[int]) -> dict[str, date]:
    return {str(n): due_on - timedelta(days=n) for n in days}


def _working_days_before(due_on: date, ahead: tuple[int, ...], calendar: WorkingCalendar) -> dict[str, date]:
    """The earliest day from which no more than so many working days are left; and the day after the last."""
    stages = {OVERDUE: due_on + timedelta(days=1)}
    for days in ahead:
        day = due_on
        while add_working_days(day, days, calendar).due_on > due_on:
            day -= timedelta(days=1)
        stages[str(days)] = day
    return stages


def _project_people(project: Project, on: date) -> tuple[User, ...]:
    """Who works for a party of the project on the day, and its handler."""
    parties = ProjectParty.objects.held_on(on).filter(project=project)
    members = Membership.objects.held_on(on).filter(enterprise__in=parties.values("enterprise"), user__is_active=True)
    people: dict[int, Any] = {row.user_id: row.user for row in members.select_related("user").order_by("user")}
    if project.handler is not None:
        people[project.handler.pk] = project.handler
    return tuple(people.values())


def _approvers(department_id: int, on: date) -> tuple[User, ...]:
    held = Appointment.objects.held_on(on).filter(organisation=department_id, role=Role.APPROVER, user__is_active=True)
    return tuple(dict.fromkeys(row.user for row in held.select_related("user").order_by("user")))
