"""A calendar in force is carried through by a worker, batch by batch; this only sets it going."""

from __future__ import annotations

from celery import current_app

from approvals import events
from approvals.models import Event

ADVANCE = "approvals.tasks.advance_calendar"


@events.handles("calendar.applied", "calendar.corrections_asked")
def begin(event: Event) -> None:
    current_app.tasks[ADVANCE].delay_on_commit(event.subject_id)
