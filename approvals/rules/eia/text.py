"""Sentences about a classification, in the Chinese a factory owner reads. Nothing here decides anything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from approvals.rules.answer import Reason
from approvals.rules.eia.catalogue import LEVELS, RANK, Catalogue
from approvals.rules.eia.judge import Pair
from approvals.rules.evaluator import Used, number
from approvals.rules.legal_names import document
from approvals.rules.vocabulary import FACTS, in_order, label

_COLUMN = {"report_book": "报告书", "report_table": "报告表", "register": "登记表"}
_WORDS = {
    (">=", True): "达到",
    (">=", False): "未达到",
    (">", True): "超过",
    (">", False): "未超过",
    ("<", True): "不到",
    ("<", False): "达到",
    ("<=", True): "未超过",
    ("<=", False): "超过",
}


def headline(lower: int, upper: int, missing: int, on: date) -> str:
    """One line: the outcome, or at least what it is and what it may become."""
    name = document(LEVELS[lower], on)
    if lower == upper:
        return _settled(LEVELS[lower], name)
    ask = f"还需补充{missing}项信息" if missing else "须由审批部门确认"
    highest = document(LEVELS[upper], on)
    if lower == 0:
        return f"尚不能判定，最高可能为{highest}，{ask}"
    return f"至少为{name}，最高可能为{highest}，{ask}"


def _settled(level: str, name: str) -> str:
    verb = {"report_book": "应编制", "report_table": "应编制", "register": "应填报"}.get(level)
    return f"{verb}{name}" if verb else name


def reason(pair: Pair, catalogue: Catalogue, on: date, *, decisive: bool) -> Reason:
    """Why one (activity, row) pair came out as it did, with the clause that was applied."""
    source = catalogue.edition.source.partition("》")[0] + "》"
    if pair.row is None:
        return _without_row(pair, catalogue, source, decisive)
    where = f"「{pair.activity.title}」属于名录第{pair.row.number}项“{pair.row.title_for(pair.activity.gb4754)}”"
    basis = f"{source}第{pair.row.number}项"
    if pair.why == "star":
        text = f"{where}，该项只管理在工业建筑中生产的项目，本项目不在工业建筑内，不纳入。"
        return Reason(text, "“*”指在工业建筑中生产的建设项目", f"{source}说明", decisive)
    if pair.why == "text_only":
        text = f"{where}，本系统没有把该项条文转成判定规则，请对照条文人工判定。"
        return Reason(text, clauses(pair), basis, decisive)
    return Reason(f"{where}：{_because(pair)}{_conclusion(pair, on)}", _quote(pair), basis, decisive)


def _without_row(pair: Pair, catalogue: Catalogue, source: str, decisive: bool) -> Reason:
    code = pair.activity.gb4754
    if pair.why == "unlisted":
        name = catalogue.unlisted[code[:3]]
        text = f"「{pair.activity.title}」的行业（{code} {name}）名录未作规定，不纳入环评管理。"
        return Reason(text, "名录未作规定的建设项目不纳入环评管理", f"{source}第五条", decisive)
    text = (
        f"「{pair.activity.title}」的行业代码{code}在名录中没有对应的项目类别，名录另有按工程内容列出的类别，请人工核对。"
        if code
        else f"「{pair.activity.title}」没有填写行业代码，不能确定适用名录的哪一项。"
    )
    return Reason(text, "", source, decisive)


def clauses(pair: Pair) -> str:
    """The whole official text of a row, column by column."""
    assert pair.row is not None
    text = pair.row.text
    return "；".join(f"{name}：{text[level]}" for level, name in _COLUMN.items() if text[level] != "/")


def _quote(pair: Pair) -> str:
    step = pair.deciding
    return f"{_COLUMN[step.column]}：{step.clause}" if step else ""


def _because(pair: Pair) -> str:
    step = pair.deciding
    sentences = _once(describe(used) for used in step.verdict.because) if step else []
    return "，".join(sentences) + "，" if sentences else ""


def _conclusion(pair: Pair, on: date) -> str:
    if not pair.settled:
        asked = "、".join(label(name) for name in in_order(pair.missing))
        return f"还不知道{asked}，不能判定。" if asked else "须由审批部门确认。"
    level = LEVELS[pair.lower]
    if level == "not_subject":
        exempted = pair.deciding is not None and "除" in pair.deciding.clause
        return "属于该项的除外情形，不纳入。" if exempted else "不在该项列明的情形内，不纳入。"
    return f"{_settled(level, document(level, on))}。"


def describe(used: Used) -> str:
    """One comparison in words: 溶剂型涂料（含稀释剂）10吨/年，达到10吨/年."""
    if used.holds is None:
        return ""
    if used.op == "includes_any":
        return _includes(used)
    if used.op == "subset_of":
        return _subset(used)
    name = label(used.fact)
    if used.op == "in":
        return f"{name}为{label(used.value)}"
    if isinstance(used.limit, bool):
        return f"{name}：{'是' if used.value else '否'}"
    unit = FACTS[used.fact].unit
    amount = f"{name}{plain(used.value)}{unit}"
    if used.op == "==" or used.limit == 0:
        return amount
    return f"{amount}（{_WORDS[used.op, used.holds]}{plain(used.limit)}{unit}）"


def _includes(used: Used) -> str:
    if used.holds:
        return "工艺含有" + _labels(token for token in used.value if token in used.limit)
    return "工艺不含" + _labels(used.limit[:4]) + ("等" if len(used.limit) > 4 else "")


def _subset(used: Used) -> str:
    if used.holds:
        return f"全部工艺为{_labels(used.value)}"
    return "工艺含有除外范围以外的" + _labels(token for token in used.value if token not in used.limit)


def _labels(tokens: Iterable[str]) -> str:
    return "、".join(label(token) for token in tokens if token is not None)


def plain(value: Any) -> str:
    """A number as it would be written: 10, 9.9, 0.001; never 1E+1 or 10.000."""
    exact: Decimal = number(value)
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _once(sentences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sentence for sentence in sentences if sentence))


def level_name(level: str, on: date) -> str:
    return _settled(level, document(level, on)) if RANK[level] else document(level, on)
