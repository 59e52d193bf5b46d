"""The day on which the enterprise wishes to begin; the plan counts back from it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed
from approvals.models import Project
from approvals.services.locking import locked_project


@transaction.atomic
def wish_commencement(project_id: int, *, by: User, on: date, wished_on: date | None) -> Project:
    """Set the wished day, or take the wish back with None. A wish is no promise and moves no legal limit.

    Raises:
        NotYours: neither the enterprise nor the project's handler.
        GuardFailed: the day is over already.
    """
    project = locked_project(project_id, *Project.OPEN_STAGES)
    allowed = permissions.may_act_for_enterprise(by, project, on=on) or permissions.may_handle(by, project, on=on)
    permissions.check(allowed, _("只有企业和本项目的代办员可以填写期望开工日期"))
    if wished_on is not None and wished_on < on:
        raise GuardFailed(_("日期有误"), blockers=[Blocker("date-behind", _("期望开工日期不能早于今天"))])
    if project.wished_commencement_on == wished_on:
        return project
    project.wished_commencement_on = wished_on
    project.save(update_fields=["wished_commencement_on"])
    stated = wished_on.isoformat() if wished_on else None
    events.emit("project.commencement_wished", project, by=by, on=on.isoformat(), wished_on=stated)
    return project
