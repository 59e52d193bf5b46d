"""The papers that follow a decision, and the papers that no longer count because the decision has gone."""

from __future__ import annotations

from approvals.handlers.documents import by_department, prints_on
from approvals.models import Delivery, Event, ProjectDocument
from approvals.papers import aftermath
from approvals.papers.applications import application_of
from approvals.papers.common import PaperOutstanding, day_of
from documents import services

# What an event takes back: the kinds of paper, and the reason that verification will show.
TAKEN_BACK: dict[str, tuple[tuple[str, ...], str]] = {
    "application.annulled": (("grant_decision",), "许可已被撤销"),
    "application.lapsed": (("grant_decision",), "逾期未使用，已失效"),
    "application.reopened": (("refusal_decision", "decline_notice", "annulment_decision"), "该办件已恢复办理"),
    "application.returned": (("acceptance_notice",), "受理已撤回，重新审查"),
}


@prints_on("application.delivered")
def delivery_receipt(event: Event) -> None:
    by_department(event, "delivery_receipt", aftermath.delivery_receipt)


@prints_on("application.handed_over")
def handover_sheet(event: Event) -> None:
    by_department(event, "handover_sheet", aftermath.handover_sheet)


@prints_on("application.annulled")
def annulment_decision(event: Event) -> None:
    by_department(event, "annulment_decision", aftermath.annulment_decision)


@prints_on("application.filed")
def filing_receipt(event: Event) -> None:
    by_department(event, "filing_receipt", aftermath.filing_receipt)


@prints_on(*TAKEN_BACK)
def take_back(event: Event) -> None:
    """Revoke what the event has overtaken; wait for what is still being printed."""
    kinds, reason = TAKEN_BACK[event.kind]
    if event.facts.get("to") == "examination":
        return
    _wait_for_papers(event)
    application = application_of(event)
    places = ProjectDocument.objects.filter(application=application, document__kind__in=kinds, event__lt=event.pk)
    for place in places.filter(document__revoked_on=None).order_by("pk"):
        services.revoke(place.document_id, on=day_of(event), reason=reason)


def _wait_for_papers(event: Event) -> None:
    owed = Delivery.objects.filter(
        done_at=None,
        event__subject_type=event.subject_type,
        event__subject_id=event.subject_id,
        event__lt=event.pk,
        handler__startswith="approvals.handlers.documents",
    )
    if owed.exists():
        raise PaperOutstanding(f"event {event.pk} takes back a paper that is still being printed")
