"""Areas a project can land in, grouped by city for a select."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from approvals.accounts.models import Organisation, Role
from approvals.accounts.roles import Standing

Kind = Organisation.Kind
LANDING_PLACES = (Kind.COUNTY, Kind.ZONE, Kind.PARK)


def landing_areas(stand: Standing) -> QuerySet[Organisation]:
    """Counties, zones and parks: all of them for an enterprise, those of his own area for a handler at the counter."""
    areas = Organisation.objects.filter(kind__in=LANDING_PLACES, is_active=True).order_by("path")
    if stand.enterprise_ids:
        return areas
    own = Q(pk__in=())
    for holding in stand.holdings:
        if holding.role == Role.HANDLER:
            own |= Q(path__startswith=holding.path)
    return areas.filter(own)


def grouped(areas: Iterable[Organisation]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Choices by city. Three queries at most, however many areas there are."""
    found = list(areas)
    above = {row.path: row for row in Organisation.objects.filter(path__in=_paths_above(found))}
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for area in found:
        line = [above[path] for path in _ancestors(area) if path in above]
        city = next((row.name for row in line if row.kind == Kind.CITY), line[0].name if line else "")
        counties = [row.name for row in line if row.kind == Kind.COUNTY]
        groups[city].append((area.pk, " · ".join([*counties, area.name])))
    return list(groups.items())


def _paths_above(areas: Iterable[Organisation]) -> set[str]:
    return {path for area in areas for path in _ancestors(area)}


def _ancestors(area: Organisation) -> list[str]:
    return [area.path[:end] for end in range(area.steplen, len(area.path), area.steplen)]
