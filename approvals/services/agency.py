"""The mandate, and the personal list of matters with its applications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import AgencyMandate, Application, Material, Matter, MatterList, Project
from approvals.rules.matters import MatterNeed
from approvals.selectors.applications import department_for
from approvals.selectors.determinations import needed_matters
from approvals.services.facts import drop_matter_list
from approvals.services.locking import locked_project

# Which area's department decides where the rules name a level above the project's own.
LEVEL_OF_OUTCOME = {"provincial": "province"}
ENERGY_MATTERS = frozenset({"R11", "C01"})
BEFORE_COMMENCEMENT = frozenset({"land_supply", "construction", "commencement"})


@transaction.atomic
def offer_mandate(
    project_id: int, *, by: User, on: date, scope: str, until_on: date, matter_codes: Sequence[str] = ()
) -> AgencyMandate:
    """Invite the enterprise to entrust its matters, free of charge, to the project's handler."""
    project = locked_project(project_id, *Project.OPEN_STAGES)
    permissions.check(permissions.may_handle(by, project, on=on), _("只有本项目的代办员可以发出委托邀请"))
    if AgencyMandate.objects.filter(project=project, ended_on=None).exists():
        raise WrongState(_("已有未终止的委托书，请刷新页面"))
    if until_on < on:
        raise GuardFailed(_("日期有误"), blockers=[Blocker("date-behind", _("委托期不能早于今天结束"))])
    assert project.handler is not None, "intake names him"
    assert project.lead_official is not None, "intake names him"
    mandate = AgencyMandate.objects.create(
        project=project,
        scope=scope,
        matter_codes=list(matter_codes) if scope == AgencyMandate.Scope.PARTIAL else [],
        handler=project.handler,
        lead_official=project.lead_official,
        from_on=on,
        until_on=until_on,
        offered_on=on,
    )
    events.emit("mandate.offered", mandate, by=by, on=on.isoformat(), scope=scope)
    return mandate


@transaction.atomic
def sign_mandate(project_id: int, *, by: User, on: date) -> AgencyMandate:
    """The enterprise signs. The mandate never covers signing a commitment."""
    project = locked_project(project_id, *Project.OPEN_STAGES)
    allowed = permissions.may_sign_for_enterprise(by, project, on=on)
    permissions.check(allowed, _("只有企业中有签署权限的人员可以签署委托书"))
    mandate = AgencyMandate.objects.select_for_update().filter(project=project, ended_on=None, signed_on=None).first()
    if mandate is None:
        raise WrongState(_("没有待签署的委托书，请刷新页面"))
    mandate.signed_on, mandate.signed_by = on, by
    mandate.save()
    events.emit("mandate.signed", mandate, by=by, on=on.isoformat())
    return mandate


@transaction.atomic
def confirm_matter_list(project_id: int, *, by: User, on: date) -> MatterList:
    """Fix the personal list and open an application for each matter it needs before commencement.

    Raises:
        GuardFailed: a determination is missing, or a matter has no department to decide it.
    """
    project = locked_project(project_id, *Project.OPEN_STAGES)
    permissions.check(permissions.may_handle(by, project, on=on), _("只有本项目的代办员可以确认事项清单"))
    if blockers := guards.matter_list_blockers(project):
        raise GuardFailed(_("还不能确认事项清单"), blockers=blockers)
    drop_matter_list(project, by=by, on=on)
    catalogue = {matter.code: matter for matter in Matter.objects.in_force(on)}
    needs = [need for need in needed_matters(project, on=on) if need.code in catalogue]
    rows = [list_row(need, catalogue[need.code]) for need in needs]
    listed = MatterList.objects.create(project=project, on=on, rows=rows, confirmed_by=by)
    events.emit("matter_list.confirmed", listed, by=by, on=on.isoformat(), needed=_codes(rows, "needed"))
    opened = [need for need in needs if opens_application(need)]
    _withdraw_spared(project, {need.code: need.route for need in opened}, by=by, on=on)
    for need in opened:
        _open_application(project, catalogue[need.code], need.route, by=by, on=on)
    return listed


@transaction.atomic
def apply_again(application_id: int, *, by: User, on: date) -> Application:
    """Open a new application for a matter whose last one came to nothing; the old one stays as it was decided.

    Raises:
        WrongState: it has not come to nothing, or somebody has opened the next one already.
        GuardFailed: the confirmed list does not need the matter, or no department decides it.
    """
    old = Application.objects.select_related("matter").get(pk=application_id)
    project = locked_project(old.project_id, *Project.OPEN_STAGES)
    permissions.check(permissions.may_apply_again(by, project, on=on), _("只有企业人员和本项目的代办员可以重新申请"))
    old.project = project
    if not guards.can_be_applied_for_again(old):
        raise WrongState(_("“%(name)s”已有申请在办或已办结，请刷新页面") % {"name": old.matter.name})
    listed = project.matter_lists.filter(superseded_on=None).first()
    need = next((row for row in listed.rows if row["code"] == old.matter.code), None) if listed else None
    if need is None or need["status"] != "needed":
        message = _("现行事项清单不需要“%(name)s”；项目情况有变化的，先由代办员重新确认事项清单")
        raise GuardFailed(_("不能重新申请"), blockers=[Blocker("not-listed", message % {"name": old.matter.name})])
    matter = Matter.objects.in_force(on).filter(code=old.matter.code).first() or old.matter
    _open_application(project, matter, need["route"], by=by, on=on)
    return Application.objects.exclude(state__in=Application.UNSUCCESSFUL).get(
        project=project, matter__code=matter.code
    )


def list_row(need: MatterNeed, matter: Matter) -> dict[str, Any]:
    """One row of the list as it is kept: what the rules said, and what the catalogue says of the matter."""
    return asdict(need) | {
        "authority": matter.authority,
        "statutory_days": matter.statutory_days,
        "day_type": matter.day_type,
        "committed_days": matter.committed_days,
        "confidence": matter.confidence,
    }


def opens_application(need: MatterNeed) -> bool:
    """What is needed before commencement, and is not shown by another record, becomes an application."""
    return need.status == "needed" and not need.recorded_by and need.before in BEFORE_COMMENCEMENT


def _codes(rows: list[dict[str, Any]], status: str) -> list[str]:
    return [row["code"] for row in rows if row["status"] == status]


def _open_application(project: Project, matter: Matter, route: str, *, by: User, on: date) -> None:
    live = Application.objects.filter(project=project, matter__code=matter.code)
    if live.exclude(state__in=Application.UNSUCCESSFUL).exists():
        return
    department = department_for(project, matter, level=_level(project, matter))
    if department is None:
        message = _("“%(name)s”没有可受理的部门，请系统管理员先维护机构") % {"name": matter.label}
        raise GuardFailed(_("还不能确认事项清单"), blockers=[Blocker("department-missing", message)])
    applicant = project.principal(on=on)
    assert applicant is not None, "a project that has left intake has a principal"
    application = Application.objects.create(
        project=project, matter=matter, department=department, applicant=applicant, route=route, opened_on=on
    )
    for name in matter.materials:
        is_conditional = name in matter.conditional_materials
        Material.objects.create(application=application, name=name, is_conditional=is_conditional)
    events.emit("application.opened", application, by=by, on=on.isoformat(), matter=matter.code)


def _level(project: Project, matter: Matter) -> str:
    if matter.code not in ENERGY_MATTERS:
        return ""
    outcome = project.determinations.filter(kind="energy", superseded_on=None).values_list("outcome", flat=True).first()
    return LEVEL_OF_OUTCOME.get(outcome or "", "")


def _withdraw_spared(project: Project, routes: Mapping[str, str], *, by: User, on: date) -> None:
    """An application not handed in yet for a matter that is no longer needed, or not on its route any more, goes away.

    Args:
        routes: code → route of what is needed now.
    """
    drafts = Application.objects.select_for_update().filter(project=project, state=Application.State.DRAFT)
    for application in drafts.select_related("matter").order_by("pk"):
        route = routes.get(application.matter.code)
        if route != application.route:
            why = "新确认的事项清单改变了办理方式" if route else "新确认的事项清单不再需要该事项"
            application.withdraw(on=on, reason=why)
            application.save()
            events.emit("application.withdrawn", application, by=by, on=on.isoformat(), reason=application.reason)
