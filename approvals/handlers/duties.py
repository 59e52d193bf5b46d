"""Duties follow what was determined and granted, and go away with it."""

from __future__ import annotations

from approvals import events
from approvals.models import Application, Determination, Event
from approvals.papers.common import day_of
from approvals.rules.obligations import duties_after_determination, duties_after_matter
from approvals.services.obligations import drop_duties, impose_duties


@events.handles("determination.confirmed", prompt=True)
def impose_after_determination(event: Event) -> None:
    row = Determination.objects.get(pk=event.subject_id)
    if row.superseded_on is None:
        duties = duties_after_determination(row.kind, row.outcome, day_of(event))
        impose_duties(row.project_id, duties, source=f"determination:{row.kind}", on=day_of(event))


@events.handles("determination.superseded", prompt=True)
def drop_after_determination(event: Event) -> None:
    row = Determination.objects.get(pk=event.subject_id)
    drop_duties(row.project_id, source=f"determination:{row.kind}", on=day_of(event))


@events.handles("application.granted", "application.filed", prompt=True)
def impose_after_grant(event: Event) -> None:
    application = Application.objects.select_related("matter").get(pk=event.subject_id)
    if application.state == Application.State.GRANTED:
        duties = duties_after_matter(application.matter.code, day_of(event))
        source = f"matter:{application.matter.code}"
        impose_duties(application.project_id, duties, source=source, on=day_of(event), application=application)


@events.handles("application.annulled", "application.lapsed", prompt=True)
def drop_after_annulment(event: Event) -> None:
    application = Application.objects.select_related("matter").get(pk=event.subject_id)
    drop_duties(application.project_id, source=f"matter:{application.matter.code}", on=day_of(event))
