"""Receipt: what keeps an application from being declined, or from being answered at all, on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.guards.applications import LICENSING_32
from approvals.language import day_in_words

if TYPE_CHECKING:
    from approvals.models import Application
    from approvals.rules.clock import Due

NOT_REQUIRED, NOT_COMPETENT = "not_required", "not_competent"  # Application.DeclineGround, which imports this package
CORRECTED_ON_THE_SPOT = "《行政许可法》第三十二条第一款第三项"
ACCEPTED_BY_LAW = "《行政许可法》第三十二条第一款第四项"
BASIS_OF_GROUND = {
    NOT_REQUIRED: "《行政许可法》第三十二条第一款第一项",
    NOT_COMPETENT: "《行政许可法》第三十二条第一款第二项",
}


def reason_blockers(reason: str, basis: str) -> list[Blocker]:
    """No negative answer without reasons; blanks are none."""
    return [] if reason.strip() else [Blocker("reason-missing", _("必须说明理由"), basis)]


def decline_blockers(*, ground: str, reason: str, referred_to: str) -> list[Blocker]:
    """The ground is one of the law's two, with reasons; who is not competent names the authority that is."""
    found = [] if ground in BASIS_OF_GROUND else [Blocker("ground-missing", _("请选择不受理的情形"), LICENSING_32)]
    found += reason_blockers(reason, BASIS_OF_GROUND.get(ground, LICENSING_32))
    if ground == NOT_COMPETENT and not referred_to.strip():
        message = _("不属于本机关职权范围的，必须告知申请人向哪个机关申请")
        found.append(Blocker("authority-missing", message, BASIS_OF_GROUND[NOT_COMPETENT]))
    return found


def spot_blockers(application: Application, items: Sequence[dict[str, str]], *, corrected_by: str) -> list[Blocker]:
    """A correction on the spot is of the applicant's own materials, and the applicant makes it himself."""
    found = [] if items else [Blocker("items-missing", _("请写明当场更正了什么"), CORRECTED_ON_THE_SPOT)]
    known = {material.name for material in application.materials.all()}
    for item in items:
        if item["material"] not in known:
            message = _("“%(name)s”不在该事项的材料清单内") % {"name": item["material"]}
            found.append(Blocker("material-unknown", message, CORRECTED_ON_THE_SPOT))
    if not corrected_by.strip():
        found.append(Blocker("corrector-missing", _("请写明由谁当场更正"), CORRECTED_ON_THE_SPOT))
    return found


def late_blockers(application: Application, due: Due | None, *, on: date) -> list[Blocker]:
    """After the fifth working day nothing can be sent back any more: the law has accepted it.

    On a date that an unpublished calendar makes provisional the answer is no as well: the applicant does not bear that.
    """
    received_on = application.received_on
    if received_on is None or due is None or on <= due.due_on:
        return []
    days = {"received": day_in_words(received_on), "due": day_in_words(due.due_on)}
    message = _("%(received)s 收件，应当在 %(due)s 前一次告知；逾期未告知的，自收到申请材料之日起即为受理") % days
    return [Blocker("notice-late", message, ACCEPTED_BY_LAW)]
