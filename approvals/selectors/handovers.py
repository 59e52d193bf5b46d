"""Which department supervises what was granted, and what has been handed over to whom."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from approvals.accounts.models import Organisation, Role, User
from approvals.accounts.roles import standing
from approvals.models import Application, Handover, Matter
from approvals.rules.matters import catalogue

TAKES_OVER = (Role.APPROVER, Role.SUPERVISOR)


def supervising_kind(matter: Matter, on: date) -> str:
    """The kind of department that keeps the supervision (谁主管谁监管); "" where none is named."""
    if matter.supervising_department:
        return matter.supervising_department
    try:
        rule = catalogue.matters_on(on).matters.get(matter.code)
    except LookupError:
        return ""
    return str(rule.entry["supervising_kind"]) if rule else ""


def supervising_department(application: Application, on: date) -> Organisation | None:
    """The nearest department of that kind, from the project's area upwards."""
    kind = supervising_kind(application.matter, on)
    areas = application.project.organisation.upwards() if kind else []
    return next((found for area in areas if (found := area.own_department(kind))), None)


def handovers_visible_to(user: User, *, on: date) -> QuerySet[Handover]:
    """What was handed over to one's own department, what waits for its acknowledgement first."""
    departments = standing(user, on).organisation_ids(*TAKES_OVER)
    rows = Handover.objects.filter(department__in=departments)
    related = rows.select_related("application__matter", "application__project", "department", "acknowledged_by")
    return related.order_by("acknowledged_on", "-handed_on", "-pk")
