"""One application for its page: what is missing, until when it has to be decided, and what the reader may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals import guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker
from approvals.models import Application
from approvals.rules.clock import remaining
from approvals.selectors.calendar import working_calendar
from approvals.selectors.limits import review_due

State = Application.State
IN_APPLICANTS_HANDS = (State.DRAFT, State.SUPPLEMENTING)


@dataclass(frozen=True, slots=True)
class Limit:
    """The next date that matters. ``remaining``: working days left, negative where it is past."""

    label: str
    due_on: date
    is_provisional: bool
    remaining: int
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Rights:
    hand_in: bool
    submit: bool
    withdraw: bool


def rights(application: Application, user: User, *, on: date) -> Rights:
    may = permissions.may_submit(user, application, on=on)
    in_hands = may and application.state in IN_APPLICANTS_HANDS
    return Rights(hand_in=in_hands, submit=in_hands, withdraw=may and application.state in Application.OPEN)


def open_points(application: Application, *, on: date) -> list[Blocker]:
    """What keeps it from being handed in or granted, whichever comes next."""
    if application.state in IN_APPLICANTS_HANDS:
        return guards.submission_blockers(application, on=on)
    if application.state == State.ACCEPTED:
        return guards.grant_blockers(application, on=on)
    return []


def limits(application: Application, *, on: date) -> list[Limit]:
    """Until when: the review of what was handed in, or the promised and the statutory limit of the decision."""
    calendar = working_calendar()
    found: list[tuple[str, date | None, bool]] = []
    if application.state == State.SUBMITTED and (due := review_due(application)):
        found = [("审查材料、一次性告知", due.due_on, due.provisional)]
    if application.state == State.ACCEPTED:
        provisional = application.due_is_provisional
        found = [
            ("承诺期限", application.promised_due_on, provisional),
            ("法定期限", application.due_on, provisional),
        ]
    return [Limit(label, day, rough, remaining(on, day, calendar), day < on) for label, day, rough in found if day]
