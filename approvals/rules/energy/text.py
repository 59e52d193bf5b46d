"""What the energy determination says to people: headlines, reasons, distances and warnings, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from approvals.rules.answer import Reason
from approvals.rules.editions import Edition
from approvals.rules.evaluator import Condition, Used, number
from approvals.rules.spans import Span, plain

HEADLINES = {
    "out_of_scope": "不属于固定资产投资项目节能审查的适用范围",
    "exempt": "不再单独进行节能审查（豁免）",
    "exempt_catalogue": "属于不单独进行节能审查行业目录内的项目，不再单独进行节能审查",
    "exempt_state_secret": "涉及国家秘密的项目，不再单独进行节能审查",
    "regional_commitment": "位于已完成区域节能审查的区域，实行告知承诺制",
    "sub_provincial": "须进行节能审查，由省级以下节能审查机关负责",
    "provincial": "须进行节能审查，由省级节能审查机关负责",
    "state": "须进行节能审查和碳排放评价，由国家发展改革委负责",
    "needs_input": "资料不足，暂不能判定节能审查类别",
}
BRIEF = {
    "exempt": "豁免",
    "regional_commitment": "告知承诺",
    "sub_provincial": "省级以下审查",
    "provincial": "省级审查",
    "state": "国家审查",
}
WARNINGS = {
    "SPLIT_PROJECT": "存在同一业主、同一场址或工艺链的关联备案，已合并计算；不得以拆分项目规避节能审查",
    "WORKING_MEDIA_SENSITIVE": "耗能工质（新水、压缩空气等）默认不计入；若计入，审查类别将改变，请与节能审查机关确认",
    "COKE_SENSITIVE": "焦炭、兰炭未按“煤炭”计入煤炭消费量（依据统计报表口径推断）；若计入，审查类别将改变，请确认",
    "ON_SITE_SENSITIVE": "自产能源已因其燃料计入而不重复计算；若另行计入，审查类别将改变，请核对",
    "ON_SITE_COUNTED": "自发自用能源未见对应的燃料投入，已按可再生能源计入",
    "COEFFICIENT_UNSUPPORTED": "申报的折标系数未附检测报告或热值证明，只作为区间的一端试算",
    "COEFFICIENT_IMPLAUSIBLE": "折标系数超出合理范围，请核对单位和小数点；已与标准缺省值一并试算",
    "COEFFICIENT_NOT_IN_TABLE": "填报的系数与标准附录不一致，已采用标准附录值",
    "COEFFICIENT_PRESCRIBED": "电力、热力按当量值折算，填报的其他系数未采用",
    "COEFFICIENT_EDITION": "折标系数取自2020版标准，早于该标准施行日期的项目请核对当时版本",
    "TRANSITION": "项目申报于现行办法施行之前；办法未见过渡条款，请与节能审查机关确认适用版本",
    "AUTHORITY_UNCONFIRMED": "省级以下审查机关的分工为本地设置，尚未经主管部门确认",
    "AUTHORITY_OPEN": "消费量区间跨越本地分工界限，审查机关待确认",
    "TWO_HIGH_UNKNOWN": "尚未确认是否属于高耗能高排放项目；如属于，不得由县级审查",
    "TWO_HIGH_OUTSIDE_COMMITMENT": "高耗能高排放项目不适用区域告知承诺，按普通程序办理（参照省内开发区做法，待确认）",
    "ZONE_UNKNOWN": "尚未确认所在区域的区域节能审查是否有效；目前按普通程序判定",
    "NEGATIVE_LIST_UNKNOWN": "尚未确认项目是否在区域负面清单内；如在清单内，改按普通程序审查",
    "INCREMENT_POSSIBLE": "若建设地点、主要生产工艺和设备均未改变，可按增量计算，请补充说明和改造前消费量",
}
_OPERATORS = {"<": "不满", "<=": "不超过", ">=": "达到", ">": "超过"}
_CONTRARY = {"<": "达到", "<=": "超过", ">=": "不满", ">": "不超过"}
_LIMITS = {
    "tce": ("{} 吨标准煤", "吨"),
    "coal_t": ("{} 吨煤炭", "吨"),
    "kwh": ("{} 千瓦时", "千瓦时"),
    "state_test_tce": ("{} 吨标准煤（国家审查）", "吨"),
}
_PLAIN_FACTS = {
    "state_secret": "项目涉及国家秘密",
    "energy_catalogue_project": "项目属于目录所列行业",
    "ndrc_listed_field": "项目属于国家目录所列领域",
    "approved_by": "项目由国务院或国家发展改革委审批、核准",
    "zone_energy_review_valid": "所在区域的区域节能审查有效",
    "zone_negative_list": "项目不在区域负面清单内",
    "fixed_asset_project": "项目不是投资主管部门管理的固定资产投资项目",
}


def basis_text(edition: Edition, article: str) -> str:
    return f"{edition.source}{article}" if article else f"{edition.source}（条款号待核实）"


def rule_reason(
    rule: Mapping[str, Any], because: tuple[Used, ...], spans: Mapping[str, Span], edition: Edition, *, decisive: bool
) -> Reason:
    """One matched or failed rule as a sentence, with its clause."""
    parts = [part for used in because if (part := _used_text(used, spans, edition))]
    text = "；".join(parts) or HEADLINES[rule["outcome"]]
    basis = basis_text(edition, rule["article"]) + (f"；{rule['also']}" if rule.get("also") else "")
    return Reason(text, rule["quote"], basis, decisive)


def span_text(span: Span) -> str:
    return plain(span.low) if span.exact else f"{plain(span.low)}～{plain(span.high)}"


def distances(spans: Mapping[str, Span], edition: Edition) -> list[dict[str, Any]]:
    """For each quantity, the nearest limit already reached and the nearest one still ahead."""
    rows = []
    for name, span in spans.items():
        if not span.high.is_finite() or not span.low.is_finite():
            continue
        limits = sorted({limit for rule in edition.data["rules"] for limit in _limits(rule["when"], name)})
        reached = [limit for limit in limits if limit <= span.low][-1:]
        straddled = [limit for limit in limits if span.low < limit <= span.high]
        ahead = [limit for limit in limits if limit > span.high][:1]
        rows += [_distance(name, limit, span) for limit in (*reached, *straddled, *ahead)]
    return rows


def _distance(name: str, limit: Decimal, span: Span) -> dict[str, Any]:
    form, unit = _LIMITS[name]
    shown = form.format(plain(limit))
    if span.low >= limit:
        gap, reached = span.low - limit, True
        text = f"已达到 {shown}" + (f"，超出 {plain(gap)} {unit}" if gap else "")
    elif span.high < limit:
        gap, reached = limit - span.high, False
        text = f"距 {shown}还差 {plain(gap)} {unit}"
    else:
        return {"fact": name, "limit": limit, "gap": None, "reached": None, "text": f"取值区间跨越 {shown}"}
    return {"fact": name, "limit": limit, "gap": gap, "reached": reached, "text": text}


def _limits(condition: Condition, name: str) -> Iterator[Decimal]:
    for key in ("all", "any"):
        for part in condition.get(key, ()):
            yield from _limits(part, name)
    if condition.get("fact") == name:
        yield number(condition["value"])


def _used_text(used: Used, spans: Mapping[str, Span], edition: Edition) -> str:
    if used.fact in spans:
        quantity = edition.data["quantities"][used.fact]
        words = _OPERATORS if used.holds else _CONTRARY
        value = f"{quantity['label']}{span_text(spans[used.fact])}{quantity['unit']}"
        return f"{value}，{words[used.op]}{plain(number(used.limit))}{quantity['unit']}"
    return _PLAIN_FACTS.get(used.fact, "") if used.holds else ""
