"""May this person do that to this object? The services ask; a template asks the selectors what to show."""

from __future__ import annotations

from datetime import date

from approvals.accounts.models import Organisation, Role, User
from approvals.accounts.roles import standing
from approvals.errors import NotYours
from approvals.events import ON_BEHALF_OF
from approvals.models import Application, Consultation, Event, Handover, Override, Project, Verification
from approvals.selectors.absences import people_under


def may_handle(user: User, project: Project, *, on: date) -> bool:
    """The project's own handler, or who stands in for him today; before one is named, any handler of the area."""
    if project.handler_id is None:
        return _holds_over(user, project, Role.HANDLER, on=on)
    if project.handler_id == user.pk:
        return Role.HANDLER in standing(user, on).roles
    return project.lead_official_id != user.pk and _stands_in(user, project.handler_id, project, Role.HANDLER, on=on)


def may_lead(user: User, project: Project, *, on: date) -> bool:
    """Who stands in for the lead official must not be working on the project as or for its handler."""
    if project.lead_official_id == user.pk:
        return Role.LEAD in standing(user, on).roles
    if project.handler_id is not None and _works_as(user, project.handler_id, project, on=on):
        return False
    return _stands_in(user, project.lead_official_id, project, Role.LEAD, on=on)


def may_act_for_enterprise(user: User, project: Project, *, on: date) -> bool:
    return bool(standing(user, on).enterprise_ids & _party_ids(project, on))


def may_sign_for_enterprise(user: User, project: Project, *, on: date) -> bool:
    """Signing is the enterprise's own act. A handler can never do it, whatever his mandate says."""
    return bool(standing(user, on).signing_enterprise_ids & _party_ids(project, on)) and not works_on(
        user, project, on=on
    )


def may_approve_for_bureau(user: User, project: Project, *, on: date) -> bool:
    """Decide on the project's commitment: an approver of its approval bureau who does not handle or lead it."""
    in_bureau = project.approval_bureau_id in standing(user, on).organisation_ids(Role.APPROVER)
    return in_bureau and not works_on(user, project, on=on)


def may_review(user: User, application: Application, *, on: date) -> bool:
    """Accept and decide: an approver of the department it was handed in to, never the project's handler."""
    in_department = application.department_id in standing(user, on).organisation_ids(Role.APPROVER)
    return in_department and not works_on(user, application.project, on=on)


def may_decide(user: User, application: Application, *, on: date) -> bool:
    """Four eyes: whoever made the recommendation leaves the decision on it to a colleague."""
    recommendation = application.open_recommendation
    is_own = recommendation is not None and recommendation.made_by_id == user.pk
    return may_review(user, application, on=on) and not is_own


def may_answer(user: User, consultation: Consultation, *, on: date) -> bool:
    """Answer for the department that was asked: its approver who does not work on the project."""
    in_department = consultation.asked_id in standing(user, on).organisation_ids(Role.APPROVER)
    return in_department and not works_on(user, consultation.application.project, on=on)


def may_extend(user: User, application: Application, *, on: date) -> bool:
    """Approve an extension: the head of the department; of a joint handling, the head of the government above it.

    Never who handles the case: whoever accepted or examined it, its project's handler or its lead official.
    """
    headed = standing(user, on).headed_ids
    if not headed or works_on(user, application.project, on=on):
        return False
    office = application.department.government() if application.is_joint else application.department
    if office is None or office.pk not in headed:
        return False
    examiners = {row.made_by_id for row in application.recommendations.all()}
    return user.pk not in {application.accepted_by_id, *examiners}


def may_administer(user: User, area: Organisation, *, on: date) -> bool:
    """Keep the records of an area: an administrator whose own area contains it."""
    holdings = [holding for holding in standing(user, on).holdings if holding.role == Role.ADMINISTRATOR]
    return any(area.path.startswith(holding.path) for holding in holdings)


def may_keep_calendar(user: User, area: Organisation | None, *, on: date) -> bool:
    """An administrator: of the country's calendar any, of an area's closures one whose own area contains it."""
    if area is not None:
        return may_administer(user, area, on=on)
    return Role.ADMINISTRATOR in standing(user, on).roles


def may_stand_over(user: User, person: User, *, on: date) -> bool:
    """Say who stands in for a colleague who cannot: the head of his organisation, an administrator of its area."""
    return people_under(user, on=on).filter(pk=person.pk).exists()


def sees_internal(user: User, *, on: date) -> bool:
    """An office's own limits are its own business: everybody who holds an office, no enterprise."""
    return bool(standing(user, on).holdings)


def may_overrule(user: User, application: Application, *, on: date) -> bool:
    """Reopen what was concluded, annul what was granted: the head of the department, who has no part in the project."""
    return application.department_id in standing(user, on).headed_ids and not works_on(user, application.project, on=on)


def may_take_over(user: User, handover: Handover, *, on: date) -> bool:
    """Acknowledge a hand-over: whoever approves or supervises in the department that it went to."""
    return handover.department_id in standing(user, on).organisation_ids(Role.APPROVER, Role.SUPERVISOR)


def may_submit(user: User, application: Application, *, on: date) -> bool:
    """The enterprise itself, or its handler within the mandate. A commitment is always the enterprise's own."""
    project = application.project
    if may_act_for_enterprise(user, project, on=on):
        return True
    if application.route == Application.Route.COMMITMENT or not may_handle(user, project, on=on):
        return False
    mandates = project.mandates.filter(ended_on=None, handler=user)
    return any(mandate.covers(application.matter.code, on=on) for mandate in mandates)


def may_apply_again(user: User, project: Project, *, on: date) -> bool:
    """Open another application for a matter: the enterprise, or the handler. Handing it in is another question."""
    return may_act_for_enterprise(user, project, on=on) or may_handle(user, project, on=on)


def may_verify(user: User, verification: Verification, *, on: date) -> bool:
    """Check a promise: an approver of the office that it was given to, who does not work on the project."""
    project = verification.commitment.project
    in_office = verification.department_id in standing(user, on).organisation_ids(Role.APPROVER)
    return in_office and not works_on(user, project, on=on) and not may_act_for_enterprise(user, project, on=on)


def may_settle_override(user: User, override: Override, *, on: date) -> bool:
    """The second person: the lead official, or an approver of the department it was put to.

    Never the one who proposed it, never the project's handler, never anybody of the enterprise.
    """
    project = override.project
    if user.pk in {override.proposed_by_id, project.handler_id} or may_act_for_enterprise(user, project, on=on):
        return False
    if override.department_id is None:
        return may_lead(user, project, on=on)
    return override.department_id in standing(user, on).organisation_ids(Role.APPROVER) and not works_on(
        user, project, on=on
    )


def may_fulfil(user: User, project: Project, *, on: date) -> bool:
    """Record that a duty was fulfilled: the enterprise's people, or the project's handler."""
    return may_act_for_enterprise(user, project, on=on) or may_handle(user, project, on=on)


def may_supervise(user: User, project: Project, *, on: date) -> bool:
    return _holds_over(user, project, Role.SUPERVISOR, on=on) and not works_on(user, project, on=on)


def check(allowed: bool, message: str) -> None:
    """Raise ``NotYours`` unless allowed."""
    if not allowed:
        raise NotYours(message)


def works_on(user: User, project: Project, *, on: date) -> bool:
    """Handles or leads it, stands in for who does, or once acted for him: he neither approves nor supervises here."""
    people = (project.handler_id, project.lead_official_id)
    return any(_works_as(user, person, project, on=on) for person in people if person is not None)


def _works_as(user: User, person: int, project: Project, *, on: date) -> bool:
    stand = standing(user, on)
    if user.pk == person or person in stand.stands_in_for:
        return True
    return person in stand.has_stood_in_for and person in _acted_for(user, project)


def _acted_for(user: User, project: Project) -> set[int]:
    """Whom a person has acted for in a project. Asked only of those who have ever stood in."""
    acts = Event.objects.filter(project=project, by=user, facts__has_key=ON_BEHALF_OF)
    return {facts[ON_BEHALF_OF]["id"] for facts in acts.values_list("facts", flat=True)}


def _stands_in(user: User, person: int | None, project: Project, role: str, *, on: date) -> bool:
    """A substitute needs the role over the project himself: standing in widens nothing."""
    return person in standing(user, on).stands_in_for and _holds_over(user, project, role, on=on)


def _holds_over(user: User, project: Project, role: str, *, on: date) -> bool:
    return any(
        holding.role == role and project.organisation.path.startswith(holding.path)
        for holding in standing(user, on).holdings
    )


def _party_ids(project: Project, on: date) -> frozenset[int]:
    return frozenset(project.parties.held_on(on).values_list("enterprise_id", flat=True))
