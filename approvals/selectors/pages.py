"""What the pages of a project show beside its own rows: parties, the two determinations, and what the reader may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from approvals import permissions
from approvals.accounts.models import User
from approvals.models import Determination, Project, ProjectParty
from approvals.selectors.determinations import CLASSIFIERS, answer

CONFIRMED, PENDING, INSUFFICIENT = "confirmed", "pending", "insufficient"
STATE_LABELS = {CONFIRMED: _("已确认"), PENDING: _("待确认"), INSUFFICIENT: _("事实不足")}


@dataclass(frozen=True, slots=True)
class Card:
    """One determination: the confirmed one where there is one, else what the rules answer today.

    ``answer`` is ``rules.answer.Answer`` as plain JSON; ``record`` is None until a person has confirmed it.
    """

    kind: str
    label: Any
    state: str
    state_label: Any
    answer: dict[str, Any]
    record: Determination | None

    @property
    def tone(self) -> str:
        return {CONFIRMED: "success", PENDING: "info"}.get(self.state, "warning")


@dataclass(frozen=True, slots=True)
class Powers:
    """What the reader may do on the pages of a project, beside his tasks."""

    edit_facts: bool
    is_enterprise: bool
    is_handler: bool


def determination_cards(project: Project, *, on: date) -> list[Card]:
    confirmed = {row.kind: row for row in current_determinations(project)}
    return [_card(project, Determination.Kind(kind), confirmed.get(kind), on) for kind in CLASSIFIERS]


def current_determinations(project: Project) -> QuerySet[Determination]:
    return project.determinations.filter(superseded_on=None).select_related("confirmed_by")


def superseded_determinations(project: Project) -> QuerySet[Determination]:
    """What was confirmed before, the latest first, with why it ended."""
    return project.determinations.exclude(superseded_on=None).select_related("confirmed_by")


def current_parties(project: Project, *, on: date) -> list[ProjectParty]:
    return list(project.parties.held_on(on).select_related("enterprise").order_by("pk"))


def powers(project: Project, user: User, *, on: date) -> Powers:
    is_enterprise = permissions.may_act_for_enterprise(user, project, on=on)
    is_handler = permissions.may_handle(user, project, on=on)
    open_stage = project.stage in Project.OPEN_STAGES
    return Powers(
        edit_facts=open_stage and (is_enterprise or is_handler), is_enterprise=is_enterprise, is_handler=is_handler
    )


def _card(project: Project, kind: Determination.Kind, record: Determination | None, on: date) -> Card:
    if record is not None:
        return Card(kind, kind.label, CONFIRMED, STATE_LABELS[CONFIRMED], record.answer, record)
    made = answer(project, kind, on=on)
    state = PENDING if made.is_known else INSUFFICIENT
    return Card(kind, kind.label, state, STATE_LABELS[state], made.as_json(), None)
