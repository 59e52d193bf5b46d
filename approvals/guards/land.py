"""Standard land: indicators, both contracts, and the price in full."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker

if TYPE_CHECKING:
    from approvals.models import LandGrant, Project

PLANNING_ACT = "《城乡规划法》第三十八条、第三十九条"
GUIDE = "《山西省“标准地”改革工作指引》（2022）"
AUCTION = "《招标拍卖挂牌出让国有建设用地使用权规定》（国土资源部令第39号）"
PAYMENT = "《城镇国有土地使用权出让和转让暂行条例》第十四条"
BUSINESS_CLIMATE = "《优化营商环境条例》第四十二条"


SITE = "《城乡规划法》第三十六条；《土地管理法实施条例》第二十四条"


def acquires_otherwise(project: Project) -> bool:
    """No plot is bought at auction: the land is allocated, or a finished plant is rented."""
    facts = getattr(project, "facts", None)
    return getattr(project, "land", None) is None and facts is not None and facts.land_by_auction is False


def standard_land_blockers(project: Project, *, on: date) -> list[Blocker]:
    """Each way to the land has its own proof: the sale and its contracts; the site opinion, which the matters that
    follow wait for; none for who rents a finished plant."""
    if acquires_otherwise(project):
        if project.facts.rents_existing_plant is not None:
            return []
        message = _("尚未填写取得土地的方式：不通过招拍挂的，须说明是否租用已建成的厂房")
        return [Blocker("land-way-open", message, SITE)]
    land = getattr(project, "land", None)
    if land is None:
        return [Blocker("plot-missing", _("尚未选定宗地并核对控制指标"), GUIDE)]
    return [*plot_blockers(land, on=on), *_auction_blockers(land, on=on), *_contract_blockers(land)]


def plot_blockers(land: LandGrant, *, on: date) -> list[Blocker]:
    found = []
    if not land.plot.planning_conditions_number:
        found.append(Blocker("planning-conditions-missing", _("宗地没有规划条件，不得出让"), PLANNING_ACT))
    if not land.plot.valid_assessments(on).exists():
        message = _("宗地没有在有效期内且覆盖该宗地的区域评估成果")
        found.append(Blocker("assessment-missing", message, BUSINESS_CLIMATE))
    if land.indicator_check["outcome"] != "pass":
        for reason in land.indicator_check["reasons"] or [{"text": land.indicator_check["headline"], "basis": GUIDE}]:
            found.append(Blocker("indicator", reason["text"], reason["basis"] or GUIDE))
    return found


def _auction_blockers(land: LandGrant, *, on: date) -> list[Blocker]:
    if not land.confirmation_number:
        return [Blocker("auction-missing", _("尚未登记招拍挂成交结果"), AUCTION)]
    parties = {party.enterprise_id for party in land.project.parties.held_on(on)}
    if land.winner_id not in parties and not land.succession_number:
        return [Blocker("winner-differs", _("竞得人不是项目当事人，须登记主体承继文件"), AUCTION)]
    return []


def _contract_blockers(land: LandGrant) -> list[Blocker]:
    found = []
    if not land.land_contract_number:
        found.append(Blocker("land-contract-missing", _("尚未登记国有建设用地使用权出让合同"), GUIDE))
    elif not land.planning_conditions_in_contract:
        found.append(Blocker("conditions-not-in-contract", _("规划条件未写入出让合同，合同无效"), PLANNING_ACT))
    if not land.investment_contract_number:
        found.append(Blocker("investment-contract-missing", _("尚未登记标准地投资建设合同（双合同）"), GUIDE))
    if land.paid_in_full_on is None:
        found.append(Blocker("not-paid", _("土地出让价款尚未缴清"), PAYMENT))
    return found
