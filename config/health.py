"""Signs of life."""

from __future__ import annotations

from django.core.cache import cache
from django.utils import timezone


def record_heartbeat() -> None:
    cache.set("heartbeat", timezone.now(), timeout=None)
