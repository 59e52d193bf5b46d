"""Notices and decisions on one application: 收件, 受理, 一次性补正, 不予受理, 准予, 不予."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from approvals import guards
from approvals.models import Application, Event, Material, SpotCorrection, SupplementNotice
from approvals.papers import law, matters
from approvals.papers.common import bases, contact, day_of, head, iso, project_of
from approvals.rules.clock import working_days_between
from approvals.selectors.calendar import calendar_for
from approvals.selectors.fact_sheet import label_of
from documents.facts import common, notices


def application_of(event: Event) -> Application:
    rows = Application.objects.select_related("matter", "department", "applicant", "accepted_by", "decided_by")
    return rows.get(pk=event.subject_id)


def material_receipt(event: Event) -> notices.MaterialReceipt:
    """What was handed in and when, and from which day its review is counted: as it was when it came."""
    application, on, stated = application_of(event), day_of(event), event.facts
    at = timezone.localtime(datetime.fromisoformat(stated["at"])) if stated["at"] else None
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "handed_in_on": (at.date() if at else on).isoformat(),
        "handed_in_at": at.strftime("%H:%M") if at else "",
        "received_on": stated["received_on"],
        "received_because": stated["received_because"],
        "counts_from": stated["counts_from"],
        "tell_by": stated["tell_by"],
        "provisional": stated["provisional"],
        "answers": stated["answers"] or "",
        "materials": [
            {"name": row["name"], "note": _form(row["on_paper"], row["not_needed"], row["note"])}
            for row in stated["materials"]
        ],
        "deferred": [{"name": row["name"], "due_on": row["due_on"]} for row in stated["deferred"]],
        "contact": contact(None, application.department),
        "basis": bases(law.LICENSING_32),
    }


def acceptance_notice(event: Event) -> notices.AcceptanceNotice:
    """Both limits and their last days, as they were computed when it was accepted."""
    application, on = application_of(event), day_of(event)
    matter, certain = application.matter, matters.is_certain(application.matter)
    deferred = {row["material"]: row["due_on"] for row in event.facts["deferred"]}
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "received_on": event.facts["received_on"],
        "accepted_on": on.isoformat(),
        "deemed": event.facts["by_law"],
        "statutory_limit": matters.statutory_limit(matter),
        "statutory_due_on": (event.facts["due"] or "") if certain else "",
        "promised_limit": matters.promised_limit(matter),
        "promised_due_on": event.facts["promised_due"] or "",
        "provisional": event.facts["provisional"],
        "materials": [received(row) for row in application.materials.all() if row.name not in deferred],
        "deferred": [{"name": name, "due_on": due_on} for name, due_on in deferred.items()],
        "contact": contact(event.by, application.department),
        "basis": bases(law.LICENSING_32, matters.basis_on(matter, on)),
    }


def supplement_notice(event: Event) -> notices.SupplementNotice:
    """Everything at once. The day to answer by is the locality's; without one none is invented."""
    application, on = application_of(event), day_of(event)
    notice = SupplementNotice.objects.get(pk=event.facts["notice"])
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "received_on": event.facts["received_on"],
        "items": [_item(item) for item in notice.items],
        "facts": [_fact(row) for row in notice.facts],
        "due_on": iso(notice.answer_due_on),
        "due_limit": _answer_limit(notice),
        "effect": _effect(notice),
        "contact": contact(event.by, application.department),
        "basis": bases(law.LICENSING_32),
    }


def decline_notice(event: Event) -> notices.DeclineNotice:
    application, on = application_of(event), day_of(event)
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "received_on": iso(application.received_on),
        "grounds": [{"text": event.facts["reason"], "basis": guards.BASIS_OF_GROUND[event.facts["ground"]]}],
        "refer_to": event.facts["referred_to"],
        "remedies": law.remedies(application.department, on),
        "basis": bases(law.LICENSING_32, matters.basis_on(application.matter, on)),
    }


def correction_record(event: Event) -> notices.CorrectionRecord:
    application, on = application_of(event), day_of(event)
    correction = SpotCorrection.objects.get(pk=event.facts["correction"])
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "received_on": iso(application.received_on),
        "items": [{"name": item["material"], "correction": item["correction"]} for item in correction.items],
        "corrected_by": correction.corrected_by,
        "contact": contact(event.by, application.department),
        "basis": bases(guards.CORRECTED_ON_THE_SPOT),
    }


def grant_decision(event: Event) -> notices.GrantDecision:
    application, on = application_of(event), day_of(event)
    name, reason = matters.name_on(application.matter, on), event.facts["reason"]
    opinion = f"审查意见：{reason.rstrip('。')}。" if reason else ""
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "accepted_on": iso(application.accepted_on),
        "decision": f"准予{application.applicant.name}的{name}申请。{opinion}",
        "conditions": _conditions(application),
        "certificate_number": event.facts["result_number"],
        "valid_from_on": "",
        "valid_until_on": "",
        "supervising_body": matters.supervisor_of(application.matter, application.project, on),
        "basis": bases(law.LICENSING_38, matters.basis_on(application.matter, on)),
    }


def refusal_decision(event: Event) -> notices.RefusalDecision:
    application, on = application_of(event), day_of(event)
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "accepted_on": iso(application.accepted_on),
        "grounds": [{"text": event.facts["reason"], "basis": ""}],
        "remedies": law.remedies(application.department, on),
        "basis": bases(law.LICENSING_38, matters.basis_on(application.matter, on)),
    }


def applied(application: Application, on: date) -> common.Application:
    return {
        "matter_code": application.matter.code,
        "matter_name": matters.name_on(application.matter, on),
        "case": "",
        "applicant": application.applicant.name,
        "applied_on": iso(application.submitted_on),
    }


def received(material: Material) -> notices.ReceivedMaterial:
    return {"name": material.name, "note": _form(material.on_paper, material.not_needed, material.note)}


def _form(on_paper: bool, not_needed: bool, note: str) -> str:
    if not_needed:
        return f"申请人说明本项目不需要：{note}"
    form = "纸质件" if on_paper else "电子件"
    return f"{form}，{note}" if note else form


def _item(item: dict[str, str]) -> notices.SupplementItem:
    return {
        "name": item["material"],
        "problem": item["problem"],
        "requirement": "补正后重新提交",
        "basis": law.LICENSING_32,
    }


def _fact(row: dict[str, str]) -> notices.SupplementFact:
    return {
        "name": label_of(row["fact"]),
        "stated": row["was"],
        "problem": row["problem"],
        "basis": law.LICENSING_32,
    }


def _answer_limit(notice: SupplementNotice) -> str:
    if notice.answer_due_on is None:
        return ""
    days = working_days_between(notice.issued_on, notice.answer_due_on, calendar_for(notice.application.department))
    return f"{days}个工作日{'，暂定' if notice.answer_due_is_provisional else ''}"


def _effect(notice: SupplementNotice) -> str:
    """What follows from answering; and why it is told again, where it is."""
    again = f"本次告知系因下列新情况，并已经审核同意：{notice.new_fact.rstrip('。')}。" if notice.new_fact else ""
    return f"{again}补正材料齐全、符合法定形式的，依法受理。"


def _conditions(application: Application) -> list[str]:
    if application.route != Application.Route.COMMITMENT:
        return []
    return ["按照承诺的标准、条件和期限实施，接受事中事后核查；承诺不实的，依法撤销本决定。"]
