"""Consultations of an application, and the departments that can be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from approvals import permissions
from approvals.accounts.models import Organisation, User
from approvals.models import Application, Consultation
from approvals.rules.clock import clock_law


@dataclass(frozen=True, slots=True)
class Consulting:
    """What the page of an application shows. ``excluded_by``: the law that leaves the time out; "" is the rule."""

    rows: list[Consultation]
    may_ask: bool
    excluded_by: str


def consulting(application: Application, user: User, *, on: date) -> Consulting:
    """The consultations of an application, and whether this person may ask for more."""
    is_accepted = application.state == Application.State.ACCEPTED
    may_ask = is_accepted and permissions.may_review(user, application, on=on)
    return replace(consultations_of(application, on=on), may_ask=may_ask)


def consultations_of(application: Application, *, on: date) -> Consulting:
    """The consultations of an application, to be read."""
    rows = list(application.consultations.select_related("asked", "asked_by", "answered_by"))
    for row in rows:
        row.application = application
    ground = clock_law(on).grounds(application.matter.code).get("consultation")
    return Consulting(rows, may_ask=False, excluded_by=ground.basis if ground else "")


def departments_to_ask(application: Application) -> QuerySet[Organisation]:
    """The departments of the project's area and of those above it, without the one that decides."""
    areas = [area.pk for area in application.project.organisation.upwards()]
    paths = list(Organisation.objects.filter(pk__in=areas).values_list("path", flat=True))
    step = Organisation.steplen
    near = Organisation.objects.filter(kind=Organisation.Kind.DEPARTMENT, is_active=True)
    children = [row.pk for row in near.only("pk", "path") if row.path[:-step] in paths]
    return near.filter(pk__in=children).exclude(pk=application.department_id).order_by("path")
