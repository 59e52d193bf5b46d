"""The papers of a promise after its grant, and the decision that counts no more once it is revoked."""

from __future__ import annotations

from approvals.handlers.documents import issue, prints_on
from approvals.models import Delivery, Event, ProjectDocument, Verification
from approvals.papers import promise
from approvals.papers.common import PaperOutstanding, day_of, project_of
from documents import services


@prints_on("commitment.verified")
def verification_record(event: Event) -> None:
    """By the office that checked."""
    office = Verification.objects.select_related("department").get(pk=event.subject_id).department
    issue(event, "verification_record", promise.verification_record, issuer=office)


@prints_on("commitment.rectification_ordered")
def rectification_notice(event: Event) -> None:
    bureau = project_of(event).approval_bureau
    issue(event, "rectification_notice", promise.rectification_notice, issuer=bureau)


@prints_on("commitment.change_answered")
def commitment_change(event: Event) -> None:
    bureau = project_of(event).approval_bureau
    issue(event, "commitment_change", promise.commitment_change, issuer=bureau)


@prints_on("commitment.revoked")
def revocation_decision(event: Event) -> None:
    bureau = project_of(event).approval_bureau
    issue(event, "revocation_decision", promise.revocation_decision, issuer=bureau)


@prints_on("commitment.revoked")
def take_back_decision(event: Event) -> None:
    """Whoever verifies the old decision is told that it was revoked; wait while it is still being printed."""
    owed = Delivery.objects.filter(
        done_at=None,
        event__project=event.project_id,
        event__kind="commitment.decided",
        handler__startswith="approvals.handlers.documents",
    )
    if owed.exists():
        raise PaperOutstanding(f"the commitment decision of project {event.project_id} is still owed")
    places = ProjectDocument.objects.filter(project=event.project_id, document__kind="commitment_decision")
    for place in places.filter(document__revoked_on=None).order_by("pk"):
        services.revoke(place.document_id, on=day_of(event), reason=f"承诺制决定已撤销：{event.facts['reason']}"[:500])
