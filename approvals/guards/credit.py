"""The enterprise's credit file: what it bars an application, and a promise, from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.language import day_in_words

if TYPE_CHECKING:
    from approvals.accounts.models import Enterprise
    from approvals.models import Application

ORDINARY_ONLY = frozenset({"false_commitment", "serious_bad_credit"})


def credit_bars(application: Application, *, on: date) -> list[Blocker]:
    """Every record in force that stands against it: a ban of the law on this matter, or the promise that is closed."""
    matter = application.matter
    promised = application.route == application.Route.COMMITMENT
    return _bars(application.applicant, {matter.code: matter.label}, promised=promised, on=on)


def promise_bars(enterprise: Enterprise, matters: Mapping[str, str], *, on: date) -> list[Blocker]:
    """The same for a promise, wherever the commitment track is chosen or decided. ``matters``: code → name."""
    return _bars(enterprise, matters, promised=True, on=on)


def _bars(enterprise: Enterprise, matters: Mapping[str, str], *, promised: bool, on: date) -> list[Blocker]:
    found = []
    for record in enterprise.credit_records.all():
        if not record.holds_on(on):
            continue
        if record.until_on is not None and record.matter_code in matters:
            words = {"day": day_in_words(record.until_on), "name": matters[record.matter_code]}
            message = _("申请人在 %(day)s 前（含当日）不得再次申请“%(name)s”") % words
            found.append(Blocker("barred-by-law", message, record.basis))
        if record.kind in ORDINARY_ONLY and promised:
            message = _("申请人有尚未修复的信用记录（%(source)s），不适用告知承诺，应按一般程序办理")
            found.append(Blocker("credit-not-repaired", message % {"source": record.source}, record.basis))
    return found
