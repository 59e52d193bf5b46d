"""Reading a message is the reader's own note; it is no event of the case."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from approvals.models import Message


def mark_read(messages: QuerySet[Message], *, at: datetime) -> int:
    """Note when messages were read, once. Returns how many were unread."""
    return messages.order_by().filter(read_at=None).update(read_at=at)
