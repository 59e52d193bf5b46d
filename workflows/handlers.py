"""Reactions to domain events: the open tasks follow the records."""

from __future__ import annotations

from approvals.events import handles
from approvals.models import Application, Commitment, Consultation, Event, JointHandling, Override
from workflows.alignment import (
    align,
    align_application,
    align_commitment,
    align_consultation,
    align_joint,
    align_override,
    align_project,
)
from workflows.models import ConsultationProcess, JointProcess


@handles(
    "project.registered",
    "project.intake_accepted",
    "project.stage_left",
    "project.filed",
    "project.facts_changed",
    "project.suspended",
    "project.resumed",
    "project.terminated",
    "project.commenced",
    "agreement.drafted",
    "agreement.signed_by_enterprise",
    "agreement.signed_by_government",
    "commitment.assessed",
    "commitment.turned_ordinary",
    "commitment.noticed",
    "commitment.pledged",
    "commitment.publicised",
    "commitment.decided",
    "land.plot_chosen",
    "land.auctioned",
    "land.contracted",
    "land.paid",
    "mandate.offered",
    "mandate.signed",
    "determination.confirmed",
    "determination.superseded",
    "matter_list.confirmed",
    "matter_list.superseded",
    "evidence.recorded",
    prompt=True,
)
def follow_project(event: Event) -> None:
    assert event.project is not None
    align_project(event.project)


@handles("calendar.applied")
def follow_calendar(event: Event) -> None:
    """The reviews of what was received end on other days too. (Limits that run have each their own event.)"""
    for application in Application.objects.filter(state=Application.State.SUBMITTED).order_by("pk"):
        align_application(application)


@handles(
    "application.opened",
    "application.submitted",
    "application.supplement_requested",
    "application.corrected",
    "application.second_notice_proposed",
    "application.second_notice_decided",
    "application.accepted",
    "application.recommended",
    "application.returned",
    "application.clock_paused",
    "application.clock_resumed",
    "application.hearing_asked",
    "application.hearing_held",
    "application.hearing_closed",
    "application.limit_extended",
    "application.limits_recomputed",
    "application.reopened",
    "application.annulled",
    "application.lapsed",
    "application.declined",
    "application.filed",
    "application.granted",
    "application.refused",
    "application.withdrawn",
    prompt=True,
)
def follow_application(event: Event) -> None:
    align_application(Application.objects.get(pk=event.subject_id))


@handles(
    "override.proposed",
    "override.approved",
    "override.rejected",
    "override.withdrawn",
    "override.lapsed",
    prompt=True,
)
def follow_override(event: Event) -> None:
    align_override(Override.objects.get(pk=event.subject_id))


@handles(
    "application.consultation_asked",
    "application.consultation_answered",
    "application.consultation_withdrawn",
    prompt=True,
)
def follow_consultation(event: Event) -> None:
    align_consultation(Consultation.objects.get(pk=event.facts["consultation"]))


@handles("application.granted", "application.refused", "application.withdrawn", "application.returned", prompt=True)
def end_consultations(event: Event) -> None:
    """A decision ends the wait for answers that are still out."""
    for process in ConsultationProcess.objects.filter(consultation__application=event.subject_id):
        align(process)


@handles("joint.started", "joint.left", "joint.concluded", "joint.dissolved", "application.limit_extended", prompt=True)
def follow_joint(event: Event) -> None:
    """The limits of its applications have changed too."""
    if event.subject_type != "jointhandling":
        for process in JointProcess.objects.filter(joint__applications=event.subject_id):
            align(process)
        return
    joint = JointHandling.objects.get(pk=event.subject_id)
    align_joint(joint)
    left = event.facts["applications"] if event.kind == "joint.left" else []
    for application in (joint.applications.all() | Application.objects.filter(pk__in=left)).distinct().order_by("pk"):
        align_application(application)


@handles(
    "commitment.decided",
    "commitment.verification_planned",
    "commitment.verified",
    "commitment.rectification_ordered",
    "commitment.rectification_concluded",
    "commitment.revoked",
    "commitment.change_asked",
    "commitment.change_answered",
    prompt=True,
)
def follow_commitment(event: Event) -> None:
    align_commitment(Commitment.objects.get(project=event.project_id))
