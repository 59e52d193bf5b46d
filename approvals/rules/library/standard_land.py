"""The national indicators of standard land for reading: one entry per indicator, one per division with its FAR."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from approvals.rules.editions import Edition
from approvals.rules.library.entry import Clause, Entry, Volume, sure
from approvals.rules.standard_land.measures import MEASURES, measure_code

LABEL = "标准地控制指标"
_UNKNOWN = "国家表没有取得数值，按宗地公告、合同或者本地表执行"
_DIRECTIONS = {">=": "不低于", "<=": "不高于"}
_STAGES = {"completion": "竣工", "operation": "达产"}


def volume(edition: Edition) -> Volume:
    data = edition.data
    notes = ("施行日期待核实。",) if data.get("dates_confidence") == "low" else ()
    return Volume(
        name=edition.name,
        label=LABEL,
        edition=edition,
        entries=(*(_indicator(raw) for raw in data["indicators"]), *_rules(data), *_divisions(data)),
        columns=("限值",),
        notes=notes,
    )


def _indicator(raw: Mapping[str, Any]) -> Entry:
    measure = MEASURES[measure_code(raw["indicator"])]
    binding = raw["binding"]
    if raw.get("per_division"):
        value = "按行业大类取值，见下列各大类"
    elif raw.get("value") is None:
        value = _UNKNOWN
    else:
        value = f"{_DIRECTIONS[raw['direction']]}{raw['value']}（{raw['unit']}）"
    return Entry(
        key=raw["indicator"],
        number="约束性" if binding else "推荐性",
        title=measure.label,
        clauses=(Clause("限值", value),),
        group="指标",
        twins=(raw["indicator"],),
        facts=(
            ("方向", _DIRECTIONS[raw["direction"]]),
            ("单位", raw["unit"]),
            ("效力", "约束性：不符合即不通过" if binding else "推荐性：只提示，不作为不通过的理由"),
            ("判断时点", _STAGES[measure.judged_at] + "；此前只比较承诺值"),
        ),
        confidence=sure(raw.get("confidence")),
        structured=raw.get("value") is not None or bool(raw.get("per_division")),
    )


def _rules(data: Mapping[str, Any]) -> Iterator[Entry]:
    for key, title in (("forbidden", "禁止建设的设施"), ("storey_rule", "层高超过8米的楼层")):
        if rule := data.get(key):
            yield Entry(key, "规则", title, (Clause("限值", rule["quote"]),), "计算和禁止", twins=(key,))


def _divisions(data: Mapping[str, Any]) -> Iterator[Entry]:
    for code, division in data["divisions"].items():
        least = division["far_min"]
        yield Entry(
            key=f"far-{code}",
            number=f"行业{code}",
            title=f"{division['label']}的容积率",
            clauses=(Clause("限值", f"不低于{least}" if least is not None else _UNKNOWN),),
            group="容积率（按行业大类）",
            codes=(str(code),),
            twins=(division["label"],),
            structured=least is not None,
        )
