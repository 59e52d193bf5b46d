"""What the pages of a project show beside its own rows: parties, the two determinations, and what the reader may do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from approvals import permissions
from approvals.accounts.models import User
from approvals.models import Determination, Override, Project, ProjectParty
from approvals.rules.deciding import Deciding
from approvals.selectors.deciding import deciding_now, deciding_of
from approvals.selectors.determinations import CLASSIFIERS, answer
from approvals.selectors.reliance import relying_on

CONFIRMED, PENDING, INSUFFICIENT = "confirmed", "pending", "insufficient"
WITH_PEOPLE = ("confirmed_by", "override__proposed_by", "override__settled_by", "override__attachment")
STATE_LABELS = {CONFIRMED: _("已确认"), PENDING: _("待确认"), INSUFFICIENT: _("事实不足")}


@dataclass(frozen=True, slots=True)
class Card:
    """One determination: the confirmed one where there is one, else what the rules answer today.

    ``answer`` is ``rules.answer.Answer`` as plain JSON; ``record`` is None until a person has confirmed it.
    ``pending``: a proposal to settle it by hand that waits for the second person. ``relying``: later steps on it.
    ``deciding``: for what is open, which answer alone would settle it.
    """

    kind: str
    label: Any
    state: str
    state_label: Any
    answer: dict[str, Any]
    record: Determination | None
    pending: Override | None = None
    relying: list[str] = field(default_factory=list)
    deciding: tuple[Deciding, ...] = ()

    @property
    def headline(self) -> str:
        """What counts, in one sentence."""
        return self.record.headline if self.record else str(self.answer["headline"])

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
    """Both answers. ``pending`` proposals stand beside them and change nothing until they are approved."""
    confirmed = {row.kind: row for row in current_determinations(project)}
    waiting = {row.kind: row for row in _pending_overrides(project)}
    cards = [_card(project, Override.Kind(kind), confirmed.get(kind), on) for kind in CLASSIFIERS]
    return [replace(card, pending=waiting.get(card.kind)) for card in cards]


def in_full(project: Project, cards: list[Card], *, on: date) -> list[Card]:
    """The cards of the determinations' own page: the later steps that rest on each, and what would decide it."""
    return [_in_full(project, card, on) for card in cards]


def _in_full(project: Project, card: Card, on: date) -> Card:
    if card.record:
        return replace(card, relying=relying_on(project, card.kind, on=on), deciding=deciding_of(card.record))
    return replace(card, deciding=deciding_now(project, card.kind, card.answer, on=on))


def _pending_overrides(project: Project) -> QuerySet[Override]:
    pending = project.overrides.filter(state=Override.State.PENDING, kind__in=CLASSIFIERS)
    return pending.select_related("proposed_by", "settled_by", "department", "attachment")


def current_determinations(project: Project) -> QuerySet[Determination]:
    return project.determinations.filter(superseded_on=None).select_related(*WITH_PEOPLE)


def superseded_determinations(project: Project) -> QuerySet[Determination]:
    """What was confirmed before, the latest first, with why it ended."""
    return project.determinations.exclude(superseded_on=None).select_related(*WITH_PEOPLE)


def current_parties(project: Project, *, on: date) -> list[ProjectParty]:
    return list(project.parties.held_on(on).select_related("enterprise").order_by("pk"))


def powers(project: Project, user: User, *, on: date) -> Powers:
    is_enterprise = permissions.may_act_for_enterprise(user, project, on=on)
    is_handler = permissions.may_handle(user, project, on=on)
    open_stage = project.stage in Project.OPEN_STAGES
    return Powers(
        edit_facts=open_stage and (is_enterprise or is_handler), is_enterprise=is_enterprise, is_handler=is_handler
    )


def _card(project: Project, kind: Override.Kind, record: Determination | None, on: date) -> Card:
    if record is not None:
        return Card(kind, kind.label, CONFIRMED, STATE_LABELS[CONFIRMED], record.answer, record)
    made = answer(project, kind, on=on)
    state = PENDING if made.is_known else INSUFFICIENT
    return Card(kind, kind.label, state, STATE_LABELS[state], made.as_json(), None)
