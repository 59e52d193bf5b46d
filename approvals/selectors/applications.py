"""Applications as people may see them, and the departments they are handed in to."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from approvals.accounts.models import Organisation, Role, User
from approvals.accounts.roles import standing
from approvals.models import Application, Consultation, Handover, Matter, Project
from approvals.selectors.projects import projects_visible_to


def applications_visible_to(user: User, *, on: date) -> QuerySet[Application]:
    """Every list, page and file of an application starts here.

    An approver outside the project's own bureau sees only what was handed in or over to his department or asked of it.
    """
    applications = Application.objects.select_related("project", "matter", "department", "applicant")
    visible = applications.filter(project__in=projects_visible_to(user, on=on).order_by().values("pk"))
    stand = standing(user, on)
    if stand.roles == {Role.APPROVER} and not stand.enterprise_ids:
        departments = stand.organisation_ids(Role.APPROVER)
        handed = Handover.objects.filter(department__in=departments)
        own = Q(department__in=departments) | Q(project__approval_bureau__in=departments)
        asked = Consultation.objects.filter(asked__in=departments).values("application")
        visible = visible.filter(own | Q(pk__in=handed.values("application")) | Q(pk__in=asked))
    return visible.order_by("pk")


def department_for(project: Project, matter: Matter, *, level: str = "") -> Organisation | None:
    """The nearest department of the matter's kind, from the project's area upwards; ``level`` names a higher area.

    ``level`` is an organisation kind such as ``province``: the energy review of a large project goes there.
    """
    for area in project.organisation.upwards():
        if level and area.kind != level:
            continue
        for kind in (matter.department, Organisation.Department.APPROVAL_BUREAU):
            if found := area.own_department(kind):
                return found
    return None
