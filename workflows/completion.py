"""Doing a task: the act and the move to the next task are one transaction, or nothing happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS

from approvals import events
from approvals.accounts.models import User
from approvals.errors import NotYours, WrongState
from approvals.permissions import may_stand_over
from approvals.selectors.absences import running_absence
from workflows.inbox import colleagues, tasks_open_to
from workflows.models import OPEN, WorkItem

Act = Callable[[WorkItem], object]


@transaction.atomic
def complete_task(task_id: int, *, by: User, on: date, act: Act) -> WorkItem:
    """Let ``by`` do ``act`` and move the process on, or leave everything as it was.

    Lock order, always: process row, then domain rows (inside ``act``).

    Raises:
        WrongState: the task was done or taken back meanwhile, or another person holds it.
        NotYours: it is not in this person's inbox.
    """
    item = WorkItem.objects.select_related("process").get(pk=task_id)
    with item.activation() as activation:  # takes the flow lock, re-reads the task
        _check_open_to(item, by, on)
        if item.status == STATUS.NEW:
            activation.assign(by)
        activation.start(None)
        with events.on_behalf_of(item.owner if item.owner != by else None):
            act(item)
        # The hub must read what the act wrote, not what was read before the lock.
        activation.process = type(activation.process).objects.get(pk=activation.process.pk)
        activation.execute()
    return item


@transaction.atomic
def claim(task_id: int, *, by: User, on: date) -> WorkItem:
    """Take an unclaimed task. Of two who click at once one wins, the other is told who did."""
    item = WorkItem.objects.select_related("process").get(pk=task_id)
    with item.activation() as activation:
        _check_open_to(item, by, on)
        if item.owner_id == by.pk:
            return item
        _check_own(item, by)
        activation.assign(by)
    events.emit("task.claimed", item, by=by, on=on.isoformat(), step=item.step)
    return item


@transaction.atomic
def release(task_id: int, *, by: User, on: date) -> WorkItem:
    """Put one's own task back for the group; the head puts back that of a colleague who is away.

    A substitute may not do everything: what he recommended himself he does not decide. A third person does then.
    """
    item = WorkItem.objects.select_related("process").get(pk=task_id)
    with item.activation() as activation:
        if item.status not in OPEN or not may_release(item, by, on=on):
            raise WrongState(_("该任务已不在您名下，请刷新页面"))
        owner = item.owner
        activation.unassign()
    if owner is None or owner == by:
        events.emit("task.released", item, by=by, on=on.isoformat(), step=item.step)
    else:
        events.emit("task.taken_back", item, by=by, on=on.isoformat(), step=item.step, held_by=owner.name)
    return item


def may_release(item: WorkItem, by: User, *, on: date) -> bool:
    """His own, or that of a colleague who is away today and whose head he is."""
    if item.owner is None or item.owner == by:
        return item.owner == by
    return may_stand_over(by, item.owner, on=on) and running_absence(item.owner, on=on) is not None


@transaction.atomic
def transfer(task_id: int, *, by: User, on: date, to: User) -> WorkItem:
    """Hand one's own task over to a competent colleague."""
    item = WorkItem.objects.select_related("process", "department").get(pk=task_id)
    with item.activation() as activation:
        _check_open_to(item, by, on)
        _check_own(item, by)
        if to not in colleagues(item, on=on):
            raise NotYours(_("%(to)s 不能办理该任务") % {"to": to})
        if item.status == STATUS.NEW:
            activation.assign(to)
        else:
            activation.reassign(user=to)
    events.emit("task.transferred", item, by=by, on=on.isoformat(), step=item.step, to=to.name)
    return item


def _check_open_to(item: WorkItem, by: User, on: date) -> None:
    if item.status not in OPEN:
        raise WrongState(_("该任务已被处理，请刷新页面"))
    if tasks_open_to(by, on=on).filter(pk=item.pk).exists():
        return
    if item.owner is not None and item.owner != by:
        raise WrongState(_("该任务已由 %(owner)s 认领") % {"owner": item.owner})
    raise NotYours(_("该任务不在您的待办中"))


def _check_own(item: WorkItem, by: User) -> None:
    """A substitute does tasks; whose they are he leaves as it is."""
    if item.owner_id not in {None, by.pk}:
        raise WrongState(_("该任务已由 %(owner)s 认领") % {"owner": item.owner})
