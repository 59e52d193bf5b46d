"""What is still to be followed after decisions of a project or of an area: validity, delivery, hand-over, duties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from approvals.accounts.models import User
from approvals.guards import validity_of
from approvals.guards.validity import Validity
from approvals.models import Application, Evidence, Handover, Obligation, Project
from approvals.rules.clock import WorkingCalendar
from approvals.selectors.applications import applications_visible_to
from approvals.selectors.calendar import working_calendar
from approvals.selectors.delivery import DeliveryState, delivery_state
from approvals.selectors.projects import projects_visible_to

State = Application.State
SOON_DAYS = 90  # calendar days; what lapses later is not shown to supervisors yet


@dataclass(frozen=True, slots=True)
class Followed:
    """One decided application with what is still open of it."""

    application: Application
    delivery: DeliveryState | None
    handover: Handover | None
    validity: Validity | None

    def waits_for_delivery(self) -> bool:
        is_filing = self.application.route == Application.Route.FILING
        return self.delivery is not None and self.delivery.delivery is None and not is_filing


@dataclass(frozen=True, slots=True)
class AreaFollowUp:
    """What a supervisor looks at: the most pressing first."""

    lapsing: list[Followed]
    undelivered: list[Followed]
    unacknowledged: list[Handover]
    obligations: list[Obligation]


def followed_of(project: Project, user: User, *, on: date) -> list[Followed]:
    """Every decided application of a project that the reader may see, the latest decision first."""
    rows = _decided(applications_visible_to(user, on=on).filter(project=project))
    return _followed(rows.order_by("-decided_on", "pk"), working_calendar())


def obligations_of(project: Project) -> list[Obligation]:
    """Open ones first, those with a day on top."""
    rows = project.obligations.filter(dropped_on=None).select_related("application__matter", "evidence", "fulfilled_by")
    return sorted(rows, key=lambda row: (not row.is_open, row.due_on is None, row.due_on or date.max, row.pk))


def open_obligations(projects: Iterable[Project]) -> QuerySet[Obligation]:
    """For the enterprise's own page: what it still has to do, over all its projects."""
    rows = Obligation.objects.filter(project__in=list(projects), fulfilled_on=None, dropped_on=None)
    return rows.select_related("project", "application__matter").order_by("due_on", "project", "pk")


def area_follow_up(user: User, *, on: date) -> AreaFollowUp:
    """Over everything that a supervisor or lead official may see. A constant number of queries."""
    projects = projects_visible_to(user, on=on).order_by().values("pk")
    rows = _decided(Application.objects.filter(project__in=projects)).order_by("decided_on", "pk")
    followed = _followed(rows, working_calendar())
    handed = Handover.objects.filter(application__in=rows.values("pk"), acknowledged_on=None, superseded_on=None)
    open_ones = Obligation.objects.filter(project__in=projects, fulfilled_on=None, dropped_on=None, due_on__lt=on)
    return AreaFollowUp(
        lapsing=sorted((row for row in followed if _is_lapsing(row, on)), key=lambda row: row.validity.lapses_on),  # type: ignore[union-attr]
        undelivered=[row for row in followed if row.waits_for_delivery()],
        unacknowledged=list(
            handed.filter(application__state=State.GRANTED)
            .select_related("application__matter", "application__project", "department")
            .order_by("handed_on", "pk")
        ),
        obligations=list(open_ones.select_related("project").order_by("due_on", "pk")),
    )


def _decided(rows: QuerySet[Application]) -> QuerySet[Application]:
    related = rows.filter(Q(state=State.GRANTED) | Q(state=State.REFUSED) | Q(state=State.DECLINED))
    return related.select_related("matter", "project", "department").prefetch_related(
        "deliveries",
        "validity_extensions",
        Prefetch("handovers", Handover.objects.select_related("department", "acknowledged_by")),
        Prefetch("project__evidence", Evidence.objects.order_by("pk")),
    )


def _followed(rows: Iterable[Application], calendar: WorkingCalendar) -> list[Followed]:
    return [Followed(row, delivery_state(row, calendar), _handover(row), validity_of(row)) for row in rows]


def _handover(application: Application) -> Handover | None:
    rows = application.handovers.all() if application.state == State.GRANTED else ()
    return next((row for row in rows if row.superseded_on is None), None)


def _is_lapsing(row: Followed, on: date) -> bool:
    """Lapsed, or soon to: and construction has not begun."""
    if row.validity is None or row.validity.started_on is not None:
        return False
    return row.validity.lapses_on <= on + timedelta(days=SOON_DAYS)
