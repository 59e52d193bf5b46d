"""Who is away and who stands in for him."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from approvals.accounts.models import Appointment, Role, Substitution, User
from approvals.accounts.roles import standing

ROLES = frozenset({Role.HANDLER, Role.LEAD, Role.APPROVER})  # whose tasks a colleague can do


def people_under(user: User, *, on: date) -> QuerySet[User]:
    """For whom he may name a substitute: those with tasks in what he heads, or in the area that he administers."""
    stand = standing(user, on)
    places = Q(organisation__in=stand.headed_ids)
    for holding in stand.holdings:
        if holding.role == Role.ADMINISTRATOR:
            places |= Q(organisation__path__startswith=holding.path)
    held = Appointment.objects.held_on(on).filter(places, role__in=ROLES)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=user.pk).order_by("name", "pk")


def absences_seen_by(user: User, *, on: date) -> QuerySet[Substitution]:
    """His own and those of the people under him, the latest first: what is over, what runs and what is planned."""
    found = Q(absent=user) | Q(absent__in=people_under(user, on=on).order_by().values("pk"))
    return Substitution.objects.filter(found).select_related("absent", "substitute", "named_by", "ended_by")


def running_absence(user: User, *, on: date) -> Substitution | None:
    running = user.absences.filter(from_on__lte=on, until_on__gte=on, ended_on=None)
    return running.select_related("substitute", "named_by").first()


def stood_in_for(user: User, *, on: date) -> list[Substitution]:
    """Whose tasks he does today."""
    running = user.substitutions.filter(from_on__lte=on, until_on__gte=on, ended_on=None)
    return list(running.select_related("absent").order_by("until_on", "pk"))
