"""The number of a result, once its paper has one."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from approvals import events
from approvals.accounts.models import User
from approvals.models import Application
from approvals.services.locking import locked_application

WAS_GRANTED = (Application.State.GRANTED, Application.State.ANNULLED, Application.State.LAPSED)


@transaction.atomic
def record_result_number(application_id: int, *, by: User | None, on: date, number: str) -> Application:
    """Give what was granted the number of its decision, unless the department gave it its own. Idempotent.

    A grant that ended before its paper was printed has its number all the same: what ended it names it.

    Raises:
        WrongState: it was not granted.
    """
    application = locked_application(application_id, *WAS_GRANTED)
    if application.result_number or not number:
        return application
    application.result_number = number
    application.save()
    events.emit("application.result_numbered", application, by=by, on=on.isoformat(), number=number)
    return application
