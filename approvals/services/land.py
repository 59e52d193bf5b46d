"""Choosing a plot against its indicators, and recording how the land was come by."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import Enterprise, User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import LandGrant, Plot, Project
from approvals.selectors.land import check_indicators
from approvals.services.facts import supersede_stale_determinations
from approvals.services.locking import locked_project

STANDARD_LAND = Project.Stage.STANDARD_LAND


@transaction.atomic
def choose_plot(project_id: int, *, by: User, on: date, plot: Plot) -> LandGrant:
    """Choose the plot and check the project's figures against its indicators. The check is kept as it was made.

    Raises:
        GuardFailed: an indicator fails or a figure is missing; every one is named. Nothing is kept then.
    """
    project = _for_handler(project_id, by, on)
    land = LandGrant.objects.select_for_update().filter(project=project).first() or LandGrant(project=project)
    if land.confirmation_number:
        raise WrongState(_("已登记成交结果，不能更换宗地"))
    answer = check_indicators(project, plot, on=on).as_json()
    if answer["outcome"] != "pass":
        raise GuardFailed(_("控制指标核对未通过"), blockers=_as_blockers(answer))
    land.plot, land.chosen_on, land.indicator_check = plot, on, answer
    land.save()
    events.emit("land.plot_chosen", land, by=by, on=on.isoformat(), plot=plot.code, outcome=answer["outcome"])
    # The plot brings facts with it, such as the regional assessments that cover it.
    supersede_stale_determinations(project, by=by, on=on)
    return land


@transaction.atomic
def record_auction(
    project_id: int,
    *,
    by: User,
    on: date,
    confirmation_number: str,
    auctioned_on: date,
    winner: Enterprise,
    succession_number: str = "",
) -> LandGrant:
    project = _for_handler(project_id, by, on)
    land = _land(project)
    _not_ahead(auctioned_on, on, "成交日期")
    land.confirmation_number, land.auctioned_on = confirmation_number, auctioned_on
    land.winner, land.succession_number = winner, succession_number
    land.save()
    events.emit("land.auctioned", land, by=by, on=on.isoformat(), number=confirmation_number, winner=winner.name)
    return land


@transaction.atomic
def record_contracts(
    project_id: int,
    *,
    by: User,
    on: date,
    land_contract_number: str,
    land_contract_on: date,
    planning_conditions_in_contract: bool,
    investment_contract_number: str,
    investment_contract_on: date,
    agreed_start_on: date | None = None,
) -> LandGrant:
    """双合同. Both are needed; the sale contract must hold the planning conditions."""
    project = _for_handler(project_id, by, on)
    land = _land(project)
    for day, label in ((land_contract_on, "出让合同日期"), (investment_contract_on, "投资建设合同日期")):
        _not_ahead(day, on, label)
    land.land_contract_number, land.land_contract_on = land_contract_number, land_contract_on
    land.planning_conditions_in_contract = planning_conditions_in_contract
    land.investment_contract_number, land.investment_contract_on = investment_contract_number, investment_contract_on
    land.agreed_start_on = agreed_start_on
    land.save()
    events.emit(
        "land.contracted", land, by=by, on=on.isoformat(), numbers=[land_contract_number, investment_contract_number]
    )
    return land


@transaction.atomic
def record_payment(project_id: int, *, by: User, on: date, paid_in_full_on: date, voucher: str) -> LandGrant:
    project = _for_handler(project_id, by, on)
    land = _land(project)
    _not_ahead(paid_in_full_on, on, "缴清日期")
    land.paid_in_full_on, land.payment_voucher = paid_in_full_on, voucher
    land.save()
    events.emit("land.paid", land, by=by, on=on.isoformat(), paid_on=paid_in_full_on.isoformat())
    return land


def _for_handler(project_id: int, by: User, on: date) -> Project:
    project = locked_project(project_id, STANDARD_LAND)
    permissions.check(permissions.may_handle(by, project, on=on), _("只有本项目的代办员可以登记用地情况"))
    return project


def _land(project: Project) -> LandGrant:
    land = LandGrant.objects.select_for_update().filter(project=project).first()
    if land is None:
        raise WrongState(_("尚未选定宗地，请刷新页面"))
    land.project = project
    return land


def _not_ahead(day: date, on: date, label: str) -> None:
    if day > on:
        raise GuardFailed(
            _("日期有误"), blockers=[Blocker("date-ahead", _("%(label)s不能晚于今天") % {"label": label})]
        )


def _as_blockers(answer: dict[str, Any]) -> list[Blocker]:
    failed = [
        Blocker("indicator", reason["text"], reason["basis"]) for reason in answer["reasons"] if reason["decisive"]
    ]
    asked = [Blocker("figure-missing", question["text"]) for question in answer["missing"]]
    return failed + asked or [Blocker("indicator", answer["headline"])]
