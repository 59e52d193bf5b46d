"""What an official may do with an application beside its tasks: pause, extend, deliver, return, reopen, annul.

Each act has a code; the page shows a form for those that are open to the reader, and the service decides again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals import permissions
from approvals.accounts.models import User
from approvals.guards import validity_of
from approvals.guards.clocks import HEARING
from approvals.guards.validity import Validity
from approvals.models import (
    Annulment,
    Application,
    ClockPause,
    Event,
    Handover,
    Obligation,
    OriginalCustody,
    Recommendation,
)
from approvals.rules.annulment import AnnulmentGround, annulment_grounds
from approvals.rules.clock import Ground, clock_law
from approvals.selectors.delivery import DeliveryState, delivery_state
from approvals.selectors.hearings import hearing_acts
from approvals.selectors.periods import decision_days

State = Application.State
REOPENABLE = (State.REFUSED, State.DECLINED, State.ANNULLED)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What the page of a concluded application shows of it."""

    delivery: DeliveryState | None
    handover: Handover | None
    validity: Validity | None
    annulment: Annulment | None
    annulment_ground: AnnulmentGround | None
    obligations: list[Obligation]

    @property
    def is_empty(self) -> bool:
        return not any((self.delivery, self.handover, self.validity, self.annulment, self.obligations))


def open_acts(application: Application, user: User, *, on: date) -> list[str]:
    """Codes of the acts that this person may do now, in the order of the page."""
    found: list[str] = []
    if permissions.may_review(user, application, on=on):
        found += _of_reviewer(application, on)
    if permissions.may_extend(user, application, on=on) and _can_be_extended(application):
        found.append("extend")
    if permissions.may_overrule(user, application, on=on):
        found += ["annul"] if application.state == State.GRANTED and application.matter.is_permit else []
        found += ["reopen"] if application.state in REOPENABLE else []
    handover = current_handover(application)
    if handover is not None and not handover.acknowledged_on and permissions.may_take_over(user, handover, on=on):
        found.append("acknowledge")
    return found


def _of_reviewer(application: Application, on: date) -> list[str]:
    return _of_procedure(application, on) + _of_originals(application)


def _of_originals(application: Application) -> list[str]:
    lent = ["return_original"] if lent_originals(application) else []
    takes = application.state in Application.IN_HAND and application.materials.exists()
    return lent + (["receive_original"] if takes else [])


def lent_originals(application: Application) -> list[OriginalCustody]:
    """What the department has of the applicant's and has not given back."""
    return list(OriginalCustody.objects.filter(material__application=application, returned_on=None))


def _of_procedure(application: Application, on: date) -> list[str]:
    if application.state == State.ACCEPTED:
        pause = _of_pause(application)
        asked = ["ask_extension"] if _can_be_extended(application) and not asked_extension(application) else []
        return [*pause, *asked, "return_to_acceptance", *hearing_acts(application)]
    if application.state not in (State.GRANTED, State.REFUSED, State.DECLINED):
        return []
    delivery, validity = delivery_state(application), validity_of(application)
    waits = delivery is not None and delivery.delivery is None and application.route != Application.Route.FILING
    prolongs = validity is not None and validity.started_on is None and validity.extended < validity.span.extensions
    lapsed = ["record_lapse"] if validity is not None and validity.is_lapsed(on) else []
    return [*(["deliver"] if waits else []), *(lapsed or (["extend_validity"] if prolongs else []))]


def _of_pause(application: Application) -> list[str]:
    """That of a hearing ends with its record."""
    pause = open_pause(application)
    if pause is None:
        return ["open_pause"]
    return [] if pause.ground == HEARING else ["close_pause"]


def open_pause(application: Application) -> ClockPause | None:
    return next((row for row in application.pauses.all() if row.closed_on is None), None)


def _can_be_extended(application: Application) -> bool:
    """Once, where the matter's law knows an extension at all."""
    if application.state != State.ACCEPTED or application.accepted_on is None or application.extension:
        return False
    days = decision_days(application, application.accepted_on) or 0
    law = clock_law(application.accepted_on)
    return law.extension(application.matter.code, statutory_days=days, joint=application.is_joint) is not None


def asked_extension(application: Application) -> Event | None:
    """The request for an extension that nobody has answered yet: its reason is what the head reads.

    One from before a reopening asked for another run of the clock.
    """
    if not _can_be_extended(application):
        return None
    rows = Event.objects.filter(
        subject_type="application",
        subject_id=application.pk,
        kind__in=("application.extension_asked", "application.reopened"),
    )
    last = rows.select_related("by").order_by("-pk").first()
    return last if last and last.kind == "application.extension_asked" else None


def pause_grounds(application: Application, on: date) -> list[Ground]:
    """Those that an official opens himself; a hearing stops the clock by its own events."""
    return [row for row in clock_law(on).grounds(application.matter.code).values() if row.code != HEARING]


def current_handover(application: Application) -> Handover | None:
    """That of the decision that stands."""
    if application.state != State.GRANTED:
        return None
    rows = application.handovers.filter(superseded_on=None)
    return rows.select_related("department", "acknowledged_by").first()


def aftermath(application: Application) -> Aftermath:
    annulment = application.annulments.select_related("annulled_by").last() if _is_annulled(application) else None
    ground = annulment_grounds(annulment.annulled_on).get(annulment.ground) if annulment else None
    obligations = list(application.obligations.filter(dropped_on=None).select_related("evidence", "fulfilled_by"))
    return Aftermath(
        delivery=delivery_state(application),
        handover=current_handover(application),
        validity=validity_of(application),
        annulment=annulment,
        annulment_ground=ground,
        obligations=obligations,
    )


def _is_annulled(application: Application) -> bool:
    return application.state == State.ANNULLED


def opinions_for(application: Application, user: User, *, on: date) -> list[Recommendation]:
    """The department's own until the decision, and the supervisor's to see."""
    project = application.project
    reads = permissions.may_review(user, application, on=on) or permissions.may_supervise(user, project, on=on)
    rows = application.recommendations.select_related("made_by", "reviewed_by")
    return list(rows) if reads else []
