"""当场更正: mistakes that can be set right on the spot are, and it is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards
from approvals.accounts.models import User
from approvals.errors import GuardFailed
from approvals.models import Application, SpotCorrection
from approvals.selectors.limits import review_due
from approvals.services.locking import application_for_review

State = Application.State


@transaction.atomic
def record_correction(
    application_id: int, *, by: User, on: date, items: Sequence[dict[str, str]], corrected_by: str
) -> SpotCorrection:
    """Write down what the applicant corrected at the counter. The application goes on waiting for its acceptance.

    Args:
        items: ``{"material": name, "correction": what was wrong and what it says now}``.
        corrected_by: who corrected it, of the applicant or for him.

    Raises:
        GuardFailed: nothing or nobody is named, or the law has accepted it meanwhile.
    """
    application = application_for_review(application_id, State.SUBMITTED, by=by, on=on)
    late = guards.late_blockers(application, review_due(application), on=on)
    if blockers := late + guards.spot_blockers(application, items, corrected_by=corrected_by):
        raise GuardFailed(_("不能记录当场更正"), blockers=blockers)
    correction = SpotCorrection.objects.create(
        application=application,
        items=list(items),
        corrected_by=corrected_by.strip(),
        corrected_on=on,
        recorded_by=by,
    )
    events.emit(
        "application.corrected",
        application,
        by=by,
        on=on.isoformat(),
        correction=correction.pk,
        corrected=[item["material"] for item in items],
        corrected_by=correction.corrected_by,
    )
    return correction
