"""The energy review for reading: the rules in their order, the basis of counting, the duties; and the coefficients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from approvals.rules.editions import Edition
from approvals.rules.energy.text import HEADLINES
from approvals.rules.library.entry import Clause, Entry, Volume, sure
from approvals.rules.library.wording import Terms, in_words, word

LABEL = "节能审查"
COEFFICIENTS = "折标准煤系数"
_CARBON = {"mandatory": "必须开展", "discretionary": "由节能审查机关确定", "none": "不开展"}
_DUTIES = {"exempt": "豁免的项目", "reviewed": "须审查的项目", "regional_commitment": "告知承诺的项目"}
_UNITS = {"kg": "千克", "m3": "立方米", "kWh": "千瓦时", "MJ": "兆焦", "t": "吨", "L": "升"}
_UNVERIFIED = "引文是按一份完整文本摘录的关键语句，引用前须与公报核对。"
_UNCONFIRMED = "省级以下的分工由省里决定，山西的规定没有找到：这是本地设置，未经确认。"
_COAL = {True: "计入煤炭消费量（实物量）", False: "", "ambiguous": "是否计入煤炭消费量须确认"}


def volume(edition: Edition) -> Volume:
    data = edition.data
    terms = {name: (quantity["label"], quantity["unit"]) for name, quantity in data["quantities"].items()}
    rules = [_rule(rule, position, terms, data) for position, rule in enumerate(data["rules"], start=1)]
    return Volume(
        name=edition.name,
        label=LABEL,
        edition=edition,
        entries=(*rules, *_basis(data), *_duties(data), *_lifecycle(data), *_authorities(data)),
        columns=("条文",),
        notes=() if data.get("quotes_verified") else (_UNVERIFIED,),
    )


def _rule(rule: Mapping[str, Any], position: int, terms: Terms, data: Mapping[str, Any]) -> Entry:
    carbon = data.get("carbon_evaluation", {}).get(rule["outcome"])
    facts = [("结论", HEADLINES[rule["outcome"]])]
    if carbon:
        facts.append(("碳排放评价", _CARBON[carbon]))
    if rule.get("also"):
        facts.append(("另见", rule["also"]))
    return Entry(
        key=rule["id"],
        number=rule["article"] or "条款待核实",
        title=HEADLINES[rule["outcome"]],
        group="判定规则",
        clauses=(Clause("条文", rule["quote"], in_words(rule["when"], terms), rule["article"]),),
        twins=(rule["id"],),
        facts=tuple(facts),
        notes=(f"判定时各条规则依次对照，先满足者先适用；本条排在第{position}位。",),
        confidence=sure(rule.get("confidence", data.get("confidence"))),
    )


def _basis(data: Mapping[str, Any]) -> Iterator[Entry]:
    clause = data["increment"]
    natures = "、".join(word(nature) for nature in clause["natures"])
    yield Entry(
        key="increment",
        number=clause["article"] or "条款待核实",
        title="按增量还是按全部消费量计算",
        group="计算口径",
        clauses=(Clause("条文", clause["quote"], None, clause["article"]),),
        twins=("increment",),
        facts=(
            ("适用的建设性质", natures),
            ("地点、主要工艺和设备均不变", "须同时满足" if clause["requires_unchanged"] else "不要求"),
        ),
        confidence=sure(data.get("confidence")),
    )


def _duties(data: Mapping[str, Any]) -> Iterator[Entry]:
    for key, duties in data["duties"].items():
        clauses = tuple(Clause("义务", duty["text"], None, duty["article"]) for duty in duties)
        if clauses:
            yield Entry(f"duties-{key}", "义务", f"{_DUTIES[key]}须履行的义务", clauses, "后续义务")


def _lifecycle(data: Mapping[str, Any]) -> Iterator[Entry]:
    rules = data["lifecycle"]
    inclusive = "达到" if rules["overrun_inclusive"] else "超过"
    found = (
        (
            "validity",
            "意见的有效期",
            f"节能审查意见{rules['validity_years']}年内未开工的失效",
            rules["validity_article"],
        ),
        (
            "overrun",
            "实际用能超出批复",
            f"年综合能源消费量{inclusive}批复值{rules['overrun_percent']}%的，须整改或者申请变更",
            rules["overrun_article"],
        ),
        (
            "notice",
            "一次告知补正",
            f"材料不齐的，{rules['notice_working_days']}个工作日内一次告知，逾期不告知的自收到之日起即为受理",
            rules["notice_article"],
        ),
    )
    for key, title, text, article in found:
        clauses = (Clause("规则", text, None, article),)
        yield Entry(key, article or "条款待核实", title, clauses, "意见之后", twins=(key,), confidence=sure("medium"))


def _authorities(data: Mapping[str, Any]) -> Iterator[Entry]:
    for key, profile in data.get("authority_profiles", {}).items():
        yield Entry(
            key=f"authority-{key}",
            number="本地设置",
            title=profile["label"],
            clauses=(Clause("分工", "；".join(_step(step) for step in profile["steps"])),),
            group="省级以下的审查机关",
            twins=(key,),
            cautions=() if profile["confirmed"] else (_UNCONFIRMED,),
            confidence="low",
        )


def _step(step: Mapping[str, Any]) -> str:
    who = {"city": "市级", "county": "县级", "province": "省级"}[step["authority"]]
    return f"不满{step['below_tce']}吨标准煤由{who}审查" if "below_tce" in step else f"其余由{who}审查"


def coefficients(edition: Edition) -> Volume:
    data = edition.data
    entries = tuple(_carrier(key, carrier) for key, carrier in data["carriers"].items())
    return Volume(
        edition.name,
        COEFFICIENTS,
        edition,
        entries,
        columns=("系数",),
        notes=("系数是公布的取整值，单位为千克标准煤，不重新计算；实测低位发热量优先于热值证明，热值证明优先于本表。",),
    )


def _carrier(key: str, carrier: Mapping[str, Any]) -> Entry:
    unit = _UNITS[carrier["unit"]]
    low, high = carrier.get("range", (None, None))
    shown = f"{low}～{high}" if low else carrier.get("kgce") or "没有公布值"
    facts = [("计量单位", unit)]
    if low:
        facts.append(("区间", "没有单一的公布值，两端分别试算，结论不同的请提供热值或焓值"))
    if carrier.get("fixed"):
        facts.append(("取值", "判定界限按当量值规定，不采用其他系数"))
    if carrier.get("medium"):
        facts.append(("性质", "耗能工质，默认不计入"))
    if coal := _COAL.get(carrier.get("coal", False), ""):
        facts.append(("煤炭", coal))
    return Entry(
        key=key,
        number=key,
        title=carrier["label"],
        clauses=(Clause("系数", f"{shown} 千克标准煤/{unit}" if shown[0].isdigit() else shown),),
        group="耗能工质" if carrier.get("medium") else "能源",
        twins=(key,),
        facts=tuple(facts),
        confidence=sure(carrier.get("confidence")),
    )
