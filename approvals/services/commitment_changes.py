"""Asking to change a promise before it is broken, and the bureau's answer."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import Commitment, CommitmentChange
from approvals.selectors.verifications import latest_verification, promised_items, relied_on
from approvals.services.locking import locked_commitment, locked_project
from approvals.services.promise_versions import Items, add_version

State = CommitmentChange.State


@transaction.atomic
def ask_change(project_id: int, *, by: User, on: date, content: str, reason: str, items: Items) -> CommitmentChange:
    """The enterprise asks, itself, while nothing has been found against it.

    Args:
        content: the wish in words.
        items: the promise as it would be, ``{"code", "terms"}`` per matter that stays promised.

    Raises:
        NotYours: ``by`` may not sign for the enterprise; a handler never may.
        WrongState: the commitment is not granted, or a wish waits already.
        GuardFailed: a breach was found, the wish has no content or reason, or it does what no change may do.
    """
    project = locked_project(project_id)
    allowed = permissions.may_sign_for_enterprise(by, project, on=on)
    permissions.check(allowed, _("变更承诺只能由企业中有签署权限的人员自己提出，代办员不能代为提出"))
    commitment = locked_commitment(project, Commitment.State.GRANTED)
    if commitment.changes.filter(state=State.PENDING).exists():
        raise WrongState(_("已有待答复的变更申请，请刷新页面"))
    last = latest_verification(commitment)
    blockers = []
    if last is not None and last.is_breach and not last.is_put_right:
        blockers.append(Blocker("breach-found", _("核查已发现违反承诺的情况，须先处理，不能再申请变更")))
    if not content.strip():
        blockers.append(Blocker("content-missing", _("请写明要变更的承诺内容")))
    if not reason.strip():
        blockers.append(Blocker("reason-missing", _("请写明变更理由")))
    before = promised_items(commitment, on=on)
    after = _named(items, before)
    blockers += guards.change_blockers(before, after, relied_on=relied_on(commitment))
    if blockers:
        raise GuardFailed(_("变更申请没有提交"), blockers=blockers)
    change = CommitmentChange.objects.create(
        commitment=commitment, content=content.strip(), reason=reason.strip(), items=after, asked_on=on, asked_by=by
    )
    events.emit("commitment.change_asked", change, by=by, project=project, on=on.isoformat(), content=change.content)
    return change


@transaction.atomic
def answer_change(change_id: int, *, by: User, on: date, agreed: bool, reply: str) -> CommitmentChange:
    """The bureau agrees or declines, with its reasons. What was agreed is the promise from that day on: a new version.

    Raises:
        WrongState: it was answered meanwhile.
        GuardFailed: no reasons; or what would go has been relied on meanwhile.
    """
    project_id = CommitmentChange.objects.values_list("commitment__project_id", flat=True).get(pk=change_id)
    project = locked_project(project_id)
    allowed = permissions.may_approve_for_bureau(by, project, on=on)
    permissions.check(allowed, _("只有本项目审批机关的审批人员可以答复，且不能是本项目的代办员或领办领导"))
    commitment = locked_commitment(project, Commitment.State.GRANTED)
    change = CommitmentChange.objects.select_for_update().get(pk=change_id)
    if change.state != State.PENDING:
        raise WrongState(_("该变更申请已答复，请刷新页面"))
    before = promised_items(commitment, on=on)
    blockers = [] if reply.strip() else [Blocker("reply-missing", _("请写明答复和理由"))]
    if agreed:
        blockers += guards.change_blockers(before, change.items, relied_on=relied_on(commitment))
    if blockers:
        raise GuardFailed(_("答复没有保存"), blockers=blockers)
    change.state = State.AGREED if agreed else State.DECLINED
    change.reply, change.replied_on, change.replied_by = reply.strip(), on, by
    change.save()
    version = add_version(commitment, change.items, on=on, change=change) if agreed else None
    if version is not None:
        commitment.matter_codes = version.codes
        commitment.save()
    events.emit(
        "commitment.change_answered",
        change,
        by=by,
        project=project,
        on=on.isoformat(),
        agreed=agreed,
        reply=reply,
        before=before,
        version=version.number if version else None,
    )
    return change


def _named(items: Items, before: Items) -> list[dict[str, str]]:
    names = {item["code"]: item["name"] for item in before}
    return [
        {"code": item["code"], "name": names.get(item["code"], item["code"]), "terms": item["terms"].strip()}
        for item in items
    ]
