"""Which event calls for which document. One delivery issues one paper and files it.

Printing runs outside any transaction, so nobody waits for it. The key is the event and the kind: a delivery that was
cut off goes on with the same number, and a second one finds the first one's paper.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation

from approvals import events, guards
from approvals.accounts.models import Organisation
from approvals.models import Application, Determination, Event, Project, ProjectDocument, Recommendation
from approvals.papers import agency, applications, clocks, commencement, commitment, determination, joint, land, signing
from approvals.papers.common import PaperOutstanding, day_of, issued_day_of, project_of
from approvals.services.results import record_result_number
from documents import services
from documents.models import Document

Facts = Callable[[Event], Mapping[str, Any]]
Stage = Project.Stage
prints_on = functools.partial(events.handles, lengthy=True)


@prints_on("project.stage_left")
def stage_papers(event: Event) -> None:
    """Each of these stages ends with its sheet; the others have issued theirs on the way."""
    sheets: dict[str, tuple[str, Facts]] = {
        Stage.SIGNING: ("signing_record", signing.signing_record),
        Stage.STANDARD_LAND: ("indicator_sheet", land.indicator_sheet),
        Stage.FULL_AGENCY: ("commencement_sheet", commencement.commencement_sheet),
    }
    if event.facts["left"] == Stage.STANDARD_LAND and guards.acquires_otherwise(project_of(event)):
        return  # no plot, no indicators
    if sheet := sheets.get(event.facts["left"]):
        kind, facts = sheet
        issue(event, kind, facts, issuer=project_of(event).organisation)


@prints_on("commitment.noticed")
def notice_of_conditions(event: Event) -> None:
    _by_bureau(event, "notice_of_conditions", commitment.notice_of_conditions)


@prints_on("commitment.pledged")
def commitment_letter(event: Event) -> None:
    _by_bureau(event, "commitment_letter", commitment.commitment_letter)


@prints_on("commitment.publicised")
def commitment_publicity(event: Event) -> None:
    _by_bureau(event, "commitment_publicity", commitment.commitment_publicity)


@prints_on("commitment.decided")
def commitment_decision(event: Event) -> None:
    _by_bureau(event, "commitment_decision", commitment.commitment_decision)


@prints_on("determination.confirmed")
def determination_paper(event: Event) -> None:
    kind = Determination.objects.values_list("kind", flat=True).get(pk=event.subject_id)
    _by_bureau(event, f"{kind}_determination", determination.determination)


@prints_on("determination.superseded")
def revoke_determination_paper(event: Event) -> None:
    """Whoever verifies the old paper is told that it counts no more, and why."""
    papers = ProjectDocument.objects.filter(
        project=event.project_id,
        event__kind="determination.confirmed",
        event__subject_type="determination",
        event__subject_id=event.subject_id,
    )
    place = papers.select_related("document").first()
    if place is None:
        raise PaperOutstanding(f"the paper of determination {event.subject_id} is still owed")
    if place.document.revoked_on is None:
        services.revoke(place.document_id, on=day_of(event), reason=event.facts["because"])


@prints_on("mandate.signed")
def mandate(event: Event) -> None:
    issue(event, "mandate", agency.mandate, issuer=project_of(event).organisation)


@prints_on("matter_list.confirmed")
def matter_list(event: Event) -> None:
    issue(event, "matter_list", agency.matter_list, issuer=project_of(event).organisation)


@prints_on("application.submitted")
def material_receipt(event: Event) -> None:
    """Also of what answers a supplement notice: a period begins anew with it."""
    by_department(event, "material_receipt", applications.material_receipt)


@prints_on("application.accepted")
def acceptance_notice(event: Event) -> None:
    """Under its own name where something is deferred; what the law accepted is never conditional."""
    conditional = event.facts["deferred"] and not event.facts["by_law"]
    kind = "conditional_acceptance_notice" if conditional else "acceptance_notice"
    by_department(event, kind, applications.acceptance_notice)


@prints_on("application.corrected")
def correction_record(event: Event) -> None:
    by_department(event, "correction_record", applications.correction_record)


@prints_on("application.supplement_requested")
def supplement_notice(event: Event) -> None:
    by_department(event, "supplement_notice", applications.supplement_notice)


@prints_on("application.declined")
def decline_notice(event: Event) -> None:
    """Either way a dated paper: no permit is needed, or another authority is competent."""
    not_required = event.facts["ground"] == Application.DeclineGround.NOT_REQUIRED
    kind = "not_required_notice" if not_required else "decline_notice"
    by_department(event, kind, applications.decline_notice)


@prints_on("application.clock_paused")
def special_procedure_notice(event: Event) -> None:
    by_department(event, "special_procedure_notice", clocks.special_procedure_notice)


@prints_on("application.date_corrected")
def date_correction_notice(event: Event) -> None:
    by_department(event, "date_correction_notice", clocks.date_correction_notice)


@prints_on("application.limit_extended")
def extension_notice(event: Event) -> None:
    by_department(event, "extension_notice", clocks.extension_notice)


@prints_on("application.granted")
def grant_decision(event: Event) -> None:
    """The decision, whose number becomes the application's where the department gave none of its own."""
    if not _is_permit(event) or event.facts.get("joint"):  # a joint handling is answered by one merged reply
        return
    document = by_department(event, "grant_decision", applications.grant_decision)
    _number_result(event, event.subject_id, document.number)


@prints_on("joint.concluded")
def joint_reply(event: Event) -> None:
    """One paper for all, whose number is that of every result."""
    document = issue(event, "joint_reply", joint.joint_reply, issuer=project_of(event).approval_bureau)
    for said in event.facts["opinions"]:
        if said["outcome"] == Recommendation.Outcome.GRANT:
            _number_result(event, int(said["application"]), document.number)


def _number_result(event: Event, application_id: int, number: str) -> None:
    """Not where the application was reopened meanwhile: it awaits another decision, with a number of its own."""
    later = Event.objects.filter(kind="application.reopened", subject_id=application_id, pk__gt=event.pk)
    if not later.exists():
        record_result_number(application_id, by=event.by, on=day_of(event), number=number)


@prints_on("application.refused")
def refusal_decision(event: Event) -> None:
    if _is_permit(event) and not event.facts.get("joint"):
        by_department(event, "refusal_decision", applications.refusal_decision)


@prints_on("project.commenced")
def commencement_papers(event: Event) -> None:
    """The final sheet first: the confirmation names its number."""
    issuer = project_of(event).organisation
    sheet = issue(event, "commencement_sheet", commencement.commencement_sheet, issuer=issuer)

    def facts(event: Event) -> Mapping[str, Any]:
        return commencement.commencement_confirmation(event, sheet.number)

    issue(event, "commencement_confirmation", facts, issuer=issuer)


def issue(
    event: Event, kind: str, facts: Facts, *, issuer: Organisation, application: Application | None = None
) -> Document:
    """Issue the paper that the event calls for and file it with the project, once."""
    project, key = project_of(event), f"event:{event.pk}:{kind}"
    if place := ProjectDocument.objects.select_related("document").filter(document__key=key).first():
        return place.document
    with translation.override("zh-hans"):  # labels on legal papers, whoever's request delivers them
        stated = facts(event)
    document = services.issue(
        key=key,
        kind=kind,
        facts=stated,
        issuer=issuer,
        on=issued_day_of(event),
        folder=f"project:{project.pk}",
        by=event.by,
    )
    ProjectDocument.objects.get_or_create(
        document=document, defaults={"project": project, "application": application, "event": event}
    )
    return document


def _by_bureau(event: Event, kind: str, facts: Facts) -> Document:
    return issue(event, kind, facts, issuer=project_of(event).approval_bureau)


def _is_permit(event: Event) -> bool:
    """A registration or a filing is no 行政许可, and the decision's wording claims one: it gets no such paper."""
    return applications.application_of(event).matter.is_permit


def by_department(event: Event, kind: str, facts: Facts) -> Document:
    application = applications.application_of(event)
    return issue(event, kind, facts, issuer=application.department, application=application)
