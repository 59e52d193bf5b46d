"""Keeping a visitor's pre-check, and letting it go.

These are the only changes in the product without an actor and without an event: nobody is signed in, nothing is
decided, and a chain of events would outlive the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from approvals.errors import WrongState
from approvals.models import Precheck
from approvals.rules.precheck.answers import State, answered, page_of
from approvals.rules.precheck.results import results
from approvals.selectors.prechecks import outcome_of

PRINT = "approvals.tasks.print_precheck"


@transaction.atomic
def begin_precheck(values: Mapping[str, Any], *, on: date) -> Precheck:
    """Keep the first answer: what is made."""
    return _keep(Precheck(), answered(State(), "lines", values, on), on)


@transaction.atomic
def answer_precheck(precheck_id: int, key: str, values: Mapping[str, Any], *, on: date) -> Precheck:
    """Keep one page of answers. A paper made of the answers before is dropped.

    Raises:
        WrongState: an earlier answer was changed meanwhile, and the page is no longer asked.
    """
    precheck = Precheck.objects.select_for_update().get(pk=precheck_id)
    state = State.from_json(precheck.answers)
    if page_of(key, state) is None:
        raise WrongState(_("前面的回答已经改动，这一页不用再答了"))
    _drop_paper(precheck)
    return _keep(precheck, answered(state, key, values, on), on)


@transaction.atomic
def want_paper(precheck_id: int, *, at: datetime) -> Precheck:
    """Ask a worker for the PDF, once: it is there already, on its way, or promised now."""
    precheck = Precheck.objects.select_for_update().get(pk=precheck_id)
    if not precheck.paper and precheck.paper_wanted_at is None:
        precheck.paper_wanted_at, precheck.paper_attempts = at, 0
        precheck.save(update_fields=["paper_wanted_at", "paper_attempts"])
        current_app.tasks[PRINT].delay_on_commit(precheck.pk)
    return precheck


@transaction.atomic
def keep_paper(precheck_id: int, content: bytes, *, answers: Mapping[str, Any], on: date) -> bool:
    """Store what a worker printed, unless the answers changed while it did. Returns whether it was kept."""
    precheck = Precheck.objects.select_for_update().filter(pk=precheck_id).first()
    if precheck is None or precheck.paper_wanted_at is None or precheck.answers != answers:
        return False
    precheck.paper = ContentFile(content, name="precheck.pdf")
    precheck.paper_on, precheck.paper_wanted_at = on, None
    precheck.save(update_fields=["paper", "paper_on", "paper_wanted_at"])
    return True


def purge_prechecks(*, on: date) -> int:
    """Delete what is past its day, with its files. Returns how many."""
    gone = list(Precheck.objects.filter(expires_on__lt=on)[:1000])
    for precheck in gone:
        if precheck.paper:
            precheck.paper.delete(save=False)
        precheck.delete()
    return len(gone)


def _keep(precheck: Precheck, state: State, on: date) -> Precheck:
    precheck.answers, precheck.answered_on = state.as_json(), on
    precheck.outcome = outcome_of(results(state.facts, on))
    precheck.expires_on = on + timedelta(days=settings.PRECHECK_DAYS)
    precheck.save()
    return precheck


def _drop_paper(precheck: Precheck) -> None:
    """The wish goes with the paper; the file itself only once nothing can bring the answers back."""
    storage, name = precheck.paper.storage, precheck.paper.name
    if name:
        transaction.on_commit(lambda: storage.delete(name), robust=True)
    precheck.paper, precheck.paper_on, precheck.paper_wanted_at = "", None, None
