"""What follows a decision on paper: 送达回证, 办结移交单, 撤销行政许可决定书, and 备案回执."""

from __future__ import annotations

from approvals.guards import Validity, validity_of
from approvals.models import Annulment, Application, DecisionDelivery, Event, Handover, ProjectDocument
from approvals.papers import law, matters
from approvals.papers.applications import application_of, applied, received
from approvals.papers.common import PaperOutstanding, bases, day_of, head, project_of
from approvals.rules.annulment import annulment_grounds
from approvals.selectors.delivery import delivery_due
from documents.facts import aftermath
from documents.models import Document

DECISION_PAPERS = ("grant_decision", "refusal_decision", "decline_notice", "filing_receipt")
DECISION_WORDS = {"granted": "准予行政许可", "refused": "不予行政许可", "declined": "不予受理"}


def delivery_receipt(event: Event) -> aftermath.DeliveryReceipt:
    application, on = application_of(event), day_of(event)
    delivery = DecisionDelivery.objects.select_related("recorded_by").get(pk=event.facts["delivery"])
    paper = decision_paper(application)
    due = delivery_due(application)
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "paper_title": paper.title if paper else f"{matters.name_on(application.matter, on)}办理结果",
        "paper_number": paper.number if paper else application.result_number,
        "decided_on": delivery.decided_on.isoformat(),
        "due_on": due.due_on.isoformat() if due else "",
        "method": str(delivery.get_method_display()),
        "recipient": delivery.recipient,
        "delivered_on": delivery.delivered_on.isoformat(),
        "delivered_by": delivery.recorded_by.name,
        "note": delivery.note,
        "basis": bases(law.LICENSING_44),
    }


def handover_sheet(event: Event) -> aftermath.HandoverSheet:
    """As it stood on the day of the decision."""
    application, on = application_of(event), day_of(event)
    handover, validity = Handover.objects.get(pk=event.facts["handover"]), validity_of(application)
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "to": handover.department_name,
        "decision": "准予行政许可" if application.matter.is_permit else "已办结",
        "result_number": _result_number(event, application),
        "decided_on": handover.decided_on.isoformat(),
        "conditions": [row.text for row in application.obligations.all() if row.dropped_on is None],
        "lapses_on": validity.lapses_on.isoformat() if validity else "",
        "lapse_note": _lapse_note(validity) if validity else "",
        "materials": [received(material) for material in application.materials.all()],
        "approver": _people(application),
        "basis": bases(matters.basis_on(application.matter, on)),
    }


def annulment_decision(event: Event) -> aftermath.AnnulmentDecision:
    application, on = application_of(event), day_of(event)
    annulment = Annulment.objects.get(pk=event.facts["annulment"])
    ground = annulment_grounds(annulment.annulled_on)[annulment.ground]
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "permit_number": event.facts["result_number"] or _result_number(event, application),
        "granted_on": event.facts["granted_on"],
        "grounds": [{"text": f"{ground.name}：{annulment.reason}", "basis": ground.basis}],
        "effect": ground.effect,
        "remedies": law.remedies(application.department, on),
        "basis": bases(ground.basis),
    }


def filing_receipt(event: Event) -> aftermath.FilingReceipt:
    application, on = application_of(event), day_of(event)
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "filed_on": on.isoformat(),
        "materials": [received(material) for material in application.materials.all()],
        "basis": bases(matters.basis_on(application.matter, on)),
    }


def decision_paper(application: Application) -> Document | None:
    """The paper of the decision that stands. Raises ``PaperOutstanding`` while it is still owed to a permit."""
    places = ProjectDocument.objects.filter(application=application, document__kind__in=DECISION_PAPERS)
    place = places.filter(document__revoked_on=None).select_related("document").order_by("-event").first()
    if place is not None:
        return place.document
    if application.matter.is_permit or application.state == application.State.DECLINED:
        raise PaperOutstanding(f"the decision on application {application.pk} is not printed yet")
    return None


def _lapse_note(validity: Validity) -> str:
    counted = "；自领取之日起算，所列日期按决定日推算" if validity.is_estimate else ""
    return f"{validity.span.effect}{counted}"


def _result_number(event: Event, application: Application) -> str:
    """Its number, or that of the paper of the grant. Raises ``PaperOutstanding`` while that is still being printed."""
    if application.result_number or not application.matter.is_permit:
        return application.result_number
    papers = ProjectDocument.objects.filter(application=application, event__lt=event.pk)
    place = papers.filter(document__kind="grant_decision").select_related("document").order_by("-event").first()
    if place is None:
        raise PaperOutstanding(f"the decision on application {application.pk} is not printed yet")
    return place.document.number


def _people(application: Application) -> str:
    """Who examined it and who decided."""
    agreed = application.recommendations.filter(agreed=True).select_related("made_by").last()
    people = [agreed.made_by if agreed else None, application.decided_by]
    return "、".join(dict.fromkeys(person.name for person in people if person))
