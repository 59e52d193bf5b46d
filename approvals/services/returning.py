"""The ways back: the applicant withdraws."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from approvals import events, permissions
from approvals.accounts.models import User
from approvals.models import Application
from approvals.services.clocks import store_limits
from approvals.services.decisions import drop_recommendation
from approvals.services.locking import locked_application


@transaction.atomic
def withdraw_application(application_id: int, *, by: User, on: date, reason: str) -> Application:
    """The applicant takes it back before the decision."""
    application = locked_application(application_id, *Application.OPEN)
    permissions.check(permissions.may_submit(by, application, on=on), "您不能撤回该办件")
    application.withdraw(on=on, reason=reason)
    application.save()
    if application.paused_on:  # leaving ends what was still open
        store_limits(application)
    drop_recommendation(application, on=on, note="申请人撤回")
    events.emit("application.withdrawn", application, by=by, on=on.isoformat(), reason=reason)
    return application
