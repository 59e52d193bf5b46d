"""The classification catalogue for reading: 173 rows, the articles and notes, the interpretations, the gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from approvals.rules.editions import Edition
from approvals.rules.eia.catalogue import unlisted_codes
from approvals.rules.library.entry import Clause, Entry, Volume, sure
from approvals.rules.library.wording import in_words

LABEL = "环评分类管理名录"
COLUMNS = (("book", "report_book", "报告书"), ("table", "report_table", "报告表"), ("register", "register", "登记表"))
_CHINESE = dict(zip("123456", "一二三四五六", strict=True))
_CLASSES = {"1": "第三条（一）", "2": "第三条（二）", "3": "第三条（三）"}
_PARTS = {
    "rule": "适用",
    "in_manufacturing": "制造业",
    "default": "",
    "provincial_exception": "省级增列",
    "interpretation": "",
    "text": "",
}


def volume(edition: Edition) -> Volume:
    data = edition.data
    interpretations = data.get("official_interpretations", ())
    rows = [_row(entry, interpretations, data) for entry in data["rows"]]
    return Volume(
        name=edition.name,
        label=LABEL,
        edition=edition,
        entries=(*rows, *_articles(data), *_interpretations(interpretations), *_unlisted(edition)),
        columns=tuple(label for _, _, label in COLUMNS),
        notes=tuple(filter(None, [data.get("status_note")])),
    )


def _row(entry: Mapping[str, Any], interpretations: Any, data: Mapping[str, Any]) -> Entry:
    number, codes = entry["row"], entry["gb4754"]
    rules = entry.get("rules") or {}
    return Entry(
        key=str(number),
        number=f"第{number}项",
        title=entry["name"],
        group=entry["category"],
        codes=tuple(code["code"] for code in codes),
        twins=(entry["name"], *(code["code"] for code in codes), str(number)),
        clauses=tuple(
            Clause(label, "" if entry["text"][level] == "/" else entry["text"][level], _rule(rules.get(key)))
            for key, level, label in COLUMNS
        ),
        facts=tuple(_facts(entry, data)),
        notes=tuple(entry.get("notes") or ()) + tuple(_readings(number, interpretations)),
        cautions=tuple(caution["text"] for caution in entry.get("cautions", ())),
        confidence=sure(entry["confidence"]),
        structured=bool(rules),
    )


def _rule(condition: Any) -> Any:
    return None if condition is None else in_words(condition)


def _facts(entry: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    codes = [code["code"] + ("*" if code["industrial_building_only"] else "") for code in entry["gb4754"]]
    yield "行业代码（GB/T 4754-2017）", "、".join(codes) or "不按行业代码，按工程内容适用"
    if any(code.endswith("*") for code in codes):
        yield "星号", "带“*”的代码只管理在工业建筑中生产的项目"
    kinds = [kind for kind, row in data["rows_by_kind"].items() if row == entry["row"]]
    if kinds:
        yield "按工程内容", "凡建设内容属于本项的，无论行业代码都要对照本项"
    if area := entry["text"]["sensitive_area"]:
        yield "本项所称环境敏感区", area
    if outside := entry.get("outside_not_subject"):
        yield "三栏以外（我们的归纳）", outside


def _readings(number: int, interpretations: Any) -> Iterator[str]:
    for reading in interpretations:
        if number in reading.get("rows", ()):
            yield f"{reading['id']}：{reading['text']}"


def _articles(data: Mapping[str, Any]) -> Iterator[Entry]:
    for name, article in data["articles"].items():
        if name == "notes":
            for key, text in article.items():
                clauses = (Clause("说明", text),)
                yield Entry(key, f"说明{key[1:]}", f"名录说明{key[1:]}", clauses, "条文和说明", structured=False)
            continue
        title = f"第{_CHINESE[name.removeprefix('art')]}条"
        yield Entry(name, title, f"名录{title}", tuple(_clauses(article)), "条文和说明", structured=False)


def _clauses(article: Mapping[str, Any]) -> Iterator[Clause]:
    for key, said in article.items():
        if key == "classes":
            for part, places in said.items():
                yield Clause(_CLASSES[part], "；".join(places))
        else:
            label = f"第{_CHINESE[key[1:]]}款" if key[0] == "p" and key[1:] in _CHINESE else _PARTS.get(key, "")
            yield Clause(label or "条文", str(said).replace("(UNVERIFIED)", "（待核实）"))


def _interpretations(interpretations: Any) -> Iterator[Entry]:
    for reading in interpretations:
        rows = reading.get("rows", ())
        applies = (("适用的项", "、".join(f"第{row}项" for row in rows)),) if rows else ()
        yield Entry(
            key=reading["id"],
            number=reading["id"],
            title=reading["text"][:40] + ("…" if len(reading["text"]) > 40 else ""),
            clauses=(Clause("解释", reading["text"]),),
            group="解释口径",
            facts=applies,
            notes=tuple(filter(None, [reading.get("note")])),
            cautions=("这是推论，没有找到部级明文，建议向审批部门书面确认。",) if "status" in reading else (),
            confidence=sure(reading["confidence"]),
            structured=False,
        )


def _unlisted(edition: Edition) -> Iterator[Entry]:
    article = edition.data["articles"]["art5"]["default"]
    for code, name in unlisted_codes(edition).items():
        yield Entry(
            key=f"gb{code}",
            number=f"行业{code}",
            title=f"{code} {name}（名录未列）",
            clauses=(Clause("第五条", article),),
            group="名录未作规定的行业",
            codes=(code,),
            confidence="medium",
        )
