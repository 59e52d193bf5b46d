"""The outbox at work, and the sign of life that the health page looks for."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from celery import shared_task
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from approvals import events
from approvals.models import Delivery, Precheck
from approvals.papers.precheck import precheck_sheet
from approvals.selectors.deferral import deferrals_to_remind_of
from approvals.selectors.hearings import unasked
from approvals.selectors.receipt import accepted_by_law, notices_to_remind_of
from approvals.services import assessments, audit, calendar_batches, impact, prechecks, reminders
from approvals.services.deferral import tell_of_lapsed_deferral
from approvals.services.hearings import close_unasked
from approvals.services.receipt import accept_by_law
from approvals.services.supplements import remind_of_supplement
from config import health
from documents import attachments, rendering, sweeping
from documents.scanning import rescan

log = logging.getLogger(__name__)

RETRY_AFTER = (10, 60, 300, 1800, 3600)  # seconds; the last repeats until someone mends the cause
PRINT_ATTEMPTS = 5
GRACE = timedelta(seconds=20)  # a fresh delivery belongs to the task that was sent for it
LEASE = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)  # no task lives longer
SWEEP_SECONDS = 20  # the next sweep begins ten seconds later


@shared_task
def deliver(delivery_id: int) -> None:
    """Run one handler for one event, at least once. Handlers are idempotent."""
    delivery = (
        Delivery.objects.select_related("event__project", "event__by").filter(pk=delivery_id, done_at=None).first()
    )
    if delivery is None:
        return  # done already
    try:
        if events.is_lengthy(delivery):
            _deliver_on_lease(delivery)
        else:
            _deliver_at_once(delivery)
    except Exception as exc:
        _failed(delivery_id, exc)
        raise  # into the error tracker; the sweep tries again


@shared_task
def sweep(limit: int = 500) -> int:
    """Deliver whatever is overdue: what a dead broker lost and what failed before. Returns how many were tried.

    It stops after a while, so that a long queue of papers does not keep the worker from everything else.
    """
    now, stop = timezone.now(), time.monotonic() + SWEEP_SECONDS
    due = Q(retry_at__lte=now) | Q(retry_at=None, event__at__lte=now - GRACE)
    pending = Delivery.objects.filter(due, _free(), done_at=None).order_by("pk").values_list("pk", flat=True)[:limit]
    tried = 0
    for delivery_id in list(pending):
        if time.monotonic() > stop:
            break
        tried += 1
        try:
            deliver(delivery_id)
        except Exception:
            log.exception("delivery %s failed again", delivery_id)
    return tried


@shared_task
def seal() -> None:
    """Once a day, and again each hour for as long as it has not been done: sealing twice is sealing once."""
    audit.seal_events(on=timezone.localdate())


@shared_task
def sweep_files() -> int:
    """Delete what rolled-back transactions left in the storage."""
    return sweeping.sweep_files(at=timezone.now())


@shared_task
def follow_receipts() -> int:
    """Record what the law has accepted, and remind of answers that are due.

    Read from the records each time: nine days without a scheduler lose nothing, and nothing is done twice. Returns
    how many things happened.
    """
    on, happened = timezone.localdate(), 0
    for application_id in accepted_by_law(on=on):
        happened += _tried(partial(accept_by_law, application_id, on=on))
    for notice_id in notices_to_remind_of(on=on):
        happened += _tried(partial(remind_of_supplement, notice_id, on=on))
    for hearing_id in unasked(on=on):
        happened += _tried(partial(close_unasked, hearing_id, on=on))
    for material_id in deferrals_to_remind_of(on=on):
        happened += _tried(partial(tell_of_lapsed_deferral, material_id, on=on))
    return happened


@shared_task
def purge_uploads() -> int:
    """Throw away what was uploaded and never handed in, and scan what could not be scanned before."""
    rescan()
    return attachments.purge_temporary(at=timezone.now())


def _tried(act: Callable[[], object]) -> bool:
    """One that fails does not keep the others waiting; the next round tries it again."""
    try:
        return act() is not None
    except Exception:
        log.exception("a receipt could not be followed up")
        return False


@shared_task
def remind() -> int:
    """Tell people what falls due. Read from the records each time: nine days without a scheduler lose nothing."""
    return reminders.remind(on=timezone.localdate())


@shared_task
def heartbeat() -> None:
    health.record_heartbeat()


@shared_task
def advance_impact(run_id: int) -> None:
    """Ask one chunk of cases what another law would change, and come back for the next."""
    try:
        more = impact.advance_impact_run(run_id)
    except Exception as exc:
        impact.fail_impact_run(run_id, exc)
        raise  # into the error tracker
    if more:
        advance_impact.delay(run_id)


@shared_task
def resume_impact() -> None:
    """Go on with runs that a dead worker or broker left standing."""
    for run_id in impact.stalled_runs():
        advance_impact(run_id)


@shared_task
def advance_calendar(change_id: int) -> None:
    """Carry a calendar that is in force one batch further, and come back for the next."""
    if calendar_batches.advance_calendar(change_id):
        advance_calendar.delay(change_id)


@shared_task
def resume_calendars() -> None:
    """Go on with calendars that a dead worker or broker left half carried through."""
    for change_id in calendar_batches.stalled_changes():
        advance_calendar(change_id)


def _deliver_at_once(delivery: Delivery) -> None:
    """Handler and mark in one transaction, under a lock that other workers pass by."""
    with transaction.atomic():
        # SQLite has one writer at a time and no SKIP LOCKED.
        skip = connection.features.has_select_for_update_skip_locked
        mine = Delivery.objects.select_for_update(skip_locked=skip).filter(pk=delivery.pk, done_at=None)
        if not mine.exists():
            return  # done meanwhile, or in another worker's hands
        events.handler_for(delivery)(delivery.event)
        _done(delivery)


def _deliver_on_lease(delivery: Delivery) -> None:
    """Handler without a lock: a printing press must not keep people from writing. A dead worker's lease runs out."""
    mine = Delivery.objects.filter(_free(), pk=delivery.pk, done_at=None)
    if mine.update(leased_until=timezone.now() + LEASE):
        events.handler_for(delivery)(delivery.event)
        _done(delivery)


def _free() -> Q:
    return Q(leased_until=None) | Q(leased_until__lte=timezone.now())


def _done(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        done_at=timezone.now(), attempts=F("attempts") + 1, leased_until=None
    )


@shared_task
def print_precheck(precheck_id: int) -> None:
    """Print the sheet of a pre-check. A second run prints it again and keeps one."""
    precheck = Precheck.objects.filter(pk=precheck_id).exclude(paper_wanted_at=None).first()
    if precheck is None:
        return  # printed already, or its answers changed
    Precheck.objects.filter(pk=precheck_id).update(paper_attempts=F("paper_attempts") + 1)
    on = timezone.localdate()
    content = rendering.render("documents/precheck.html", precheck_sheet(precheck, on=on))
    prechecks.keep_paper(precheck_id, content, answers=precheck.answers, on=on)


@shared_task
def sweep_prechecks(limit: int = 50) -> int:
    """Print what a dead broker or worker lost. After a few failures somebody has to look into the error tracker."""
    lost = Precheck.objects.filter(paper_wanted_at__lt=timezone.now() - GRACE, paper_attempts__lt=PRINT_ATTEMPTS)
    waiting = list(lost.order_by("paper_wanted_at").values_list("pk", flat=True)[:limit])
    for precheck_id in waiting:
        try:
            print_precheck(precheck_id)
        except Exception:
            log.exception("the sheet of pre-check %s was not printed", precheck_id)
    return len(waiting)


@shared_task
def purge_prechecks() -> int:
    return prechecks.purge_prechecks(on=timezone.localdate())


def _failed(delivery_id: int, exc: Exception) -> None:
    attempts = Delivery.objects.filter(pk=delivery_id).values_list("attempts", flat=True).first() or 0
    wait = RETRY_AFTER[min(attempts, len(RETRY_AFTER) - 1)]
    Delivery.objects.filter(pk=delivery_id).update(
        attempts=F("attempts") + 1,
        last_error=repr(exc)[:2000],
        retry_at=timezone.now() + timedelta(seconds=wait),
        leased_until=None,
    )


@shared_task
def recheck_regional_results() -> int:
    """Once a day: what rested on a regional result that has run out is asked again. Returns how many projects."""
    on = timezone.localdate()
    return sum(assessments.recheck_regional_results(pk, on=on) for pk in assessments.projects_on_regional_results())
