"""One application for its page: what is missing, until when it has to be decided, and what the reader may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from approvals import guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker
from approvals.models import Application
from approvals.rules.clock import Reckoning, WorkingCalendar, reckon, remaining
from approvals.selectors.calendar import calendar_for
from approvals.selectors.hearings import hearing_limits
from approvals.selectors.limits import NamedLimit, named_limits, review_limit
from approvals.selectors.receipt import open_notice

State = Application.State
IN_APPLICANTS_HANDS = (State.DRAFT, State.SUPPLEMENTING)


@dataclass(frozen=True, slots=True)
class Limit:
    """A date that matters. ``remaining``: working days left, negative where it is past.

    ``is_paused``: the clock stands, and the date is what it would be if it ran again from tomorrow.
    """

    code: str
    label: str
    due_on: date
    is_provisional: bool
    is_paused: bool
    remaining: int
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Rights:
    """``materials``: ids of those that he may hand in now."""

    materials: frozenset[int]
    submit: bool
    withdraw: bool
    promise: bool
    again: bool


def rights(application: Application, user: User, *, on: date) -> Rights:
    may = permissions.may_submit(user, application, on=on)
    in_hands = may and application.state in IN_APPLICANTS_HANDS
    return Rights(
        materials=frozenset(_open_materials(application)) if may else frozenset(),
        submit=in_hands,
        withdraw=may and application.state in Application.OPEN,
        promise=in_hands and permissions.may_sign_for_enterprise(user, application.project, on=on),
        again=guards.can_be_applied_for_again(application)
        and permissions.may_apply_again(user, application.project, on=on),
    )


def _open_materials(application: Application) -> Iterator[int]:
    """All of a draft, the named ones of a supplement, the deferred ones after acceptance."""
    notice = open_notice(application)
    for material in application.materials.all():
        if application.state == State.ACCEPTED:
            open_now = material.is_deferred
        else:
            open_now = application.state in IN_APPLICANTS_HANDS
        if open_now and not guards.correction_blockers(material, notice):
            yield material.pk


def open_points(application: Application, *, on: date) -> list[Blocker]:
    """What keeps it from being handed in or granted, whichever comes next."""
    if application.state in IN_APPLICANTS_HANDS:
        return guards.submission_blockers(application, on=on)
    if application.state == State.ACCEPTED:
        return guards.grant_blockers(application, on=on)
    return []


def limits(application: Application, *, on: date, internal: bool = False) -> list[Limit]:
    """Until when: the review of what was handed in, or every limit of the decision. ``internal``: also the office's."""
    calendar = calendar_for(application.department)
    found: list[NamedLimit] = []
    if application.state == State.SUBMITTED and (review := review_limit(application)):
        found = [review]
    elif application.state == State.ACCEPTED and application.accepted_on:
        found = [*hearing_limits(application), *named_limits(application, application.accepted_on)]
    return [
        _limit(row, reckon(row.limit, calendar, on=on), calendar, on)
        for row in found
        if internal or row.code != "internal"
    ]


def _limit(row: NamedLimit, found: Reckoning, calendar: WorkingCalendar, on: date) -> Limit:
    return Limit(
        code=row.code,
        label=row.label,
        due_on=found.due_on,
        is_provisional=found.provisional,
        is_paused=found.is_paused,
        remaining=remaining(on, found.due_on, calendar),
        is_overdue=found.due_on < on,
    )
