"""Runs what the events of the demonstration owe, in this process: nobody has to wait for a worker.

Run inside the transaction that emitted the events, it also saves a commit per delivery.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from approvals import events, tasks
from approvals.models import Delivery

PAPERS = "approvals.handlers.documents"  # and its siblings
# These bring the open tasks in line with the records as they are now. A project's whole past is loaded at once, so the
# newest event of a project or an application speaks for those before it.
FOLLOWERS = {
    "workflows.handlers.follow_project": "event__project_id",
    "workflows.handlers.follow_application": "event__subject_id",
}
ROUNDS = 5  # a reaction may itself emit events

log = logging.getLogger(__name__)


@contextmanager
def without_broker() -> Iterator[None]:
    """Events are emitted as ever, but nothing is sent to a worker: there need be none yet, nor a broker."""
    task = current_app.tasks[events.DELIVER]
    task.delay = lambda delivery_id: None
    try:
        yield
    finally:
        del task.delay  # the class's own method is there again


def deliver(*, documents: bool) -> int:
    """Run every open delivery; without ``documents`` the papers are left to the worker. Returns how many failed."""
    failed: set[int] = set()
    for _round in range(ROUNDS):
        _pass_over_followers()
        pending = _open(documents=documents).exclude(pk__in=failed)
        if not (keys := list(pending.order_by("pk").values_list("pk", flat=True))):
            break
        failed |= {key for key in keys if not _delivered(key)}
    return len(failed)


def _open(*, documents: bool) -> QuerySet[Delivery]:
    owed = Delivery.objects.filter(done_at=None)
    return owed if documents else owed.exclude(handler__startswith=PAPERS)


def _pass_over_followers() -> None:
    """Mark as done what a newer delivery of the same subject is going to do."""
    for handler, subject in FOLLOWERS.items():
        owed = Delivery.objects.filter(done_at=None, handler=handler)
        newest = owed.order_by().values(subject).annotate(newest=Max("pk")).values_list("newest", flat=True)
        owed.exclude(pk__in=list(newest)).update(done_at=timezone.now(), attempts=F("attempts") + 1)


def _delivered(key: int) -> bool:
    try:
        tasks.deliver(key)
    except Exception:  # the outbox keeps it with its error, and the sweep tries again
        log.warning("delivery %s failed", key, exc_info=True)
        return False
    return True
