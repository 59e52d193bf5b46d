"""Proof that no event was changed, removed or reordered: the chain of a project is walked and computed again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from approvals import events
from approvals.models import Event, Project

# What an event says of the stage that the project is in afterwards.
STAGE_AFTER = {
    "project.registered": Project.Stage.INTAKE,
    "project.intake_accepted": Project.Stage.SIGNING,
    "project.suspended": Project.Stage.SUSPENDED,
    "project.terminated": Project.Stage.TERMINATED,
    "project.commenced": Project.Stage.COMMENCED,
}
STAGE_NAMED = {"project.stage_left": "entered", "project.resumed": "stage"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the record is broken. ``event_id`` is None where the row itself is gone."""

    project_id: int | None
    sequence: int
    event_id: int | None
    problem: str

    def __str__(self) -> str:
        chain = f"project {self.project_id}" if self.project_id else "events without a project"
        row = f", event {self.event_id}" if self.event_id else ""
        return f"{chain}, sequence {self.sequence}{row}: {self.problem}"


def verify_chain(project: Project | None) -> list[Fault]:
    """Every fault of one project's events (None: of the events without a project), in order.

    A chain alone cannot show that its last links are gone, so the stage that the events tell of is held against the
    project's own.
    """
    return list(_walk(project)) or list(_ending(project))


def _walk(project: Project | None) -> Iterator[Fault]:
    """Follow the links. After a gap the walk goes on from the next row, so that each fault is named once."""
    project_id = project.pk if project else None
    expected, previous = 1, events.GENESIS
    for event in Event.objects.filter(project=project).order_by("sequence").iterator():
        place = (project_id, event.sequence, event.pk)
        if event.sequence != expected:
            for sequence in range(expected, event.sequence):
                yield Fault(project_id, sequence, None, "the event is missing")
        elif event.previous_hash != previous:
            yield Fault(*place, "it does not follow the event before it")
        if events.digest(event) != event.hash:
            yield Fault(*place, f"its content is not what was recorded ({event.kind})")
        expected, previous = event.sequence + 1, event.hash


def _ending(project: Project | None) -> Iterator[Fault]:
    if project is None:
        return
    told, last = None, None
    for event in Event.objects.filter(project=project).order_by("sequence").iterator():
        told, last = _stage_told(event) or told, event
    if told != project.stage:
        sequence = last.sequence + 1 if last else 1
        yield Fault(project.pk, sequence, None, f"the events end in stage {told}, the project is in {project.stage}")


def _stage_told(event: Event) -> str | None:
    if name := STAGE_NAMED.get(event.kind):
        stage: str = event.facts[name]
        return stage
    return STAGE_AFTER.get(event.kind)
