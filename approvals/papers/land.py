"""Standard land: 标准地控制指标核对表, with the contracts that bind the figures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from approvals.guards.land import BUSINESS_CLIMATE, GUIDE, PLANNING_ACT
from approvals.models import Event, LandGrant
from approvals.papers.common import bases, day_of, head, iso, plain, project_of
from approvals.rules.days import in_chinese
from documents.facts.signing import IndicatorRow, IndicatorSheet

Result = Literal["met", "not_met", "advice", "unknown", "not_applicable"]
RESULTS: dict[str, Result] = {
    "pass": "met",
    "fail": "not_met",
    "fail_by_upper_bound": "not_met",
    "advice": "advice",
    "unknown": "unknown",
    "no_limit": "not_applicable",
}
STAGES = {"pledged": "签约承诺", "completion": "竣工核验", "operation": "达产复核"}
DIRECTIONS = {">=": "不低于", "<=": "不高于"}


def indicator_sheet(event: Event) -> IndicatorSheet:
    """The check as it was kept when the plot was chosen; it cannot change once the stage is left."""
    project, on = project_of(event), day_of(event)
    land = LandGrant.objects.select_related("plot", "winner").get(project=project)
    answer = land.indicator_check
    return {
        "project": head(project, on),
        "plot_number": land.plot.code,
        "plot_area_m2": plain(land.plot.area_m2),
        "stage_label": STAGES[answer["figures"]["stage"]],
        "rows": [_row(row) for row in answer["figures"]["indicators"]],
        "conclusion": f"{answer['headline']}（核对日期{in_chinese(land.chosen_on)}，规则版本{answer['edition']}）。",
        "warnings": list(answer["warnings"]),
        "remarks": "；".join(_records(land, event)),
        "basis": bases(GUIDE, PLANNING_ACT, BUSINESS_CLIMATE),
    }


def _row(row: Mapping[str, Any]) -> IndicatorRow:
    unknown = row["required"] is None
    return {
        "label": row["label"],
        "required": "" if unknown else f"{DIRECTIONS[row['direction']]}{plain(row['required'])}",
        "actual": _figure(row),
        "unit": row["unit"],
        "result": RESULTS[row["result"]],
        "gap": row["gap_text"],
        "source": row["source"],
        "binding": row["binding"],
    }


def _figure(row: Mapping[str, Any]) -> str:
    """Four places on paper; all of them where rounding would hide which side of the limit the figure is on."""
    if row["actual"] is None:
        return ""
    exact = Decimal(row["actual"])
    return plain(exact if row["rounding"] else exact.quantize(Decimal("0.0001"), ROUND_HALF_UP))


def _records(land: LandGrant, event: Event) -> list[str]:
    """What ties the figures to the land: auction, both contracts, payment, and the regional results relied on."""
    on = day_of(event)
    winner = land.winner.name if land.winner else ""
    records = [
        f"成交确认书{land.confirmation_number}（{iso(land.auctioned_on)}，竞得人{winner}）",
        f"国有建设用地使用权出让合同{land.land_contract_number}（{iso(land.land_contract_on)}）",
        f"标准地投资建设合同{land.investment_contract_number}（{iso(land.investment_contract_on)}）",
        f"土地出让价款{iso(land.paid_in_full_on)}缴清（凭证{land.payment_voucher}）",
        f"规划条件{land.plot.planning_conditions_number}",
    ]
    if land.succession_number:
        records.append(f"主体承继文件{land.succession_number}")
    if land.agreed_start_on:
        records.append(f"约定动工日期{in_chinese(land.agreed_start_on)}")
    assessments = "、".join(f"{row.name}（{row.number}）" for row in land.plot.valid_assessments(on))
    return [*records, f"有效的区域评估：{assessments or '无'}"]
