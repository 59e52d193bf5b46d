"""Matters that nobody approves (备案): complete information is filed at once. Nothing is accepted or refused."""

from __future__ import annotations

from datetime import date

from approvals import events
from approvals.accounts.models import User
from approvals.models import Application
from approvals.services.delivery import hand_over


def file_application(application: Application, *, by: User, on: date) -> Application:
    """Part of handing in: with that the matter is done, and no official decides anything.

    Raises:
        GuardFailed: something is still missing. It stays with the applicant, who completes it.
    """
    application.file(on=on, by=by)
    application.save()
    events.emit("application.filed", application, by=by, on=on.isoformat(), reason="", result_number="")
    hand_over(application, by=None, on=on)
    return application
