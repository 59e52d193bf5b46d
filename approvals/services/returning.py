"""The ways back: withdraw, return to the acceptance review, reopen what was concluded, annul what was granted."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import GuardFailed, WrongState
from approvals.models import Annulment, Application, JointDeparture
from approvals.rules.annulment import annulment_grounds
from approvals.selectors.limits import review_due
from approvals.services.clocks import store_limits
from approvals.services.decisions import drop_recommendation
from approvals.services.joint_members import leave_joint
from approvals.services.locking import application_for_review, locked_application

State = Application.State
REOPENED = (State.REFUSED, State.DECLINED, State.WITHDRAWN, State.ANNULLED)
HEAD_ONLY = "只有该部门的负责人可以决定，且不得是本项目的代办员、领办领导"


@transaction.atomic
def withdraw_application(application_id: int, *, by: User, on: date, reason: str) -> Application:
    """The applicant takes it back before the decision."""
    application = locked_application(application_id, *Application.OPEN)
    permissions.check(permissions.may_submit(by, application, on=on), _("您不能撤回该办件"))
    application.withdraw(on=on, reason=reason)
    application.save()
    drop_recommendation(application, on=on, note="申请人撤回")
    leave_joint(application, by=by, on=on, cause=JointDeparture.Cause.WITHDRAWN, reason=reason or "申请人撤回")
    if application.paused_on:  # leaving ends what was still open
        store_limits(application)
    events.emit("application.withdrawn", application, by=by, on=on.isoformat(), reason=reason)
    return application


@transaction.atomic
def return_to_acceptance(application_id: int, *, by: User, on: date, reason: str) -> Application:
    """Back from the examination to the acceptance review, while the law still allows to tell what is missing.

    The acceptance notice is taken back, and the clock has not begun. Later than five working days after the receipt
    the acceptance stands (第三十二条).

    Raises:
        NotYours: ``by`` does not review for the department.
        GuardFailed: the period is over, or everything was told once before.
    """
    application = application_for_review(application_id, State.ACCEPTED, by=by, on=on)
    due = review_due(application)
    last_day = due.due_on if due else None
    if blockers := guards.review_return_blockers(application, review_due_on=last_day, reason=reason, on=on):
        raise GuardFailed(_("不能退回受理审查"), blockers=blockers)
    drop_recommendation(application, on=on, note="退回受理审查")
    application.return_to_review()
    application.save()
    leave_joint(application, by=by, on=on, cause=JointDeparture.Cause.RETURNED, reason=reason)
    events.emit("application.returned", application, by=by, on=on.isoformat(), to="acceptance", reason=reason)
    return application


@transaction.atomic
def reopen_application(application_id: int, *, by: User, on: date, reason: str) -> Application:
    """Handle a concluded application again, with new clocks: what was refused or annulled is decided anew, what was
    declined is reviewed anew. The head of the department says so, with a reason.

    Raises:
        NotYours: ``by`` does not head the department.
        WrongState: it is not concluded, or it was granted; a grant has to be annulled first.
        GuardFailed: no reason, withdrawn by the applicant, or a newer application for the matter exists.
    """
    application = _for_head(application_id, *REOPENED, by=by, on=on)
    if blockers := guards.reopening_blockers(application, reason=reason):
        raise GuardFailed(_("不能恢复办理"), blockers=blockers)
    before = application.state
    for followed in (application.deliveries, application.handovers):
        followed.filter(superseded_on=None).update(superseded_on=on)
    if before == State.DECLINED:
        application.reopen_review(on=on)
        application.save()
    else:
        application.reopen_decision(on=on)
        store_limits(application)
    events.emit("application.reopened", application, by=by, on=on.isoformat(), reason=reason, was=before)
    return application


@transaction.atomic
def annul_application(application_id: int, *, by: User, on: date, ground: str, reason: str) -> Annulment:
    """撤销 a permit that was granted, on a ground of 第六十九条. Its decision no longer counts.

    Raises:
        NotYours: ``by`` does not head the department.
        WrongState: it is not granted.
        GuardFailed: no permit, no ground of the law, or no reason.
    """
    application = _for_head(application_id, State.GRANTED, by=by, on=on)
    grounds = annulment_grounds(on)
    if blockers := guards.annulment_blockers(application, grounds, ground=ground, reason=reason):
        raise GuardFailed(_("不能撤销许可"), blockers=blockers)
    application.annul()
    application.save()
    annulment = Annulment.objects.create(
        application=application, ground=ground, reason=reason, annulled_on=on, annulled_by=by
    )
    events.emit(
        "application.annulled",
        application,
        by=by,
        on=on.isoformat(),
        annulment=annulment.pk,
        ground=grounds[ground].name,
        granted_on=application.decided_on.isoformat() if application.decided_on else "",
        result_number=application.result_number,
        reason=reason,
    )
    return annulment


def _for_head(application_id: int, *states: str, by: User, on: date) -> Application:
    """Standing first, then state: who may not overrule learns nothing of the state."""
    application = locked_application(application_id)
    permissions.check(permissions.may_overrule(by, application, on=on), HEAD_ONLY)
    if application.state not in states:
        raise WrongState(
            _("办件当前为“%(state)s”，该操作已不适用，请刷新页面") % {"state": application.get_state_display()}
        )
    return application
