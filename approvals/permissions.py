"""May this person do that to this object? The services ask; a template asks the selectors what to show."""

from __future__ import annotations

from datetime import date

from approvals.accounts.models import Role, User
from approvals.accounts.roles import standing
from approvals.errors import NotYours
from approvals.models import Application, Project


def may_handle(user: User, project: Project, *, on: date) -> bool:
    """The project's own handler; before one is named, any handler of the area."""
    if project.handler_id is not None:
        return project.handler_id == user.pk and Role.HANDLER in standing(user, on).roles
    return _holds_over(user, project, Role.HANDLER, on=on)


def may_lead(user: User, project: Project, *, on: date) -> bool:
    return project.lead_official_id == user.pk and Role.LEAD in standing(user, on).roles


def may_act_for_enterprise(user: User, project: Project, *, on: date) -> bool:
    return bool(standing(user, on).enterprise_ids & _party_ids(project, on))


def may_sign_for_enterprise(user: User, project: Project, *, on: date) -> bool:
    """Signing is the enterprise's own act. A handler can never do it, whatever his mandate says."""
    return bool(standing(user, on).signing_enterprise_ids & _party_ids(project, on)) and not _works_on(user, project)


def may_approve_for_bureau(user: User, project: Project, *, on: date) -> bool:
    """Decide on the project's commitment: an approver of its approval bureau who does not handle or lead it."""
    in_bureau = project.approval_bureau_id in standing(user, on).organisation_ids(Role.APPROVER)
    return in_bureau and not _works_on(user, project)


def may_review(user: User, application: Application, *, on: date) -> bool:
    """Accept and decide: an approver of the department it was handed in to, never the project's handler."""
    in_department = application.department_id in standing(user, on).organisation_ids(Role.APPROVER)
    return in_department and not _works_on(user, application.project)


def may_decide(user: User, application: Application, *, on: date) -> bool:
    """Four eyes: whoever made the recommendation leaves the decision on it to a colleague."""
    recommendation = application.open_recommendation
    is_own = recommendation is not None and recommendation.made_by_id == user.pk
    return may_review(user, application, on=on) and not is_own


def may_extend(user: User, application: Application, *, on: date) -> bool:
    """Approve an extension: the head of the department; of a joint handling, the head of the government above it.

    Never who handles the case: whoever accepted it, its project's handler or its lead official.
    """
    office = application.department.government() if application.is_joint else application.department
    heads = office is not None and office.pk in standing(user, on).headed_ids
    return heads and user.pk != application.accepted_by_id and not _works_on(user, application.project)


def sees_internal(user: User, *, on: date) -> bool:
    """An office's own limits are its own business: everybody who holds an office, no enterprise."""
    return bool(standing(user, on).holdings)


def may_submit(user: User, application: Application, *, on: date) -> bool:
    """The enterprise itself, or its handler within the mandate. A commitment is always the enterprise's own."""
    project = application.project
    if may_act_for_enterprise(user, project, on=on):
        return True
    if application.route == Application.Route.COMMITMENT or not may_handle(user, project, on=on):
        return False
    mandates = project.mandates.filter(ended_on=None, handler=user)
    return any(mandate.covers(application.matter.code, on=on) for mandate in mandates)


def may_supervise(user: User, project: Project, *, on: date) -> bool:
    return _holds_over(user, project, Role.SUPERVISOR, on=on) and not _works_on(user, project)


def check(allowed: bool, message: str) -> None:
    """Raise ``NotYours`` unless allowed."""
    if not allowed:
        raise NotYours(message)


def _works_on(user: User, project: Project) -> bool:
    return user.pk in {project.handler_id, project.lead_official_id}


def _holds_over(user: User, project: Project, role: str, *, on: date) -> bool:
    return any(
        holding.role == role and project.organisation.path.startswith(holding.path)
        for holding in standing(user, on).holdings
    )


def _party_ids(project: Project, on: date) -> frozenset[int]:
    return frozenset(project.parties.held_on(on).values_list("enterprise_id", flat=True))
