"""Bring-forward (到时提醒我): a task leaves its person's own list until a day or an event, and comes back by itself.

Nothing wakes it: whether it is on the shelf today is computed from dates and records whenever a list is shown. What is
due soon, or overdue, is never on the shelf.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from approvals import events
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, NotYours
from approvals.models import Application, Matter
from workflows.inbox import mine
from workflows.models import Shelved, WorkItem

LONGEST = timedelta(days=180)  # a task nobody wants to see for longer than that wants another remedy


def on_the_shelf(user: User, *, on: date, soon_until: date) -> Q:
    """Which of a person's rows he has put aside and need not see today."""
    awaited = Application.objects.filter(
        project=OuterRef(OuterRef("project")), matter__code=OuterRef("awaits"), state=Application.State.GRANTED
    )
    aside = Shelved.objects.filter(
        ~Exists(awaited), user=user, process=OuterRef("process"), step=OuterRef("step"), until_on__gt=on
    )
    return Q(Exists(aside)) & (Q(due_on=None) | Q(due_on__gt=soon_until))


def with_shelf(items: QuerySet[WorkItem], user: User) -> QuerySet[WorkItem]:
    """Adds ``shelved_until`` and ``shelved_awaits`` of the rows put aside."""
    own = Shelved.objects.filter(user=user, process=OuterRef("process"), step=OuterRef("step"))
    return items.annotate(shelved_until=own.values("until_on")[:1], shelved_note=own.values("note")[:1])


@transaction.atomic
def shelve(
    task_id: int, *, by: User, on: date, soon_until: date, until_on: date, awaits: str = "", note: str = ""
) -> None:
    """Put one's own task aside until ``until_on``, or until matter ``awaits`` of the project is granted.

    Raises:
        NotYours: it is not assigned to this person.
        GuardFailed: the day is not ahead or too far, the task is due by then, or there is no such matter.
    """
    item = mine(by, on=on).filter(owner=by, pk=task_id).first()
    if item is None:
        raise NotYours(_("只能搁置您名下的任务"))
    if blockers := shelving_blockers(item, on=on, soon_until=soon_until, until_on=until_on, awaits=awaits):
        raise GuardFailed(_("不能这样搁置"), blockers=blockers)
    Shelved.objects.update_or_create(
        user=by,
        process_id=item.process_id,
        step=item.step,
        defaults={"until_on": until_on, "awaits": awaits, "note": note},
    )
    until = until_on.isoformat()
    events.emit("task.shelved", item, by=by, on=on.isoformat(), step=item.step, until_on=until, awaits=awaits)


@transaction.atomic
def unshelve(task_id: int, *, by: User, on: date) -> None:
    """Take it back before its day."""
    item = mine(by, on=on).filter(pk=task_id).first()
    if item is None:
        raise NotYours(_("该任务不在您名下"))
    removed, _rows = Shelved.objects.filter(user=by, process=item.process_id, step=item.step).delete()
    if removed:
        events.emit("task.unshelved", item, by=by, on=on.isoformat(), step=item.step)


def open_matters(item: WorkItem) -> QuerySet[Matter]:
    """What a task can wait for: the project's matters that are not concluded yet."""
    closed = (Application.State.GRANTED, Application.State.REFUSED, Application.State.WITHDRAWN)
    waiting = Application.objects.filter(project=item.project_id).exclude(state__in=closed)
    return Matter.objects.filter(pk__in=waiting.exclude(pk=item.application_id).values("matter")).order_by("code")


def shelving_blockers(item: WorkItem, *, on: date, soon_until: date, until_on: date, awaits: str) -> list[Blocker]:
    found = []
    if not on < until_on <= on + LONGEST:
        found.append(Blocker("day", _("提醒日期须在明天至 %(LONGEST)s 之间") % {"LONGEST": on + LONGEST}))
    if item.due_on is not None and item.due_on <= soon_until:
        found.append(Blocker("due-soon", _("任务已逾期或即将到期，不能搁置")))
    if awaits and not Matter.objects.in_force(on).filter(code=awaits).exists():
        found.append(Blocker("no-such-matter", _("没有这个事项")))
    return found
