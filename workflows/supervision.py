"""What is late and what soon will be, counted in one query each, every number with the rows behind it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from approvals.accounts.models import User
from approvals.selectors.projects import projects_visible_to
from approvals.selectors.steps import STEPS
from workflows.inbox import open_items
from workflows.models import Shelved, WorkItem

ENTERPRISE, UNCLAIMED = "enterprise", "unclaimed"


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


def by_department(items: QuerySet[WorkItem], *, on: date, soon_until: date) -> list[dict[str, Any]]:
    """Whose turn it is: a department, or the enterprise itself where there is none."""
    rows = _counted(items, "department", "department__name", on, soon_until)
    return [row | {"key": row["key"] or ENTERPRISE, "name": row["name"] or _("企业")} for row in rows]


def by_handler(items: QuerySet[WorkItem], *, on: date, soon_until: date) -> list[dict[str, Any]]:
    rows = _counted(items, "owner", "owner__name", on, soon_until)
    return [row | {"key": row["key"] or UNCLAIMED, "name": row["name"] or _("待认领")} for row in rows]


def by_area(items: QuerySet[WorkItem], *, on: date, soon_until: date) -> list[dict[str, Any]]:
    return _counted(items, "project__organisation", "project__organisation__name", on, soon_until)


def by_step(items: QuerySet[WorkItem], *, on: date, soon_until: date) -> list[dict[str, Any]]:
    rows = _counted(items, "step", "step", on, soon_until)
    return [row | {"name": STEPS[row["key"]].title} for row in rows]


def drilled(items: QuerySet[WorkItem], *, by: str, key: str) -> QuerySet[WorkItem]:
    """The rows behind one line of a breakdown. A key that no line has leaves nothing."""
    if by == "step":
        return items.filter(step=key)
    field = {"department": "department", "handler": "owner", "area": "project__organisation"}[by]
    if key in {ENTERPRISE, UNCLAIMED}:
        return items.filter(**{f"{field}__isnull": True})
    return items.filter(**{field: int(key)}) if key.isdecimal() else items.none()


def with_shelf(items: QuerySet[WorkItem], *, on: date) -> QuerySet[WorkItem]:
    """Adds ``is_shelved``: its person has put it aside for now. The clock runs on, and here it stays in its place."""
    aside = Shelved.objects.filter(
        process=OuterRef("process"), step=OuterRef("step"), user=OuterRef("owner"), until_on__gt=on
    )
    return items.annotate(is_shelved=Exists(aside))


def _counted(items: QuerySet[WorkItem], key: str, name: str, on: date, soon_until: date) -> list[dict[str, Any]]:
    """Lines with ``key``, ``name`` and three counts: the most overdue first, then what is due soon."""
    rows = items.order_by().values(key=F(key), name=F(name))
    counted = rows.annotate(
        open=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=on)),
        soon=Count("pk", filter=Q(due_on__gte=on, due_on__lte=soon_until)),
    )
    return list(counted.order_by("-overdue", "-soon", "-open", "name"))
