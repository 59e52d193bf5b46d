"""A project's dated evidence as the rules read it: what counts as commenced for whom, and the idle-land clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from approvals.models import Application, Evidence, LandDelay, Project
from approvals.rules import idle_land as rules
from approvals.rules.commencement import Proof, Reading, readings

PERMITS = ("R07", "C10", "X01")  # each of them is the construction permit


@dataclass(frozen=True, slots=True)
class IdleLand:
    clock: rules.IdleClock
    delays: tuple[LandDelay, ...]


def commencement_readings(project: Project, *, on: date) -> tuple[Reading, ...]:
    return derived(project.evidence.all(), permit_of(project), on, foundation_kind=foundation_kind(project))


def foundation_kind(project: Project) -> str:
    """How the plant is founded; "" while nobody has said so."""
    facts = getattr(project, "facts", None)
    return facts.foundation_kind if facts else ""


def derived(
    recorded: Iterable[Evidence], permit: Application | None, on: date, *, foundation_kind: str
) -> tuple[Reading, ...]:
    proofs = [Proof(row.kind, row.happened_on, row.percent) for row in recorded]
    return readings(proofs, permit_on=permit.decided_on if permit else None, today=on, foundation_kind=foundation_kind)


def permit_of(project: Project) -> Application | None:
    """The construction permit, whichever matter it was granted under."""
    granted = project.applications.filter(matter__code__in=PERMITS, state=Application.State.GRANTED)
    return granted.order_by("decided_on", "pk").first()


def idle_land(project: Project, *, on: date) -> IdleLand | None:
    """None until the sale contract agrees on a day to start."""
    land = getattr(project, "land", None)
    if land is None or land.agreed_start_on is None:
        return None
    delays = tuple(land.delays.select_related("recorded_by"))
    developed = next(row.on for row in commencement_readings(project, on=on) if row.code == "idle_land")
    spans = [rules.Delay(row.from_on, row.until_on) for row in delays]
    return IdleLand(rules.idle_clock(land.agreed_start_on, spans, developed_on=developed, today=on), delays)
