"""The decision on an accepted application: who has to look twice, and what has to be there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.guards.applications import grant_blockers
from approvals.guards.clocks import open_pause_blockers
from approvals.guards.hearings import hearing_blockers
from approvals.guards.joint import joint_running_blockers

if TYPE_CHECKING:
    from approvals.models import Application

LICENSING_38 = "《行政许可法》第三十八条"
GRANT, REFUSE = "grant", "refuse"


def needs_two_people(application: Application) -> bool:
    """Four eyes (四眼原则) for every permit. A filing or a registration leaves nobody anything to weigh."""
    return application.matter.is_permit and application.route != application.Route.FILING


def recommendation_blockers(application: Application, *, outcome: str, reason: str, on: date) -> list[Blocker]:
    """A recommendation has its reasons whichever way it goes; one to grant needs what a grant needs."""
    found = grant_blockers(application, on=on) if outcome == GRANT else []
    return found if reason.strip() else [*found, Blocker("reason-missing", _("请写明理由"), LICENSING_38)]


def decision_blockers(application: Application, *, outcome: str, reason: str, on: date) -> list[Blocker]:
    """What keeps a decision from being made this way today."""
    found = joint_running_blockers(application) or _without_recommendation(application, outcome)
    if outcome == GRANT:
        found += grant_blockers(application, on=on)
        return found
    if not reason.strip():
        found.append(Blocker("reason-missing", _("不予许可必须说明理由"), LICENSING_38))
    return found + open_pause_blockers(application) + hearing_blockers(application, on=on)


def _without_recommendation(application: Application, outcome: str) -> list[Blocker]:
    if not needs_two_people(application):
        return []
    recommendation = application.open_recommendation
    if recommendation is None:
        return [Blocker("recommendation-missing", _("须先由一名审批人员审查并提出意见，再由另一名审批人员复核决定"))]
    if recommendation.outcome != outcome:
        message = _("审查意见为“%(outcome)s”；不同意的，请写明理由退回重新审查")
        shown = {"outcome": recommendation.get_outcome_display()}
        return [Blocker("recommendation-differs", message % shown)]
    return []
