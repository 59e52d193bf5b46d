"""Lock order, everywhere: process row (in ``workflows``), project row, then its other rows by ascending id."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from approvals import permissions
from approvals.accounts.models import User
from approvals.errors import WrongState
from approvals.models import Application, Commitment, Project


def locked_project(project_id: int, *stages: str) -> Project:
    """The project, locked. Raises ``WrongState`` where it is not in one of ``stages`` (any, if none is named)."""
    project = Project.objects.select_for_update().get(pk=project_id)
    if stages and project.stage not in stages:
        raise WrongState(
            _("项目当前处于“%(stage)s”，该操作已不适用，请刷新页面") % {"stage": project.get_stage_display()}
        )
    return project


def locked_application(application_id: int, *states: str) -> Application:
    """The application with its project locked first. Raises ``WrongState`` where it has moved on."""
    found = Application.objects.values_list("project_id", flat=True).get(pk=application_id)
    project = locked_project(found)
    application = Application.objects.select_for_update().get(pk=application_id)
    application.project = project
    if states and application.state not in states:
        raise WrongState(
            _("办件当前为“%(state)s”，该操作已不适用，请刷新页面") % {"state": application.get_state_display()}
        )
    return application


def application_for_review(application_id: int, *states: str, by: User, on: date) -> Application:
    """Standing first, then state: who may not review learns nothing of the state."""
    application = locked_application(application_id)
    allowed = permissions.may_review(by, application, on=on)
    permissions.check(allowed, _("该事项不属于您的部门，或您是本项目的代办员、领办领导"))
    if application.state not in states:
        raise WrongState(
            _("办件当前为“%(state)s”，该操作已不适用，请刷新页面") % {"state": application.get_state_display()}
        )
    return application


def locked_commitment(project: Project, *states: str) -> Commitment:
    """The commitment of a project that the caller has locked."""
    commitment = Commitment.objects.select_for_update().filter(project=project).first()
    if commitment is None or commitment.state not in states:
        shown = commitment.get_state_display() if commitment else "未核查"
        raise WrongState(_("承诺当前为“%(shown)s”，该操作已不适用，请刷新页面") % {"shown": shown})
    commitment.project = project
    return commitment
