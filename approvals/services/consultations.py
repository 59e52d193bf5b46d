"""Asking another department, its answer, and taking the question back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import Organisation, User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import Application, Consultation, LocalParameter
from approvals.rules.clock import add_working_days, clock_law
from approvals.selectors.calendar import calendar_for, required_number, whole_number
from approvals.selectors.consultations import departments_to_ask
from approvals.services.clocks import end_pause, open_pause
from approvals.services.locking import application_for_review, locked_application

GROUND = "consultation"  # only where the matter's own law leaves it out
DAYS = LocalParameter.Code.CONSULTATION_WORKING_DAYS


@transaction.atomic
def ask_department(application_id: int, *, by: User, on: date, asked: Organisation, question: str) -> Consultation:
    """Ask for an opinion. The clock runs on, unless the matter's own law leaves the time of consulting out.

    Raises:
        NotYours: ``by`` does not review the application.
        GuardFailed: no question, a department that cannot be asked, or one that has not answered yet.
    """
    application = application_for_review(application_id, Application.State.ACCEPTED, by=by, on=on)
    if blockers := _blockers(application, asked, question):
        raise GuardFailed(_("没有发出征求意见"), blockers=blockers)
    days = whole_number(DAYS, asked, on=on)
    due = add_working_days(on, days, calendar_for(asked)) if days is not None else None
    consultation = Consultation.objects.create(
        application=application,
        asked=asked,
        question=question.strip(),
        asked_on=on,
        asked_by=by,
        due_on=due.due_on if due else None,
        due_is_provisional=bool(due and due.provisional),
    )
    stops = _stop_where_the_law_says_so(application, asked, by, on)
    _emit("asked", consultation, by, on, department=asked.name, due=_iso(consultation.due_on), stops_clock=stops)
    return consultation


@transaction.atomic
def answer_consultation(consultation_id: int, *, by: User, on: date, opinion: str, answer: str) -> Consultation:
    """The asked department answers in its own name.

    Raises:
        NotYours: ``by`` is no approver of the asked department, or works on the project.
        WrongState: it was answered, taken back, or the application has been decided.
        GuardFailed: conditions or an objection without a word.
    """
    consultation = _locked(consultation_id)
    permissions.check(permissions.may_answer(by, consultation, on=on), _("该征求意见不是发给您的部门"))
    if not consultation.is_open:
        raise WrongState(_("该征求意见已回复、已撤回或办件已办结，请刷新页面"))
    if opinion != Consultation.Opinion.AGREE and not answer.strip():
        raise GuardFailed(
            _("没有回复"), blockers=[Blocker("answer-missing", _("提出条件或者不同意的，须写明内容和依据"))]
        )
    consultation.opinion, consultation.answer = Consultation.Opinion(opinion), answer.strip()
    consultation.answered_on, consultation.answered_by = on, by
    consultation.save()
    _emit("answered", consultation, by, on, department=consultation.asked.name, opinion=opinion)
    _restart_after_the_last(consultation.application, by, on)
    return consultation


@transaction.atomic
def withdraw_consultation(consultation_id: int, *, by: User, on: date) -> Consultation:
    """The asking department no longer needs the answer."""
    consultation = _locked(consultation_id)
    allowed = permissions.may_review(by, consultation.application, on=on)
    permissions.check(allowed, _("只有发出征求意见的部门可以撤回"))
    if not consultation.is_open:
        raise WrongState(_("该征求意见已回复、已撤回或办件已办结，请刷新页面"))
    consultation.withdrawn_on = on
    consultation.save()
    _emit("withdrawn", consultation, by, on, department=consultation.asked.name)
    _restart_after_the_last(consultation.application, by, on)
    return consultation


def _blockers(application: Application, asked: Organisation, question: str) -> list[Blocker]:
    found = []
    if not question.strip():
        found.append(Blocker("question-missing", _("请写明需要征求意见的内容")))
    if asked not in departments_to_ask(application):
        found.append(
            Blocker(
                "department-unsuitable", _("“%(asked)s”不是本区域及上级的部门，或就是审批部门自己") % {"asked": asked}
            )
        )
    if any(row.asked_id == asked.pk and row.is_open for row in application.consultations.all()):
        found.append(Blocker("consultation-open", _("“%(asked)s”尚未回复上一次征求意见") % {"asked": asked}))
    return found


def _stop_where_the_law_says_so(application: Application, asked: Organisation, by: User, on: date) -> bool:
    """Consulting is no ground of 第四十五条. Where a matter's own law leaves it out, the notice says how long."""
    ground = clock_law(on).grounds(application.matter.code).get(GROUND)
    if ground is None or application.pauses.filter(closed_on=None).exists():
        return False
    days = required_number(DAYS, asked, on=on)  # the notice has to name a time, and none is invented
    reason = f"征求{asked.name}意见（{ground.basis}）"
    open_pause(application.pk, by=by, on=on, ground=GROUND, reason=reason, told_days=days)
    return True


def _restart_after_the_last(application: Application, by: User, on: date) -> None:
    pause = application.pauses.select_for_update().filter(closed_on=None, ground=GROUND).first()
    waiting = any(row.is_open for row in application.consultations.select_related("application"))
    if pause is not None and not waiting:
        end_pause(application, pause, by=by, on=on, outcome="被征求意见的部门均已回复")


def _locked(consultation_id: int) -> Consultation:
    found = Consultation.objects.values_list("application_id", flat=True).get(pk=consultation_id)
    application = locked_application(found)
    consultation = Consultation.objects.select_for_update().get(pk=consultation_id)
    consultation.application = application
    return consultation


def _emit(what: str, consultation: Consultation, by: User, on: date, **facts: Any) -> None:
    """On the application, so that its own history tells it."""
    kind = f"application.consultation_{what}"
    events.emit(kind, consultation.application, by=by, on=on.isoformat(), consultation=consultation.pk, **facts)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
