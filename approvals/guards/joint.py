"""Joint handling: what can be handled together, and what one merged reply waits for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.guards.applications import grant_blockers
from approvals.guards.clocks import open_pause_blockers

if TYPE_CHECKING:
    from approvals.models import Application

LICENSING_26 = "《行政许可法》第二十六条"
LICENSING_42_2 = "《行政许可法》第四十二条第二款"
LICENSING_38 = "《行政许可法》第三十八条"
FEWEST = 2
REFUSED = "refused"  # JointHandling.Outcome, which imports this package


def own_opinion_blockers(applications: Sequence[Application], user_id: int) -> list[Blocker]:
    """Four eyes: whoever gave one of the opinions does not give the reply."""
    own = [a.matter.label for a in applications if (o := a.open_recommendation) and o.made_by_id == user_id]
    message = _("“%(value)s”的意见是您本人提出的，须由另一名审批人员答复") % {"value": "、".join(own)}
    return [Blocker("own-opinion", message)] if own else []


def joint_start_blockers(applications: Sequence[Application]) -> list[Blocker]:
    found = []
    if len({application.department_id for application in applications}) < FEWEST:
        message = _("联合办理须有两个以上部门的办件")
        found.append(Blocker("joint-one-department", message, LICENSING_26))
    for application in applications:
        name = {"name": application.matter.label}
        if application.state != application.State.ACCEPTED:
            found.append(Blocker("joint-not-accepted", _("“%(name)s”尚未受理或已办结") % name, LICENSING_42_2))
        if not application.matter.is_permit:
            found.append(Blocker("joint-no-permit", _("“%(name)s”不是行政许可，不联合办理") % name, LICENSING_42_2))
        if application.is_joint:
            found.append(Blocker("joint-already", _("“%(name)s”已在联合办理") % name))
    return found


def joint_reply_blockers(applications: Sequence[Application], *, on: date) -> list[Blocker]:
    """The joint gate: it opens only when every department has said its word on its own application.

    What a word against needs is what any refusal needs; a word in favour needs what a grant needs.
    """
    found = []
    for application in applications:
        opinion = application.open_recommendation
        words = {"department": application.department.name, "name": application.matter.label}
        if application.state != application.State.ACCEPTED:
            found.append(Blocker("joint-left", _("“%(name)s”已不在审批中，请将其移出") % words))
        elif opinion is None:
            message = _("%(department)s尚未对“%(name)s”出具意见")
            found.append(Blocker("joint-opinion-missing", message % words, LICENSING_42_2))
        if opinion is not None and opinion.outcome == opinion.Outcome.REFUSE:
            found += open_pause_blockers(application)
        else:
            found += grant_blockers(application, on=on)
    return found


def joint_outcome_blockers(applications: Sequence[Application], outcome: str) -> list[Blocker]:
    """The reply says what the opinions say. ``outcome``: ``JointHandling.Outcome``."""
    against = [a for a in applications if (o := a.open_recommendation) and o.outcome == o.Outcome.REFUSE]
    if outcome == REFUSED:
        message = _("各部门均建议准予，没有不予许可的意见")
        return [] if against else [Blocker("joint-nothing-against", message, LICENSING_42_2)]
    message = _("%(department)s对“%(name)s”的意见为不予许可；可以一并答复，或者将该件移出后答复其余各件")
    return [
        Blocker(
            "joint-opinion-against", message % {"department": a.department.name, "name": a.matter.label}, LICENSING_38
        )
        for a in against
    ]


def joint_leaving_blockers(applications: Sequence[Application], leaving: Application, *, reason: str) -> list[Blocker]:
    """Taken out only with a reason, and only where the others are still several departments' business."""
    found = [] if reason.strip() else [Blocker("reason-missing", _("请写明移出的原因"))]
    if not goes_on_together(applications, leaving):
        message = _("移出后不足两个部门，不能继续联合办理；请终止联合办理")
        found.append(Blocker("joint-one-department", message, LICENSING_26))
    return found


def goes_on_together(applications: Sequence[Application], leaving: Application) -> bool:
    return len({a.department_id for a in applications if a.pk != leaving.pk}) >= FEWEST


def joint_running_blockers(application: Application) -> list[Blocker]:
    """Whoever is handled jointly is not decided on alone."""
    if not application.is_joint:
        return []
    message = _("本件正在联合办理，由牵头部门在各部门意见齐备后一次答复；单独办理须先由牵头部门移出")
    return [Blocker("joint-running", message, LICENSING_42_2)]
