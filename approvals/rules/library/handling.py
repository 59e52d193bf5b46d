"""The tables about handling, for reading: clocks, validity, duties after a decision, credit, annulment and remedies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from approvals.rules.editions import Edition, editions
from approvals.rules.library.entry import Clause, Entry, Volume

CLOCK, VALIDITY, OBLIGATIONS = "期限的中止与延长", "审批结果的有效期", "决定以后的义务"
HEARING, _HEARING_DAYS = (
    "听证",
    "期限按工作日计算（《行政许可法》第八十二条）；听证所需时间不计入审批期限（第四十五条）。",
)
CREDIT, ANNULMENT, REMEDIES = "信用记录及其后果", "撤销许可的情形", "救济途径"
_TURNS = {"department": "审批部门", "third_party": "第三方机构", "enterprise": "企业"}
_FROM = {"decided": "作出决定之日", "delivered": "领取之日"}
_DETERMINATIONS = {"eia": "环评分类", "energy": "节能审查"}
_OUTCOMES = {
    "exempt": "豁免",
    "exempt_catalogue": "行业目录豁免",
    "not_subject": "不纳入",
    "register": "登记表",
    "report_table": "报告表",
    "report_book": "报告书",
}
_ADDRESSEES = {"government": "本级人民政府", "court": "有管辖权的人民法院"}
_ANY = "各事项"
_NO_ARTICLE = "没有找到条号"
_NOT_COMPARED = "条号没有与原文核对，文书不引用条号。"
_SUMMARY = "本表是我们按所列依据作的归纳，不是官方文字。"

Row = Mapping[str, Any]


def clock(edition: Edition) -> Volume:
    data = edition.data
    entries = (
        *(_ground(row, "中止审批期限的事由", data["name"]) for row in data["grounds"]),
        *(_ground(row, "个别事项另有的中止事由", data["name"]) for row in data["special_grounds"]),
        *(_extension(row, "延长") for row in data["extensions"]),
        *(_extension(row, "个别事项另有的延长") for row in data["special_extensions"]),
    )
    closed = "清单以外的事由都不停止计时：等其他部门意见、等报告、等开会都照常计算。"
    return _volume(edition, CLOCK, entries, closed)


def _ground(row: Row, group: str, name: str) -> Entry:
    said = f"{row['name']}所需时间不计入审批期限"
    if days := row.get("most_days"):
        said += f"，最多{days}个工作日"
    matters = row.get("matters", ())
    key = "-".join(("ground", row["code"], *matters))
    facts = (("由谁办理", _TURNS[row["turn"]]), *_for(matters))
    return Entry(key, row["name"], _named(matters) or _ANY, (_clause(said, row),), group, twins=(key,), facts=facts)


def _extension(row: Row, group: str) -> Entry:
    said = f"期限内不能作出决定的，可以延长一次，最多{row['days']}个工作日，并告知申请人理由"
    matters = row.get("matters", ())
    key = "-".join(("extension", row["code"], *matters))
    base = (("原期限", f"{days}个工作日"),) if (days := row.get("base_days")) else ()
    facts = (("批准人", row["approver"]), *base, *_for(matters))
    return Entry(key, row["name"], _named(matters) or _ANY, (_clause(said, row),), group, twins=(key,), facts=facts)


def validity(edition: Edition) -> Volume:
    entries = tuple(_lifetime(row) for row in edition.data["results"])
    return _volume(edition, VALIDITY, entries)


def _lifetime(row: Row) -> Entry:
    said = f"自{_FROM[row['from']]}起{row['months']}个月内开工；{row['effect']}"
    if extension := row["extension"]:
        said += f"。可以延期{extension['times']}次，每次不超过{extension['months']}个月"
        if days := extension.get("apply_days_before"):
            said += f"，须在期满{days}个工作日前申请"
    key = "-".join(row["matters"])
    return Entry(key, "、".join(row["matters"]), _named(row["matters"]), (_clause(said, row),), twins=(key,))


def obligations(edition: Edition) -> Volume:
    entries = tuple(_duty(row, number) for number, row in enumerate(edition.data["obligations"], start=1))
    return _volume(edition, OBLIGATIONS, entries)


def _duty(row: Row, number: int) -> Entry:
    after = row["after"]
    if kind := after.get("determination"):
        occasion = f"{_DETERMINATIONS[kind]}判定为{'、'.join(_OUTCOMES[outcome] for outcome in after['outcomes'])}"
    else:
        occasion = f"{_named(after['matters'])}获准以后"
    facts = (("何时产生", occasion), *((("何时以前", row["milestone"]),) if row["milestone"] else ()))
    code = row["code"]
    return Entry(code, f"义务{number}", row["text"], (_clause(row["text"], row),), twins=(code,), facts=facts)


def credit(edition: Edition) -> Volume:
    entries = tuple(_record(row, number) for number, row in enumerate(edition.data["kinds"], start=1))
    return _volume(edition, CREDIT, entries)


def _record(row: Row, number: int) -> Entry:
    period = f"{row['years']}年" if row["years"] else "至信用修复"
    facts = (("期限", period),)
    return Entry(
        row["code"],
        f"记录{number}",
        row["label"],
        (_clause(row["consequence"], row),),
        twins=(row["code"],),
        facts=facts,
    )


def annulment(edition: Edition) -> Volume:
    effects = edition.data["effects"]
    entries = tuple(
        Entry(
            key=row["code"],
            number=f"情形{number}",
            title=row["name"],
            clauses=(_clause(f"{row['name']}：{'应当' if row['must'] else '可以'}撤销", row),),
            twins=(row["code"],),
            facts=(("撤销以后", effects["protected" if row["interests_protected"] else "unprotected"]),),
            confidence=edition.data["confidence"],
        )
        for number, row in enumerate(edition.data["grounds"], start=1)
    )
    return _volume(edition, ANNULMENT, entries)


def hearing(edition: Edition) -> Volume:
    grounds = (
        Entry(
            f"ground-{row['code']}",
            row["name"],
            "依申请" if row["on_request"] else "依职权",
            (Clause("规定", row["quote"], None, row["basis"]),),
            "应当听证的情形",
            twins=(row["code"],),
        )
        for row in edition.data["grounds"]
    )
    periods = (
        Entry(
            f"period-{code}",
            row["name"],
            f"{row['days']}个工作日",
            (Clause("规定", row["quote"], None, row["basis"]),),
            "期限",
            twins=(code,),
        )
        for code, row in edition.data["periods"].items()
    )
    return _volume(edition, HEARING, (*grounds, *periods), _HEARING_DAYS)


def remedies(edition: Edition) -> Volume:
    entries = tuple(_remedy(row) for row in edition.data["remedies"])
    return _volume(edition, REMEDIES, entries)


def _remedy(row: Row) -> Entry:
    basis = f"{row['law']}{row['articles']}" if row["verified"] else row["law"]
    said = f"对决定不服的，可以{row['within']}，向{_ADDRESSEES[row['to']]}提起{row['way']}"
    cautions = () if row["verified"] else (_NOT_COMPARED,)
    clause = Clause("规定", said, None, basis)
    return Entry(row["to"], row["way"], row["within"], (clause,), twins=(row["to"],), cautions=cautions)


def _volume(edition: Edition, label: str, entries: tuple[Entry, ...], *notes: str) -> Volume:
    return Volume(edition.name, label, edition, entries, columns=("规定",), notes=(_SUMMARY, *notes))


def _clause(said: str, row: Row) -> Clause:
    return Clause("规定", said, None, row["basis"] or _NO_ARTICLE)


def _for(matters: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return (("只适用于", f"{'、'.join(matters)} {_named(matters)}"),) if matters else ()


def _named(codes: tuple[str, ...]) -> str:
    """The names of matters, in the newest catalogue; several codes of one name are named once."""
    names = {row["code"]: row["name_zh"] for row in editions("matters")[-1].data["matters"]}
    return "、".join(dict.fromkeys(names[code] for code in codes))
