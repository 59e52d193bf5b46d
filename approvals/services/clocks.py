"""Stopping, restarting and extending the clock of an application, and keeping the copies of its due dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import GuardFailed, WrongState
from approvals.guards.clocks import HEARING
from approvals.guards.hearings import open_hearing
from approvals.models import Application, ClockPause, Extension, Hearing
from approvals.rules.clock import WorkingCalendar, clock_law
from approvals.selectors.calendar import calendar_for
from approvals.selectors.limits import limits_from, promised_days
from approvals.selectors.periods import decision_days
from approvals.services.locking import application_for_review, locked_application

State = Application.State
COPIES = ("due_on", "promised_due_on", "internal_due_on", "due_is_provisional", "paused_on")


@transaction.atomic
def open_pause(
    application_id: int, *, by: User, on: date, ground: str, reason: str, told_days: int | None, reference: str = ""
) -> ClockPause:
    """Begin a special procedure (特别程序): its time is left out of the limits, and the applicant is told how long.

    Args:
        ground: a code of ``rules.clock.clock_law``; there are no other grounds.
        told_days: working days that the notice names. The clock stops for the actual days all the same.
        reference: number of a notice written outside this system, where there is one.

    Raises:
        NotYours: ``by`` does not review the application.
        GuardFailed: the ground is not listed, the notice says too little, or another procedure is open.
    """
    application = application_for_review(application_id, State.ACCEPTED, by=by, on=on)
    grounds = clock_law(on).grounds(application.matter.code)
    if blockers := guards.pause_blockers(
        application, grounds, ground=ground, reason=reason, told_days=told_days, on=on
    ):
        raise GuardFailed(_("不能中止计时"), blockers=blockers)
    assert told_days is not None, "a guard asks for it"
    pause = ClockPause(ground=ground, reason=reason.strip(), told_days=told_days, notice_reference=reference)
    return _begin(application, pause, opened_by=by, by=by, on=on)


def stop_for_hearing(application: Application, hearing: Hearing, *, by: User, on: date, told_days: int) -> None:
    """A hearing has to be held: its time is left out. While another procedure runs, from the day on which that ends.

    ``by`` may be the applicant; the notice comes from the official who told him of the hearing.
    """
    if application.pauses.filter(closed_on=None).exists():
        return
    pause = ClockPause(ground=HEARING, reason=f"听证：{hearing.reason}"[:300], told_days=told_days)
    _begin(application, pause, opened_by=hearing.told_by, by=by, on=on)


def _begin(application: Application, pause: ClockPause, *, opened_by: User, by: User, on: date) -> ClockPause:
    pause.application, pause.opened_on, pause.opened_by = application, on, opened_by
    pause.save()
    store_limits(application)
    listed, told = clock_law(on).grounds(application.matter.code)[pause.ground], pause.told_days
    _emit("application.clock_paused", application, by, on, pause=pause.pk, ground=listed.name, told_days=told)
    return pause


@transaction.atomic
def close_pause(pause_id: int, *, by: User, on: date, outcome: str) -> ClockPause:
    """The procedure has ended with an outcome, and the clock runs again from the next day.

    Raises:
        WrongState: it was closed before.
        GuardFailed: the outcome is not named, or the day lies before the opening.
    """
    found = ClockPause.objects.values_list("application_id", flat=True).get(pk=pause_id)
    application = application_for_review(found, State.ACCEPTED, by=by, on=on)
    pause = ClockPause.objects.select_for_update().get(pk=pause_id)
    if pause.closed_on is not None:
        raise WrongState(_("该特别程序已经结束，请刷新页面"))
    if pause.ground == HEARING:
        raise WrongState(_("听证所用的时间以登记听证笔录结束，不能单独恢复计时"))
    return end_pause(application, pause, by=by, on=on, outcome=outcome)


def end_pause(application: Application, pause: ClockPause, *, by: User, on: date, outcome: str) -> ClockPause:
    """Let the clock run again for an event that has its own rules of who may cause it. Both rows are locked."""
    if blockers := guards.closing_blockers(pause.opened_on, outcome=outcome, on=on):
        raise GuardFailed(_("不能恢复计时"), blockers=blockers)
    pause.closed_on, pause.closed_by, pause.outcome = on, by, outcome.strip()
    pause.save()
    store_limits(application)
    ground = clock_law(pause.opened_on).grounds(application.matter.code)[pause.ground].name
    _emit("application.clock_resumed", application, by, on, pause=pause.pk, ground=ground, outcome=pause.outcome)
    hearing = open_hearing(application)
    if hearing is not None and hearing.is_awaited:
        stop_for_hearing(application, hearing, by=by, on=on, told_days=hearing.told_days)
    return pause


@transaction.atomic
def extend_limit(application_id: int, *, by: User, on: date, reason: str, days: int | None = None) -> Extension:
    """延长期限, once in each run of the clock. ``by`` is the approver himself; ``days`` None takes all that is allowed.

    Ten working days by the head of the department (第四十二条第一款), fifteen by the head of the government where the
    application is handled jointly (第二款), or what the matter's own law says.

    Raises:
        NotYours: ``by`` is not that head, or handles the case himself.
        GuardFailed: no law allows it, it was extended before, the reasons are missing or the limit has passed.
    """
    application = locked_application(application_id)
    allowed = permissions.may_extend(by, application, on=on)
    permissions.check(allowed, _("延长期限须由本机关负责人（联合办理为本级人民政府负责人）批准，且不得是本件经办人"))
    if application.state != State.ACCEPTED:
        raise WrongState(
            _("办件当前为“%(state)s”，该操作已不适用，请刷新页面") % {"state": application.get_state_display()}
        )
    assert application.accepted_on is not None, "accepted applications have a day of acceptance"
    statutory = decision_days(application, application.accepted_on) or 0
    rule = clock_law(on).extension(application.matter.code, statutory_days=statutory, joint=application.is_joint)
    days = (rule.days if rule else 0) if days is None else days
    due_on = limits_from(application, application.accepted_on).statutory_on
    if blockers := guards.extension_blockers(application, rule, days=days, reason=reason, due_on=due_on, on=on):
        raise GuardFailed(_("不能延长期限"), blockers=blockers)
    assert rule is not None, "a guard asks for it"
    extension = Extension.objects.create(
        application=application,
        run=application.clock_run,
        days=days,
        reason=reason.strip(),
        granted_on=on,
        approver=by,
        approver_title=rule.approver,
        basis=rule.basis,
    )
    store_limits(application)
    _emit("application.limit_extended", application, by, on, extension=extension.pk, days=days, reason=reason.strip())
    return extension


def store_limits(application: Application, calendar: WorkingCalendar | None = None) -> bool:
    """Set and save the copies of the due dates. Returns whether any of them changed."""
    if application.accepted_on is None:
        return False
    before = {name: getattr(application, name) for name in COPIES}
    application.promised_days = promised_days(application)
    limits = limits_from(application, application.accepted_on, calendar)
    application.due_on, application.promised_due_on = limits.statutory_on, limits.promised_on
    application.internal_due_on, application.paused_on = limits.internal_on, limits.paused_on
    application.due_is_provisional = limits.provisional
    application.save()
    return before != {name: getattr(application, name) for name in COPIES}


@transaction.atomic
def recompute_limits(
    application_id: int,
    *,
    by: User | None,
    on: date,
    because: str,
    calendar: WorkingCalendar | None = None,
    change: int | None = None,
) -> bool:
    """Compute the due dates anew from the records; an event tells where one moved. Returns whether any did.

    ``change``: the calendar change that moves them, so that letters with the old date can be found.
    """
    application = locked_application(application_id)
    before = {"due": _iso(application.due_on), "promised_due": _iso(application.promised_due_on)}
    if not store_limits(application, calendar or calendar_for(application.department)):
        return False
    was: dict[str, Any] = {f"{name}_was": value for name, value in before.items()}
    if change is not None:
        was["calendar_change"] = change
    _emit("application.limits_recomputed", application, by, on, because=because, **was)
    return True


def _emit(kind: str, application: Application, by: User | None, on: date, **facts: Any) -> None:
    """Every event of the clock carries the dates that hold after it."""
    events.emit(
        kind,
        application,
        by=by,
        on=on.isoformat(),
        due=_iso(application.due_on),
        promised_due=_iso(application.promised_due_on),
        provisional=application.due_is_provisional,
        **facts,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
