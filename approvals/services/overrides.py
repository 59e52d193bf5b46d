"""Settling a determination or a clause by hand: one proposes, a second person approves. What the rules said stays."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import Organisation, User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import Determination, Override, Project
from approvals.selectors.determinations import current_determination
from approvals.selectors.facts import facts_of
from approvals.selectors.overrides import pending_override, possible_outcomes, reviewing_departments, rules_said
from approvals.selectors.reliance import differs, relying_on
from approvals.services.facts import drop_matter_list, supersede
from approvals.services.locking import locked_project
from documents.attachments import store_attachment

State = Override.State
# A clause is settled while the agreement is made.
STAGES: dict[str, tuple[Any, ...]] = {Override.Kind.TERMS: (Project.Stage.SIGNING,)}


@transaction.atomic
def propose_override(
    project_id: int,
    *,
    by: User,
    on: date,
    kind: str,
    outcome: str,
    reason: str,
    basis: str,
    department: Organisation | None,
    clause: str = "",
    file: UploadedFile | None = None,
) -> Override:
    """Propose an outcome other than what counts now. It counts for nothing until the second person has approved it.

    Args:
        department: whose approvers review it; None: the project's lead official.
        clause: of the agreement's terms, the sentences that the patterns found, word for word.
        file: what it rests on, such as an official reply.

    Raises:
        NotYours: ``by`` is not the project's handler.
        WrongState: a proposal of this kind waits already.
        GuardFailed: reason or legal basis is missing, the outcome is none that could be settled, or nothing was found
            in the clause.
    """
    project = locked_project(project_id, *STAGES.get(kind, Project.OPEN_STAGES))
    permissions.check(permissions.may_handle(by, project, on=on), _("只有本项目的代办员可以提出人工认定"))
    if pending_override(project, kind):
        raise WrongState(_("该判定已有待复核的人工认定，请先等待复核或撤回"))
    said, read = rules_said(project, kind, clause=clause.strip(), on=on)
    blockers = _blockers(project, kind, outcome, reason, basis, department, on)
    if kind == Override.Kind.TERMS and not said["findings"]:
        blockers.append(Blocker("clause-not-found", _("这段条款没有被提示，无须认定；请完整粘贴被提示的原句")))
    if blockers:
        raise GuardFailed(_("人工认定没有提交"), blockers=blockers)
    override = Override(
        project=project,
        kind=kind,
        outcome=outcome,
        reason=reason.strip(),
        basis=basis.strip(),
        department=department,
        answer=said,
        facts=read,
        proposed_by=by,
        proposed_on=on,
    )
    if file is not None:
        override.attachment = store_attachment(file, folder=f"project:{project.pk}", by=by)
    override.save()
    events.emit("override.proposed", override, by=by, on=on.isoformat(), **_said(override))
    return override


@transaction.atomic
def approve_override(override_id: int, *, by: User, on: date, remark: str = "") -> Determination | None:
    """The second person agrees: the proposed outcome counts from now, beside what the rules answered.

    Returns the determination; None for a clause, which from now on is no forbidden promise in this project.

    Raises:
        NotYours: ``by`` proposed it, handles the project, is of the enterprise, or is not whom it was put to.
        WrongState: it was settled meanwhile, or rests on facts that have changed.
    """
    override = _for_second_person(override_id, by, on)
    project = override.project
    if differs(override, facts_of(project, on=on)):
        raise WrongState(_("项目事实在提出后已变化，请退回，由代办员重新提出"))
    if current := current_determination(project, override.kind):
        because = f"由人工认定替代：{override.headline}"
        supersede(current, because, relying_on(project, override.kind, on=on), by=by, on=on)
    override.approve(by=by, on=on, remark=remark)
    override.save()
    events.emit("override.approved", override, by=by, on=on.isoformat(), remark=remark, **_said(override))
    return None if override.kind == Override.Kind.TERMS else _determine(override, by=by, on=on)


@transaction.atomic
def reject_override(override_id: int, *, by: User, on: date, remark: str) -> Override:
    """The second person does not agree, and says why. What counted before goes on counting."""
    override = _for_second_person(override_id, by, on)
    if not remark.strip():
        raise GuardFailed(_("复核意见没有提交"), blockers=[Blocker("reason-missing", _("不同意的，请写明理由"))])
    override.reject(by=by, on=on, remark=remark)
    override.save()
    events.emit("override.rejected", override, by=by, on=on.isoformat(), remark=remark, **_said(override))
    return override


@transaction.atomic
def withdraw_override(override_id: int, *, by: User, on: date) -> Override:
    """The handler takes his proposal back before it is settled."""
    override = _locked(override_id)
    permissions.check(permissions.may_handle(by, override.project, on=on), _("只有本项目的代办员可以撤回人工认定"))
    _check_pending(override)
    override.withdraw(on=on)
    override.save()
    events.emit("override.withdrawn", override, by=by, on=on.isoformat(), **_said(override))
    return override


def _blockers(
    project: Project, kind: str, outcome: str, reason: str, basis: str, department: Organisation | None, on: date
) -> list[Blocker]:
    found = []
    if outcome not in dict(possible_outcomes(project, kind, on=on)):
        found.append(Blocker("outcome-unknown", _("认定结论须是该类判定的一种结论，且不同于现在的结论")))
    if not reason.strip():
        found.append(Blocker("reason-missing", _("请写明人工认定的理由")))
    if not basis.strip():
        found.append(Blocker("basis-missing", _("请写明法律依据")))
    if department is not None and department not in reviewing_departments(project, kind):
        found.append(
            Blocker("department-wrong", _("“%(department)s”不是该判定的审批或主管部门") % {"department": department})
        )
    return found


def _determine(override: Override, *, by: User, on: date) -> Determination:
    determination = Determination.objects.create(
        project=override.project,
        kind=override.kind,
        outcome=override.outcome,
        on=override.proposed_on,
        edition=override.answer["edition"],
        sha256=override.answer["sha256"],
        facts=override.facts,
        answer=override.answer,
        override=override,
        confirmed_by=override.proposed_by,
    )
    of = {"kind": override.kind, "outcome": override.outcome, "edition": determination.edition}
    events.emit("determination.confirmed", determination, by=by, on=on.isoformat(), of=of, override=override.pk)
    drop_matter_list(override.project, by=by, on=on)
    return determination


def _for_second_person(override_id: int, by: User, on: date) -> Override:
    override = _locked(override_id)
    allowed = permissions.may_settle_override(by, override, on=on)
    permissions.check(allowed, _("人工认定须由提请复核的领办领导或部门审批人员复核，不能是提出人、代办员或企业人员"))
    _check_pending(override)
    return override


def _locked(override_id: int) -> Override:
    project = locked_project(Override.objects.values_list("project_id", flat=True).get(pk=override_id))
    override = Override.objects.select_for_update().get(pk=override_id)
    override.project = project
    return override


def _check_pending(override: Override) -> None:
    if override.state != State.PENDING:
        raise WrongState(_("该人工认定当前为“%(state)s”，请刷新页面") % {"state": override.get_state_display()})
    if override.project.stage not in Project.OPEN_STAGES:
        raise WrongState(
            _("项目当前处于“%(stage)s”，不能办理人工认定") % {"stage": override.project.get_stage_display()}
        )


def _said(override: Override) -> dict[str, Any]:
    return {
        "of_kind": override.kind,
        "outcome": override.outcome,
        "headline": override.headline,
        "rules": override.answer["headline"],
        "reason": override.reason,
        "basis": override.basis,
    }
