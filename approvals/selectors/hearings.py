"""Hearings for their readers: the limits of each step, who may do what now, and which nobody has asked for in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from approvals import permissions
from approvals.accounts.models import Appointment, Role, User
from approvals.guards.hearings import open_hearing
from approvals.models import Application, Hearing
from approvals.rules.clock import Due, Limit, WorkingCalendar, add_working_days
from approvals.rules.hearing import HearingLaw, hearing_law
from approvals.selectors.calendar import calendar_for
from approvals.selectors.limits import NamedLimit

State = Application.State


@dataclass(frozen=True, slots=True)
class HearingPage:
    """What the page of an application shows. ``may_answer``: the reader may ask for it or waive it now."""

    rows: list[Hearing]
    running: Hearing | None
    hold_by_on: date | None
    may_answer: bool
    may_take_back: bool


def hearing_page(application: Application, user: User, *, on: date) -> HearingPage:
    running = open_hearing(application)
    party = permissions.may_act_for_enterprise(user, application.project, on=on)
    handled = running is not None and application.state == State.ACCEPTED
    due = hold_by(running, calendar_for(application.department)) if running else None
    return HearingPage(
        rows=list(application.hearings.select_related("told_by", "host")),
        running=running,
        hold_by_on=due.due_on if due else None,
        may_answer=bool(party and handled and running and _can_be_answered(running, on)),
        may_take_back=bool(party and handled and running and running.is_awaited and running.ask_by_on),
    )


def hearing_acts(application: Application) -> list[str]:
    """Codes of what the department may do with hearings now."""
    if application.state != State.ACCEPTED or not application.matter.is_permit:
        return []
    running = open_hearing(application)
    if running is None:
        return ["tell_hearing"]
    if not running.is_awaited:
        return ["record_hearing_request"]
    return ["arrange_hearing"] + (["record_hearing"] if running.planned_on else [])


def hearing_limits(application: Application) -> Iterator[NamedLimit]:
    """The limits of the step that the open hearing is at."""
    running = open_hearing(application)
    if running is None:
        return
    law = law_of(running)
    if running.is_awaited:
        if running.ask_by_on is not None:
            assert running.asked_on is not None, "awaited since it was asked for"
            limit = Limit(running.asked_on, law.days("organise"))
            yield NamedLimit("hearing", _("组织听证"), law.basis("organise"), limit)
    elif running.ask_by_on is not None:
        limit = Limit(running.told_on, law.days("ask"))
        yield NamedLimit("hearing_request", _("申请听证"), law.basis("ask"), limit)


def hold_by(hearing: Hearing, calendar: WorkingCalendar) -> Due | None:
    """The last day for holding it; None where nobody has asked, or no law sets a day (第四十六条)."""
    if not hearing.is_awaited or hearing.ask_by_on is None or hearing.asked_on is None:
        return None
    return add_working_days(hearing.asked_on, law_of(hearing).days("organise"), calendar)


def hearing_due(application: Application) -> Due | None:
    """What the department's task is measured by while the clock of the decision stands still for a hearing."""
    running = open_hearing(application)
    return hold_by(running, calendar_for(application.department)) if running else None


def earliest_day(on: date, law: HearingLaw, calendar: WorkingCalendar) -> date:
    """The first day for a hearing that is announced on ``on``."""
    return add_working_days(on, law.days("notice"), calendar).due_on


def unasked(*, on: date) -> list[int]:
    """Hearings that could be asked for, and nobody has in time: to be closed. A provisional day is waited for too."""
    rows = Hearing.objects.filter(closed_on=None, asked_on=None, ask_by_on__lt=on, application__state=State.ACCEPTED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def hosts_for(application: Application, on: date) -> QuerySet[User]:
    """Whoever holds an office in the department and has not examined the case."""
    held = Appointment.objects.held_on(on).filter(organisation=application.department_id, role=Role.APPROVER)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return people.exclude(pk__in=examiners_of(application)).order_by("pk")


def examiners_of(application: Application) -> frozenset[int]:
    """Who has accepted or examined it, or told the parties about the hearing as its examiner."""
    people = {row.made_by_id for row in application.recommendations.all()} | {application.accepted_by_id}
    running = open_hearing(application)
    people |= {running.told_by_id} if running else set()
    return frozenset(pk for pk in people if pk is not None)


def law_of(hearing: Hearing) -> HearingLaw:
    """As it was when the parties were told."""
    return hearing_law(hearing.told_on)


def _can_be_answered(hearing: Hearing, on: date) -> bool:
    return hearing.asked_on is None and hearing.ask_by_on is not None and on <= hearing.ask_by_on
