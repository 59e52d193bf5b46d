"""Joint handling: start it, conclude it with one merged reply on one day, or go back to separate decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, NotYours, WrongState
from approvals.models import Application, JointHandling, Project
from approvals.services.clocks import store_limits
from approvals.services.decisions import grant_jointly
from approvals.services.locking import locked_project

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
    applications = _locked_applications(project, project.applications.filter(pk__in=application_ids))
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
    _mark(applications, is_joint=True)
    _emit("started", joint, applications, by, on)
    return joint


@transaction.atomic
def conclude_joint(joint_id: int, *, by: User, on: date, reply: str) -> JointHandling:
    """One merged reply: every application is granted on this day, on its own department's opinion.

    Raises:
        NotYours: ``by`` does not approve for the lead, or gave one of the opinions himself.
        GuardFailed: a department has not cleared its application; every one is named.
    """
    joint, applications = _running(joint_id, by, on)
    own = [a.matter.name for a in applications if (o := a.open_recommendation) and o.made_by_id == by.pk]
    if own:
        raise NotYours(_("“%(value)s”的意见是您本人提出的，须由另一名审批人员答复") % {"value": "、".join(own)})
    blockers = guards.joint_reply_blockers(applications, on=on)
    if not reply.strip():
        blockers.append(Blocker("reply-missing", _("请写明综合意见")))
    if blockers:
        raise GuardFailed(_("还不能作出综合答复"), blockers=blockers)
    opinions = [_opinion(application) for application in applications]
    joint.concluded_on, joint.concluded_by, joint.reply = on, by, reply.strip()
    joint.save()
    for application in applications:
        grant_jointly(application, by=by, on=on, joint_id=joint.pk)
    _emit("concluded", joint, applications, by, on, reply=joint.reply, opinions=opinions)
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
    joint.dissolved_on, joint.dissolved_because = on, reason.strip()
    joint.save()
    _mark([a for a in applications if a.state == Application.State.ACCEPTED], is_joint=False)
    _emit("dissolved", joint, applications, by, on, reason=joint.dissolved_because)
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
    return joint, _locked_applications(project, joint.applications.all())


def _locked_applications(project: Project, rows: Any) -> list[Application]:
    """By ascending id, like every lock."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    locked = Application.objects.select_for_update(of=["self"]).select_related("matter", "department")
    applications = list(locked.filter(pk__in=ids).order_by("pk"))
    for application in applications:
        application.project = project
    return applications


def _mark(applications: Sequence[Application], *, is_joint: bool) -> None:
    for application in applications:
        application.is_joint = is_joint
        application.save()
        store_limits(application)


def _opinion(application: Application) -> dict[str, str]:
    """As the reply states it: whose, of which day."""
    opinion = application.open_recommendation
    assert opinion is not None, "the joint gate asks for it"
    return {
        "code": application.matter.code,
        "application": str(application.pk),
        "department": application.department.name,
        "opinion": str(opinion.get_outcome_display()),
        "reason": opinion.reason,
        "on": opinion.made_on.isoformat(),
        "by": opinion.made_by.name,
    }


def _emit(
    what: str, joint: JointHandling, applications: Sequence[Application], by: User, on: date, **facts: Any
) -> None:
    names = [application.matter.name for application in applications]
    ids = [application.pk for application in applications]
    events.emit(f"joint.{what}", joint, by=by, on=on.isoformat(), matters=names, applications=ids, **facts)
