"""What a supervisor watches of the promises of an area: breaches, orders to rectify with their days, credit records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models import Commitment, CreditRecord, Matter, Rectification, Verification
from approvals.selectors.credit import CreditRow, credit_row
from approvals.selectors.projects import projects_visible_to

UNANSWERED, RUNNING, OVERDUE, DONE, FAILED, REVOKED = "unanswered", "open", "overdue", "done", "failed", "revoked"
LABELS = {
    UNANSWERED: _("待处理"),
    RUNNING: _("整改中"),
    OVERDUE: _("整改期满，待复查"),
    DONE: _("整改完成"),
    FAILED: _("整改不到位，待撤销"),
    REVOKED: _("承诺制决定已撤销"),
}
PRESSING = (OVERDUE, FAILED, UNANSWERED, RUNNING, REVOKED, DONE)  # the order of the list


@dataclass(frozen=True, slots=True)
class Breach:
    """A check that found a promise broken. ``broken``: the names of the items; ``state``: a key of ``LABELS``."""

    verification: Verification
    broken: list[str]
    order: Rectification | None
    state: str

    @property
    def label(self) -> Any:
        return LABELS[self.state]


@dataclass(frozen=True, slots=True)
class Watched:
    """``barring``: the credit records that stand in the way today."""

    breaches: list[Breach]
    credit: list[CreditRow]

    @property
    def barring(self) -> list[CreditRow]:
        return [row for row in self.credit if row.holds]

    def in_state(self, *states: str) -> list[Breach]:
        return [row for row in self.breaches if row.state in states]


def watched_promises(user: User, *, on: date) -> Watched:
    """Over everything that a supervisor or lead official may see. A constant number of queries."""
    projects = projects_visible_to(user, on=on).order_by().values("pk")
    checks = Verification.objects.filter(commitment__project__in=projects).exclude(recorded_on=None)
    rows = checks.select_related("commitment__project", "department", "rectification").order_by("recorded_on", "pk")
    names = {matter.code: matter.label for matter in Matter.objects.in_force(on)}
    found = [_breach(row, names, on) for row in rows if row.is_breach]
    enterprises = Q(project__in=projects) | Q(enterprise__parties__project__in=projects)
    records = CreditRecord.objects.filter(pk__in=CreditRecord.objects.filter(enterprises).values("pk"))
    people = records.select_related("project", "enterprise", "recorded_by").order_by("-from_on", "-pk")
    return Watched(
        breaches=sorted(found, key=lambda row: (PRESSING.index(row.state), _due(row))),
        credit=[credit_row(record, on) for record in people],
    )


def _breach(row: Verification, names: Mapping[str, str], on: date) -> Breach:
    order = getattr(row, "rectification", None)
    kept = Verification.Result.FULFILLED
    broken = [names.get(item["code"], item["name"]) for item in row.results if item["result"] != kept]
    return Breach(row, broken, order, _state(row, order, on))


def _state(row: Verification, order: Rectification | None, on: date) -> str:
    if order is not None and order.outcome == Rectification.Outcome.DONE:
        return DONE
    if row.commitment.state == Commitment.State.REVOKED:
        return REVOKED
    if order is None:
        return UNANSWERED
    if order.outcome == Rectification.Outcome.FAILED:
        return FAILED
    return OVERDUE if on > order.due_on else RUNNING


def _due(row: Breach) -> date:
    return row.order.due_on if row.order else row.verification.recorded_on or date.max
