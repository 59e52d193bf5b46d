"""What happened to a project or an application, as sentences with who and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from approvals.events import ON_BEHALF_OF
from approvals.models import Application, Determination, Event, Project
from approvals.selectors.event_texts import sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One event. ``who`` is empty where the system itself acted."""

    sequence: int
    at: datetime
    who: str
    text: str
    kind: str


def events_of(project: Project) -> QuerySet[Event]:
    """Newest first."""
    return Event.objects.filter(project=project).select_related("by").order_by("-sequence")


def events_of_application(application: Application) -> QuerySet[Event]:
    return events_of(application.project).filter(subject_type="application", subject_id=application.pk)


def lines(events: Iterable[Event]) -> list[Line]:
    """The sentences of some events; three queries however many there are."""
    found = list(events)
    matters = _matters(found)
    headlines = _headlines(found)
    return [
        Line(
            sequence=event.sequence,
            at=event.at,
            who=_who(event),
            text=sentence(
                event.kind,
                event.facts,
                matter=matters.get(event.subject_id, "") if event.subject_type == "application" else "",
                headline=headlines.get(event.subject_id, "") if event.subject_type == "determination" else "",
            ),
            kind=event.kind,
        )
        for event in found
    ]


def _who(event: Event) -> str:
    """The person; where he stood in for another, both."""
    name = event.by.name if event.by else ""
    absent = event.facts.get(ON_BEHALF_OF)
    return _("%(who)s（代 %(absent)s）") % {"who": name, "absent": absent["name"]} if absent else name


def _subjects(events: list[Event], subject_type: str) -> set[int]:
    return {event.subject_id for event in events if event.subject_type == subject_type}


def _matters(events: list[Event]) -> dict[int, str]:
    ids = _subjects(events, "application")
    rows = Application.objects.filter(pk__in=ids).select_related("matter").order_by()
    return {row.pk: row.matter.label for row in rows}


def _headlines(events: list[Event]) -> dict[int, str]:
    rows = Determination.objects.filter(pk__in=_subjects(events, "determination")).select_related("override")
    return {row.pk: row.headline for row in rows}
