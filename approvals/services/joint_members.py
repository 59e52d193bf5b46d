"""Who is in a joint handling: joining, leaving while the others go on, and what happens when too few are left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from approvals import events, guards
from approvals.accounts.models import User
from approvals.models import Application, JointDeparture, JointHandling, Project
from approvals.services.clocks import store_limits


def leave_joint(application: Application, *, by: User, on: date, cause: str, reason: str) -> None:
    """An application that is handled alone from now on, whatever its joint handling does. No-op for the others.

    Where fewer than two departments are left, the joint handling ends with it. The caller has locked the project and
    has already moved the application.
    """
    if not application.is_joint:
        return
    joint = JointHandling.objects.select_for_update(of=["self"]).get(
        applications=application, concluded_on=None, dissolved_on=None
    )
    joint.project = application.project
    members = locked_members(joint)
    alone = not guards.goes_on_together(members, application)
    depart(joint, application, by=by, on=on, cause=cause, reason=reason)
    if alone:
        rest = [member for member in members if member.pk != application.pk]
        dissolve(joint, rest, by=by, on=on, reason=f"“{application.matter.name}”退出后不足两个部门")


def depart(joint: JointHandling, leaving: Application, *, by: User, on: date, cause: str, reason: str) -> None:
    """Out, with its own limits again. The one clock of the others does not move: nobody gains time by it."""
    joint.applications.remove(leaving)
    JointDeparture.objects.create(
        joint=joint,
        application=leaving,
        cause=JointDeparture.Cause(cause),
        reason=reason[:300],
        left_on=on,
        left_by=by,
    )
    mark([leaving], is_joint=False)
    emit("left", joint, [leaving], by, on, cause=cause, reason=reason)


def dissolve(joint: JointHandling, applications: Sequence[Application], *, by: User, on: date, reason: str) -> None:
    """Back to separate decisions."""
    joint.dissolved_on, joint.dissolved_because = on, reason[:300]
    joint.save()
    mark([a for a in applications if a.state == Application.State.ACCEPTED], is_joint=False)
    emit("dissolved", joint, applications, by, on, reason=joint.dissolved_because)


def locked_members(joint: JointHandling) -> list[Application]:
    return locked_applications(joint.project, joint.applications.all())


def locked_applications(project: Project, rows: Any) -> list[Application]:
    """By ascending id, like every lock."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    locked = Application.objects.select_for_update(of=["self"]).select_related("matter", "department")
    applications = list(locked.filter(pk__in=ids).order_by("pk"))
    for application in applications:
        application.project = project
    return applications


def mark(applications: Sequence[Application], *, is_joint: bool) -> None:
    """In or out, with the limits that hold then."""
    for application in applications:
        application.is_joint = is_joint
        application.save()
        store_limits(application)


def emit(
    what: str, joint: JointHandling, applications: Sequence[Application], by: User, on: date, **facts: Any
) -> None:
    names = [application.matter.name for application in applications]
    ids = [application.pk for application in applications]
    events.emit(f"joint.{what}", joint, by=by, on=on.isoformat(), matters=names, applications=ids, **facts)
