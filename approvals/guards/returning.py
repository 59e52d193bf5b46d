"""The ways back: return to the acceptance review, reopening, annulment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.guards.applications import LICENSING_32

if TYPE_CHECKING:
    from approvals.models import Application

LICENSING_69 = "《行政许可法》第六十九条"


def reason_blockers(reason: str) -> list[Blocker]:
    return [] if reason.strip() else [Blocker("reason-missing", _("请写明理由"))]


def review_return_blockers(
    application: Application, *, review_due_on: date | None, reason: str, on: date
) -> list[Blocker]:
    """An acceptance can be taken back only while the applicant could still lawfully be told that something is missing.

    ``review_due_on``: the last day for that (five working days from receipt). Afterwards it stands.
    """
    found = reason_blockers(reason)
    if review_due_on is None or on > review_due_on:
        message = _("一次告知的期限已过，受理不得撤回；发现的问题在审查和决定中处理")
        found.append(Blocker("review-period-over", message, LICENSING_32))
    if application.supplement_notices.all():
        message = _("已经一次告知过补正内容，不得再次要求补正")
        found.append(Blocker("told-before", message, LICENSING_32))
    if application.pauses.all() or application.extension is not None:
        found.append(Blocker("clock-moved", _("已经中止过计时或延长过期限，受理不得撤回"), LICENSING_32))
    if application.hearings.all():
        found.append(Blocker("hearing-told", _("已经告知过听证，受理不得撤回"), LICENSING_32))
    return found


def reopening_blockers(application: Application, *, reason: str) -> list[Blocker]:
    """Not beside a newer application for the same matter: one matter is applied for once at a time."""
    found = reason_blockers(reason)
    if application.state == application.State.WITHDRAWN:
        found.append(
            Blocker("withdrawn", _("申请人已撤回，由申请人重新申报，审批机关不能代为恢复"), "《行政许可法》第二十九条")
        )
    if _has_successor(application):
        found.append(Blocker("newer-application", _("同一事项已另有申请在办或已办结，不能再恢复本件")))
    return found


def can_be_applied_for_again(application: Application) -> bool:
    """It came to nothing, and nobody has opened another application for the matter yet."""
    return application.state in application.UNSUCCESSFUL and not _has_successor(application)


def _has_successor(application: Application) -> bool:
    return any(
        row.pk != application.pk
        and row.matter.code == application.matter.code
        and row.state not in application.UNSUCCESSFUL
        for row in application.project.applications.all()
    )


def annulment_blockers(
    application: Application, grounds: Collection[str], *, ground: str, reason: str
) -> list[Blocker]:
    """Only a permit, only on a ground of the law."""
    found = reason_blockers(reason)
    if not application.matter.is_permit:
        found.append(Blocker("not-a-permit", _("该事项不是行政许可，不适用撤销行政许可的规定"), LICENSING_69))
    if ground not in grounds:
        found.append(Blocker("ground-unlisted", _("撤销许可只能依据法定情形"), LICENSING_69))
    return found
