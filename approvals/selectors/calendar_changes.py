"""What a drafted calendar would do: which limits move, which would be overdue, which letters carry the old date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from approvals.accounts.models import Organisation, Role, User
from approvals.accounts.roles import standing
from approvals.models import Application, CalendarChange, CalendarDay
from approvals.rules.clock import WorkingCalendar, add_working_days
from approvals.selectors.calendar import working_calendar
from approvals.selectors.letters import Letter, letters_naming, slips_naming
from approvals.selectors.limits import Limits, review_limit
from approvals.selectors.stale_limits import Calendars, Stale, stale_limits


@dataclass(frozen=True, slots=True)
class Moved:
    """One limit of an application that would end on another day. None: open, or not known."""

    application: Application
    label: str
    before: date | None
    after: date | None
    becomes_overdue: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """``moved``: limits of applications in hand; ``closed``: concluded applications whose record is corrected."""

    moved: list[Moved]
    letters: list[Letter]
    closed: int

    @property
    def overdue(self) -> list[Moved]:
        return [row for row in self.moved if row.becomes_overdue]

    @property
    def applications(self) -> int:
        return len({row.application.pk for row in self.moved})


def changes_kept_by(user: User, *, on: date) -> QuerySet[CalendarChange]:
    """The country's changes, and those of the areas that the person administers."""
    own = standing(user, on).within("organisation", Role.ADMINISTRATOR)
    rows = CalendarChange.objects.filter(Q(organisation=None) | own)
    return rows.select_related("organisation", "drafted_by", "applied_by")


def preview(change: CalendarChange, *, on: date) -> Preview:
    """Compare every stored due date with the one that the drafted calendar gives. Nothing is written."""
    calendars = _Drafted(change)
    stale = list(stale_limits(calendars))
    running = [row for row in stale if not row.application.is_concluded]
    moved = [line for row in running for line in _moved(row, on)] + list(_reviews(calendars, on))
    named = {row.application.pk: (row.stored, row.computed) for row in running}
    letters = [*letters_naming(named), *slips_naming(calendars.of)]
    return Preview(moved, letters, len(stale) - len(running))


def drafted_country(change: CalendarChange) -> WorkingCalendar:
    """The country's calendar as it would be: the year's days replaced by the drafted ones."""
    country = working_calendar()
    if change.organisation_id is not None:
        return country
    replaced = set(CalendarDay.objects.filter(edition__year=change.year).values_list("day", flat=True))
    kept = {day: works for day, works in country.days.items() if day not in replaced}
    drafted = {date.fromisoformat(row["day"]): row["works"] for row in change.days}
    return WorkingCalendar(kept | drafted, country.published_years | {change.year})


class _Drafted(Calendars):
    """The calendars of the departments with the change in them."""

    def __init__(self, change: CalendarChange) -> None:
        super().__init__(drafted_country(change))
        self._area: Organisation | None = change.organisation
        self._closed: Mapping[date, str] = (
            {date.fromisoformat(row["day"]): row["note"] for row in change.days} if self._area else {}
        )

    def of(self, office: Organisation) -> WorkingCalendar:
        found = super().of(office)
        if self._area is None or not office.path.startswith(self._area.path):
            return found
        if not self._closed.keys() <= found.closures.keys():
            found = self._known[office.pk] = replace(found, closures={**found.closures, **self._closed})
        return found


def _moved(row: Stale, on: date) -> Iterator[Moved]:
    for label, before, after in _pairs(row.stored, row.computed):
        if before != after:
            late = after is not None and after < on and not (before is not None and before < on)
            yield Moved(row.application, label, before, after, late)


def _pairs(stored: Limits, computed: Limits) -> tuple[tuple[str, date | None, date | None], ...]:
    return (
        (_("法定期限"), stored.statutory_on, computed.statutory_on),
        (_("承诺期限"), stored.promised_on, computed.promised_on),
        (_("内部期限"), stored.internal_on, computed.internal_on),
    )


def _reviews(calendars: Calendars, on: date) -> Iterator[Moved]:
    """The review of what was received has no stored copy: both days are computed."""
    today = Calendars()
    for application in _submitted():
        review = review_limit(application)
        if review is None:
            continue
        start, days = review.limit.start_on, review.limit.days
        before = add_working_days(start, days, today.of(application.department)).due_on
        after = add_working_days(start, days, calendars.of(application.department)).due_on
        if before != after:
            yield Moved(application, review.label, before, after, after < on <= before)


def _submitted() -> QuerySet[Application]:
    rows = Application.objects.filter(state=Application.State.SUBMITTED).exclude(received_on=None)
    return rows.select_related("matter", "department").order_by("pk")
