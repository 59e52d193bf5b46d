"""Who is away and who stands in for him."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from approvals.accounts.models import Substitution, User


def absences_of(user: User) -> QuerySet[Substitution]:
    """His own, the latest first: what is over, what runs and what is planned."""
    return user.absences.select_related("substitute")


def running_absence(user: User, *, on: date) -> Substitution | None:
    return absences_of(user).filter(from_on__lte=on, until_on__gte=on, ended_on=None).first()


def stood_in_for(user: User, *, on: date) -> list[Substitution]:
    """Whose tasks he does today."""
    running = user.substitutions.filter(from_on__lte=on, until_on__gte=on, ended_on=None)
    return list(running.select_related("absent").order_by("until_on", "pk"))
