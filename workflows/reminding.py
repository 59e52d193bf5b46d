"""Reminding (催办) the person whose turn it is: once a day for a task, whoever asks."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events
from approvals.accounts.models import Appointment, Membership, Substitution, User
from approvals.accounts.roles import ROLE_PERMISSIONS
from approvals.errors import NotYours, WrongState
from approvals.models import Event, ProjectParty
from approvals.services.messages import tell
from workflows.inbox import all_visible, tasks_open_to
from workflows.models import OPEN, WorkItem


@transaction.atomic
def remind(task_id: int, *, by: User, on: date) -> WorkItem:
    """Send one line to whoever holds the task, or to all who may take it.

    Raises:
        NotYours: it is no task that this person sees, or it is his own turn.
        WrongState: it is done, or somebody was reminded of it today already.
    """
    item = WorkItem.objects.select_related("process").get(pk=task_id)
    with item.activation():
        if item.status not in OPEN:
            raise WrongState(_("该任务已被处理，请刷新页面"))
        if not all_visible(by, on=on).filter(pk=item.pk).exists():
            raise NotYours(_("没有这个任务"))
        if tasks_open_to(by, on=on).filter(pk=item.pk).exists():
            raise NotYours(_("轮到您本人办理，无须催办"))
        if _reminded(item, on):
            raise WrongState(_("今天已催办过"))
        event = events.emit("task.reminded", item, by=by, on=on.isoformat(), step=item.step)
    assert item.project is not None
    text = f"“{item.project}”的任务“{item.flow_task.task_title}”等待办理"
    text += f"，期限 {item.due_on}。" if item.due_on else "。"
    tell(_whose_turn(item, on), text, event=event, project=item.project)
    return item


def _reminded(item: WorkItem, on: date) -> bool:
    of_task = Event.objects.filter(subject_type="workitem", subject_id=item.pk, kind="task.reminded")
    return of_task.filter(facts__on=on.isoformat()).exists()


def _whose_turn(item: WorkItem, on: date) -> list[User]:
    """Its owner and who stands in for him; where nobody has it, the people of the department or of the enterprise."""
    if item.owner is not None:
        away = Substitution.objects.filter(absent=item.owner, from_on__lte=on, until_on__gte=on, ended_on=None)
        return [item.owner, *User.objects.filter(pk__in=away.values("substitute"))]
    if item.department is None:
        parties = ProjectParty.objects.held_on(on).filter(project=item.project_id).values("enterprise")
        pks = Membership.objects.held_on(on).filter(enterprise__in=parties).values("user")
    else:
        roles = [role for role, permissions in ROLE_PERMISSIONS.items() if item.owner_permission in permissions]
        pks = Appointment.objects.held_on(on).filter(organisation=item.department_id, role__in=roles).values("user")
    return list(User.objects.filter(pk__in=pks, is_active=True).order_by("pk"))
