"""The investment agreement, its two signatures, and the record of the filing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import AgreementPolicy, InvestmentAgreement, Project
from approvals.rules import project_code as project_codes
from approvals.services.locking import locked_project

SIGNING = Project.Stage.SIGNING


@transaction.atomic
def draft_agreement(
    project_id: int,
    *,
    by: User,
    on: date,
    kind: str,
    content: str,
    terms: str,
    construction_months: int | None = None,
    policies: Sequence[tuple[str, str]] = (),
) -> InvestmentAgreement:
    """Write the agreement, until the first signature.

    Args:
        policies: pairs of policy name and fair-competition review number.

    Raises:
        GuardFailed: it promises a price, a rebate or an auction result, or a policy has no review number.
    """
    project = locked_project(project_id, SIGNING)
    permissions.check(permissions.may_handle(by, project, on=on), _("只有本项目的代办员可以拟定协议"))
    agreement = InvestmentAgreement.objects.filter(project=project).first() or InvestmentAgreement(project=project)
    if agreement.signed_by_enterprise_on or agreement.signed_by_government_on:
        raise WrongState(_("协议已有一方签署，不能再修改"))
    agreement.kind, agreement.content, agreement.terms = kind, content, terms
    agreement.construction_months = construction_months
    agreement.save()
    agreement.policies.all().delete()
    for name, review_number in policies:
        AgreementPolicy.objects.create(agreement=agreement, name=name, fair_competition_review_number=review_number)
    if blockers := guards.agreement_blockers(agreement):
        raise GuardFailed(_("协议内容不符合规定，没有保存"), blockers=blockers)
    events.emit("agreement.drafted", agreement, by=by, on=on.isoformat(), policies=len(policies))
    return agreement


@transaction.atomic
def sign_agreement(project_id: int, *, by: User, on: date) -> InvestmentAgreement:
    """The enterprise's own signature, by a person who may sign for it."""
    agreement = _unsigned(project_id, "signed_by_enterprise_on")
    allowed = permissions.may_sign_for_enterprise(by, agreement.project, on=on)
    permissions.check(allowed, _("只有企业中有签署权限的人员可以签署协议"))
    agreement.signed_by_enterprise_on, agreement.signed_by_enterprise = on, by
    agreement.save()
    events.emit("agreement.signed_by_enterprise", agreement, by=by, on=on.isoformat())
    return agreement


@transaction.atomic
def countersign_agreement(project_id: int, *, by: User, on: date) -> InvestmentAgreement:
    """The government side's signature, recorded by the project's lead official."""
    agreement = _unsigned(project_id, "signed_by_government_on")
    permissions.check(permissions.may_lead(by, agreement.project, on=on), _("只有本项目的领办领导可以代表政府方签署"))
    agreement.signed_by_government_on, agreement.signed_by_government = on, by
    agreement.save()
    events.emit("agreement.signed_by_government", agreement, by=by, on=on.isoformat())
    return agreement


@transaction.atomic
def record_filing(
    project_id: int, *, by: User, on: date, kind: str, project_code: str, number: str, authority: str, filed_on: date
) -> Project:
    """Record the filing (备案) or verification (核准). The project code is imported, never minted.

    Raises:
        GuardFailed: the code is malformed or belongs to another project, or the date lies ahead.
    """
    project = locked_project(project_id, *Project.OPEN_STAGES)
    permissions.check(permissions.may_handle(by, project, on=on), _("只有本项目的代办员可以登记备案"))
    code = _checked_code(project, project_code, filed_on)
    if filed_on > on:
        raise GuardFailed(_("日期有误"), blockers=[Blocker("date-ahead", _("备案或核准日期不能晚于今天"))])
    project.filing_kind, project.project_code = kind, code
    project.filing_number, project.filing_authority, project.filed_on = number, authority, filed_on
    project.save()
    events.emit("project.filed", project, by=by, on=on.isoformat(), project_code=code, number=number)
    return project


def _unsigned(project_id: int, signature: str) -> InvestmentAgreement:
    project = locked_project(project_id, SIGNING)
    agreement = InvestmentAgreement.objects.select_for_update().filter(project=project).first()
    if agreement is None or getattr(agreement, signature) is not None:
        raise WrongState(_("协议尚未拟定或已经签署，请刷新页面"))
    agreement.project = project
    if blockers := guards.agreement_blockers(agreement):
        raise GuardFailed(_("协议内容不符合规定，不能签署"), blockers=blockers)
    return agreement


def _checked_code(project: Project, code: str, filed_on: date) -> str:
    try:
        valid = project_codes.validate(code, assigned_on=filed_on)
    except ValueError as fault:
        raise GuardFailed(
            _("项目代码有误"), blockers=[Blocker("project-code", str(fault), "GB/T 40058-2021")]
        ) from fault
    if Project.objects.filter(project_code=valid).exclude(pk=project.pk).exists():
        raise GuardFailed(
            _("项目代码有误"), blockers=[Blocker("project-code-taken", _("该项目代码已登记在另一个项目名下"))]
        )
    return valid
