"""Proof that no event was changed, removed or reordered: the chain of a project is walked and computed again.

A chain cannot show by itself that its last links are gone. Three records beside it can: its head, the daily seals over
all heads, and the stage that the project is in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from approvals import events
from approvals.models import AuditRoot, ChainHead, Event, Project

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


@dataclass(frozen=True, slots=True)
class BrokenSeal:
    """A daily seal that the record does not bear out."""

    on: date
    problem: str

    def __str__(self) -> str:
        return f"seal of {self.on}: {self.problem}"


def verify_chain(project: Project | None) -> list[Fault]:
    """Every fault of one project's events (None: of the events without a project), in order."""
    return list(_walk(project)) or list(_head(project)) or list(_ending(project))


def verify_seals() -> list[BrokenSeal]:
    """Every seal that was changed or is missing, and every event that a seal names and that is not there any more."""
    return list(_seals())


def _seals() -> Iterator[BrokenSeal]:
    expected, previous = 1, events.GENESIS
    for root in AuditRoot.objects.order_by("sequence").iterator():
        if root.sequence != expected or root.previous_hash != previous:
            yield BrokenSeal(root.on, "it does not follow the seal before it")
        if events.root_digest(root) != root.hash:
            yield BrokenSeal(root.on, "its content is not what was recorded")
        yield from _unborne(root)
        expected, previous = root.sequence + 1, root.hash


def _unborne(root: AuditRoot) -> Iterator[BrokenSeal]:
    stated = {(project_id, sequence): digest for project_id, sequence, digest in root.heads}
    places = Event.objects.filter(sequence__in={sequence for _project, sequence in stated})
    found = {
        (project_id, sequence): digest
        for project_id, sequence, digest in places.values_list("project_id", "sequence", "hash")
    }
    for (project_id, sequence), digest in stated.items():
        if found.get((project_id, sequence)) != digest:
            chain = f"project {project_id}" if project_id else "events without a project"
            yield BrokenSeal(root.on, f"{chain}, sequence {sequence} is not there as it was sealed")


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


def _head(project: Project | None) -> Iterator[Fault]:
    """The chain goes on to where its head says."""
    project_id = project.pk if project else None
    last = Event.objects.filter(project=project).order_by("sequence").last()
    head = ChainHead.objects.filter(project=project).first()
    told = (head.sequence, head.hash) if head else (0, events.GENESIS)
    found = (last.sequence, last.hash) if last else (0, events.GENESIS)
    if told != found:
        yield Fault(project_id, found[0] + 1, None, f"the events end with {found[0]}, the chain went on to {told[0]}")


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
