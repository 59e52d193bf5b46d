"""A question about another law is answered by a worker, chunk by chunk; this only sets it going."""

from __future__ import annotations

from celery import current_app

from approvals import events
from approvals.models import Event

ADVANCE = "approvals.tasks.advance_impact"


@events.handles("rule_impact.requested")
def begin(event: Event) -> None:
    current_app.tasks[ADVANCE].delay_on_commit(event.subject_id)
