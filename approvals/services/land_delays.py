"""Delay of the start that the government caused, as its paper says: it stops the idle-land clock."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.language import day_in_words
from approvals.models import LandDelay, LandGrant, Project
from approvals.rules.idle_land import BASIS
from approvals.services.locking import locked_project


@transaction.atomic
def record_land_delay(
    project_id: int,
    *,
    by: User,
    on: date,
    from_on: date,
    reason: str,
    document_number: str,
    until_on: date | None = None,
) -> LandDelay:
    """Record a delay with the paper that establishes it. ``until_on`` None: it still goes on.

    Raises:
        NotYours: ``by`` is not the project's handler.
        GuardFailed: no agreed start, no paper, or dates that lie ahead or run backwards.
    """
    project, land = _locked_land(project_id, by, on)
    blockers = list(_wrong_dates(from_on, until_on, on))
    if land.agreed_start_on is None:
        blockers.append(Blocker("agreed-start-missing", _("出让合同没有约定动工日期，闲置期限尚不起算"), BASIS))
    if not document_number.strip():
        blockers.append(Blocker("document-missing", _("政府原因延误须有认定文件"), BASIS))
    if blockers:
        raise GuardFailed(_("延误没有登记"), blockers=blockers)
    delay = LandDelay.objects.create(
        land=land, from_on=from_on, until_on=until_on, reason=reason, document_number=document_number, recorded_by=by
    )
    dates = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat() if until_on else None}
    events.emit(
        "land.delay_recorded",
        delay,
        by=by,
        project=project,
        on=on.isoformat(),
        reason=reason,
        document_number=document_number,
        **dates,
    )
    return delay


@transaction.atomic
def end_land_delay(delay_id: int, *, by: User, on: date, until_on: date) -> LandDelay:
    """Say when a delay that was still going on came to its end.

    Raises:
        WrongState: it has ended already.
    """
    project_id = LandDelay.objects.values_list("land__project_id", flat=True).get(pk=delay_id)
    project, _land = _locked_land(project_id, by, on)
    delay = LandDelay.objects.select_for_update().get(pk=delay_id)
    if delay.until_on is not None:
        raise WrongState(_("该延误已登记至%(until_on)s，请刷新页面") % {"until_on": day_in_words(delay.until_on)})
    if blockers := list(_wrong_dates(delay.from_on, until_on, on)):
        raise GuardFailed(_("延误没有结束"), blockers=blockers)
    delay.until_on = until_on
    delay.save(update_fields=["until_on"])
    events.emit("land.delay_ended", delay, by=by, project=project, on=on.isoformat(), until_on=until_on.isoformat())
    return delay


def _locked_land(project_id: int, by: User, on: date) -> tuple[Project, LandGrant]:
    project = locked_project(project_id, *Project.OPEN_STAGES, Project.Stage.COMMENCED)
    permissions.check(permissions.may_handle(by, project, on=on), _("只有本项目的代办员可以登记政府原因延误"))
    land = LandGrant.objects.select_for_update().filter(project=project).first()
    if land is None:
        raise WrongState(_("尚未选定宗地，请刷新页面"))
    return project, land


def _wrong_dates(from_on: date, until_on: date | None, on: date) -> list[Blocker]:
    found = []
    if from_on > on or (until_on is not None and until_on > on):
        found.append(Blocker("date-ahead", _("延误日期不能晚于今天；尚未结束的，结束日期留空")))
    if until_on is not None and until_on < from_on:
        found.append(Blocker("date-behind", _("结束日期不能早于开始日期")))
    return found
