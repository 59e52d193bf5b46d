"""A condition of the rule tables in plain Chinese, as a small tree: one sentence, and its parts below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from approvals.rules import vocabulary
from approvals.rules.evaluator import Condition, number
from approvals.rules.spans import plain

# Values and facts of the tables that are no words of the vocabulary.
_MORE_WORDS = {
    "report_book": "报告书",
    "report_table": "报告表",
    "register": "登记表",
    "not_subject": "不纳入",
    "exempt": "豁免",
    "exempt_catalogue": "行业目录豁免",
    "exempt_state_secret": "涉密豁免",
    "regional_commitment": "区域告知承诺",
    "sub_provincial": "省级以下审查",
    "provincial": "省级审查",
    "state": "国家审查",
    "NDRC": "国家发展改革委",
    "state_council": "国务院",
    "none": "无",
    "eia_outcome": "环评类别",
    "energy_outcome": "节能审查结论",
    "fixed_asset_project": "属于投资主管部门管理的固定资产投资项目",
}
_SHORT = {"processes": "工艺", "product": "产品"}
_AMOUNTS = {">=": "{}及以上", ">": "超过{}", "<": "不满{}", "<=": "{}及以下", "==": "为{}"}
Terms = Mapping[str, tuple[str, str]]  # fact → (label, unit), before the vocabulary's own


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    parts: tuple[Words, ...] = ()

    def flat(self) -> str:
        """The whole tree in one line, for comparing and searching."""
        inner = "；".join(part.flat() for part in self.parts)
        return f"{self.text}（{inner}）" if inner else self.text


def in_words(condition: Condition, terms: Terms | None = None) -> Words:
    """What a condition asks for."""
    terms = terms or {}
    if condition.get("always"):
        return Words("一律适用")
    for key, opening in (("all", "同时满足"), ("any", "满足下列任意一项")):
        if key in condition:
            parts = tuple(in_words(part, terms) for part in condition[key])
            return parts[0] if len(parts) == 1 else Words(opening, parts)
    if "not" in condition:
        inner = in_words(condition["not"], terms)
        return Words("不适用") if condition["not"].get("always") else Words("除下列情形以外", (inner,))
    return Words(_comparison(condition, terms))


def _comparison(condition: Condition, terms: Terms) -> str:
    name, op, limit = condition["fact"], condition["op"], condition["value"]
    label, unit = terms.get(name) or _term(name)
    label = _SHORT.get(name, label)
    if op == "includes_any":
        return f"{label}含有{_listed(limit)}" + ("中的任意一种" if len(limit) > 1 else "")
    if op == "subset_of":
        return f"{label}全部在{_listed(limit)}之内"
    if op == "in":
        return f"{label}为{_listed(limit, '或')}"
    if isinstance(limit, bool):
        return f"{label}：{'是' if limit else '否'}"
    if op == "==" and not _is_number(limit):
        return f"{label}为{word(limit)}"
    unit, yearly = unit.removesuffix("/年"), "每年" if unit.endswith("/年") else ""
    return f"{label}{yearly}{_AMOUNTS[op].format(plain(number(limit)) + unit)}"


def _term(name: str) -> tuple[str, str]:
    term = vocabulary.FACTS.get(name)
    return (term.zh, term.unit) if term else (word(name), "")


def word(value: Any) -> str:
    """One value in words; what nobody named stays as it is written."""
    return _MORE_WORDS.get(str(value)) or vocabulary.label(str(value))


def _listed(values: Any, joint: str = "、") -> str:
    return joint.join(word(value) for value in values)


def _is_number(value: Any) -> bool:
    try:
        number(value)
    except ArithmeticError:
        return False
    return True
