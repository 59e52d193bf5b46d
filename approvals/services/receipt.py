"""Receipt of an application: handed in, accepted by the department or by law, or not taken."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import GuardFailed
from approvals.models import Application
from approvals.selectors.limits import review_due
from approvals.selectors.receipt import is_accepted_by_law, open_notice
from approvals.selectors.receipt_day import receipt_at, slip_of
from approvals.services.clocks import store_limits
from approvals.services.filing import file_application
from approvals.services.locking import application_for_review, locked_application
from approvals.services.supplement_facts import answer_notice

State = Application.State


@transaction.atomic
def submit_application(application_id: int, *, by: User, on: date, at: datetime | None = None) -> Application:
    """申报, or hand in again after a supplement notice. ``at``: the moment, where it was handed in on line.

    Raises:
        NotYours: neither the enterprise nor its handler within the mandate.
        GuardFailed: a prerequisite is open or a material is missing.
    """
    application = locked_application(application_id, State.DRAFT, State.SUPPLEMENTING)
    permissions.check(permissions.may_submit(by, application, on=on), _("您不能申报该办件"))
    if application.route == Application.Route.FILING:
        return file_application(application, by=by, on=on)
    notice = open_notice(application)
    if application.state == State.SUPPLEMENTING:
        application.resubmit(on=on, by=by, at=at)
        answer_notice(application, on=on)
    else:
        application.submit(on=on, by=by, at=at)
    if at is not None:  # what comes while the office is closed is its next working day's
        application.received_on = receipt_at(application.department, at).day
    application.save()
    stated = {"at": at.isoformat() if at else None} | slip_of(application, notice)
    events.emit("application.submitted", application, by=by, on=on.isoformat(), **stated)
    return application


@transaction.atomic
def accept_application(application_id: int, *, by: User, on: date) -> Application:
    """受理. The statutory and the promised limit run from here.

    Whoever accepts after the fifth working day only finds what the law has done: it is accepted since its receipt.

    Raises:
        NotYours: ``by`` does not review for the department, or handles the project.
        GuardFailed: materials are missing; every one is named.
    """
    application = application_for_review(application_id, State.SUBMITTED, by=by, on=on)
    if is_accepted_by_law(application, on=on):
        return _accepted_by_law(application, on=on)
    application.accept(on=on, by=by)
    assert application.received_on is not None, "what was submitted was received"
    application.received_on = min(application.received_on, on)  # taken up the same evening
    return accepted(application, by=by, on=on, recorded_on=on)


@transaction.atomic
def accept_by_law(application_id: int, *, on: date) -> Application | None:
    """自收到申请材料之日起即为受理, where nothing was told in time. By the system; idempotent.

    Returns None where somebody was faster, or the time is not over. ``on`` is the day on which it is found, not the
    day of acceptance.
    """
    application = locked_application(application_id)
    if not is_accepted_by_law(application, on=on):
        return None
    return _accepted_by_law(application, on=on)


@transaction.atomic
def decline_application(
    application_id: int, *, by: User, on: date, ground: str, reason: str, referred_to: str = ""
) -> Application:
    """不受理 (not required) or 不予受理 (not competent), in writing and with reasons.

    Raises:
        GuardFailed: no ground, no reason, no competent authority named; or the law has accepted it meanwhile.
    """
    application = application_for_review(application_id, State.SUBMITTED, by=by, on=on)
    if blockers := guards.late_blockers(application, review_due(application), on=on):
        raise GuardFailed(_("申请已依法视为受理，不能再作不受理处理"), blockers=blockers)
    application.decline(on=on, by=by, ground=ground, reason=reason, referred_to=referred_to)
    application.save()
    events.emit(
        "application.declined",
        application,
        by=by,
        on=on.isoformat(),
        reason=reason,
        ground=ground,
        referred_to=application.referred_to,
    )
    return application


def _accepted_by_law(application: Application, *, on: date) -> Application:
    application.accept_by_law()
    assert application.accepted_on is not None, "the day of receipt"
    return accepted(application, by=None, on=application.accepted_on, recorded_on=on)


def accepted(application: Application, *, by: User | None, on: date, recorded_on: date) -> Application:
    """What every acceptance leaves: the limits, and one event.

    ``on``: the legal day, from which the limits run; ``recorded_on``: the day on which its paper is made out.
    """
    store_limits(application)
    events.emit(
        "application.accepted",
        application,
        by=by,
        on=on.isoformat(),
        recorded_on=recorded_on.isoformat(),
        by_law=application.accepted_by_law,
        deferred=[
            {"material": material.name, "due_on": iso(material.deferral_due_on)}
            for material in application.materials.all()
            if material.is_deferred
        ],
        received_on=iso(application.received_on),
        due=iso(application.due_on),
        promised_due=iso(application.promised_due_on),
        provisional=application.due_is_provisional,
    )
    return application


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
