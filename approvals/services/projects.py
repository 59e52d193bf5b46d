"""Registering a project, naming its people, leaving a stage, and stopping it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import Enterprise, Organisation, Role, User
from approvals.accounts.roles import standing
from approvals.errors import Blocker, GuardFailed, NotYours
from approvals.models import Project, ProjectFacts, ProjectParty
from approvals.selectors.moments import at_the_end_of
from approvals.services.locking import locked_project

# The transition out of each stage that ends with a click on "办结". Commencement has its own service.
LEAVE = {
    Project.Stage.SIGNING: "begin_commitment",
    Project.Stage.COMMITMENT: "begin_standard_land",
    Project.Stage.STANDARD_LAND: "begin_full_agency",
    Project.Stage.FULL_AGENCY: "begin_commencement",
}


@dataclass(frozen=True, slots=True)
class Registration:
    """What is known of a project on the day it is first registered. ``facts`` are fields of ``ProjectFacts``."""

    name: str
    organisation: Organisation
    enterprise: Enterprise
    industry_code: str
    industry_group: str = ""
    summary: str = ""
    site: str = ""
    planned_commencement_on: date | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def register_project(registration: Registration, *, by: User, on: date) -> Project:
    """Take a project in, from the enterprise itself or at the counter by a handler of the area.

    Raises:
        NotYours: ``by`` neither works for the enterprise nor handles projects of the area.
        GuardFailed: the area has no approval bureau to decide on it.
    """
    _check_may_register(registration, by=by, on=on)
    project = Project.objects.create(
        name=registration.name,
        summary=registration.summary,
        site=registration.site,
        organisation=registration.organisation,
        approval_bureau=bureau_of(registration.organisation),
        industry_code=registration.industry_code,
        industry_group=registration.industry_group,
        planned_commencement_on=registration.planned_commencement_on,
        stage_since=on,
        created_by=by,
    )
    ProjectFacts.objects.create(project=project, **registration.facts)
    add_party(project, registration.enterprise, ProjectParty.Role.SIGNING_ENTERPRISE, on=on)
    events.emit("project.registered", project, by=by, on=on.isoformat(), enterprise=registration.enterprise.name)
    return project


@transaction.atomic
def accept_intake(project_id: int, *, by: User, on: date, handler: User, lead_official: User) -> Project:
    """Name the handler and the lead official, and begin signing.

    Raises:
        NotYours: ``by`` is no handler of the area.
        GuardFailed: a named person does not hold the role, or the registration is incomplete.
    """
    project = locked_project(project_id, Project.Stage.INTAKE)
    permissions.check(permissions.may_handle(by, project, on=on), _("您不是该区域的代办员"))
    _check_holds(handler, Role.HANDLER, "代办员", on=on)
    _check_holds(lead_official, Role.LEAD, "领办领导", on=on)
    project.handler, project.lead_official = handler, lead_official
    project.begin_signing(on=on)
    project.save()
    events.emit(
        "project.intake_accepted", project, by=by, on=on.isoformat(), handler=handler.name, lead=lead_official.name
    )
    return project


@transaction.atomic
def leave_stage(project_id: int, *, by: User, on: date, stage: str) -> Project:
    """Conclude ``stage``: its gate must be empty. The event calls for the stage's documents.

    Raises:
        WrongState: the project has already left ``stage``.
        GuardFailed: the gate has blockers; all are named.
    """
    project = locked_project(project_id, stage)
    permissions.check(permissions.may_handle(by, project, on=on), _("只有本项目的代办员可以办结阶段"))
    getattr(project, LEAVE[Project.Stage(stage)])(on=on)
    project.save()
    moment = at_the_end_of(stage, project, on=on)
    events.emit("project.stage_left", project, by=by, on=on.isoformat(), left=stage, entered=project.stage, **moment)
    return project


@transaction.atomic
def replace_party(project_id: int, *, by: User, on: date, enterprise: Enterprise, role: str) -> ProjectParty:
    """A new enterprise takes a role from a day on, e.g. the project company once it is founded."""
    project = locked_project(project_id, *Project.OPEN_STAGES)
    permissions.check(permissions.may_handle(by, project, on=on), _("只有本项目的代办员可以变更当事人"))
    party = add_party(project, enterprise, role, on=on)
    events.emit("project.party_changed", project, by=by, on=on.isoformat(), role=role, enterprise=enterprise.name)
    return party


@transaction.atomic
def suspend_project(project_id: int, *, by: User, on: date, reason: str) -> Project:
    project = locked_project(project_id, *Project.OPEN_STAGES)
    permissions.check(permissions.may_lead(by, project, on=on), _("只有领办领导可以暂停项目"))
    project.suspend(on=on, reason=reason)
    project.save()
    events.emit("project.suspended", project, by=by, on=on.isoformat(), reason=reason)
    return project


@transaction.atomic
def resume_project(project_id: int, *, by: User, on: date) -> Project:
    project = locked_project(project_id, Project.Stage.SUSPENDED)
    permissions.check(permissions.may_lead(by, project, on=on), _("只有领办领导可以恢复项目"))
    project.resume(on=on)
    project.save()
    events.emit("project.resumed", project, by=by, on=on.isoformat(), stage=project.stage)
    return project


@transaction.atomic
def terminate_project(project_id: int, *, by: User, on: date, reason: str) -> Project:
    project = locked_project(project_id, *Project.OPEN_STAGES, Project.Stage.SUSPENDED)
    permissions.check(permissions.may_lead(by, project, on=on), _("只有领办领导可以终止项目"))
    project.terminate(on=on, reason=reason)
    project.save()
    events.emit("project.terminated", project, by=by, on=on.isoformat(), reason=reason)
    return project


def add_party(project: Project, enterprise: Enterprise, role: str, *, on: date) -> ProjectParty:
    """End whoever holds the role and begin the new party. Inside the caller's transaction."""
    for held in project.parties.filter(role=role, until_on=None):
        held.until_on = on
        held.save(update_fields=["until_on"])
    return ProjectParty.objects.create(project=project, enterprise=enterprise, role=role, from_on=on)


def bureau_of(area: Organisation) -> Organisation:
    """The approval bureau of the area or of the nearest area above it."""
    for place in area.upwards():
        if found := place.own_department(Organisation.Department.APPROVAL_BUREAU):
            return found
    blocker = Blocker(
        "bureau-missing", _("“%(area)s”及其上级区域没有行政审批服务管理局，请系统管理员先维护机构") % {"area": area}
    )
    raise GuardFailed(_("不能登记项目"), blockers=[blocker])


def _check_may_register(registration: Registration, *, by: User, on: date) -> None:
    stand = standing(by, on)
    handles_here = any(
        holding.role == Role.HANDLER and registration.organisation.path.startswith(holding.path)
        for holding in stand.holdings
    )
    if registration.enterprise.pk not in stand.enterprise_ids and not handles_here:
        raise NotYours(_("您既不是该企业人员，也不是该区域的代办员"))


def _check_holds(user: User, role: str, label: str, *, on: date) -> None:
    if role not in standing(user, on).roles:
        raise GuardFailed(
            _("人员不符合要求"),
            blockers=[Blocker("role-missing", _("%(user)s 当前没有担任%(label)s") % {"user": user, "label": label})],
        )
