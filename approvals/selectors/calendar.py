"""The working-day calendar and the local parameters, as the database holds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from functools import lru_cache

from django.db.models import Count, Max, Q, QuerySet
from django.utils.dateparse import parse_time
from django.utils.translation import gettext as _

from approvals.accounts.models import Organisation
from approvals.errors import Blocker, GuardFailed
from approvals.models import CalendarEdition, LocalClosure, LocalParameter
from approvals.rules.clock import WorkingCalendar


def working_calendar() -> WorkingCalendar:
    """The country's calendar. One small query: the days themselves are read again only when an edition has changed."""
    editions = CalendarEdition.objects.order_by("pk").annotate(known=Count("days"), newest=Max("days__pk"))
    return _calendar_of(tuple(editions.values_list("pk", "revision", "known", "newest")))


@lru_cache(maxsize=4)
def _calendar_of(stamp: tuple[tuple[int, int, int, int | None], ...]) -> WorkingCalendar:
    """``stamp`` tells one state of the editions from another; it also keeps the tables that sums are looked up in."""
    rows = list(CalendarEdition.objects.values_list("year", "days__day", "days__is_working", "days__note"))
    days = [(day, works, note) for _year, day, works, note in rows if day is not None]
    return WorkingCalendar(
        days={day: works for day, works, _note in days},
        published_years=frozenset(year for year, *_day in rows),
        notes={day: note for day, _works, note in days if note},
    )


def calendar_for(office: Organisation, country: WorkingCalendar | None = None) -> WorkingCalendar:
    """The calendar of an office: the country's, and the days on which its area or an area above was closed."""
    country = country or working_calendar()
    closed = LocalClosure.objects.filter(organisation__path__in=_upwards(office)).values_list("day", "reason")
    return replace(country, closures=dict(closed)) if closed else country


def parameter(code: str, organisation: Organisation, *, on: date) -> str | None:
    """The value in force for an area: its own, or that of the nearest area above it."""
    found = (
        LocalParameter.objects.held_on(on)
        .filter(code=code, organisation__path__in=_upwards(organisation))
        .order_by("-organisation__depth", "-from_on")
        .first()
    )
    return found.value if found else None


class Numbers:
    """One parameter of every area, read once: for sums over thousands of applications."""

    def __init__(self, code: str) -> None:
        rows = LocalParameter.objects.filter(code=code).select_related("organisation")
        self._rows = sorted(rows, key=lambda row: (row.organisation.depth, row.from_on), reverse=True)

    def of(self, organisation: Organisation, *, on: date) -> int | None:
        """As ``whole_number``."""
        above = set(_upwards(organisation))
        held = (row for row in self._rows if row.applies(on) and row.organisation.path in above)
        found = next(held, None)
        return int(found.value) if found else None


def whole_number(code: str, organisation: Organisation, *, on: date) -> int | None:
    value = parameter(code, organisation, on=on)
    return int(value) if value is not None else None


def whole_numbers(code: str, organisation: Organisation, *, on: date) -> tuple[int, ...]:
    """A list such as ``30,7``, the largest first; empty where nothing is set."""
    value = parameter(code, organisation, on=on) or ""
    parts = [part.strip() for part in value.replace("，", ",").split(",")]
    return tuple(sorted({int(part) for part in parts if part}, reverse=True))


def required_number(code: str, organisation: Organisation, *, on: date) -> int:
    """Raises ``GuardFailed`` where the administrator has not set it: the system invents no official number."""
    value = whole_number(code, organisation, on=on)
    if value is None:
        label = LocalParameter.Code(code).label
        message = _("尚未设置本地参数“%(label)s”，请系统管理员在后台“本地参数”中填写") % {"label": label}
        raise GuardFailed(_("缺少本地参数"), blockers=[Blocker("parameter-missing", message)])
    return value


def published_years() -> QuerySet[CalendarEdition]:
    """The years whose calendar is in force, newest first, with ``holidays`` and ``make_up`` days counted."""
    return CalendarEdition.objects.annotate(
        holidays=Count("days", filter=Q(days__is_working=False)), make_up=Count("days", filter=Q(days__is_working=True))
    ).order_by("-year")


def closing_time(office: Organisation, *, on: date) -> time | None:
    """When the office stops receiving, where the locality has said so; None: only the date counts."""
    value = parameter(LocalParameter.Code.OFFICE_CLOSES_AT, office, on=on)
    return parse_time(value.strip()) if value else None


def _upwards(organisation: Organisation) -> list[str]:
    path, step = organisation.path, organisation.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]
