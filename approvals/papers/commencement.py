"""Commencement: 开工条件核验表 and 开工确认书. "Commenced" is read from dated evidence, one reading per purpose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from approvals.guards.commencement import EIA_STARTS
from approvals.models import Event, Evidence, LandGrant
from approvals.papers.common import bases, day_of, head, iso, project_of
from approvals.papers.law import BUILDING_7_9
from approvals.rules.commencement import Reading
from approvals.rules.days import in_chinese
from approvals.rules.legal_names import citation
from approvals.selectors.commencement import derived, foundation_kind, permit_of
from documents.facts import commencement as shapes
from documents.facts.common import Pair
from documents.files import photo

MOST_PHOTOS = 6
Kind = Evidence.Kind


def commencement_sheet(event: Event) -> shapes.CommencementSheet:
    """Both lists as they stood at the moment of the event, which carries them."""
    project, on = project_of(event), day_of(event)
    permit, commencement = event.facts["conditions"]["permit"], event.facts["conditions"]["commencement"]
    recorded = _recorded(event)
    return {
        "project": head(project, on),
        "permit_conditions": [_condition(row) for row in permit],
        "commencement_conditions": [_condition(row) for row in commencement],
        "evidence": [_evidence(row) for row in recorded],
        "photos": _photos(recorded),
        "conclusion": _conclusion([*permit, *commencement]),
        "checked_by": event.by.name if event.by else "",
        "checked_on": on.isoformat(),
        "basis": bases(BUILDING_7_9, citation("eia_no_commencement", on), EIA_STARTS),
    }


def commencement_confirmation(event: Event, sheet_number: str) -> shapes.CommencementConfirmation:
    project, on = project_of(event), day_of(event)
    permit, kind = permit_of(project), foundation_kind(project)
    land = LandGrant.objects.select_related("plot").filter(project=project).first()
    return {
        "project": head(project, on),
        "started_on": event.facts["commenced_on"],
        "criterion": str(Kind.BROKE_GROUND.label),
        "permit_number": permit.result_number if permit else "",
        "sheet_number": sheet_number,
        "readings": [_reading(row) for row in derived(_recorded(event), permit, on, foundation_kind=kind)],
        "figures": _figures(land),
        "reminders": _reminders(land),
        "basis": bases(BUILDING_7_9, citation("eia_no_commencement", on), EIA_STARTS),
    }


def _reading(row: Reading) -> shapes.Reading:
    """As the rules derive it; where no text settles the criterion, whose word does is part of it."""
    criterion = f"{row.criterion}（{row.basis}）" if row.basis else row.criterion
    if row.confirmed_by:
        criterion = f"{criterion}（以{row.confirmed_by}确认为准）"
    return {"purpose": row.purpose, "criterion": criterion, "on": iso(row.on), "missing": row.missing}


def _recorded(event: Event) -> list[Evidence]:
    """What was recorded by the moment of the event; evidence is never edited."""
    rows = Evidence.objects.filter(project=event.project_id, recorded_at__lte=event.at)
    return list(rows.select_related("recorded_by").prefetch_related("attachments"))


def _condition(row: dict[str, Any]) -> shapes.Condition:
    return {"label": row["label"], "state": row["state"], "detail": row["detail"], "basis": row["basis"]}


def _evidence(row: Evidence) -> shapes.Evidence:
    files = "、".join(attachment.original_name for attachment in row.attachments.all())
    percent = f"{row.percent}%" if row.percent is not None else ""
    source = [row.note, percent, files, f"{row.recorded_by.name}登记"]
    label = str(row.get_kind_display())
    return {"label": label, "on": row.happened_on.isoformat(), "source": "；".join(filter(None, source))}


def _photos(recorded: Iterable[Evidence]) -> list[shapes.Photo]:
    """The pictures of the site. One that cannot be printed stays an attachment; the sheet must not wait for it."""
    found: list[shapes.Photo] = []
    for row in recorded:
        caption = f"{row.get_kind_display()} {in_chinese(row.happened_on)}"
        for attachment in row.attachments.all():
            try:
                found.append({"caption": caption, "data_uri": photo(attachment)})
            except ValueError:
                continue
    return found[:MOST_PHOTOS]


def _conclusion(rows: Iterable[dict[str, Any]]) -> str:
    missing = list(dict.fromkeys(row["label"] for row in rows if row["state"] == "missing"))
    if not missing:
        return "施工许可条件和依法开工的其他条件均已具备。"
    return f"尚有{len(missing)}项条件未具备，具备前不得开工建设：{'、'.join(missing)}。"


def _figures(land: LandGrant | None) -> list[Pair]:
    if land is None:
        return []
    return [{"label": "宗地", "value": f"{land.plot.code} {land.plot.location}"}]


def _reminders(land: LandGrant | None) -> list[str]:
    reminders = [
        "因故中止施工的，自中止之日起一个月内向发证机关报告（《建筑法》第十条）。",
        "项目的性质、规模、地点、工艺或者用能情况发生重大变动的，先依法重新办理相应手续。",
        "主体工程与环境保护、水土保持、安全和节能设施同时设计、同时施工、同时投产使用。",
    ]
    if land is not None and land.agreed_start_on:
        agreed = land.agreed_start_on.isoformat()
        reminders.insert(
            0, f"出让合同约定动工日期为{agreed}；超过一年未动工开发的，依法处理（《城市房地产管理法》第二十六条）。"
        )
    return reminders
