"""Commencement: two different lists. A lawful construction permit does not prove a lawful commencement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.guards.agency import determination_blockers
from approvals.guards.prerequisites import completed_matters, current_rows
from approvals.language import day_in_words

if TYPE_CHECKING:
    from approvals.models import Application, Project

BUILDING_ACT_8 = "《建筑法》第八条"
EIA_STARTS = "环办环评〔2018〕18号"
MET, MISSING, NOT_APPLICABLE = "met", "missing", "not_applicable"


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of a conditions list. ``state`` is met, missing or not_applicable."""

    code: str
    label: str
    state: str
    detail: str
    basis: str


def permit_conditions(project: Project, *, on: date) -> list[Condition]:
    """What article 8 of the Building Act asks before the construction permit, and the permit itself."""
    return [*_matter_conditions(project, "permit", on=on), *_recorded_conditions(project)]


def lawful_conditions(project: Project, *, on: date) -> list[Condition]:
    """What has to be approved or lawfully spared before permanent works break ground."""
    return _matter_conditions(project, "commencement", on=on)


def commencement_blockers(project: Project, *, on: date) -> list[Blocker]:
    found = determination_blockers(project)
    if not current_rows(project):
        found.append(Blocker("matter-list-missing", _("尚未确认项目事项清单或清单已失效")))
    conditions = {c.code: c for c in (*permit_conditions(project, on=on), *lawful_conditions(project, on=on))}
    for condition in conditions.values():
        if condition.state == MISSING:
            message = f"{condition.label}：{condition.detail}"
            found.append(Blocker(f"condition-{condition.code}", message, condition.basis))
    if not _broken_ground_with_photo(project):
        message = _("尚未登记永久性工程破土开槽的日期和现场照片")
        found.append(Blocker("evidence-missing", message, EIA_STARTS))
    return found


def _matter_conditions(project: Project, gate: str, *, on: date) -> list[Condition]:
    done = completed_matters(project, on=on)
    live = {
        application.matter.code: application
        for application in project.applications.all()
        if application.state not in application.UNSUCCESSFUL
    }
    return [_condition(row, done, live) for row in current_rows(project).values() if gate in row["gate"]]


def _condition(row: dict[str, Any], done: dict[str, str], live: dict[str, Application]) -> Condition:
    code = row["code"]
    if row["status"] in {"spared", "not_applicable"}:
        state, detail = NOT_APPLICABLE, row["reason"]
    elif row["status"] == "unknown":
        state, detail = MISSING, _("是否需要尚不能判定：%(why)s") % {"why": row["reason"]}
    elif code in done:
        state, detail = MET, done[code] or _("已办结")
    elif code in live:
        state, detail = MISSING, _lacking(live[code])
    else:
        state, detail = MISSING, _("尚未取得")
    return Condition(code, row["name"], state, detail, row["basis"])


def _lacking(application: Application) -> str:
    """A granted one is not done only where its result has lapsed."""
    if application.state == application.State.GRANTED:
        return _("已取得的结果逾期失效，须重新办理")
    return _("尚未取得（办件：%(state)s）") % {"state": application.get_state_display()}


def _recorded_conditions(project: Project) -> Iterator[Condition]:
    """The conditions of article 8 that no approval matter shows: they are recorded as dated evidence."""
    recorded = {row.kind: row for row in project.evidence.all()}
    for kind in ("demolition_meets_schedule", "contractor_chosen", "funds_arranged", "safety_measures"):
        row = recorded.get(kind)
        label = _EVIDENCE_LABELS[kind]
        detail = f"{day_in_words(row.happened_on)} {row.note}".strip() if row else _("尚未登记")
        yield Condition(kind, label, MET if row else MISSING, detail, BUILDING_ACT_8)


_EVIDENCE_LABELS = {
    "demolition_meets_schedule": "拆迁进度符合施工要求或无需拆迁",
    "contractor_chosen": "已确定施工企业",
    "funds_arranged": "建设资金已落实",
    "safety_measures": "有保证工程质量和安全的具体措施",
}


def _broken_ground_with_photo(project: Project) -> bool:
    return any(row.kind == "broke_ground" and row.attachments.exists() for row in project.evidence.all())
