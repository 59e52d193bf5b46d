"""Which projects a person may see. What he may not see does not exist for him."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from approvals.accounts.models import Role, User
from approvals.accounts.roles import standing
from approvals.models import Application, Consultation, Handover, Override, Project


def projects_visible_to(user: User, *, on: date) -> QuerySet[Project]:
    """Every list, page and export starts here; there is no other ``Project.objects`` in a view.

    Handlers, lead officials and supervisors see their area; approvers what their department decides on, reviews or is
    asked about; enterprise people the projects their enterprise is a party to today.
    """
    projects = Project.objects.select_related("organisation", "approval_bureau", "handler", "lead_official")
    return projects.filter(pk__in=_visible_ids(user, on)).order_by("-pk")


def _visible_ids(user: User, on: date) -> QuerySet:
    stand = standing(user, on)
    in_area = stand.within("organisation", Role.HANDLER, Role.LEAD, Role.SUPERVISOR)
    departments = stand.organisation_ids(Role.APPROVER)
    seen = in_area | Q(approval_bureau__in=departments)
    if departments:
        seen |= Q(pk__in=Application.objects.filter(department__in=departments).values("project"))
        seen |= Q(pk__in=Consultation.objects.filter(asked__in=departments).values("application__project"))
        seen |= Q(pk__in=Override.objects.filter(department__in=departments).values("project"))
    if supervising := stand.organisation_ids(Role.APPROVER, Role.SUPERVISOR):
        handed = Handover.objects.filter(department__in=supervising)
        seen |= Q(pk__in=handed.values("application__project"))
    if stand.enterprise_ids:
        held = Q(parties__until_on=None) | Q(parties__until_on__gte=on)
        mine = Project.objects.filter(held, parties__enterprise__in=stand.enterprise_ids, parties__from_on__lte=on)
        seen |= Q(pk__in=mine.values("pk"))
    return Project.objects.filter(seen).order_by().values("pk")
