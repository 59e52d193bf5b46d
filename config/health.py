"""Is everything at work? One page for people, the proxy and ``script/serve``.

``/healthz`` answers 200 when a page can be served: database and cache. ``/healthz?full=1`` also wants a worker and a
scheduler that gave a sign of life within two periods. The sign is a task that beat sends and a worker runs, so it
proves the way from one to the other, not only that two processes exist.
"""

from __future__ import annotations

import time
from typing import Any

from celery import current_app, current_task
from celery.signals import beat_init
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from approvals.accounts.access import PUBLIC, open_to
from approvals.models import Delivery

HEARTBEAT = settings.CELERY_BEAT_SCHEDULE["heartbeat"]
PERIOD = float(str(HEARTBEAT["schedule"]))  # seconds
FROM_BEAT = "celery_beat_task"  # the header that beat puts on what it sends


@never_cache
@open_to(PUBLIC)
def healthz(request: HttpRequest) -> JsonResponse:
    full = request.GET.get("full") == "1"
    report: dict[str, Any] = {"database": _database(), "cache": _cache()}
    if "failed" not in report.values():
        report |= {"worker": _liveness("worker"), "beat": _liveness("beat"), "outbox": _outbox()}
    wanted = ("database", "cache", "worker", "beat") if full else ("database", "cache")
    well = all(report.get(part) == "ok" for part in wanted)
    return JsonResponse(report, status=200 if well else 503)


def record_heartbeat() -> None:
    """Note that a worker runs tasks, and that beat sends them where this one came from beat."""
    parts = ("worker", "beat") if current_task and getattr(current_task.request, FROM_BEAT, False) else ("worker",)
    for part in parts:
        cache.set(_key(part), time.time(), timeout=None)


def heartbeat_age(part: str) -> float | None:
    """Seconds since ``part`` ("worker" or "beat") last gave a sign of life; None if it never did."""
    seen = cache.get(_key(part))
    return None if seen is None else max(0.0, time.time() - seen)


def forget_heartbeats() -> None:
    cache.delete_many([_key("worker"), _key("beat")])


@beat_init.connect
def _greet(**_: Any) -> None:
    """Send the first heartbeat at once; the schedule's first one comes a period later."""
    current_app.send_task(HEARTBEAT["task"], queue="pulse", headers={FROM_BEAT: True})


def _key(part: str) -> str:
    return f"heartbeat:{part}"


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "failed"
    return "ok"


def _cache() -> str:
    """Only read: on SQLite a question about health must not queue up behind whoever writes."""
    try:
        cache.get("healthz")
        return "ok"
    except Exception:  # each cache has errors of its own, and none may hide the rest of the report
        return "failed"


def _liveness(part: str) -> str:
    age = heartbeat_age(part)
    if age is None:
        return "never seen"
    return "ok" if age < 2 * PERIOD else f"silent for {age:.0f} s"


def _outbox() -> dict[str, int]:
    """What is still to be delivered: how many, how many failed before, and how long the oldest has waited."""
    waiting = Delivery.objects.filter(done_at=None)
    oldest = waiting.order_by("event__at").values_list("event__at", flat=True).first()
    return {
        "waiting": waiting.count(),
        "failing": waiting.filter(attempts__gt=0).count(),
        "oldest_seconds": int((timezone.now() - oldest).total_seconds()) if oldest else 0,
    }
