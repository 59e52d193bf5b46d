"""The outbox at work, and the sign of life that the health page looks for."""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import shared_task
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from approvals import events
from approvals.models import Delivery
from approvals.services import audit
from config import health
from documents import sweeping

log = logging.getLogger(__name__)

RETRY_AFTER = (10, 60, 300, 1800, 3600)  # seconds; the last repeats until someone mends the cause
GRACE = timedelta(seconds=20)  # a fresh delivery belongs to the task that was sent for it


@shared_task
def deliver(delivery_id: int) -> None:
    """Run one handler for one event, at least once. Handlers are idempotent and short."""
    try:
        with transaction.atomic():
            # SQLite has one writer at a time and no SKIP LOCKED; PostgreSQL lets the other workers pass by.
            skip = connection.features.has_select_for_update_skip_locked
            delivery = (
                Delivery.objects.select_for_update(skip_locked=skip, of=["self"] if skip else ())
                .select_related("event__project", "event__by")
                .filter(pk=delivery_id, done_at=None)
                .first()
            )
            if delivery is None:
                return  # done already, or in another worker's hands
            events.handler_for(delivery)(delivery.event)
            Delivery.objects.filter(pk=delivery.pk).update(done_at=timezone.now(), attempts=F("attempts") + 1)
    except Exception as exc:
        _failed(delivery_id, exc)
        raise  # into the error tracker; the sweep tries again


@shared_task
def sweep(limit: int = 500) -> int:
    """Deliver whatever is overdue: what a dead broker lost and what failed before. Returns how many were tried."""
    now = timezone.now()
    due = Q(retry_at__lte=now) | Q(retry_at=None, event__at__lte=now - GRACE)
    pending = list(Delivery.objects.filter(due, done_at=None).order_by("pk").values_list("pk", flat=True)[:limit])
    for delivery_id in pending:
        try:
            deliver(delivery_id)
        except Exception:
            log.exception("delivery %s failed again", delivery_id)
    return len(pending)


@shared_task
def seal() -> None:
    """Once a day, and again each hour for as long as it has not been done: sealing twice is sealing once."""
    audit.seal_events(on=timezone.localdate())


@shared_task
def sweep_files() -> int:
    """Delete what rolled-back transactions left in the storage."""
    return sweeping.sweep_files(at=timezone.now())


@shared_task
def heartbeat() -> None:
    health.record_heartbeat()


def _failed(delivery_id: int, exc: Exception) -> None:
    attempts = Delivery.objects.filter(pk=delivery_id).values_list("attempts", flat=True).first() or 0
    wait = RETRY_AFTER[min(attempts, len(RETRY_AFTER) - 1)]
    Delivery.objects.filter(pk=delivery_id).update(
        attempts=F("attempts") + 1, last_error=repr(exc)[:2000], retry_at=timezone.now() + timedelta(seconds=wait)
    )
