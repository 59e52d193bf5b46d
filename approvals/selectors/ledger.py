"""The ledger (台账) of a project's matters: what is needed, what is spared and why, and how far each application is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.guards.prerequisites import completed_matters
from approvals.models import Application, Matter, MatterList, Project
from approvals.selectors.applications import applications_visible_to
from approvals.selectors.determinations import needed_matters

STATUS_LABELS = {
    "needed": _("需要办理"),
    "unknown": _("尚不能判定"),
    "spared": _("依法免于办理"),
    "not_applicable": _("不涉及"),
}
ROUTE_LABELS = {**dict(Application.Route.choices), "none": ""}


@dataclass(frozen=True, slots=True)
class Row:
    """One matter. ``done``: number or record that proves it, None where it is not done."""

    code: str
    name: str
    status: str
    status_label: Any
    reason: str
    basis: str
    route: Any
    authority: str
    limit: str
    application: Application | None
    done: str | None
    waits_for: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def due_on(self) -> date | None:
        """The earlier of the promised and the statutory limit of an application in hand."""
        if self.application is None or self.application.is_concluded:
            return None
        return min((day for day in (self.application.promised_due_on, self.application.due_on) if day), default=None)


@dataclass(frozen=True, slots=True)
class Ledger:
    """``confirmed`` is None while the list is only a preview of what the rules say today."""

    confirmed: MatterList | None
    rows: list[Row]
    groups: dict[str, list[Row]] = field(default_factory=dict)

    def of(self, *statuses: str) -> list[Row]:
        return [row for row in self.rows if row.status in statuses]

    @property
    def counts(self) -> dict[str, int]:
        open_rows = self.of("needed")
        return {
            "needed": len(open_rows),
            "done": sum(row.done is not None for row in open_rows),
            "in_hand": sum(row.application is not None and row.done is None for row in open_rows),
            "spared": len(self.of("spared")),
            "unknown": len(self.of("unknown")),
            "not_applicable": len(self.of("not_applicable")),
        }


def matter_ledger(project: Project, user: User, *, on: date) -> Ledger:
    """Rows of the confirmed list, or a preview where none is in force."""
    confirmed = project.matter_lists.filter(superseded_on=None).select_related("confirmed_by").first()
    needs = confirmed.rows if confirmed else _preview(project, on)
    applications = applications_visible_to(user, on=on).filter(project=project)
    live = {row.matter.code: row for row in applications}  # of several for one matter the latest counts
    done = completed_matters(project, on=on)
    names = {need["code"]: need["name"] for need in needs}
    rows = [_row(need, live.get(need["code"]), done.get(need["code"]), names, done) for need in needs]
    groups = {status: [row for row in rows if row.status == status] for status in STATUS_LABELS}
    return Ledger(confirmed, rows, groups)


def _preview(project: Project, on: date) -> list[dict[str, Any]]:
    authorities = dict(Matter.objects.in_force(on).values_list("code", "authority"))
    return [asdict(need) | {"authority": authorities.get(need.code, "")} for need in needed_matters(project, on=on)]


def _row(
    need: Mapping[str, Any],
    application: Application | None,
    done: str | None,
    names: Mapping[str, str],
    completed: Mapping[str, str],
) -> Row:
    return Row(
        code=need["code"],
        name=need["name"],
        status=need["status"],
        status_label=STATUS_LABELS[need["status"]],
        reason=need["reason"],
        basis=need["basis"],
        route=ROUTE_LABELS.get(need["route"], need["route"]),
        authority=need.get("authority", ""),
        limit=_limit(need),
        application=application,
        done=done,
        waits_for=tuple(_names(need["prerequisites"], names, completed)),
        missing=tuple(question["text"] for question in need.get("missing", ())),
    )


def _names(codes: Iterable[str], names: Mapping[str, str], completed: Mapping[str, str]) -> list[str]:
    return [names.get(code, code) for code in codes if code not in completed]


def _limit(need: Mapping[str, Any]) -> str:
    days = need.get("committed_days") or need.get("statutory_days")
    return str(days) if days else ""
