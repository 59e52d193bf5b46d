"""Until when a decision has to be in the applicant's hands, and which are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from approvals.models import Application, DecisionDelivery
from approvals.rules.clock import Due, WorkingCalendar, add_working_days
from approvals.rules.editions import edition_on
from approvals.selectors.calendar import calendar_for

State = Application.State
DECIDED = (State.GRANTED, State.REFUSED, State.DECLINED)


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """``delivery`` None: not recorded yet. ``due``: None where nothing was decided."""

    due: Due
    delivery: DecisionDelivery | None

    def is_overdue(self, on: date) -> bool:
        return self.delivery is None and on > self.due.due_on

    @property
    def was_late(self) -> bool:
        return self.delivery is not None and self.delivery.delivered_on > self.due.due_on


def delivery_due(application: Application, calendar: WorkingCalendar | None = None) -> Due | None:
    """Ten working days from the decision (《行政许可法》第四十四条)."""
    if application.state not in DECIDED or application.decided_on is None:
        return None
    days = edition_on("matters", application.decided_on).data["default_period"]["deliver"]
    return add_working_days(application.decided_on, days, calendar or calendar_for(application.department))


def delivery_state(application: Application, calendar: WorkingCalendar | None = None) -> DeliveryState | None:
    """Asks the application's prefetched ``deliveries`` where there are any."""
    due = delivery_due(application, calendar)
    if due is None:
        return None
    rows = [row for row in application.deliveries.all() if row.superseded_on is None]
    return DeliveryState(due, rows[0] if rows else None)


def undelivered(applications: QuerySet[Application]) -> list[Application]:
    """Decided and not delivered yet, the oldest decision first. A filing is complete with itself."""
    rows = applications.filter(state__in=DECIDED).exclude(route=Application.Route.FILING)
    found = rows.prefetch_related("deliveries").order_by("decided_on", "pk")
    return [row for row in found if not any(d.superseded_on is None for d in row.deliveries.all())]
