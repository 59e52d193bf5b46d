"""The applicant's credit file: what it bars an application from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker

if TYPE_CHECKING:
    from approvals.models import Application

ORDINARY_ONLY = frozenset({"false_commitment", "serious_bad_credit"})


def credit_bars(application: Application, *, on: date) -> list[Blocker]:
    """Every record in force that stands against it: a ban of the law on this matter, or the promise that is closed."""
    found = []
    for record in application.applicant.credit_records.all():
        if not record.holds_on(on):
            continue
        if record.until_on is not None and record.matter_code == application.matter.code:
            words = {"day": record.until_on.isoformat(), "name": application.matter.label}
            message = _("申请人在 %(day)s 前（含当日）不得再次申请“%(name)s”") % words
            found.append(Blocker("barred-by-law", message, record.basis))
        if record.kind in ORDINARY_ONLY and application.route == application.Route.COMMITMENT:
            message = _("申请人有尚未修复的信用记录（%(source)s），不适用告知承诺，应按一般程序办理")
            found.append(Blocker("credit-not-repaired", message % {"source": record.source}, record.basis))
    return found
