"""Confirming what the rules answered. The handler confirms; he does not decide otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import Determination, Project
from approvals.rules.answer import Answer
from approvals.selectors.determinations import answer
from approvals.selectors.facts import facts_of
from approvals.selectors.overrides import pending_kinds
from approvals.services.facts import drop_matter_list
from approvals.services.locking import locked_project

Kind = Determination.Kind


@transaction.atomic
def confirm_determinations(project_id: int, *, by: User, on: date, seen: dict[str, str]) -> list[Determination]:
    """Confirm the EIA and energy answers that are not confirmed yet.

    Args:
        seen: kind → outcome as the person saw it; a fact changed meanwhile makes the page stale.

    Raises:
        GuardFailed: an answer is still open; every missing fact is named. What waits for a second person is left out.
        WrongState: an outcome is no longer the one that was seen.
    """
    project = locked_project(project_id, *Project.OPEN_STAGES)
    permissions.check(permissions.may_handle(by, project, on=on), _("只有本项目的代办员可以确认判定"))
    held = set(project.determinations.filter(superseded_on=None).values_list("kind", flat=True))
    waiting = pending_kinds(project)
    answers = {kind: answer(project, kind, on=on) for kind in Kind.values if kind not in held | waiting}
    if not answers and waiting:
        blockers = [
            Blocker("override-pending", _("%(label)s：人工认定待复核") % {"label": Kind(kind).label})
            for kind in sorted(waiting)
        ]
        raise GuardFailed(_("还不能确认判定"), blockers=blockers)
    if blockers := [blocker for made in answers.values() for blocker in _open_questions(made)]:
        raise GuardFailed(_("还不能确认判定"), blockers=blockers)
    for kind, made in answers.items():
        if seen.get(kind) != made.outcome:
            raise WrongState(_("项目事实已变化，判定结论与您看到的不同，请刷新页面核对"))
    confirmed = [_confirm(project, kind, made, by=by, on=on) for kind, made in answers.items()]
    if confirmed:
        drop_matter_list(project, by=by, on=on)
    return confirmed


def _confirm(project: Project, kind: str, made: Answer, *, by: User, on: date) -> Determination:
    determination = Determination.objects.create(
        project=project,
        kind=kind,
        outcome=made.outcome,
        on=on,
        edition=made.edition,
        sha256=made.sha256,
        facts=facts_of(project, on=on),
        answer=made.as_json(),
        confirmed_by=by,
    )
    facts: dict[str, Any] = {"kind": str(kind), "outcome": made.outcome, "edition": made.edition}
    events.emit("determination.confirmed", determination, by=by, on=on.isoformat(), of=facts)
    return determination


def _open_questions(made: Answer) -> list[Blocker]:
    if made.is_known:
        return []
    label = Kind(made.kind).label
    asked = [Blocker("fact-missing", f"{label}：{question.text}") for question in made.missing]
    return asked or [Blocker("not-known", f"{label}：{made.headline}")]
