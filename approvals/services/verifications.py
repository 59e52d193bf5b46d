"""After the commitment was granted: check, order to rectify, conclude, revoke. Each step once, by the right office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import Organisation, User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.guards.commitment import CREDIT
from approvals.language import day_in_words
from approvals.models import Application, Commitment, JointDeparture, Project, Rectification, Verification
from approvals.rules.clock import add_working_days
from approvals.selectors.calendar import working_calendar
from approvals.selectors.verifications import (
    latest_verification,
    promised_items,
    relying_on_grant,
    verifying_departments,
    version_in_force,
)
from approvals.services.credit import write_record
from approvals.services.facts import drop_matter_list
from approvals.services.joint_members import leave_joint
from approvals.services.locking import locked_commitment, locked_project
from documents.attachments import store_attachment

State, Result, Outcome = Commitment.State, Verification.Result, Rectification.Outcome
REFUSED = "只有本项目审批机关的审批人员可以办理，且不能是本项目的代办员或领办领导"
ENDED = "承诺制决定已撤销，依承诺办理的程序终止（国办发〔2020〕42号）"
GROUNDS = ("false_commitment", "serious_bad_credit")


@transaction.atomic
def plan_verification(
    project_id: int, *, by: User, on: date, planned_on: date, department: Organisation
) -> Verification:
    """Say when and by which office the promise will be checked. The enterprise is told.

    Raises:
        WrongState: the commitment is not granted, a check is open, or a breach is still being dealt with.
        GuardFailed: the day lies behind, or the office has no part in it.
    """
    commitment = _for_bureau(project_id, by, on)
    last = latest_verification(commitment)
    if last is not None and last.is_unfinished:
        raise WrongState(_("上一次核查还没有办完，请刷新页面"))
    blockers = []
    if planned_on < on:
        blockers.append(Blocker("date-behind", _("计划核查日期不能早于今天")))
    if department not in verifying_departments(commitment, on=on):
        blockers.append(
            Blocker(
                "department-wrong",
                _("“%(department)s”不是审批机关，也不是承诺事项的监管部门") % {"department": department},
            )
        )
    if blockers:
        raise GuardFailed(_("核查安排没有保存"), blockers=blockers)
    row = Verification.objects.create(
        commitment=commitment, planned_on=planned_on, department=department, planned_by=by
    )
    facts = {"planned_on": planned_on.isoformat(), "department": department.name}
    events.emit("commitment.verification_planned", row, by=by, project=commitment.project, on=on.isoformat(), **facts)
    return row


@transaction.atomic
def record_verification(
    verification_id: int,
    *,
    by: User,
    on: date,
    results: Sequence[Mapping[str, str]],
    note: str = "",
    files: Sequence[UploadedFile] = (),
) -> Verification:
    """Record what was found for every promised matter, once: of the promise as it is in force on the day.

    Args:
        results: ``{"code", "name", "result", "found"}`` per promised matter.

    Raises:
        NotYours: ``by`` is no approver of the office that checks, or works on the project.
        WrongState: it was recorded meanwhile.
        GuardFailed: a promised matter has no result, or a breach has no finding.
    """
    row = _locked(verification_id)
    allowed = permissions.may_verify(by, row, on=on)
    permissions.check(allowed, _("只有负责核查的机关的审批人员可以记录核查结果，且不能是本项目的代办员或领办领导"))
    _check_granted(row.commitment)
    if row.recorded_on is not None:
        raise WrongState(_("该次核查已有结果，请刷新页面"))
    promised = [item["code"] for item in promised_items(row.commitment, on=on)]
    if blockers := _result_blockers(promised, results):
        raise GuardFailed(_("核查结果没有保存"), blockers=blockers)
    row.version = version_in_force(row.commitment, on=on)
    row.results, row.note = [dict(result) for result in results], note
    row.recorded_on, row.recorded_by = on, by
    row.save()
    for file in files:
        row.evidence.add(store_attachment(file, folder=f"project:{row.commitment.project_id}", by=by))
    counts = {str(Result(code).value): sum(r["result"] == code for r in row.results) for code in Result.values}
    events.emit("commitment.verified", row, by=by, project=row.commitment.project, on=on.isoformat(), **counts)
    return row


@transaction.atomic
def order_rectification(
    verification_id: int, *, by: User, on: date, reason: str, demand: str, working_days: int
) -> Rectification:
    """责令限期整改 after a breach was found: what is wrong, what to do, and by when.

    Raises:
        WrongState: there is no breach, or it is being dealt with already.
    """
    row = _breach(verification_id, by, on)
    blockers = [] if reason.strip() else [Blocker("reason-missing", _("请写明违反承诺的情况"), CREDIT)]
    blockers += [] if demand.strip() else [Blocker("demand-missing", _("请写明整改要求"), CREDIT)]
    blockers += [] if working_days > 0 else [Blocker("days-missing", _("整改期限至少为1个工作日"), CREDIT)]
    if blockers:
        raise GuardFailed(_("整改通知没有发出"), blockers=blockers)
    due = add_working_days(on, working_days, working_calendar())
    order = Rectification.objects.create(
        verification=row,
        reason=reason.strip(),
        demand=demand.strip(),
        working_days=working_days,
        ordered_on=on,
        ordered_by=by,
        due_on=due.due_on,
        due_is_provisional=due.provisional,
    )
    facts = {"due": due.due_on.isoformat(), "days": working_days, "reason": order.reason}
    events.emit(
        "commitment.rectification_ordered", order, by=by, project=row.commitment.project, on=on.isoformat(), **facts
    )
    return order


@transaction.atomic
def conclude_rectification(rectification_id: int, *, by: User, on: date, done: bool, found: str) -> Rectification:
    """Look again: it was put right, or the limit has passed and it was not.

    Raises:
        GuardFailed: failure is to be recorded while the enterprise still has time.
    """
    verification_id = Rectification.objects.values_list("verification_id", flat=True).get(pk=rectification_id)
    row = _locked(verification_id)
    permissions.check(permissions.may_approve_for_bureau(by, row.commitment.project, on=on), REFUSED)
    _check_granted(row.commitment)
    order = Rectification.objects.select_for_update().get(pk=rectification_id)
    if order.outcome != Outcome.OPEN:
        raise WrongState(_("该整改已有复查结果，请刷新页面"))
    blockers = [] if found.strip() else [Blocker("found-missing", _("请写明复查情况"))]
    if not done and on <= order.due_on:
        message = _("整改期限至%(due_on)s，期满前不能认定整改不到位") % {"due_on": day_in_words(order.due_on)}
        blockers.append(Blocker("time-left", message, CREDIT))
    if blockers:
        raise GuardFailed(_("复查结果没有保存"), blockers=blockers)
    order.outcome, order.found = Outcome.DONE if done else Outcome.FAILED, found.strip()
    order.closed_on, order.closed_by = on, by
    order.save()
    events.emit(
        "commitment.rectification_concluded",
        order,
        by=by,
        project=row.commitment.project,
        on=on.isoformat(),
        done=done,
        found=order.found,
    )
    return order


@transaction.atomic
def revoke_commitment(project_id: int, *, by: User, on: date, ground: str, reason: str, heard: str) -> Commitment:
    """撤销承诺制决定, with its entry in the credit file. What rested on the decision closes again.

    A false promise can be answered so at once; otherwise the order to rectify has to have failed.

    Args:
        ground: kind of the credit record, ``false_commitment`` or ``serious_bad_credit``.
        heard: what the enterprise said in its defence, or that it said nothing.

    Raises:
        GuardFailed: nothing was found that bears a revocation, or a part of the reasons is missing.
    """
    commitment = _for_bureau(project_id, by, on)
    project = commitment.project
    if blockers := _revocation_blockers(commitment, ground, reason, heard):
        raise GuardFailed(_("不能撤销承诺制决定"), blockers=blockers)
    relying = relying_on_grant(commitment, on=on)
    commitment.revoke(on=on, by=by, reason=reason.strip(), heard=heard.strip())
    commitment.save()
    _end_applications(project, by=by, on=on)
    drop_matter_list(project, by=by, on=on)
    enterprise = project.principal(on=on)
    assert enterprise is not None, "whoever promised is a party"
    source = f"{project.approval_bureau}撤销“{project}”承诺制决定"
    write_record(project, enterprise, ground, source=source, by=by, on=on)
    events.emit(
        "commitment.revoked",
        commitment,
        by=by,
        on=on.isoformat(),
        ground=ground,
        reason=commitment.revocation_reason,
        heard=commitment.revocation_heard,
        relying=relying,
    )
    return commitment


def _result_blockers(promised: Sequence[str], results: Sequence[Mapping[str, str]]) -> list[Blocker]:
    given = {row["code"]: row for row in results}
    found = []
    for code in promised:
        row = given.get(code, {})
        if row.get("result") not in Result.values:
            found.append(Blocker("result-missing", _("承诺事项%(code)s还没有核查结果") % {"code": code}))
        elif row["result"] != Result.FULFILLED and not row.get("found", "").strip():
            found.append(Blocker("finding-missing", _("承诺事项%(code)s未全部履行，请写明查到的情况") % {"code": code}))
    if strangers := sorted(given.keys() - set(promised)):
        found.append(Blocker("matter-unknown", _("%(value)s不在承诺事项内") % {"value": "、".join(strangers)}))
    return found


def _revocation_blockers(commitment: Commitment, ground: str, reason: str, heard: str) -> list[Blocker]:
    last = latest_verification(commitment)
    order = getattr(last, "rectification", None)
    found = []
    if ground not in GROUNDS:
        found.append(Blocker("ground-unknown", _("请选择撤销的情形"), CREDIT))
    if last is None or not last.is_breach:
        found.append(Blocker("no-breach", _("没有查实违反承诺的核查记录"), CREDIT))
    elif ground != "false_commitment" and (order is None or order.outcome != Outcome.FAILED):
        found.append(Blocker("not-rectified-yet", _("未发出整改通知或整改期未满，不能以未按承诺履行撤销"), CREDIT))
    elif order is not None and order.outcome == Outcome.DONE:
        found.append(Blocker("rectified", _("该次核查发现的问题已整改完成"), CREDIT))
    if not reason.strip():
        found.append(Blocker("reason-missing", _("撤销决定必须说明理由"), "《行政许可法》第三十八条"))
    if not heard.strip():
        found.append(Blocker("not-heard", _("请写明企业的陈述、申辩情况"), "《行政许可法》第七条"))
    return found


def _end_applications(project: Project, *, by: User, on: date) -> None:
    """What is being handled on the promise ends; what was granted on it counts no more and is to be annulled."""
    rows = Application.objects.select_for_update().filter(
        project=project, route=Application.Route.COMMITMENT, state__in=Application.OPEN
    )
    for application in rows.order_by("pk"):
        application.project = project
        application.withdraw(on=on, reason=ENDED)
        application.save()
        leave_joint(application, by=by, on=on, cause=JointDeparture.Cause.WITHDRAWN, reason=ENDED)
        events.emit("application.withdrawn", application, by=by, on=on.isoformat(), reason=ENDED)


def _for_bureau(project_id: int, by: User, on: date) -> Commitment:
    project = locked_project(project_id)
    permissions.check(permissions.may_approve_for_bureau(by, project, on=on), REFUSED)
    if project.stage in {Project.Stage.SUSPENDED, Project.Stage.TERMINATED}:
        raise WrongState(_("项目当前处于“%(stage)s”，该操作不适用") % {"stage": project.get_stage_display()})
    return locked_commitment(project, State.GRANTED)


def _breach(verification_id: int, by: User, on: date) -> Verification:
    row = _locked(verification_id)
    permissions.check(permissions.may_approve_for_bureau(by, row.commitment.project, on=on), REFUSED)
    _check_granted(row.commitment)
    if not row.is_breach or hasattr(row, "rectification"):
        raise WrongState(_("该次核查没有待处理的违反承诺情况，请刷新页面"))
    return row


def _locked(verification_id: int) -> Verification:
    project_id = Verification.objects.values_list("commitment__project_id", flat=True).get(pk=verification_id)
    project = locked_project(project_id)
    row = Verification.objects.select_for_update().get(pk=verification_id)
    row.commitment = Commitment.objects.select_for_update().get(project=project)
    row.commitment.project = project
    return row


def _check_granted(commitment: Commitment) -> None:
    if commitment.state != State.GRANTED:
        raise WrongState(
            _("承诺当前为“%(state)s”，该操作已不适用，请刷新页面") % {"state": commitment.get_state_display()}
        )
