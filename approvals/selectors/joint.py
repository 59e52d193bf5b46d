"""A joint handling as its page shows it: the one clock, and who is still to say his word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from approvals import guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker
from approvals.models import Application, Extension, JointDeparture, JointHandling, Project, Recommendation
from approvals.rules.clock import Due, Limit, clock_law, reckon, working_days_between
from approvals.selectors.calendar import calendar_for


@dataclass(frozen=True, slots=True)
class Part:
    """One department's share. ``waiting_days``: working days from the start to its opinion, or so far.

    ``is_slowest``: the one waited for, or the last that said its word.
    """

    application: Application
    opinion: Recommendation | None
    waiting_days: int
    is_slowest: bool = False


@dataclass(frozen=True, slots=True)
class Joint:
    """``due_on``: the joint limit from the earliest acceptance, with its extension; ``remaining``: working days."""

    record: JointHandling
    parts: list[Part]
    due_on: date
    provisional: bool
    remaining: int
    blockers: list[Blocker]
    may_conclude: bool
    departures: list[JointDeparture]


def joint_of(project: Project, user: User, *, on: date) -> Joint | None:
    """The running joint handling, or else the last one."""
    rows = project.joint_handlings.select_related("lead", "started_by", "concluded_by").order_by("pk")
    running = rows.filter(concluded_on=None, dissolved_on=None).first()
    record = running or rows.last()
    return _described(record, project, user, on) if record else None


def joint_due(record: JointHandling) -> Due:
    """The last day of the one clock: the joint limit from the earliest acceptance, with the extension."""
    calendar = calendar_for(record.lead)
    extended = Extension.objects.filter(
        application__in=record.applications.all(), run=F("application__clock_run")
    ).values_list("days", flat=True)
    days = clock_law(record.started_on).joint_days
    limit = Limit(record.counts_from_on, days, "working", max(extended, default=0))
    found = reckon(limit, calendar, on=record.counts_from_on)
    return Due(found.due_on, found.provisional)


def outcome_of(record: JointHandling) -> JointHandling.Outcome:
    """What the opinions that are there come to."""
    against = Recommendation.objects.filter(
        application__in=record.applications.all(), reviewed_on=None, outcome=Recommendation.Outcome.REFUSE
    )
    return JointHandling.Outcome.REFUSED if against.exists() else JointHandling.Outcome.GRANTED


def joinable(project: Project) -> list[Application]:
    """Accepted permits that are not handled jointly yet."""
    accepted = project.applications.filter(state=Application.State.ACCEPTED, is_joint=False, matter__is_permit=True)
    return list(accepted.select_related("matter", "department").order_by("pk"))


def has_joint(project: Project) -> bool:
    """Whether the page of joint handling has something to show: a record, or applications that could join."""
    accepted = [a for a in project.applications.all() if a.state == Application.State.ACCEPTED and a.matter.is_permit]
    return len({a.department_id for a in accepted}) > 1 or project.joint_handlings.exists()


def _described(record: JointHandling, project: Project, user: User, on: date) -> Joint:
    applications = list(
        record.applications.select_related("matter", "department")
        .prefetch_related("recommendations__made_by")
        .order_by("pk")
    )
    for application in applications:
        application.project = project
    calendar, until = calendar_for(record.lead), record.concluded_on or record.dissolved_on or on
    due = joint_due(record)
    parts = [_part(a, working_days_between(record.started_on, _said_on(a) or until, calendar)) for a in applications]
    longest = max((part.waiting_days for part in parts), default=0)
    open_parts = [part for part in parts if part.opinion is None] or parts
    slowest = {part.application.pk for part in open_parts if part.waiting_days == longest}
    return Joint(
        record=record,
        parts=[Part(p.application, p.opinion, p.waiting_days, p.application.pk in slowest) for p in parts],
        due_on=due.due_on,
        provisional=due.provisional,
        remaining=working_days_between(on, due.due_on, calendar),
        blockers=guards.joint_reply_blockers(applications, on=on) if record.is_running else [],
        departures=list(record.departures.select_related("application__matter", "left_by")),
        may_conclude=record.is_running and permissions.may_approve_for_bureau(user, project, on=on),
    )


def _part(application: Application, waiting_days: int) -> Part:
    return Part(application, _opinion(application), waiting_days)


def _opinion(application: Application) -> Recommendation | None:
    """The open one, or the one that the reply agreed to."""
    rows = list(application.recommendations.all())
    return next((row for row in reversed(rows) if row.reviewed_on is None or row.agreed), None)


def _said_on(application: Application) -> date | None:
    opinion = _opinion(application)
    return opinion.made_on if opinion else None
