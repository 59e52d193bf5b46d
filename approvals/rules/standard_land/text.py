"""What the standard-land check says to people: rows, reasons, questions and warnings, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

from approvals.rules.answer import Question, Reason
from approvals.rules.spans import plain
from approvals.rules.standard_land.figures import Figures, area_m2, known
from approvals.rules.standard_land.judge import FAILED, Judged
from approvals.rules.standard_land.measures import MEASURES

STAGES = ("pledged", "completion", "operation")
_RESULTS = {
    "pass": "符合",
    "fail": "不符合",
    "fail_by_upper_bound": "不符合（按已知上限即已不足）",
    "unknown": "待补充",
    "advice": "低于推荐值，仅作提示",
    "no_limit": "不设限值",
}
_WORDS = {">=": "不低于", "<=": "不高于"}


def barred_by(figures: Figures) -> list[Reason]:
    """What no figure can mend: an industry that the plot does not admit, and forbidden facilities."""
    reasons = []
    industry, admitted = figures.get("industry"), figures.get("admitted_industries")
    if industry and admitted and not any(str(industry).startswith(str(code)) for code in admitted):
        text = f"项目行业（{industry}）不在宗地准入行业（{'、'.join(map(str, admitted))}）之内"
        reasons.append(Reason(text, basis="宗地出让公告或投资建设合同", decisive=True))
    if forbidden := figures.get("forbidden_facilities"):
        text = f"工业用地内不得建设：{'、'.join(map(str, forbidden))}"
        reasons.append(Reason(text, basis="《工业项目建设用地控制指标》", decisive=True))
    return reasons


def questions(judged: Sequence[Judged], figures: Figures) -> list[Question]:
    """What would settle the open governing limits: figures, or the limit itself."""
    asked: dict[str, Question] = {}
    open_ones = [one for one in judged if one.governing and one.result == "unknown"]
    for one in open_ones:
        if one.limit.value is None:
            text = f"请录入{one.limit.name}的限值（{one.limit.source}的数值尚未取得）"
            asked[f"limits.{one.limit.indicator}"] = Question(f"limits.{one.limit.indicator}", text)
            continue
        if MEASURES[one.limit.measure].denominator is area_m2 and area_m2(figures) is None:
            asked["area_m2"] = Question("area_m2", "请填写宗地出让面积（平方米）")
        for fact, name in MEASURES[one.limit.measure].needs:
            if known(figures, fact) is None:
                asked[fact] = Question(fact, f"请填写{name}")
    if not any(one.limit.binding and not one.limit.waived for one in judged):
        asked["limits"] = Question("limits", "请录入宗地的控制指标（出让公告或投资建设合同）")
    return list(asked.values())


def warning_codes(judged: Sequence[Judged]) -> dict[str, str]:
    codes: dict[str, str] = {}
    for one in judged:
        name = one.limit.name
        if one.rounding:
            codes[f"ROUNDING:{one.limit.indicator}"] = f"{name}仅在四舍五入后达到限值，按未取整数值判定"
        if one.limit.value is None and not one.limit.waived:
            codes[f"LIMIT_NOT_LOADED:{one.limit.indicator}"] = f"{name}：{one.limit.source}的数值尚未取得，请人工核对"
        elif one.limit.unconfirmed:
            codes[f"LIMIT_UNCONFIRMED:{one.limit.indicator}"] = f"{name}：{one.limit.source}的数值待与正式文本核对"
    return codes


def row_of(one: Judged, stage: str) -> dict[str, Any]:
    limit, measure = one.limit, MEASURES[one.limit.measure]
    return {
        "code": limit.indicator,
        "measure": limit.measure,
        "label": limit.name,
        "direction": limit.direction,
        "required": limit.value,
        "unit": limit.unit,
        "actual": one.actual,
        "required_total": one.required_total,
        "result": one.result,
        "result_label": _RESULTS[one.result],
        "gap": one.gap,
        "gap_unit": measure.gap_unit if one.gap is not None else "",
        "gap_text": _gap_text(one),
        "rounding": one.rounding,
        "binding": limit.binding,
        "governing": one.governing,
        "source": limit.source,
        "value_kind": _value_kind(limit.judged_at, stage),
    }


def _value_kind(judged_at: str, stage: str) -> str:
    """An economic figure before 达产 is a promise, whatever has been built by then."""
    return "实际值" if STAGES.index(stage) >= STAGES.index(judged_at) else "承诺值"


def _gap_text(one: Judged) -> str:
    if one.gap is None:
        return ""
    word = "还差" if one.limit.direction == ">=" else "超出"
    unit = MEASURES[one.limit.measure].gap_unit
    # Rounded up: whoever supplies what the page says has enough.
    gap = plain(one.gap.quantize(Decimal("0.01" if unit else "0.0001"), ROUND_UP))
    return f"{word} {gap} {unit}".rstrip()


def reason_of(one: Judged) -> Reason:
    limit = one.limit
    value = "未知" if one.actual is None else plain(one.actual.quantize(Decimal("0.0001"), ROUND_HALF_UP))
    required = "限值未取得" if limit.value is None else f"要求{_WORDS[limit.direction]}{plain(limit.value)}"
    text = f"{limit.name}：{value}（{required}，单位{limit.unit}），{_RESULTS[one.result]}"
    gap = f"，{_gap_text(one)}" if one.gap is not None else ""
    return Reason(text + gap, basis=limit.source, decisive=one.governing and one.result in FAILED)


def step_of(one: Judged) -> dict[str, Any]:
    facts = {"actual": one.actual, "required": one.limit.value, "unit": one.limit.unit}
    return {"step": one.limit.indicator, "text": reason_of(one).text, "facts": facts, "result": one.result}
