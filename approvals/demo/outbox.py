"""Runs what the events of the demonstration owe, in this process: nobody has to wait for a worker.

Run inside the transaction that emitted the events, it also saves a commit per delivery.
"""

from __future__ import annotations

import logging

from django.db.models import QuerySet

from approvals import tasks
from approvals.models import Delivery

PAPERS = "approvals.handlers.documents."
ROUNDS = 5  # a reaction may itself emit events

log = logging.getLogger(__name__)


def deliver(*, documents: bool) -> int:
    """Run every open delivery; without ``documents`` the papers are left to the worker. Returns how many failed."""
    failed: set[int] = set()
    for _round in range(ROUNDS):
        pending = _open(documents=documents).exclude(pk__in=failed)
        if not (keys := list(pending.order_by("pk").values_list("pk", flat=True))):
            break
        failed |= {key for key in keys if not _delivered(key)}
    return len(failed)


def _open(*, documents: bool) -> QuerySet[Delivery]:
    owed = Delivery.objects.filter(done_at=None)
    return owed if documents else owed.exclude(handler__startswith=PAPERS)


def _delivered(key: int) -> bool:
    try:
        tasks.deliver(key)
    except Exception:  # the outbox keeps it with its error, and the sweep tries again
        log.warning("delivery %s failed", key, exc_info=True)
        return False
    return True
