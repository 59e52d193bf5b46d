"""The credit file: an entry of a kind the rules know, with its period computed there, and its repair."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import Enterprise, User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.language import day_in_words
from approvals.models import CreditRecord, Project
from approvals.rules import credit
from approvals.services.locking import locked_project

REFUSED = "只有本项目审批机关的审批人员可以维护信用记录，且不能是本项目的代办员或领办领导"


@transaction.atomic
def record_credit(
    project_id: int,
    *,
    by: User,
    on: date,
    kind: str,
    source: str,
    from_on: date,
    matter_code: str = "",
    concerns_safety: bool = False,
) -> CreditRecord:
    """Enter what was established in a project about its enterprise.

    Args:
        source: the decision or document it rests on, with its number.
        concerns_safety: whether the matter directly concerns public safety, health, or life and property; only
            then do the bans of 《行政许可法》 art. 78 and 79 run.

    Raises:
        GuardFailed: the kind is unknown, the source is missing, the day lies ahead, or a ban names no matter.
    """
    project = locked_project(project_id)
    permissions.check(permissions.may_approve_for_bureau(by, project, on=on), REFUSED)
    known = {entry.code: entry for entry in credit.kinds_on(on)}
    blockers = []
    if kind not in known:
        blockers.append(Blocker("kind-unknown", _("请选择信用记录的类别")))
    elif known[kind].bars == credit.MATTER and not matter_code:
        blockers.append(Blocker("matter-missing", _("请写明涉及的事项"), known[kind].basis))
    if not source.strip():
        blockers.append(Blocker("source-missing", _("请写明来源：认定文书的名称和文号")))
    if from_on > on:
        blockers.append(Blocker("date-ahead", _("起始日期不能晚于今天")))
    if blockers:
        raise GuardFailed(_("信用记录没有保存"), blockers=blockers)
    enterprise = project.principal(on=on)
    assert enterprise is not None, "a registered project has a party"
    return write_record(
        project,
        enterprise,
        kind,
        source=source.strip(),
        by=by,
        on=on,
        from_on=from_on,
        matter_code=matter_code,
        concerns_safety=concerns_safety,
    )


def write_record(
    project: Project,
    enterprise: Enterprise,
    kind: str,
    *,
    source: str,
    by: User,
    on: date,
    from_on: date | None = None,
    matter_code: str = "",
    concerns_safety: bool = False,
) -> CreditRecord:
    """The entry itself. Inside the caller's transaction, after the caller's checks."""
    begins = from_on or on
    known = credit.kind_on(kind, on)
    record = CreditRecord.objects.create(
        enterprise=enterprise,
        project=project,
        kind=kind,
        matter_code=matter_code,
        basis=known.basis,
        source=source,
        from_on=begins,
        until_on=credit.barred_until(kind, begins, concerns_safety=concerns_safety),
        recorded_by=by,
    )
    until = record.until_on.isoformat() if record.until_on else ""
    events.emit("credit.recorded", record, by=by, on=on.isoformat(), label=known.label, basis=known.basis, until=until)
    return record


@transaction.atomic
def repair_credit(record_id: int, *, by: User, on: date, basis: str) -> CreditRecord:
    """修复: from that day the record bars nothing more. A ban of the law is not repaired, it runs out.

    Raises:
        WrongState: it was repaired before.
        GuardFailed: no basis is given, or the law itself sets the period.
    """
    project = locked_project(CreditRecord.objects.values_list("project_id", flat=True).get(pk=record_id))
    permissions.check(permissions.may_approve_for_bureau(by, project, on=on), REFUSED)
    record = CreditRecord.objects.select_for_update().get(pk=record_id)
    record.project = project
    if record.repaired_on is not None:
        raise WrongState(_("该信用记录已修复，请刷新页面"))
    blockers = [] if basis.strip() else [Blocker("basis-missing", _("请写明修复依据：信用修复决定的名称和文号"))]
    if record.until_on is not None:
        message = _("法定期限至%(until_on)s，不能提前修复") % {"until_on": day_in_words(record.until_on)}
        blockers.append(Blocker("period-of-law", message, record.basis))
    if blockers:
        raise GuardFailed(_("信用记录没有修复"), blockers=blockers)
    record.repaired_on, record.repaired_by, record.repair_basis = on, by, basis.strip()
    record.save()
    label = credit.kind_on(record.kind, on).label
    events.emit("credit.repaired", record, by=by, on=on.isoformat(), label=label, basis=record.repair_basis)
    return record
