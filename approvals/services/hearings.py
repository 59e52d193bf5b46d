"""Hearings (听证): tell that one may ask, ask or waive, announce, and put on record. The clock stands by these events.

Its time is left out of the limits (《行政许可法》第四十五条) from the day on which it has to be held, because it was
asked for or announced, through the day on which it ends; while one may only ask for it the clock runs on.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.guards import hearings as guards
from approvals.guards.clocks import HEARING
from approvals.models import Application, Hearing
from approvals.rules.clock import add_working_days
from approvals.rules.hearing import hearing_law
from approvals.selectors.calendar import calendar_for
from approvals.selectors.hearings import earliest_day, examiners_of, hold_by, law_of
from approvals.services.clocks import end_pause, stop_for_hearing
from approvals.services.locking import application_for_review, locked_application

State, Outcome = Application.State, Hearing.Outcome
STALE = "该听证已结束，或者已有人申请，请刷新页面"


@transaction.atomic
def tell_hearing(
    application_id: int,
    *,
    by: User,
    on: date,
    ground: str,
    reason: str,
    interested: str = "",
    told_days: int | None = None,
) -> Hearing:
    """告知 that a hearing may be asked for (第四十七条), or 公告 one of the authority's own motion (第四十六条).

    Args:
        ground: a code of ``rules.hearing``; it says which of the two it is.
        interested: names of the others whose interests are touched, who are told as well.
        told_days: working days that a hearing of the authority's own motion is to take; one that is asked for takes
            the law's own at most.

    Raises:
        NotYours: ``by`` does not review for the department.
        GuardFailed: no ground, no reason, no permit, or a hearing that runs already.
    """
    application = application_for_review(application_id, State.ACCEPTED, by=by, on=on)
    law = hearing_law(on)
    blockers = guards.telling_blockers(application, law.grounds, ground=ground, reason=reason, told_days=told_days)
    _require(_("不能告知听证"), blockers)
    on_request = law.grounds[ground].on_request
    ask_by = add_working_days(on, law.days("ask"), calendar_for(application.department)).due_on if on_request else None
    hearing = Hearing.objects.create(
        application=application,
        ground=ground,
        reason=reason.strip(),
        interested=interested.strip(),
        told_on=on,
        told_by=by,
        ask_by_on=ask_by,
        told_days=law.days("organise") if on_request else told_days or 0,
        asked_on=None if on_request else on,
    )
    _emit("told", hearing, by, on, ground=law.grounds[ground].name, ask_by=ask_by.isoformat() if ask_by else None)
    if not on_request:
        stop_for_hearing(application, hearing, by=by, on=on, told_days=hearing.told_days)
    return hearing


@transaction.atomic
def ask_hearing(hearing_id: int, *, by: User, on: date, who: str = "") -> Hearing:
    """申请听证: by the enterprise itself, or on paper by somebody else (``who``), which the department records.

    Raises:
        NotYours: neither of the enterprise nor of the department.
        WrongState: it is over, or was asked for before.
        GuardFailed: later than the days that the law gives.
    """
    hearing = _locked(hearing_id, by=by, on=on)
    application = hearing.application
    is_party = permissions.may_act_for_enterprise(by, application.project, on=on)
    stated = application.applicant.name if is_party else who
    _not_asked_yet(hearing)
    _require(_("不能申请听证"), guards.asking_blockers(hearing, who=stated, on=on))
    hearing.asked_on, hearing.asked_by = on, stated.strip()
    hearing.save()
    due = hold_by(hearing, calendar_for(application.department))
    _emit("asked", hearing, by, on, who=hearing.asked_by, hold_by=due.due_on.isoformat() if due else None)
    stop_for_hearing(application, hearing, by=by, on=on, told_days=hearing.told_days)
    return hearing


@transaction.atomic
def waive_hearing(hearing_id: int, *, by: User, on: date) -> Hearing:
    """The applicant needs none. With nobody else to ask it is over; otherwise the others keep their days."""
    hearing = _locked(hearing_id, by=by, on=on, party_only=True)
    _not_asked_yet(hearing)
    hearing.waived_on = on
    if not hearing.interested:
        hearing.closed_on, hearing.outcome = on, Outcome.WAIVED
    hearing.save()
    _emit("waived", hearing, by, on, is_over=hearing.closed_on is not None)
    return hearing


@transaction.atomic
def take_back_request(hearing_id: int, *, by: User, on: date) -> Hearing:
    """The applicant who asked for it does without. What others asked for is not his to take back."""
    hearing = _locked(hearing_id, by=by, on=on, party_only=True)
    if not hearing.is_awaited or hearing.asked_by != hearing.application.applicant.name:
        raise WrongState(_(STALE))
    return _close(hearing, Outcome.TAKEN_BACK, by=by, on=on, said="听证申请人撤回申请")


@transaction.atomic
def arrange_hearing(
    hearing_id: int, *, by: User, on: date, planned_on: date, planned_at: time, place: str, host: User
) -> Hearing:
    """通知 time, place and host; also anew, where it has to be another day.

    Raises:
        NotYours: ``by`` does not review for the department.
        WrongState: nobody has asked for it, or it is over.
        GuardFailed: told too late, held too late, no place, or a host who examined the case.
    """
    hearing = _for_department(hearing_id, by=by, on=on)
    application, law = hearing.application, law_of(hearing)
    calendar = calendar_for(application.department)
    due = hold_by(hearing, calendar)
    blockers = guards.arranging_blockers(
        law,
        planned_on=planned_on,
        earliest_on=earliest_day(on, law, calendar),
        hold_by_on=due.due_on if due else None,
        place=place,
        host=host,
        examiners=examiners_of(application),
    )
    _require(_("不能发出听证通知"), blockers)
    hearing.arranged_on, hearing.planned_on, hearing.planned_at = on, planned_on, planned_at
    hearing.place, hearing.host = place.strip(), host
    hearing.save()
    when = {"planned_on": planned_on.isoformat(), "planned_at": planned_at.strftime("%H:%M")}
    _emit("arranged", hearing, by, on, place=hearing.place, host=host.name, **when)
    return hearing


@transaction.atomic
def record_hearing(hearing_id: int, *, by: User, on: date, held_on: date, record: str, confirmed_by: str) -> Hearing:
    """听证笔录: with it the hearing is over and the clock runs again.

    Raises:
        NotYours: ``by`` does not review for the department.
        WrongState: nobody has asked for it, or it is over.
        GuardFailed: not announced, no record, or nobody who confirmed it.
    """
    hearing = _for_department(hearing_id, by=by, on=on)
    blockers = guards.record_blockers(
        law_of(hearing), hearing, held_on=held_on, record=record, confirmed_by=confirmed_by, on=on
    )
    _require(_("不能登记听证笔录"), blockers)
    hearing.held_on, hearing.record, hearing.confirmed_by = held_on, record.strip(), confirmed_by.strip()
    return _close(hearing, Outcome.HELD, by=by, on=on, said="听证已举行，笔录经参加人确认")


@transaction.atomic
def close_unasked(hearing_id: int, *, on: date) -> Hearing | None:
    """Nobody has asked in time. By the system; idempotent. None where somebody was faster."""
    hearing = _with_application(hearing_id)
    late = hearing.ask_by_on is not None and on > hearing.ask_by_on
    if hearing.closed_on is not None or hearing.asked_on is not None or not late:
        return None
    return _close(hearing, Outcome.NOT_ASKED, by=None, on=on, said="期满无人申请听证")


def _close(hearing: Hearing, outcome: str, *, by: User | None, on: date, said: str) -> Hearing:
    hearing.closed_on, hearing.outcome = on, outcome
    hearing.save()
    facts = {"held_on": hearing.held_on.isoformat()} if hearing.held_on else {}
    _emit("held" if outcome == Outcome.HELD else "closed", hearing, by, on, said=said, **facts)
    pause = hearing.application.pauses.select_for_update().filter(closed_on=None, ground=HEARING).first()
    if pause is not None and by is not None:
        end_pause(hearing.application, pause, by=by, on=on, outcome=said)
    return hearing


def _not_asked_yet(hearing: Hearing) -> None:
    if hearing.closed_on is not None or hearing.asked_on is not None:
        raise WrongState(_(STALE))


def _locked(hearing_id: int, *, by: User, on: date, party_only: bool = False) -> Hearing:
    hearing = _with_application(hearing_id, State.ACCEPTED)
    application = hearing.application
    allowed = permissions.may_act_for_enterprise(by, application.project, on=on)
    if not party_only:
        allowed = allowed or permissions.may_review(by, application, on=on)
    permissions.check(allowed, _("只有申请人可以自己决定；其他人的书面申请由审批部门登记"))
    return hearing


def _for_department(hearing_id: int, *, by: User, on: date) -> Hearing:
    found = Hearing.objects.values_list("application_id", flat=True).get(pk=hearing_id)
    application = application_for_review(found, State.ACCEPTED, by=by, on=on)
    hearing = Hearing.objects.select_for_update().get(pk=hearing_id)
    hearing.application = application
    if not hearing.is_awaited:
        raise WrongState(_("该听证没有人申请，或者已经结束，请刷新页面"))
    return hearing


def _with_application(hearing_id: int, *states: str) -> Hearing:
    found = Hearing.objects.values_list("application_id", flat=True).get(pk=hearing_id)
    application = locked_application(found, *states)
    hearing = Hearing.objects.select_for_update().get(pk=hearing_id)
    hearing.application = application
    return hearing


def _require(message: str, blockers: list[Blocker]) -> None:
    if blockers:
        raise GuardFailed(message, blockers=blockers)


def _emit(what: str, hearing: Hearing, by: User | None, on: date, **facts: Any) -> None:
    """On the application, so that its own history tells it."""
    events.emit(
        f"application.hearing_{what}", hearing.application, by=by, on=on.isoformat(), hearing=hearing.pk, **facts
    )
