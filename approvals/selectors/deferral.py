"""容缺受理: what a locality lets come later, and what is still owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from approvals.models import Application, DeferrableMaterial, Material
from approvals.rules.clock import add_working_days
from approvals.selectors.calendar import calendar_for

OWED = {"attachment": None, "on_paper": False, "not_needed": False}


@dataclass(frozen=True, slots=True)
class Deferrable:
    """``latest_on``: the last day that the locality allows, None where it sets none."""

    latest_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Owed:
    """What an accepted application still has to bring: how many materials, and the first day."""

    count: int
    due_on: date


def deferrable(application: Application, *, on: date) -> dict[str, Deferrable]:
    """Material name → its terms, by the list of the department or the nearest area above it that has one."""
    office = application.department
    paths = [office.path[:end] for end in range(office.steplen, len(office.path) + 1, office.steplen)]
    rows = DeferrableMaterial.objects.held_on(on).filter(
        matter_code=application.matter.code, organisation__path__in=paths
    )
    found: dict[str, Deferrable] = {}
    calendar = None
    for row in rows.order_by("organisation__depth", "from_on"):  # the nearest comes last and counts
        latest_on = None
        if row.within_working_days is not None:
            calendar = calendar or calendar_for(office)
            latest_on = add_working_days(on, row.within_working_days, calendar).due_on
        found[row.material] = Deferrable(latest_on, row.source)
    return found


def owed_by(applications: Iterable[int]) -> dict[int, Owed]:
    """For rows of a list: application id → what it still owes. One query."""
    rows = Material.objects.filter(application__in=applications, application__state=Application.State.ACCEPTED, **OWED)
    rows = rows.exclude(deferral_due_on=None)
    counted = rows.order_by().values("application").annotate(count=Count("pk"), due_on=Min("deferral_due_on"))
    return {row["application"]: Owed(row["count"], row["due_on"]) for row in counted}


def owed_materials(projects: Iterable[int]) -> list[Material]:
    """What the applicant promised and has not brought yet, the first day on top."""
    rows = Material.objects.filter(
        application__project__in=projects, application__state=Application.State.ACCEPTED, **OWED
    ).exclude(deferral_due_on=None)
    return list(rows.select_related("application__matter", "application__project").order_by("deferral_due_on", "pk"))


def deferrals_to_remind_of(*, on: date) -> list[int]:
    """Ids of materials whose promised day has passed and nobody was told of it."""
    rows = Material.objects.filter(
        application__state=Application.State.ACCEPTED, deferral_due_on__lt=on, deferral_lapse_told_on=None, **OWED
    )
    return list(rows.order_by("deferral_due_on", "pk").values_list("pk", flat=True))
