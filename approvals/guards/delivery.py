"""Delivering a decision and handing over the supervision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker

if TYPE_CHECKING:
    from approvals.models import Application

LICENSING_44 = "《行政许可法》第四十四条"


def delivery_blockers(application: Application, *, recipient: str, delivered_on: date, on: date) -> list[Blocker]:
    """Once for every decision, to somebody, on a day between the decision and today."""
    assert application.decided_on is not None, "only what was decided is delivered"
    found = []
    if any(row.superseded_on is None for row in application.deliveries.all()):
        found.append(Blocker("delivered-before", _("该决定已经登记送达"), LICENSING_44))
    if not recipient.strip():
        found.append(Blocker("recipient-missing", _("请填写签收人"), LICENSING_44))
    if not application.decided_on <= delivered_on <= on:
        found.append(Blocker("date-wrong", _("送达日期应在决定日期和今天之间"), LICENSING_44))
    return found
