"""A calendar in force, carried through: dates moved and letters corrected, batch by batch, by a worker.

A batch is one transaction with its place in the row of the change. A worker that dies between batches leaves all as the
last one left it; whoever goes on repeats nothing: what has moved already is no longer stale, and a letter that was
corrected has its event.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from approvals import events
from approvals.models import CalendarChange
from approvals.selectors.letters import Letter, letters_to_correct
from approvals.selectors.stale_limits import Calendars, projects_with_clocks, stale_limits
from approvals.services.clocks import recompute_limits
from approvals.services.locking import locked_application

PROJECTS = 5  # in one transaction, each locked while it is worked on: about a second with twelve applications each
LETTERS = 50
STALLED_AFTER = timedelta(minutes=2)


def advance_calendar(change_id: int, *, projects: int = PROJECTS, letters: int = LETTERS) -> bool:
    """Do the next batch. True while there is more; False when all is done or another worker is at it."""
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        applied = CalendarChange.objects.select_for_update(skip_locked=skip, of=["self"] if skip else ())
        change = applied.filter(pk=change_id, applied_on__isnull=False).first()
        if change is None or not change.is_working:
            return False
        if change.settled_at is None:
            _move(change, projects)
        else:
            _correct(change, letters)
        change.save()
    return change.is_working


def stalled_changes() -> list[int]:
    """Changes in force with work left that nobody has touched for a while: what a dead worker or broker lost."""
    open_ones = Q(settled_at=None) | Q(corrections_on__isnull=False, corrected_at=None)
    waiting = CalendarChange.objects.filter(open_ones, applied_on__isnull=False)
    return list(waiting.filter(touched_at__lt=timezone.now() - STALLED_AFTER).values_list("pk", flat=True))


def _move(change: CalendarChange, many: int) -> None:
    assert change.applied_on is not None, "only what is in force moves dates"
    ids = list(projects_with_clocks().filter(pk__gt=change.cursor).values_list("pk", flat=True)[:many])
    calendars = Calendars()
    stale = sorted(stale_limits(calendars, ids), key=lambda row: (row.application.project_id, row.application.pk))
    for row in stale:
        change.moved += recompute_limits(
            row.application.pk,
            by=change.applied_by,
            on=change.applied_on,
            because=change.name,
            calendar=calendars.of(row.application.department),
            change=change.pk,
        )
    change.done += len(ids)
    if ids:
        change.cursor = ids[-1]
    if len(ids) < many:
        change.settled_at = timezone.now()
        events.emit("calendar.settled", change, by=None, on=change.applied_on.isoformat(), moved=change.moved)


def _correct(change: CalendarChange, many: int) -> None:
    letters = letters_to_correct(change)[:many]
    for letter in letters:
        _issue(change, letter)
    change.corrected += len(letters)
    if len(letters) < many:
        change.corrected_at = timezone.now()


def _issue(change: CalendarChange, letter: Letter) -> None:
    """The event is the letter: its paper and its message follow from the outbox."""
    assert change.corrections_on is not None, "asked for"
    application = locked_application(letter.place.application_id or 0)
    events.emit(
        "application.date_corrected",
        application,
        by=change.corrections_by,
        on=change.corrections_on.isoformat(),
        document=letter.place.document_id,
        calendar_change=change.pk,
        because=change.name,
        source=change.source,
        dates=[{"label": row.label, "was": row.was.isoformat(), "now": _iso(row.now)} for row in letter.dates],
        provisional=letter.provisional or application.due_is_provisional,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
