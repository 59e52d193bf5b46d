"""Who is told what: the enterprise's people what concerns them, the handler what he has to know. One line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.utils import translation

from approvals import events
from approvals.accounts.models import Appointment, Membership, User
from approvals.handlers import wording, wording_promise
from approvals.models import Application, Event, Handover, ProjectParty
from approvals.papers.common import day_of, project_of
from approvals.selectors.handovers import TAKES_OVER
from approvals.services.messages import tell

LONGEST = 300  # characters of Message.text

TO_ENTERPRISE: dict[str, Callable[[Event], str]] = {
    "agreement.drafted": wording.agreement_drafted,
    "commitment.noticed": wording.commitment_noticed,
    "commitment.publicised": wording.commitment_publicised,
    "commitment.decided": wording.commitment_decided,
    "commitment.verification_planned": wording_promise.verification_planned,
    "commitment.verified": wording_promise.verified,
    "commitment.rectification_ordered": wording_promise.rectification_ordered,
    "commitment.rectification_concluded": wording_promise.rectification_concluded,
    "commitment.revoked": wording_promise.revoked,
    "commitment.change_answered": wording_promise.change_answered,
    "credit.recorded": wording_promise.credit_recorded,
    "credit.repaired": wording_promise.credit_repaired,
    "mandate.offered": wording.mandate_offered,
    "determination.superseded": wording.determination_superseded,
    "override.approved": wording.override_approved,
    "matter_list.confirmed": wording.matter_list_confirmed,
    "application.submitted": wording.submitted,
    "application.supplement_requested": wording.supplement_requested,
    "application.supplement_due_soon": wording.supplement_due_soon,
    "application.supplement_lapsed": wording.supplement_lapsed,
    "application.corrected": wording.corrected,
    "application.deferral_lapsed": wording.deferral_lapsed,
    "application.accepted": wording.accepted,
    "application.clock_paused": wording.clock_paused,
    "application.clock_resumed": wording.clock_resumed,
    "application.limit_extended": wording.limit_extended,
    "application.date_corrected": wording.date_corrected,
    "application.declined": wording.declined,
    "application.granted": wording.granted,
    "application.refused": wording.refused,
    "application.filed": wording.filed,
    "application.reopened": wording.reopened,
    "application.returned": wording.returned,
    "application.annulled": wording.annulled,
    "application.lapsed": wording.lapsed,
    "project.commenced": wording.commenced,
}
TO_HANDLER: dict[str, Callable[[Event], str]] = {
    "agreement.signed_by_enterprise": wording.agreement_signed,
    "commitment.pledged": wording.commitment_pledged,
    "commitment.decided": wording.commitment_decided,
    "commitment.verified": wording_promise.verified,
    "commitment.rectification_ordered": wording_promise.rectification_ordered,
    "commitment.revoked": wording_promise.revoked,
    "commitment.change_asked": wording_promise.change_asked,
    "mandate.signed": wording.mandate_signed,
    "project.facts_changed": wording.facts_changed,
    "determination.superseded": wording.determination_superseded,
    "override.approved": wording.override_approved,
    "override.rejected": wording.override_rejected,
    "override.lapsed": wording.override_lapsed,
    "application.supplement_requested": wording.supplement_requested,
    "application.supplement_due_soon": wording.supplement_due_soon,
    "application.supplement_lapsed": wording.supplement_lapsed,
    "application.deferral_lapsed": wording.deferral_lapsed,
    "application.deferred_received": wording.deferred_received,
    "application.declined": wording.declined,
    "application.granted": wording.granted,
    "application.refused": wording.refused,
    "application.reopened": wording.reopened,
    "application.returned": wording.returned,
    "application.annulled": wording.annulled,
    "application.lapsed": wording.lapsed,
}


@events.handles(*TO_ENTERPRISE)
def tell_enterprise(event: Event) -> None:
    _send(event, TO_ENTERPRISE[event.kind], enterprise_people(event))


@events.handles(*TO_HANDLER)
def tell_handler(event: Event) -> None:
    handler = project_of(event).handler
    _send(event, TO_HANDLER[event.kind], [handler] if handler else [])


@events.handles("application.handed_over")
def tell_supervising_department(event: Event) -> None:
    handover = Handover.objects.get(pk=event.facts["handover"])
    _send(event, wording.handed_over, department_people(handover.department_id, day_of(event)))


@events.handles("application.extension_asked")
def tell_heads(event: Event) -> None:
    application = Application.objects.get(pk=event.subject_id)
    heads = Appointment.objects.held_on(day_of(event)).filter(is_head=True, organisation=application.department_id)
    _send(event, wording.extension_asked, User.objects.filter(pk__in=heads.values("user"), is_active=True))


def department_people(department_id: int | None, on: date) -> Iterable[User]:
    """Those who can acknowledge a hand-over to the department."""
    held = Appointment.objects.held_on(on).filter(organisation=department_id, role__in=TAKES_OVER)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def enterprise_people(event: Event) -> Iterable[User]:
    """Those who worked for a party of the project on the day."""
    on = day_of(event)
    parties = ProjectParty.objects.held_on(on).filter(project=event.project_id)
    members = Membership.objects.held_on(on).filter(enterprise__in=parties.values("enterprise"))
    return User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("pk")


def _send(event: Event, words: Callable[[Event], str], people: Iterable[User]) -> None:
    """Whoever did it knows; the others get one line per event, however often it is delivered."""
    recipients = [person for person in people if person.pk != event.by_id]
    if not recipients:
        return
    with translation.override("zh-hans"):
        text = _fitting(words(event))
    if not text:
        return
    tell(recipients, text, event=event, project=project_of(event))


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
