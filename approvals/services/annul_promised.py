"""A promise was revoked: the permits that rest on it, annulled in one action with a result for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from approvals.accounts.models import User
from approvals.errors import Refusal, WrongState
from approvals.models import Application, Commitment, Project
from approvals.selectors.verifications import resting_on_promise
from approvals.services.returning import annul_application


@dataclass(frozen=True, slots=True)
class Annulled:
    """``refusal`` is empty where it was done."""

    application: Application
    refusal: str = ""


def annul_resting(
    project: Project, *, by: User, on: date, application_ids: Iterable[int], ground: str, reason: str
) -> list[Annulled]:
    """Each in a transaction of its own with its own event and paper, by ascending id; one refusal stops no other.

    Whoever heads one department annuls its permits alone: those of the others are refused, and their head does it.

    Raises:
        WrongState: the promise stands.
    """
    commitment = Commitment.objects.filter(project=project).first()
    if commitment is None or commitment.state != Commitment.State.REVOKED:
        raise WrongState(_("承诺制决定没有撤销，依承诺取得的许可不能一并撤销"))
    rows = resting_on_promise(project).filter(pk__in=list(application_ids))
    return [_one(row, by=by, on=on, ground=ground, reason=reason) for row in rows]


def _one(application: Application, *, by: User, on: date, ground: str, reason: str) -> Annulled:
    try:
        annul_application(application.pk, by=by, on=on, ground=ground, reason=reason)
    except Refusal as refusal:
        return Annulled(application, str(refusal))
    return Annulled(application)
