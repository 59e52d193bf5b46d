"""Full agency: 代办委托书, 项目事项清单."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from approvals.accounts.models import Organisation, User
from approvals.guards.agency import AGENCY
from approvals.models import AgencyMandate, Event, Matter, MatterList, Project
from approvals.papers import law, matters
from approvals.papers.common import UNCONFIRMED, bases, contact, day_of, head, iso, project_of
from documents.facts import agency as shapes
from documents.facts.common import Pair

STATUSES = {"needed": "需要办理", "spared": "免予办理", "unknown": "待确定", "not_applicable": "不适用"}
ROUTES = {"ordinary": "一般程序", "commitment": "告知承诺", "filing": "备案", "none": "企业无须申请"}
RECORDS = {"filing": "以备案、核准记录为准", "land": "以用地记录为准", "assessment": "以区域评估成果为准"}


def mandate(event: Event) -> shapes.Mandate:
    """Signed by the enterprise; free of charge; it never covers a commitment (fixed wording of the template)."""
    project = project_of(event)
    row = AgencyMandate.objects.select_related("handler", "lead_official", "signed_by").get(pk=event.subject_id)
    on = day_of(event)
    enterprise = project.principal(on=on)
    assert enterprise is not None
    assert row.signed_by is not None, "a signed mandate names who signed"
    return {
        "project": head(project, on),
        "agent": _agent(project).name,
        "legal_representative": enterprise.legal_representative,
        "contact": {"name": row.signed_by.name, "phone": row.signed_by.phone or "—", "address": enterprise.address},
        "scope_label": "全部" if row.scope == AgencyMandate.Scope.FULL else "部分",
        "matters": _mandated(row, on),
        "handlers": [_person(row.handler, "代办员", project)],
        "lead": _person(row.lead_official, "领办领导", project),
        "from_on": row.from_on.isoformat(),
        "until_on": row.until_on.isoformat(),
        "signatory": row.signed_by.name,
        "signed_on": iso(row.signed_on),
        "basis": bases(AGENCY, law.LICENSING_29, law.LICENSING_31),
    }


def matter_list(event: Event) -> shapes.MatterList:
    """Every matter with its answer: what is spared stands there with its ground, nothing disappears."""
    project = project_of(event)
    listed = MatterList.objects.get(pk=event.subject_id)
    names = {row["code"]: row["name"] for row in listed.rows}
    return {
        "project": head(project, listed.on),
        "as_of_on": listed.on.isoformat(),
        "rows": [_row(row, names, certain=row["confidence"] != "low") for row in _in_order(listed.rows)],
        "summary": _summary(listed.rows),
        "contact": contact(project.handler, _agent(project)),
        "basis": bases(AGENCY),
    }


def _agent(project: Project) -> Organisation:
    """The service centre of the area where it has one; it entrusts its handlers."""
    return project.organisation.own_department(Organisation.Department.SERVICE_CENTRE) or project.organisation


def _mandated(row: AgencyMandate, on: date) -> list[shapes.MandatedMatter]:
    if row.scope == AgencyMandate.Scope.FULL:
        return [{"code": "", "name": "本项目从签约到开工依法需要办理的全部审批服务事项"}]
    chosen = matters.in_order(row.matter_codes, on)
    return [{"code": matter.code, "name": matters.name_on(matter, on)} for matter in chosen]


def _person(user: User, position: str, project: Project) -> shapes.Person:
    organisation = _agent(project).name if position == "代办员" else project.organisation.name
    return {"name": user.name, "position": position, "organisation": organisation, "phone": user.phone}


def _in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What has to be done first, then the rest; within that, as the catalogue has it."""
    rank = {status: place for place, status in enumerate(STATUSES)}
    return sorted(rows, key=lambda row: rank[row["status"]])


def _row(row: Mapping[str, Any], names: Mapping[str, str], *, certain: bool) -> shapes.MatterRow:
    to_do = row["status"] in {"needed", "unknown"}
    timed = (
        to_do and row["route"] != "none"
    )  # the government's own preparation runs against no limit of the enterprise's
    return {
        "code": row["code"],
        "name": row["name"],
        "status": row["status"],
        "status_label": STATUSES[row["status"]],
        "route_label": RECORDS.get(row["recorded_by"] or "", ROUTES[row["route"]]) if to_do else "",
        "authority": row["authority"],
        "statutory_limit": matters.in_words(row["statutory_days"], row["day_type"]) if certain and timed else "",
        "promised_limit": matters.in_words(row["committed_days"], Matter.DayType.WORKING) if timed else "",
        "reason": row["reason"],
        "basis": row["basis"] if certain else f"（{UNCONFIRMED}）",
        "prerequisites": [names.get(code, code) for code in row["prerequisites"]] if to_do else [],
    }


def _summary(rows: list[dict[str, Any]]) -> list[Pair]:
    counted = Counter(row["status"] for row in rows)
    return [{"label": label, "value": f"{counted[status]}项"} for status, label in STATUSES.items()]
