"""Papers of a hearing: what the parties are told, when and where it is held, and its record."""

from __future__ import annotations

from approvals.models import Event, Hearing
from approvals.papers import law
from approvals.papers.applications import application_of, applied
from approvals.papers.common import bases, contact, day_of, head, iso, project_of
from approvals.selectors.hearings import law_of
from documents.facts.hearings import HearingNotice, HearingRecord, HearingRightNotice


def hearing_right_notice(event: Event) -> HearingRightNotice:
    application, on = application_of(event), day_of(event)
    hearing = _hearing(event)
    rules = law_of(hearing)
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "ground": event.facts["ground"],
        "reason": hearing.reason,
        "interested": hearing.interested,
        "told_on": hearing.told_on.isoformat(),
        "ask_by": iso(hearing.ask_by_on),
        "ask_days": f"{rules.days('ask')}个工作日",
        "hold_days": f"{rules.days('organise')}个工作日",
        "contact": contact(event.by, application.department),
        "basis": bases(rules.grounds[hearing.ground].basis, rules.basis("costs"), law.LICENSING_45),
    }


def hearing_notice(event: Event) -> HearingNotice:
    """Time and place are the event's own: they may be announced anew."""
    application, on, stated = application_of(event), day_of(event), event.facts
    hearing = _hearing(event)
    rules = law_of(hearing)
    ground = rules.grounds[hearing.ground]
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "ground": ground.name,
        "reason": hearing.reason,
        "asked_by": hearing.asked_by,
        "interested": hearing.interested,
        "planned_on": stated["planned_on"],
        "planned_at": stated["planned_at"],
        "place": stated["place"],
        "host": stated["host"],
        "contact": contact(event.by, application.department),
        "basis": bases(ground.basis, rules.basis("notice"), rules.basis("host")),
    }


def hearing_record(event: Event) -> HearingRecord:
    application, on = application_of(event), day_of(event)
    hearing = _hearing(event)
    return {
        "project": head(project_of(event), on),
        "application": applied(application, on),
        "held_on": iso(hearing.held_on),
        "place": hearing.place,
        "host": hearing.host.name if hearing.host else "",
        "asked_by": hearing.asked_by,
        "record": hearing.record,
        "confirmed_by": hearing.confirmed_by,
        "basis": bases(law_of(hearing).basis("record")),
    }


def _hearing(event: Event) -> Hearing:
    return Hearing.objects.select_related("host").get(pk=event.facts["hearing"])
