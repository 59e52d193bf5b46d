"""Unified services (政府统一服务): results that belong to a plot or a zone, and the projects that share them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet

from approvals.accounts.models import Organisation, Role, User
from approvals.accounts.roles import standing
from approvals.models import LandGrant, Matter, Plot, Project, RegionalAssessment
from approvals.rules.days import in_chinese
from approvals.rules.matters import MatterNeed
from approvals.selectors.projects import projects_visible_to

VALID, AHEAD, EXPIRED, OUTSIDE = "valid", "ahead", "expired", "outside"


@dataclass(frozen=True, slots=True)
class Shared:
    """One result. ``state``: valid, ahead or expired; ``days_left``: calendar days to the end of its validity.

    ``projects``: those on covered plots that the reader may see; ``others``: how many more there are.
    """

    result: RegionalAssessment
    state: str
    days_left: int
    plots: list[Plot]
    projects: list[Project]
    others: int


@dataclass(frozen=True, slots=True)
class Service:
    """One matter of the unified services with its results in an area; without any it is still to be done."""

    matter: Matter
    results: list[Shared]


@dataclass(frozen=True, slots=True)
class Inherited:
    """A result as one project sees it. ``state``: valid, ahead, expired, or outside (its plot is not covered)."""

    result: RegionalAssessment
    state: str
    days_left: int

    @property
    def is_used(self) -> bool:
        return self.state == VALID


def areas_visible_to(user: User, *, on: date) -> QuerySet[Organisation]:
    """The areas whose land carries a project that the reader may see, and the projects' own; an administrator's own."""
    projects = projects_visible_to(user, on=on).order_by()
    plots = LandGrant.objects.filter(project__in=projects.values("pk")).values("plot__organisation")
    seen = Q(pk__in=projects.values("organisation")) | Q(pk__in=plots)
    return Organisation.objects.filter(seen | Q(pk__in=administered_areas(user, on=on).values("pk")))


def administered_areas(user: User, *, on: date) -> QuerySet[Organisation]:
    """The areas with land of their own (counties, zones, parks) that the person administers, by place in the tree."""
    within = Q(pk__in=())
    for holding in standing(user, on).holdings:
        if holding.role == Role.ADMINISTRATOR:
            within |= Q(path__startswith=holding.path)
    kinds = (Organisation.Kind.COUNTY, Organisation.Kind.ZONE, Organisation.Kind.PARK)
    areas = Organisation.objects.filter(within, kind__in=kinds, is_active=True)
    return areas.annotate(results=Count("assessments")).order_by("path")


def cited(needs: Iterable[MatterNeed], project: Project, *, on: date) -> tuple[MatterNeed, ...]:
    """What a regional result spares names it: number and end of its validity, so that the answer can be checked."""
    land = getattr(project, "land", None)
    results = {row.matter_code: row for row in land.plot.valid_assessments(on)} if land else {}
    return tuple(_cited(need, results.get(need.code)) for need in needs)


def _cited(need: MatterNeed, result: RegionalAssessment | None) -> MatterNeed:
    if result is None or need.status != "spared":
        return need
    cites = f"成果：{result.name}（{result.number}），有效期至{in_chinese(result.valid_until_on)}。"
    return replace(need, reason=f"{need.reason}{cites}")


def area_services(area: Organisation, user: User, *, on: date) -> list[Service]:
    """Every unified service of the catalogue in its order, with the results of the area."""
    results = list(
        RegionalAssessment.objects.filter(organisation=area).select_related("document").prefetch_related("plots")
    )
    plots = list(Plot.objects.filter(organisation=area))
    grants = list(LandGrant.objects.filter(plot__organisation=area).select_related("project", "plot"))
    visible = set(projects_visible_to(user, on=on).order_by().values_list("pk", flat=True))
    shared: dict[str, list[Shared]] = defaultdict(list)
    for result in results:
        shared[result.matter_code].append(_shared(result, plots, grants, visible, on))
    matters = Matter.objects.in_force(on).filter(recorded_by="assessment")
    return [Service(matter, shared[matter.code]) for matter in matters]


def inherited(project: Project, *, on: date) -> list[Inherited]:
    """The results of the area of the project's plot: what it uses, and what it cannot use and why."""
    land = getattr(project, "land", None)
    if land is None:
        return []
    rows = RegionalAssessment.objects.filter(organisation=land.plot.organisation).prefetch_related("plots")
    found = [
        Inherited(row, _state(row, on) if _covers(row, land.plot) else OUTSIDE, (row.valid_until_on - on).days)
        for row in rows
    ]
    used = {row.result.matter_code for row in found if row.is_used}
    # An old result says nothing where a newer one is in force.
    return [row for row in found if row.is_used or row.result.matter_code not in used]


def _shared(
    result: RegionalAssessment, plots: list[Plot], grants: Iterable[LandGrant], visible: set[int], on: date
) -> Shared:
    covered = [plot for plot in plots if _covers(result, plot)]
    ids = {plot.pk for plot in covered}
    sharing = [grant.project for grant in grants if grant.plot_id in ids]
    seen = [project for project in sharing if project.pk in visible]
    days_left = (result.valid_until_on - on).days
    return Shared(result, _state(result, on), days_left, covered, seen, len(sharing) - len(seen))


def _covers(result: RegionalAssessment, plot: Plot) -> bool:
    """As ``RegionalAssessmentQuerySet.valid_for``, over rows already read."""
    whole = result.covers_whole_area and result.organisation_id == plot.organisation_id
    return whole or any(own.pk == plot.pk for own in result.plots.all())


def _state(result: RegionalAssessment, on: date) -> str:
    if on < result.valid_from_on:
        return AHEAD
    return VALID if on <= result.valid_until_on else EXPIRED
