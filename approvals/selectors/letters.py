"""Letters that were sent with a due date: which of them would be, or are, wrong once a calendar has moved it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from approvals.accounts.models import Organisation
from approvals.models import Application, CalendarChange, Event, ProjectDocument
from approvals.rules.clock import WorkingCalendar
from approvals.selectors.limits import Limits, review_due
from approvals.selectors.stale_limits import Calendars

# Papers that name a due date: under which key, which limit that is, and what it is called on paper.
STATUTORY, PROMISED = ("statutory_on", "法定期限"), ("promised_on", "承诺期限")
ACCEPTANCE = {"statutory_due_on": STATUTORY, "promised_due_on": PROMISED}
NAMES: dict[str, dict[str, tuple[str, str]]] = {
    "acceptance_notice": ACCEPTANCE,
    "conditional_acceptance_notice": ACCEPTANCE,
    "extension_notice": {"due_on": STATUTORY},
}
SLIP, TELL_BY = "material_receipt", "一次性告知补正内容的期限"
CORRECTED = "application.date_corrected"


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date on the letter, and the one that holds now; None: open."""

    label: str
    was: date
    now: date | None


@dataclass(frozen=True, slots=True)
class Letter:
    """An issued paper with the dates on it that are no longer right. ``provisional``: so is a new one."""

    place: ProjectDocument
    dates: list[NamedDate]
    provisional: bool = False


def letters_naming(moved: Mapping[int, tuple[Limits, Limits]]) -> Iterator[Letter]:
    """Letters of applications (id → limits before, after) that name a date which moves."""
    places = ProjectDocument.objects.filter(
        application__in=moved, document__kind__in=NAMES, document__revoked_on=None
    ).select_related("document", "application__matter", "application__department")
    for place in places.order_by("pk"):
        assert place.application_id is not None, "found by its application"
        before, after = moved[place.application_id]
        if dates := list(_dates(place, before, after)):
            yield Letter(place, dates)


def slips_naming(calendar_of: Callable[[Organisation], WorkingCalendar]) -> Iterator[Letter]:
    """Slips of what still waits for its review, where these calendars give it another last day than was stated."""
    waiting = Application.objects.filter(state=Application.State.SUBMITTED).exclude(received_on=None)
    places = ProjectDocument.objects.filter(
        application__in=waiting, document__kind=SLIP, document__revoked_on=None
    ).select_related("document", "application__matter", "application__department")
    newest = {place.application_id: place for place in places.order_by("pk")}  # received again, it has another slip
    corrected = _corrected(newest)
    for place in newest.values():
        application = place.application
        assert application is not None, "found by its application"
        due = review_due(application, calendar_of(application.department))
        was = corrected.get(place.document_id, place.document.facts["tell_by"])
        if due is not None and was != due.due_on.isoformat():
            yield Letter(place, [NamedDate(TELL_BY, date.fromisoformat(was), due.due_on)], due.provisional)


def _corrected(application_ids: Iterable[int | None]) -> dict[int, str]:
    """Document → the date that its last correction states."""
    events = Event.objects.filter(kind=CORRECTED, subject_type="application", subject_id__in=list(application_ids))
    return {event.facts["document"]: event.facts["dates"][0]["now"] for event in events.order_by("pk")}


def letters_to_correct(change: CalendarChange) -> list[Letter]:
    """Letters with a date that this calendar has moved, which nobody has corrected on its account."""
    done = set(_events(CORRECTED, change).values_list("facts__document", flat=True))
    found = [*letters_naming(dict(_moved_by(change))), *slips_naming(Calendars().of)]
    return [letter for letter in found if letter.place.document_id not in done]


def _moved_by(change: CalendarChange) -> Iterator[tuple[int, tuple[Limits, Limits]]]:
    """What the events say the dates were, against those that are stored now."""
    was = dict(_events("application.limits_recomputed", change).values_list("subject_id", "facts"))
    rows = Application.objects.filter(pk__in=was).values_list("pk", "due_on", "promised_due_on")
    for pk, statutory, promised in rows:
        before = Limits(_day(was[pk], "due_was"), _day(was[pk], "promised_due_was"), provisional=False)
        yield pk, (before, Limits(statutory, promised, provisional=False))


def _events(kind: str, change: CalendarChange) -> QuerySet[Event]:
    return Event.objects.filter(kind=kind, subject_type="application", facts__calendar_change=change.pk)


def _dates(place: ProjectDocument, before: Limits, after: Limits) -> Iterator[NamedDate]:
    for key, (limit, label) in NAMES[place.document.kind].items():
        stated, was, now = place.document.facts.get(key), getattr(before, limit), getattr(after, limit)
        if was is not None and was != now and stated == was.isoformat():
            yield NamedDate(label, was, now)


def _day(facts: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(facts[key]) if facts.get(key) else None
