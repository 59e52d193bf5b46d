"""Joint handling: start it, conclude it with one merged reply on one day, or go back to separate decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, NotYours, WrongState
from approvals.models import Application, JointDeparture, JointHandling, Project
from approvals.services.decisions import decide_jointly
from approvals.services.delivery import hand_over
from approvals.services.joint_members import depart, dissolve, emit, locked_applications, locked_members, mark
from approvals.services.locking import locked_project

Outcome = JointHandling.Outcome

LEAD_ONLY = "只有审批机关（牵头部门）的审批人员可以办理，且不得是本项目的代办员、领办领导"


@transaction.atomic
def start_joint(project_id: int, *, by: User, on: date, application_ids: Sequence[int]) -> JointHandling:
    """Handle accepted applications of several departments together. The lead is the project's approval bureau.

    Raises:
        NotYours: ``by`` does not approve for the bureau.
        WrongState: a joint handling of the project is running.
        GuardFailed: fewer than two departments, or an application that cannot join; every one is named.
    """
    project = _for_lead(project_id, by, on)
    if project.joint_handlings.filter(concluded_on=None, dissolved_on=None).exists():
        raise WrongState(_("本项目已有正在进行的联合办理，请刷新页面"))
    applications = locked_applications(project, project.applications.filter(pk__in=application_ids))
    if blockers := guards.joint_start_blockers(applications):
        raise GuardFailed(_("不能启动联合办理"), blockers=blockers)
    joint = JointHandling.objects.create(
        project=project,
        lead=project.approval_bureau,
        started_on=on,
        started_by=by,
        counts_from_on=min(application.accepted_on or on for application in applications),
    )
    joint.applications.set(applications)
    mark(applications, is_joint=True)
    emit("started", joint, applications, by, on)
    return joint


@transaction.atomic
def conclude_joint(joint_id: int, *, by: User, on: date, reply: str, outcome: str = Outcome.GRANTED) -> JointHandling:
    """One merged reply: every application is decided on this day, on its own department's opinion.

    Args:
        outcome: ``REFUSED`` where a department is against; the others are granted all the same. Said beside the
            opinions, so that nobody refuses unawares.

    Raises:
        NotYours: ``by`` does not approve for the lead, or gave one of the opinions himself.
        GuardFailed: a department has not said its word, or ``outcome`` is not what they say; every one is named.
    """
    joint, applications = _running(joint_id, by, on)
    for blocker in guards.own_opinion_blockers(applications, by.pk):
        raise NotYours(blocker.message)
    blockers = guards.joint_reply_blockers(applications, on=on) + guards.joint_outcome_blockers(applications, outcome)
    if not reply.strip():
        blockers.append(Blocker("reply-missing", _("请写明综合意见")))
    if blockers:
        raise GuardFailed(_("还不能作出综合答复"), blockers=blockers)
    opinions = [_opinion(application) for application in applications]
    joint.concluded_on, joint.concluded_by = on, by
    joint.outcome, joint.reply = Outcome(outcome), reply.strip()
    joint.save()
    for application in applications:
        decide_jointly(application, by=by, on=on, joint_id=joint.pk)
    emit("concluded", joint, applications, by, on, reply=joint.reply, opinions=opinions, outcome=joint.outcome)
    for application in applications:
        if application.state == Application.State.GRANTED:
            hand_over(application, by=by, on=on)  # behind the reply, whose number its sheet names
    return joint


@transaction.atomic
def take_out(joint_id: int, *, by: User, on: date, application_id: int, reason: str) -> JointHandling:
    """The lead takes one application out; its own department decides on it alone, the others go on together.

    Raises:
        NotYours: ``by`` does not approve for the lead.
        WrongState: it is not handled in it any more.
        GuardFailed: no reason, or fewer than two departments would be left.
    """
    joint, applications = _running(joint_id, by, on)
    leaving = next((a for a in applications if a.pk == application_id), None)
    if leaving is None:
        raise WrongState(_("该办件已不在联合办理中，请刷新页面"))
    if blockers := guards.joint_leaving_blockers(applications, leaving, reason=reason):
        raise GuardFailed(_("不能移出"), blockers=blockers)
    depart(joint, leaving, by=by, on=on, cause=JointDeparture.Cause.TAKEN_OUT, reason=reason.strip())
    return joint


@transaction.atomic
def dissolve_joint(joint_id: int, *, by: User, on: date, reason: str) -> JointHandling:
    """Back to separate decisions; the limits are again those of each matter.

    Raises:
        GuardFailed: no reason.
    """
    joint, applications = _running(joint_id, by, on)
    if not reason.strip():
        raise GuardFailed(_("不能终止联合办理"), blockers=[Blocker("reason-missing", _("请写明终止的原因"))])
    dissolve(joint, applications, by=by, on=on, reason=reason.strip())
    return joint


def _for_lead(project_id: int, by: User, on: date) -> Project:
    project = locked_project(project_id, *Project.OPEN_STAGES)
    permissions.check(permissions.may_approve_for_bureau(by, project, on=on), LEAD_ONLY)
    return project


def _running(joint_id: int, by: User, on: date) -> tuple[JointHandling, list[Application]]:
    found = JointHandling.objects.values_list("project_id", flat=True).get(pk=joint_id)
    project = _for_lead(found, by, on)
    joint = JointHandling.objects.select_for_update().get(pk=joint_id)
    if not joint.is_running:
        raise WrongState(_("该联合办理已答复或已终止，请刷新页面"))
    joint.project = project
    return joint, locked_members(joint)


def _opinion(application: Application) -> dict[str, str]:
    """As the reply states it: whose, of which day."""
    opinion = application.open_recommendation
    assert opinion is not None, "the joint gate asks for it"
    return {
        "code": application.matter.code,
        "application": str(application.pk),
        "department": application.department.name,
        "outcome": opinion.outcome,
        "opinion": str(opinion.get_outcome_display()),
        "reason": opinion.reason,
        "on": opinion.made_on.isoformat(),
        "by": opinion.made_by.name,
    }
