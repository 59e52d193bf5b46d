"""An application until it is accepted: materials, submit, supplement, accept or decline. See also ``decisions``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from approvals import events, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed
from approvals.guards.applications import LICENSING_32
from approvals.models import Application, Material, SupplementNotice
from approvals.services.clocks import store_limits
from approvals.services.locking import application_for_review, locked_application
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
    application = application_for_review(application_id, State.SUBMITTED, by=by, on=on)
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
    application = application_for_review(application_id, State.SUBMITTED, by=by, on=on)
    application.accept(on=on, by=by)
    store_limits(application)
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
    application = application_for_review(application_id, State.SUBMITTED, by=by, on=on)
    application.decline(on=on, by=by, reason=reason)
    return _decided(application, by=by, on=on, kind="application.declined")


def _decided(application: Application, *, by: User, on: date, kind: str, **facts: Any) -> Application:
    application.save()
    events.emit(kind, application, by=by, on=on.isoformat(), reason=application.reason, **facts)
    return application


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
