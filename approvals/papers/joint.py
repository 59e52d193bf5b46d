"""联合办理综合批复: the opinions as the event carries them, one decision date for all."""

from __future__ import annotations

from typing import Any

from approvals.models import Application, Event, JointHandling, Recommendation
from approvals.papers import law, matters
from approvals.papers.common import bases, day_of, head, project_of
from approvals.rules.clock import clock_law
from approvals.selectors.joint import joint_due
from documents.facts import joint as shapes

LICENSING_42 = "《行政许可法》第四十二条第二款"


def joint_reply(event: Event) -> shapes.JointReply:
    on, joint = day_of(event), JointHandling.objects.select_related("lead").get(pk=event.subject_id)
    rows = Application.objects.select_related("matter", "project", "applicant", "department").in_bulk(
        event.facts["applications"]
    )
    applications = [rows[pk] for pk in event.facts["applications"]]
    said = {int(opinion["application"]): opinion for opinion in event.facts["opinions"]}
    return {
        "project": head(project_of(event), on),
        "applicant": applications[0].applicant.name,
        "started_on": joint.started_on.isoformat(),
        "counted_from": joint.counts_from_on.isoformat(),
        "limit": f"{clock_law(joint.started_on).joint_days}个工作日",
        "due_on": joint_due(joint).due_on.isoformat(),
        "decided_on": on.isoformat(),
        "parts": [_part(application, said[application.pk], event) for application in applications],
        "refused": sum(not _is_granted(opinion) for opinion in said.values()),
        "reply": event.facts["reply"],
        "basis": bases(LICENSING_42, law.LICENSING_38),
    }


def _part(application: Application, said: dict[str, Any], event: Event) -> shapes.JointPart:
    on, granted = day_of(event), _is_granted(said)
    return {
        "matter_code": application.matter.code,
        "matter_name": matters.name_on(application.matter, on),
        "department": said["department"],
        "opinion": said["opinion"],
        "reason": said["reason"],
        "on": said["on"],
        "basis": matters.basis_on(application.matter, on),
        "granted": granted,
        "remedies": [] if granted else law.remedies(application.department, on),
        "supervising_body": matters.supervisor_of(application.matter, application.project, on) if granted else "",
    }


def _is_granted(said: dict[str, Any]) -> bool:
    return bool(said["outcome"] == Recommendation.Outcome.GRANT)
