"""The ledger (台账) of a project's matters: what is needed, what is spared and why, and how far each application is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.guards.prerequisites import completed_matters, lapsed_matters
from approvals.models import Application, Matter, MatterList, Project
from approvals.selectors.applications import applications_visible_to
from approvals.selectors.deferral import Owed, owed_by
from approvals.selectors.determinations import needed_matters
from approvals.selectors.matter_names import labelled

STATUS_LABELS = {
    "needed": _("需要办理"),
    "unknown": _("尚不能判定"),
    "spared": _("依法免于办理"),
    "not_applicable": _("不涉及"),
}
# Whose turn a needed matter is: the enterprise applies before the start, another record shows it, or it comes later.
APPLY, RECORDED, LATER = "apply", "recorded", "later"
PART_LABELS = {
    APPLY: _("开工前要办的事项"),
    RECORDED: _("由备案、供地和区域评估记录办结"),
    LATER: _("开工以后再办"),
}
AFTER_COMMENCEMENT = frozenset({"completion", "discharge", "production"})
ROUTE_LABELS = {**dict(Application.Route.choices), "none": ""}


@dataclass(frozen=True, slots=True)
class Row:
    """One matter. ``part``: apply, recorded or later. ``done``: what proves it, None where it is not done."""

    code: str
    name: str
    status: str
    part: str
    reason: str
    basis: str
    route: Any
    authority: str
    limit: str
    application: Application | None
    done: str | None
    waits_for: tuple[str, ...] = ()
    owed: Owed | None = None  # deferred materials that have not come yet
    missing: tuple[str, ...] = ()

    @property
    def is_in_hand(self) -> bool:
        return self.application is not None and self.application.state in Application.IN_HAND

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

    def of(self, *statuses: str) -> list[Row]:
        return [row for row in self.rows if row.status in statuses]

    @property
    def counts(self) -> dict[str, int]:
        """What the enterprise has to apply for before the start and how far that is; and how much it is spared."""
        applied_for = [row for row in self.of("needed") if row.part == APPLY]
        return {
            "needed": len(applied_for),
            "done": sum(row.done is not None for row in applied_for),
            "in_hand": sum(row.is_in_hand for row in applied_for),
            "spared": len(self.of("spared")),
            "unknown": len(self.of("unknown")),
        }

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The needed matters by whose turn they are; empty parts are left out."""
        needed = self.of("needed")
        found = {part: [row for row in needed if row.part == part] for part in PART_LABELS}
        return [{"code": part, "label": PART_LABELS[part], "rows": rows} for part, rows in found.items() if rows]

    @property
    def groups(self) -> dict[str, list[Row]]:
        return {status: self.of(status) for status in STATUS_LABELS}


def matter_ledger(project: Project, user: User, *, on: date) -> Ledger:
    """Rows of the confirmed list, or a preview where none is in force."""
    confirmed = project.matter_lists.filter(superseded_on=None).select_related("confirmed_by").first()
    needs = confirmed.rows if confirmed else _preview(project, on)
    applications = applications_visible_to(user, on=on).filter(project=project)
    live = {row.matter.code: row for row in applications}  # of several for one matter the latest counts
    done = completed_matters(project, on=on)
    owed = owed_by(row.pk for row in live.values())
    lapsed = set(lapsed_matters(project, on=on))
    needs = [labelled(_returned(need) if need["code"] in lapsed else need) for need in needs]
    names = {need["code"]: need["name"] for need in needs}
    rows = [_row(need, live.get(need["code"]), done.get(need["code"]), names, done) for need in needs]
    return Ledger(confirmed, [_with_debt(row, owed) for row in rows])


def _with_debt(row: Row, owed: Mapping[int, Owed]) -> Row:
    return replace(row, owed=owed[row.application.pk]) if row.application and row.application.pk in owed else row


def _returned(need: dict[str, Any]) -> dict[str, Any]:
    """Its regional result has run out or does not cover the plot: the matter is there again."""
    return need | {"status": "needed", "reason": _("区域评估成果已失效或不覆盖本宗地，须重新办理")}


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
        part=_part(need),
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


def _part(need: Mapping[str, Any]) -> str:
    if need["recorded_by"]:
        return RECORDED
    return LATER if need["before"] in AFTER_COMMENCEMENT else APPLY


def _limit(need: Mapping[str, Any]) -> str:
    """From when and how long it will be handled; empty where no number is known, or none that is certain."""
    if days := need.get("committed_days"):
        return _("承诺受理后 %(days)s 个工作日") % {"days": days}
    days = need.get("statutory_days")
    if not days or need.get("confidence") == "low":
        return ""
    # A statute that says 日 counts from the day of receipt.
    words = _("受理后 %(days)s 个工作日") if need["day_type"] == "working" else _("收到申请后 %(days)s 日")
    return words % {"days": days}
