"""The number of a result, once its paper has one."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from approvals import events
from approvals.accounts.models import User
from approvals.models import Application
from approvals.services.locking import locked_application


@transaction.atomic
def record_result_number(application_id: int, *, by: User | None, on: date, number: str) -> Application:
    """Give a granted application the number of its decision, unless the department gave it its own. Idempotent.

    Raises:
        WrongState: it is not granted.
    """
    application = locked_application(application_id, Application.State.GRANTED)
    if application.result_number or not number:
        return application
    application.result_number = number
    application.save()
    events.emit("application.result_numbered", application, by=by, on=on.isoformat(), number=number)
    return application
