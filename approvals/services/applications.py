"""The life of an application: materials, submit, supplement, accept or decline, grant or refuse, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.guards.applications import LICENSING_32
from approvals.models import Application, Material, SupplementNotice
from approvals.selectors.limits import limits_from
from approvals.services.locking import locked_application
from documents.attachments import store_attachment

State = Application.State


@transaction.atomic
def hand_in_material(
    material_id: int, *, by: User, on: date, file: UploadedFile | None = None, on_paper: bool = False, note: str = ""
) -> Material:
    """Attach a file to a required material, or note that the paper was handed in.

    Raises:
        WrongState: the application is not in the applicant's hands.
        GuardFailed: the file is not of an allowed type or size.
    """
    found = Material.objects.values_list("application_id", flat=True).get(pk=material_id)
    application = locked_application(found, State.DRAFT, State.SUPPLEMENTING)
    permissions.check(permissions.may_submit(by, application, on=on), "您不能为该办件提交材料")
    material = application.materials.select_for_update().get(pk=material_id)
    if file is not None:
        material.attachment = store_attachment(file, folder=f"project:{application.project_id}", by=by)
    material.on_paper = on_paper or material.on_paper
    material.note = note or material.note
    material.save()
    events.emit("application.material_received", application, by=by, on=on.isoformat(), material=material.name)
    return material


@transaction.atomic
def submit_application(application_id: int, *, by: User, on: date) -> Application:
    """申报, or hand in again after a supplement notice.

    Raises:
        NotYours: neither the enterprise nor its handler within the mandate.
        GuardFailed: a prerequisite is open or a material is missing.
    """
    application = locked_application(application_id, State.DRAFT, State.SUPPLEMENTING)
    permissions.check(permissions.may_submit(by, application, on=on), "您不能申报该办件")
    if application.state == State.SUPPLEMENTING:
        application.resubmit(on=on, by=by)
        application.supplement_notices.filter(answered_on=None).update(answered_on=on)
    else:
        application.submit(on=on, by=by)
    application.save()
    events.emit("application.submitted", application, by=by, on=on.isoformat())
    return application


@transaction.atomic
def request_supplement(application_id: int, *, by: User, on: date, items: Sequence[dict[str, str]]) -> SupplementNotice:
    """一次性告知 everything to be supplemented. The named materials have to be handed in anew.

    Args:
        items: ``{"material": name, "problem": what is wrong}``; a material of the application.

    Raises:
        GuardFailed: nothing was named, or something that is not among the registered materials.
    """
    application = _for_review(application_id, by, on, State.SUBMITTED)
    materials = {material.name: material for material in application.materials.select_for_update()}
    if not items:
        raise GuardFailed(
            "不能发出补正告知", blockers=[Blocker("items-missing", "请写明需要补正的全部内容", LICENSING_32)]
        )
    for item in items:
        if item["material"] not in materials:
            message = f"“{item['material']}”不在该事项的材料清单内，不得要求"
            raise GuardFailed("不能发出补正告知", blockers=[Blocker("material-unknown", message, LICENSING_32)])
        material = materials[item["material"]]
        material.attachment, material.on_paper = None, False
        material.save()
    application.request_supplement()
    application.save()
    notice = SupplementNotice.objects.create(application=application, issued_on=on, issued_by=by, items=list(items))
    events.emit(
        "application.supplement_requested",
        application,
        by=by,
        on=on.isoformat(),
        received_on=_iso(application.received_on),  # handing in again moves it
        notice=notice.pk,
        items=len(items),
    )
    return notice


@transaction.atomic
def accept_application(application_id: int, *, by: User, on: date) -> Application:
    """受理. The statutory and the promised limit run from here.

    Raises:
        NotYours: ``by`` does not review for the department, or handles the project.
        GuardFailed: materials are missing; every one is named.
    """
    application = _for_review(application_id, by, on, State.SUBMITTED)
    application.accept(on=on, by=by)
    limits = limits_from(application, on)
    application.due_on, application.promised_due_on = limits.statutory_on, limits.promised_on
    application.due_is_provisional = limits.provisional
    application.save()
    events.emit(
        "application.accepted",
        application,
        by=by,
        on=on.isoformat(),
        received_on=_iso(application.received_on),
        due=_iso(application.due_on),
        promised_due=_iso(application.promised_due_on),
        provisional=application.due_is_provisional,
    )
    return application


@transaction.atomic
def decline_application(application_id: int, *, by: User, on: date, reason: str) -> Application:
    """不予受理, in writing and with reasons."""
    application = _for_review(application_id, by, on, State.SUBMITTED)
    application.decline(on=on, by=by, reason=reason)
    return _decided(application, by=by, on=on, kind="application.declined")


@transaction.atomic
def grant_application(application_id: int, *, by: User, on: date, reason: str, result_number: str = "") -> Application:
    """准予. Prerequisites must still hold on the day.

    Raises:
        GuardFailed: a prerequisite is open.
    """
    application = _for_review(application_id, by, on, State.ACCEPTED)
    if blockers := guards.grant_blockers(application, on=on):
        raise GuardFailed("还不能作出准予决定", blockers=blockers)
    application.grant(on=on, by=by, reason=reason)
    application.result_number = result_number
    return _decided(application, by=by, on=on, kind="application.granted", result_number=result_number)


@transaction.atomic
def refuse_application(application_id: int, *, by: User, on: date, reason: str) -> Application:
    """不予许可. Reasons are not optional (《行政许可法》第三十八条)."""
    application = _for_review(application_id, by, on, State.ACCEPTED)
    if not reason.strip():
        blocker = Blocker("reason-missing", "不予许可必须说明理由", "《行政许可法》第三十八条")
        raise GuardFailed("不能作出决定", blockers=[blocker])
    application.refuse(on=on, by=by, reason=reason)
    return _decided(application, by=by, on=on, kind="application.refused")


@transaction.atomic
def withdraw_application(application_id: int, *, by: User, on: date, reason: str) -> Application:
    """The applicant takes it back before the decision."""
    application = locked_application(application_id, *Application.OPEN)
    permissions.check(permissions.may_submit(by, application, on=on), "您不能撤回该办件")
    application.withdraw(on=on, reason=reason)
    return _decided(application, by=by, on=on, kind="application.withdrawn")


def _for_review(application_id: int, by: User, on: date, state: str) -> Application:
    """Standing first, then state: who may not review learns nothing of the state."""
    application = locked_application(application_id)
    allowed = permissions.may_review(by, application, on=on)
    permissions.check(allowed, "该事项不属于您的部门，或您是本项目的代办员、领办领导")
    if application.state != state:
        raise WrongState(f"办件当前为“{application.get_state_display()}”，该操作已不适用，请刷新页面")
    return application


def _decided(application: Application, *, by: User, on: date, kind: str, **facts: Any) -> Application:
    application.save()
    events.emit(kind, application, by=by, on=on.isoformat(), reason=application.reason, **facts)
    return application


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
