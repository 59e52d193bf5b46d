"""Telling people: one line per person and event, however often the event is delivered."""

from __future__ import annotations

from collections.abc import Iterable

from approvals.accounts.models import User
from approvals.models import Event, Message, Project


def tell(people: Iterable[User], text: str, *, event: Event, project: Project | None) -> None:
    rows = [Message(recipient=person, project=project, event=event, text=text) for person in people]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
