"""What stands on a determination: shown before a change of fact is saved, and told after it has ended one.

Nothing here decides whether a determination ends; that is ``outdated``, which the services and the preview both ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from approvals.language import day_in_words
from approvals.models import Application, Commitment, Determination, Override, Project
from approvals.rules import outcomes
from approvals.rules.matters.catalogue import matters_reading
from approvals.selectors.determinations import CLASSIFIERS
from approvals.selectors.facts import facts_of

Stage = Project.Stage


@dataclass(frozen=True, slots=True)
class Outdated:
    """A determination that today's facts no longer bear. ``relying``: later steps that rest on it, as sentences."""

    row: Determination
    because: str
    relying: list[str]


def outdated(project: Project, *, on: date) -> list[Outdated]:
    """Every determination in force that would not be made again on the facts as they are now.

    A fact that the answer does not rest on leaves it alone: the answer is computed again and compared. What a person
    settled rests on everything that he looked at, also where no rule compares it.
    """
    facts = facts_of(project, on=on)
    rows = project.determinations.filter(superseded_on=None).select_related("override").order_by("pk")
    found = [(row, _because(row, facts)) for row in rows]
    return [Outdated(row, because, relying_on(project, row.kind, on=on)) for row, because in found if because]


def lapsing(project: Project, *, on: date) -> list[Override]:
    """Proposals still waiting for the second person that were made on other facts."""
    facts = facts_of(project, on=on)
    return [row for row in project.overrides.filter(state=Override.State.PENDING).order_by("pk") if differs(row, facts)]


def differs(row: Override, facts: Mapping[str, Any]) -> bool:
    """Whether the facts that the proposal rests on have changed, or the rules would answer otherwise.

    A clause is settled word for word: another clause is not settled by it, and no fact changes that.
    """
    if row.kind == Override.Kind.TERMS:
        return False
    return _read_otherwise(row.kind, row.facts, facts, row.proposed_on) or (
        _fresh(row.kind, facts, row.proposed_on) != row.answer
    )


def relying_on(project: Project, kind: str, *, on: date) -> list[str]:
    """The list of matters, applications, promises and gates that rest on a determination, in that order."""
    codes = matters_reading(f"{kind}_outcome", on)
    return [*_lists(project), *_applications(project, codes), *_promises(project, codes), *_gates(project)]


def _because(row: Determination, facts: Mapping[str, Any]) -> str:
    fresh = _fresh(row.kind, facts, row.on)  # under the rules of the day it was made for: only the facts have changed
    if fresh != row.answer:
        return f"项目事实变更，按新事实：{fresh['headline']}"
    if row.override and _read_otherwise(row.kind, row.facts, facts, row.on):
        return "项目事实变更，人工认定所依据的情况已不同，须重新认定"
    return ""


def _fresh(kind: str, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    return CLASSIFIERS[Determination.Kind(kind)](facts, on).as_json()


def _read_otherwise(kind: str, before: Mapping[str, Any], after: Mapping[str, Any], on: date) -> bool:
    return any(before.get(name) != after.get(name) for name in outcomes.reads(kind, on))


def _lists(project: Project) -> Iterator[str]:
    for row in project.matter_lists.filter(superseded_on=None):
        yield _("项目事项清单（%(day)s确认）：失效，须重新确认") % {"day": day_in_words(row.on)}


def _applications(project: Project, codes: tuple[str, ...]) -> Iterator[str]:
    rows = project.applications.filter(matter__code__in=codes).exclude(state__in=Application.UNSUCCESSFUL)
    for row in rows.select_related("matter").order_by("pk"):
        words = {"matter": row.matter.name, "state": row.get_state_display()}
        if row.state == Application.State.DRAFT:
            yield _("办件“%(matter)s”（%(state)s）：重新确认清单后不再需要的，自动撤回") % words
        elif row.state == Application.State.GRANTED:
            yield _("办件“%(matter)s”（%(state)s）：已有决定不自动失效，须核对是否仍然适用") % words
        else:
            yield _("办件“%(matter)s”（%(state)s）：继续办理，审批部门须核对是否仍然适用") % words


def _promises(project: Project, codes: tuple[str, ...]) -> Iterator[str]:
    commitment = getattr(project, "commitment", None)
    if commitment is None or commitment.state in {Commitment.State.ORDINARY, Commitment.State.REFUSED}:
        return
    if promised := sorted(set(codes) & set(commitment.matter_codes)):
        yield _("承诺制事项 %(codes)s：承诺以该判定为前提，须重新核对") % {"codes": "、".join(promised)}


def _gates(project: Project) -> Iterator[str]:
    if project.stage == Stage.FULL_AGENCY:
        yield _("“全代办”阶段：判定和清单重新确认前不能办结")
    if project.stage == Stage.COMMENCEMENT:
        yield _("“全代办”阶段的办结条件：重新打开")
        yield _("“开工核验”阶段：判定和清单重新确认前不能确认开工")
