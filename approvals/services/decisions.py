"""From acceptance to the decision: examine and recommend, review, grant or refuse. Two people for every permit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.guards.decisions import GRANT, REFUSE
from approvals.models import Application, Recommendation
from approvals.services.delivery import hand_over
from approvals.services.locking import application_for_review

State = Application.State
OWN_OPINION = "审查意见是您本人提出的，须由本部门另一名审批人员复核决定"


@transaction.atomic
def recommend(
    application_id: int, *, by: User, on: date, outcome: str, reason: str, result_number: str = ""
) -> Recommendation:
    """Examine an accepted application and recommend to grant or to refuse it, with reasons.

    Raises:
        NotYours: ``by`` does not review for the department.
        WrongState: it is not accepted, a recommendation waits for its review, or the matter needs none.
        GuardFailed: no reasons, or a grant is recommended though a prerequisite is open.
    """
    application = application_for_review(application_id, State.ACCEPTED, by=by, on=on)
    if not guards.needs_two_people(application):
        raise WrongState(_("该事项不需要复核，请直接办结"))
    if application.open_recommendation is not None:
        raise WrongState(_("审查意见已提出，等待复核，请刷新页面"))
    if blockers := guards.recommendation_blockers(application, outcome=outcome, reason=reason, on=on):
        raise GuardFailed(_("不能提出审查意见"), blockers=blockers)
    recommendation = Recommendation.objects.create(
        application=application,
        outcome=Recommendation.Outcome(outcome),
        reason=reason,
        result_number=result_number,
        made_on=on,
        made_by=by,
    )
    events.emit("application.recommended", application, by=by, on=on.isoformat(), outcome=outcome, reason=reason)
    return recommendation


@transaction.atomic
def return_to_examination(application_id: int, *, by: User, on: date, reason: str) -> Application:
    """The reviewer does not agree: back to the examination, with a reason. The clocks run on.

    Raises:
        NotYours: ``by`` does not review for the department, or made the recommendation himself.
        WrongState: no recommendation waits.
        GuardFailed: no reason.
    """
    application = application_for_review(application_id, State.ACCEPTED, by=by, on=on)
    recommendation = application.open_recommendation
    if recommendation is None:
        raise WrongState(_("没有等待复核的审查意见，请刷新页面"))
    permissions.check(permissions.may_decide(by, application, on=on), OWN_OPINION)
    if not reason.strip():
        raise GuardFailed(_("不能退回"), blockers=[Blocker("reason-missing", _("退回重新审查必须写明理由"))])
    _close(recommendation, by=by, on=on, agreed=False, note=reason)
    events.emit("application.returned", application, by=by, on=on.isoformat(), to="examination", reason=reason)
    return application


@transaction.atomic
def grant_application(
    application_id: int, *, by: User, on: date, reason: str = "", result_number: str = ""
) -> Application:
    """准予. Prerequisites must still hold on the day; a permit needs another person's recommendation to grant.

    Reason and number are those of the recommendation unless the reviewer states his own.

    Raises:
        NotYours: ``by`` does not review for the department, or recommended it himself.
        GuardFailed: a prerequisite is open, or nobody has recommended it.
    """
    application, recommendation = _decidable(application_id, GRANT, reason, by=by, on=on)
    application.grant(on=on, by=by, reason=reason or (recommendation.reason if recommendation else ""))
    application.result_number = result_number or (recommendation.result_number if recommendation else "")
    _decided(application, by=by, on=on, kind="application.granted", result_number=application.result_number)
    hand_over(application, by=by, on=on)
    return application


@transaction.atomic
def refuse_application(application_id: int, *, by: User, on: date, reason: str = "") -> Application:
    """不予许可. Reasons are not optional (《行政许可法》第三十八条); those of the recommendation count."""
    application, recommendation = _decidable(application_id, REFUSE, reason, by=by, on=on)
    application.refuse(on=on, by=by, reason=reason or (recommendation.reason if recommendation else ""))
    return _decided(application, by=by, on=on, kind="application.refused")


def decide_jointly(application: Application, *, by: User, on: date, joint_id: int) -> Application:
    """Decide as part of one merged reply, on the department's own opinion. The caller has asked the joint gate, and
    hands over what is granted once the reply has been given."""
    recommendation = application.open_recommendation
    assert recommendation is not None, "the joint gate asks for it"
    _close(recommendation, by=by, on=on, agreed=True, note="")
    if recommendation.outcome == REFUSE:
        application.refuse(on=on, by=by, reason=recommendation.reason)
        return _decided(application, by=by, on=on, kind="application.refused", joint=joint_id)
    application.grant(on=on, by=by, reason=recommendation.reason)
    application.result_number = number = recommendation.result_number
    return _decided(application, by=by, on=on, kind="application.granted", result_number=number, joint=joint_id)


def drop_recommendation(application: Application, *, on: date, note: str) -> None:
    """Nobody's agreement is asked any more: the application left the examination another way."""
    if recommendation := application.open_recommendation:
        _close(recommendation, by=None, on=on, agreed=None, note=note)


def _decidable(
    application_id: int, outcome: str, reason: str, *, by: User, on: date
) -> tuple[Application, Recommendation | None]:
    """The application, fit to be decided by this person in this way; its recommendation is agreed to."""
    application = application_for_review(application_id, State.ACCEPTED, by=by, on=on)
    permissions.check(permissions.may_decide(by, application, on=on), OWN_OPINION)
    recommendation = application.open_recommendation
    stated = reason or (recommendation.reason if recommendation else "")
    if blockers := guards.decision_blockers(application, outcome=outcome, reason=stated, on=on):
        raise GuardFailed(_("还不能作出决定"), blockers=blockers)
    if recommendation is not None:
        _close(recommendation, by=by, on=on, agreed=True, note="")
    return application, recommendation


def _close(recommendation: Recommendation, *, by: User | None, on: date, agreed: bool | None, note: str) -> None:
    recommendation.reviewed_on, recommendation.reviewed_by = on, by
    recommendation.agreed, recommendation.review_note = agreed, note
    recommendation.save()


def _decided(application: Application, *, by: User, on: date, kind: str, **facts: Any) -> Application:
    application.save()
    events.emit(kind, application, by=by, on=on.isoformat(), reason=application.reason, **facts)
    return application
