"""Asking the head of the department for an extension. Granting it is ``clocks.extend_limit``, his own act."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.guards.clocks import LICENSING_42
from approvals.models import Application, Event
from approvals.services.locking import application_for_review


@transaction.atomic
def ask_extension(application_id: int, *, by: User, on: date, reason: str) -> Event:
    """Ask for a longer limit, with the reasons that the applicant will be told.

    Raises:
        NotYours: ``by`` does not review for the department.
        WrongState: it is not accepted, or was extended before.
        GuardFailed: no reason.
    """
    application = application_for_review(application_id, Application.State.ACCEPTED, by=by, on=on)
    if application.extension is not None:
        raise WrongState(_("期限已经延长过，只能延长一次"))
    if not reason.strip():
        raise GuardFailed(_("不能提请延期"), blockers=[Blocker("reason-missing", _("请写明延期的理由"), LICENSING_42)])
    return events.emit("application.extension_asked", application, by=by, on=on.isoformat(), reason=reason.strip())
