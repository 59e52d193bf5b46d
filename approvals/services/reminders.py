"""Reminding: every person once for every stage of everything that falls due. See ``selectors.reminders``."""

from __future__ import annotations

import logging
from datetime import date

from django.db import transaction

from approvals import events
from approvals.models import Event, Reminder
from approvals.selectors.reminders import IN_WORKING_DAYS, OVERDUE, Due, everything_due
from approvals.services.messages import tell

log = logging.getLogger(__name__)


def remind(*, on: date) -> int:
    """Tell what has not been told yet. Returns how many reminders went out. Running it twice is running it once.

    Each stage is one transaction of its own: one that fails keeps nobody else waiting, and comes again next time.
    """
    sent = 0
    for due in everything_due(on):
        for stage in due.reached(on):
            try:
                sent += _remind(due, stage, on=on)
            except Exception:
                log.exception("no reminder of %s %s", due.kind, due.key)
    return sent


@transaction.atomic
def _remind(due: Due, stage: str, *, on: date) -> int:
    """Under the project's lock, so that two schedulers tell nobody twice."""
    type(due.project).objects.select_for_update().order_by().values_list("pk").get(pk=due.project.pk)
    period = {"subject": due.key, "kind": due.kind, "due_on": due.due_on, "stage": stage}
    told = set(Reminder.objects.filter(**period).values_list("person_id", flat=True))
    people = [person for person in due.people if person.pk not in told]
    if not people:
        return 0
    facts = {"kind_of_due": due.kind, "what": due.what, "due": due.due_on.isoformat(), "stage": stage}
    event: Event = events.emit(
        "reminder.sent", due.subject, by=None, project=due.project, on=on.isoformat(), people=len(people), **facts
    )
    for person in people:
        Reminder.objects.create(project=due.project, person=person, event=event, **period)
    tell(people, _text(due, stage, on), event=event, project=due.project)
    return len(people)


def _text(due: Due, stage: str, on: date) -> str:
    """Which reminder it is, what falls due, and how long that still is today: a missed one says so by itself."""
    left = (due.due_on - on).days
    when = f"还有{left}天" if left > 0 else "今天到期" if left == 0 else f"已超过{-left}天"
    return f"{_stage_words(due.kind, stage)}：{due.project}的{due.what}，{when}。"[:300]


def _stage_words(kind: str, stage: str) -> str:
    if stage == OVERDUE:
        return "逾期提醒"
    return f"提前{stage}个工作日提醒" if kind in IN_WORKING_DAYS else f"提前{stage}天提醒"
