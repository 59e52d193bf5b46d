"""What is late and what soon will be, counted in one query each, every number with the rows behind it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from approvals.accounts.models import User
from approvals.selectors.projects import projects_visible_to
from approvals.selectors.steps import STEPS
from workflows.inbox import open_items
from workflows.models import WorkItem


def supervised_items(user: User, *, on: date) -> QuerySet[WorkItem]:
    """Every open task of the area a supervisor answers for."""
    return open_items().filter(project__in=projects_visible_to(user, on=on).order_by().values("pk"))


def narrowed(items: QuerySet[WorkItem], *, on: date, soon_until: date, light: str) -> QuerySet[WorkItem]:
    """Only the overdue, the due soon, or those without a limit."""
    return {
        "overdue": items.filter(due_on__lt=on),
        "soon": items.filter(due_on__gte=on, due_on__lte=soon_until),
        "unlimited": items.filter(due_on=None),
    }.get(light, items)


def totals(items: QuerySet[WorkItem], *, on: date, soon_until: date) -> dict[str, int]:
    counted: dict[str, int] = items.order_by().aggregate(
        open=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=on)),
        soon=Count("pk", filter=Q(due_on__gte=on, due_on__lte=soon_until)),
        unlimited=Count("pk", filter=Q(due_on=None)),
        projects=Count("project", distinct=True),
    )
    return counted


def by_area(items: QuerySet[WorkItem], *, on: date, soon_until: date) -> list[dict[str, Any]]:
    rows = items.order_by().values(area=F("project__organisation"), name=F("project__organisation__name"))
    return list(_counted(rows, on, soon_until).order_by("-overdue", "-soon", "name"))


def by_step(items: QuerySet[WorkItem], *, on: date, soon_until: date) -> list[dict[str, Any]]:
    rows = _counted(items.order_by().values("step"), on, soon_until).order_by("-overdue", "-soon", "step")
    return [row | {"name": STEPS[row["step"]].title} for row in rows]


def by_department(items: QuerySet[WorkItem], *, on: date, soon_until: date) -> list[dict[str, Any]]:
    """Whose turn it is: a department, or the enterprise itself where there is none."""
    rows = items.order_by().values("department", name=F("department__name"))
    return list(_counted(rows, on, soon_until).order_by("-overdue", "-soon", "name"))


def _counted(rows: QuerySet, on: date, soon_until: date) -> QuerySet:
    return rows.annotate(
        open=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=on)),
        soon=Count("pk", filter=Q(due_on__gte=on, due_on__lte=soon_until)),
    )
