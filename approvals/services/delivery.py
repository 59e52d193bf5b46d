"""After the decision: hand it to the applicant (送达), hand the supervision over (移交), prolong what was granted."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import Organisation, User
from approvals.errors import GuardFailed, WrongState
from approvals.models import Application, DecisionDelivery, Handover, ValidityExtension
from approvals.selectors.handovers import supervising_department, supervising_kind
from approvals.services.locking import application_for_review, locked_application

State = Application.State
DECIDED = (State.GRANTED, State.REFUSED, State.DECLINED)


@transaction.atomic
def record_delivery(
    application_id: int, *, by: User, on: date, method: str, recipient: str, delivered_on: date, note: str = ""
) -> DecisionDelivery:
    """Record that the decision was delivered: how, to whom and on which day. The receipt (送达回证) follows.

    Raises:
        NotYours: ``by`` does not work for the deciding department.
        WrongState: there is no decision to deliver.
        GuardFailed: delivered before, nobody named, or the day cannot be.
    """
    application = application_for_review(application_id, *DECIDED, by=by, on=on)
    blockers = guards.delivery_blockers(application, recipient=recipient, delivered_on=delivered_on, on=on)
    if blockers:
        raise GuardFailed(_("不能登记送达"), blockers=blockers)
    assert application.decided_on is not None, "only what was decided is delivered"
    delivery = DecisionDelivery.objects.create(
        application=application,
        decided_on=application.decided_on,
        method=DecisionDelivery.Method(method),
        recipient=recipient.strip(),
        delivered_on=delivered_on,
        note=note,
        recorded_by=by,
    )
    events.emit(
        "application.delivered",
        application,
        by=by,
        on=on.isoformat(),
        delivery=delivery.pk,
        method=method,
        recipient=delivery.recipient,
        delivered_on=delivered_on.isoformat(),
    )
    return delivery


def hand_over(application: Application, *, by: User | None, on: date) -> Handover | None:
    """Hand the supervision of what was just granted to its department. Part of the decision's transaction.

    None where the deciding department supervises itself: there is nobody to hand over to.
    """
    department = supervising_department(application, on)
    if department is not None and department.pk == application.department_id:
        return None
    kind = supervising_kind(application.matter, on)
    name = department.name if department else str(dict(Organisation.Department.choices).get(kind, "行业主管部门"))
    assert application.decided_on is not None, "the decision comes first"
    handover = Handover.objects.create(
        application=application,
        decided_on=application.decided_on,
        department=department,
        department_name=name,
        handed_on=on,
    )
    events.emit("application.handed_over", application, by=by, on=on.isoformat(), handover=handover.pk, department=name)
    return handover


@transaction.atomic
def acknowledge_handover(handover_id: int, *, by: User, on: date, note: str = "") -> Handover:
    """The supervising department has taken the matter over.

    Raises:
        NotYours: ``by`` does not work for that department.
        WrongState: acknowledged before, or the decision no longer stands.
    """
    found = Handover.objects.values_list("application_id", flat=True).get(pk=handover_id)
    application = locked_application(found)
    handover = Handover.objects.select_for_update().get(pk=handover_id)
    allowed = permissions.may_take_over(by, handover, on=on)
    permissions.check(allowed, _("只有监管部门的人员可以接收移交"))
    if handover.acknowledged_on is not None:
        raise WrongState(_("该移交已经接收，请刷新页面"))
    if application.state != State.GRANTED or handover.superseded_on is not None:
        raise WrongState(_("移交所依据的决定已不再有效，请刷新页面"))
    handover.acknowledged_on, handover.acknowledged_by, handover.note = on, by, note
    handover.save()
    events.emit(
        "application.handover_acknowledged",
        application,
        by=by,
        on=on.isoformat(),
        handover=handover.pk,
        department=handover.department_name,
        note=note,
    )
    return handover


@transaction.atomic
def extend_validity(application_id: int, *, by: User, on: date, reason: str) -> ValidityExtension:
    """A result that was not used in time yet is good for longer, as often and as long as its law allows.

    Raises:
        NotYours: ``by`` does not work for the department that granted it.
        GuardFailed: nothing allows it, used up, started already, or lapsed.
    """
    application = application_for_review(application_id, State.GRANTED, by=by, on=on)
    if blockers := guards.validity_extension_blockers(application, reason=reason, on=on):
        raise GuardFailed(_("不能延期"), blockers=blockers)
    extension = ValidityExtension.objects.create(application=application, granted_on=on, granted_by=by, reason=reason)
    validity = guards.validity_of(application)
    assert validity is not None, "a guard asks for it"
    lapses_on = validity.lapses_on.isoformat()
    events.emit(
        "application.validity_extended", application, by=by, on=on.isoformat(), reason=reason, lapses_on=lapses_on
    )
    return extension


@transaction.atomic
def record_lapse(application_id: int, *, by: User, on: date) -> Application:
    """Put on record that a result lapsed unused (注销): its paper no longer counts, and one can apply anew.

    Raises:
        NotYours: ``by`` does not work for the department that granted it.
        GuardFailed: it has not lapsed.
    """
    application = application_for_review(application_id, State.GRANTED, by=by, on=on)
    if blockers := guards.lapse_blockers(application, on=on):
        raise GuardFailed(_("不能办理注销"), blockers=blockers)
    validity = guards.validity_of(application)
    assert validity is not None, "a guard asks for it"
    application.lapse()
    application.save()
    lapsed_on = validity.lapses_on.isoformat()
    events.emit(
        "application.lapsed", application, by=by, on=on.isoformat(), lapsed_on=lapsed_on, effect=validity.span.effect
    )
    return application
