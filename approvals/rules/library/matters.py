"""The catalogue of matters, the grounds against the commitment system and the forbidden promises, for reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from approvals.rules.editions import Edition
from approvals.rules.legal_names import CODE_IN_FORCE, citation
from approvals.rules.library.entry import Clause, Entry, Volume, sure
from approvals.rules.library.wording import Words, in_words
from approvals.rules.vocabulary import label

LABEL, ELIGIBILITY, AGREEMENT = "办理事项", "承诺制适用条件", "投资协议禁止的约定"
_CATEGORIES = {
    "retained_approval": "保留审批",
    "government_unified_service": "政府统一服务",
    "enterprise_commitment": "企业承诺",
}
_ROUTES = {"ordinary": "一般程序", "commitment": "告知承诺", "filing": "备案", "none": "企业不申请"}
_BEFORE = {
    "signing": "签约前",
    "land_supply": "供地前",
    "construction": "主体施工前",
    "commencement": "开工前",
    "discharge": "排污前",
    "production": "投产前",
    "completion": "竣工时",
}
_KINDS = {"price": "土地价格", "rebate": "税费返还", "auction": "竞得结果"}


def volume(edition: Edition) -> Volume:
    named = {entry["code"]: entry["name_zh"] for entry in edition.data["matters"]}
    entries = tuple(_matter(entry, named, edition) for entry in edition.data["matters"])
    note = "法定期限空白表示没有找到固定天数；承诺期限空白表示没有找到山西公布的天数，以受理部门公布为准。"
    return Volume(edition.name, LABEL, edition, entries, columns=("何时需要",), notes=(note,))


def _matter(entry: Mapping[str, Any], named: Mapping[str, str], edition: Edition) -> Entry:
    terms = {
        "regional_assessments": ("覆盖本宗地且有效的区域评估", ""),
        "enabled_pilots": ("本地启用的试点", ""),
    }
    applies = Clause("何时需要", entry["reasons"]["needed"], in_words(entry["applies"], terms))
    choice = entry.get("chosen_when")
    return Entry(
        key=entry["code"],
        number=entry["code"],
        title=entry["name_zh"],
        group=_CATEGORIES.get(entry["category"], entry["category"]),
        clauses=(
            applies,
            *(Clause("可以免办", s["reason"], in_words(s["when"], terms), s["basis"]) for s in entry.get("spares", ())),
            *((Clause("改按本事项办理", "选用本事项的条件", in_words(choice, terms)),) if choice else ()),
            *(Clause("不需要", text) for text in [entry["reasons"].get("not_applicable")] if text),
        ),
        twins=(entry["code"],),
        facts=tuple(_facts(entry, named, edition)),
        confidence=sure(entry["confidence"]),
    )


def _facts(entry: Mapping[str, Any], named: Mapping[str, str], edition: Edition) -> Iterator[tuple[str, str]]:
    on = edition.in_force_until or max(edition.in_force_from, CODE_IN_FORCE)
    yield "依据", citation(entry["citation"], on) if "citation" in entry else entry["basis"]
    yield "办理机关", str(entry["authority"])
    yield "办理方式", _ROUTES[entry["route"]]
    yield "何时办结", _BEFORE[entry["before"]]
    if entry.get("statutory_days"):
        in_working_days = entry.get("day_type", "working").startswith("working")
        yield "法定期限", f"{entry['statutory_days']}{'个工作日' if in_working_days else '日'}"
    if entry.get("committed_days"):
        yield "承诺期限（山西公布）", f"{entry['committed_days']}个工作日"
    if before := [named[code] for code in entry["prerequisites"]]:
        yield "前置事项", "、".join(before)
    if entry.get("materials"):
        yield "材料", "、".join(map(str, entry["materials"]))
    if entry.get("conditional_materials"):
        yield "视情形提交", "、".join(entry["conditional_materials"]) + "；本项目不需要的，申请时写明理由"
    if entry.get("result_document"):
        yield "结果文书", entry["result_document"]


def eligibility(edition: Edition) -> Volume:
    entries = tuple(_ground(ground, position) for position, ground in enumerate(edition.data["grounds"], start=1))
    notes = tuple(caution["text"] for caution in edition.data["cautions"])
    return Volume(edition.name, ELIGIBILITY, edition, entries, columns=("情形",), notes=notes)


def _ground(ground: Mapping[str, Any], position: int) -> Entry:
    return Entry(
        key=ground["fact"],
        number=f"情形{position}",
        title=label(ground["fact"]),
        clauses=(
            Clause("情形", ground["quote"] or ground["reason"], Words(f"{label(ground['fact'])}：是"), ground["basis"]),
        ),
        group="不适用承诺制的情形",
        twins=(ground["fact"],),
        facts=(("依据", ground["basis"]),),
    )


def agreement(edition: Edition) -> Volume:
    entries = tuple(_promise(rule) for rule in edition.data["rules"])
    return Volume(edition.name, AGREEMENT, edition, entries, columns=("为什么",))


def _promise(rule: Mapping[str, Any]) -> Entry:
    return Entry(
        key=rule["kind"],
        number=_KINDS[rule["kind"]],
        title=f"不得约定{_KINDS[rule['kind']]}",
        clauses=(Clause("为什么", rule["reason"], None, rule["basis"]),),
        group="禁止的约定",
        twins=(rule["kind"],),
        facts=(("依据", rule["basis"]), ("识别方式", f"{len(rule['patterns'])}种措辞，提示人工核对，不自动认定")),
    )
