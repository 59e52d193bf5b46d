"""The steps by which an answer was reached, in plain words: for pages and for papers. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.language import in_english
from approvals.rules import vocabulary

# An answer's outcome on a tag: short, because the headline beside it says it in full.
OUTCOMES = {
    "report_book": gettext_lazy("报告书"),
    "report_table": gettext_lazy("报告表"),
    "register": gettext_lazy("登记表"),
    "not_subject": gettext_lazy("不纳入环评"),
    "needs_human": gettext_lazy("须人工确认"),
    "needs_input": gettext_lazy("资料不足"),
    "out_of_scope": gettext_lazy("不适用"),
    "exempt": gettext_lazy("豁免"),
    "exempt_catalogue": gettext_lazy("豁免（行业目录）"),
    "exempt_state_secret": gettext_lazy("豁免（国家秘密）"),
    "regional_commitment": gettext_lazy("告知承诺"),
    "sub_provincial": gettext_lazy("省级以下审查"),
    "provincial": gettext_lazy("省级审查"),
    "state": gettext_lazy("国家审查"),
    "eligible": gettext_lazy("可走承诺制"),
    "ordinary_route": gettext_lazy("一般程序"),
    "pass": gettext_lazy("指标符合"),
    "fail": gettext_lazy("指标不符"),
    "incomplete": gettext_lazy("资料不全"),
    "error": gettext_lazy("无法判定"),
}

# Words of the traces that are no facts of the vocabulary.
TRACE_WORDS = {
    "on": gettext_lazy("判定日"),
    "tce": gettext_lazy("综合能源消费量（吨标准煤）"),
    "tce_low": gettext_lazy("综合能源消费量低值（吨标准煤）"),
    "tce_high": gettext_lazy("综合能源消费量高值（吨标准煤）"),
    "coal_t": gettext_lazy("煤炭消费量（吨）"),
    "kwh": gettext_lazy("电力消费量（千瓦时）"),
    "lines": gettext_lazy("用能项数"),
    "table": gettext_lazy("折标系数表"),
    "profile": gettext_lazy("本地分工"),
    "fixed_asset_project": gettext_lazy("属于固定资产投资项目"),
    "none": gettext_lazy("无"),
    "city": gettext_lazy("市级"),
    "county": gettext_lazy("县级"),
    "province": gettext_lazy("省级"),
}


def outcome_words(outcome: str) -> str:
    """The outcome of a rule set (``Answer.outcome``) in a word or two."""
    return str(OUTCOMES.get(outcome, outcome))


def trace_rows(trace: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The steps of an ``Answer`` alike for every rule set: ``title``, ``text``, ``result`` and ``facts`` as pairs."""
    return [_trace_row(step) for step in trace]


def _trace_row(step: Mapping[str, Any]) -> dict[str, Any]:
    """EIA steps name row and clause, energy and land steps a text, eligibility steps the one fact they asked for."""
    facts: Mapping[str, Any]
    if "fact" in step:
        title, facts = _word(step["fact"]), {}
    else:
        title, facts = step.get("activity") or step.get("text", ""), step.get("facts_used", step.get("facts")) or {}
    row = _("名录第 %(row)s 项") % {"row": step["row"]} if step.get("row") else ""
    place = [str(word) for word in (row, _outcome_of(step.get("column"))) if word]
    return {
        "title": title,
        "place": " · ".join(place),
        "text": step.get("clause") or step.get("basis") or "",
        "result": _result(step),
        "facts": [(_word(name), _in_words(value)) for name, value in facts.items()],
    }


def _outcome_of(column: str | None) -> str:
    return outcome_words(column) if column else ""


def _result(step: Mapping[str, Any]) -> str:
    if "fact" in step:
        return _in_words(step["value"])
    if step.get("by_person"):
        return _("须人工确认")
    if "holds" in step:
        return {True: _("符合"), False: _("不符合"), None: _("未知")}[step["holds"]]
    result = step.get("result")
    return str(OUTCOMES.get(result) or _word(result)) if isinstance(result, str) else ""


def _in_words(value: Any) -> str:
    if value is None:
        return _("未知")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list | tuple):
        return "、".join(_in_words(item) for item in value)
    if isinstance(value, Mapping):
        return "；".join(f"{_word(name)} {_in_words(item)}" for name, item in value.items())
    return _word(str(value))


def _word(name: str) -> str:
    language = "en" if in_english() else "zh"
    return str(TRACE_WORDS.get(name) or vocabulary.label(name, language))
