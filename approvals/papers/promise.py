"""The promise after its grant on paper: 承诺核查记录, 限期整改通知书, 撤销承诺制决定书."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from approvals.guards.commitment import CREDIT, REGULATION
from approvals.models import Commitment, CommitmentChange, Event, ProjectDocument, Rectification, Verification
from approvals.papers import law, matters
from approvals.papers.common import bases, contact, day_of, head, iso, project_of
from approvals.rules import credit
from documents.facts import promise as shapes

LICENSING_7 = "《行政许可法》第七条"  # the right to state one's case and to defend oneself
BREACH_CONSEQUENCES = (
    "撤销承诺制决定，尚未办结的事项终止办理（国办发〔2020〕42号）。",
    "依法给予处罚，并记入信用记录；信用修复前不适用告知承诺（国办发〔2020〕42号）。",
)


def verification_record(event: Event) -> shapes.VerificationRecord:
    row = _verification(event.subject_id)
    on = day_of(event)
    assert row.recorded_by is not None, "a recorded check names who checked"
    return {
        "project": head(project_of(event), on),
        "decision_number": _decision_number(event),
        "letter_on": iso(row.commitment.pledged_on),
        "version": f"第{row.version.number}版，{row.version.in_force_on.isoformat()}起生效" if row.version else "",
        "planned_on": row.planned_on.isoformat(),
        "checked_on": iso(row.recorded_on),
        "checked_by": row.recorded_by.name,
        "office": row.department.name,
        "matters": list(_checked(row.results, on)),
        "conclusion": _conclusion(row),
        "note": row.note,
        "evidence": [file.original_name for file in row.evidence.all()],
        "basis": bases(REGULATION, CREDIT),
    }


def rectification_notice(event: Event) -> shapes.RectificationNotice:
    order = Rectification.objects.get(pk=event.subject_id)
    row, on, project = _verification(order.verification_id), day_of(event), project_of(event)
    broken = [result for result in row.results if result["result"] != Verification.Result.FULFILLED]
    return {
        "project": head(project, on),
        "decision_number": _decision_number(event),
        "checked_on": iso(row.recorded_on),
        "breaches": list(_checked(broken, on)),
        "reason": order.reason,
        "demand": order.demand,
        "limit": f"{order.working_days}个工作日",
        "due_on": order.due_on.isoformat(),
        "provisional": order.due_is_provisional,
        "consequences": list(BREACH_CONSEQUENCES),
        "contact": contact(event.by, project.approval_bureau),
        "basis": bases(CREDIT, REGULATION, LICENSING_7),
    }


def commitment_change(event: Event) -> shapes.CommitmentChange:
    """Old against new as the event carries them: later changes do not reach back."""
    change = CommitmentChange.objects.select_related("commitment").get(pk=event.subject_id)
    on, project = day_of(event), project_of(event)
    after = {item["code"]: item for item in change.items}
    return {
        "project": head(project, on),
        "decision_number": _decision_number(event),
        "asked_on": change.asked_on.isoformat(),
        "content": change.content,
        "reason": change.reason,
        "agreed": event.facts["agreed"],
        "reply": event.facts["reply"],
        "items": [
            {
                "code": item["code"],
                "name": item["name"],
                "before": item["terms"],
                "after": after[item["code"]]["terms"] if item["code"] in after else "",
                "dropped": item["code"] not in after,
            }
            for item in event.facts["before"]
        ],
        "version": f"第{event.facts['version']}版" if event.facts["agreed"] else "",
        "in_force_on": on.isoformat() if event.facts["agreed"] else "",
        "basis": bases(REGULATION),
    }


def revocation_decision(event: Event) -> shapes.RevocationDecision:
    commitment, on, project = Commitment.objects.get(pk=event.subject_id), day_of(event), project_of(event)
    kind = credit.kind_on(event.facts["ground"], on)
    return {
        "project": head(project, on),
        "decision_number": _decision_number(event),
        "decided_on": iso(commitment.decided_on),
        "grounds": [{"text": f"{kind.label}：{event.facts['reason']}", "basis": kind.basis}],
        "heard": event.facts["heard"],
        "reaches": list(event.facts["relying"]),
        "credit": f"本决定记入信用记录（{kind.label}）。{kind.consequence}",
        "remedies": law.remedies(project.approval_bureau, on),
        "basis": bases(CREDIT, REGULATION, law.LICENSING_38),
    }


def _verification(pk: int) -> Verification:
    return Verification.objects.select_related("commitment", "department", "recorded_by", "version").get(pk=pk)


def _checked(results: Iterable[dict[str, str]], on: date) -> Iterable[shapes.CheckedMatter]:
    """Named as on the day of the check, whatever the form showed."""
    listed = list(results)
    rows = {row.code: row for row in matters.in_order([result["code"] for result in listed], on)}
    for result in listed:
        matter = rows.get(result["code"])
        yield {
            "code": result["code"],
            "name": matters.name_on(matter, on) if matter else result["name"],
            "standard": matters.standard_on(matter, on) if matter else "",
            "result": str(Verification.Result(result["result"]).label),
            "found": result["found"],
        }


def _conclusion(row: Verification) -> str:
    broken = sum(result["result"] != Verification.Result.FULFILLED for result in row.results)
    if not broken:
        return f"核查{len(row.results)}项承诺，全部履行。"
    return f"核查{len(row.results)}项承诺，其中{broken}项未全部履行，由审批机关依法处理。"


def _decision_number(event: Event) -> str:
    """The decision's number where its paper is printed; it is not waited for."""
    places = ProjectDocument.objects.filter(project=event.project_id, document__kind="commitment_decision")
    place = places.select_related("document").order_by("-event").first()
    return place.document.number if place else ""
