"""Where a project's first facts came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.models import Event, Project
from approvals.rules import vocabulary


@dataclass(frozen=True, slots=True)
class Origin:
    """The pre-check whose answers were carried over: labels of what was taken, and of what has no place here."""

    code: str
    answered_on: date
    carried: tuple[str, ...]
    left_out: tuple[str, ...]


def precheck_origin(project: Project) -> Origin | None:
    event = Event.objects.filter(project=project, kind="project.precheck_carried").order_by("sequence").last()
    if event is None:
        return None
    carried, left_out = (tuple(vocabulary.label(name) for name in event.facts[key]) for key in ("carried", "left_out"))
    return Origin(event.facts["code"], date.fromisoformat(event.facts["answered_on"]), carried, left_out)
