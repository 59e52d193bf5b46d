"""A person's messages. Those of projects he may no longer see do not exist for him."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from approvals.accounts.models import User
from approvals.models import Message
from approvals.selectors.projects import projects_visible_to


def messages_of(user: User, *, on: date) -> QuerySet[Message]:
    """Newest first."""
    visible = projects_visible_to(user, on=on).order_by().values("pk")
    mine = Message.objects.filter(Q(project__in=visible) | Q(project=None), recipient=user)
    return mine.select_related("project").order_by("-pk")


def unread_count(user: User, *, on: date) -> int:
    return messages_of(user, on=on).filter(read_at=None).count()
