"""Materials: handing in a version. The older ones stay to be read."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import GuardFailed, WrongState
from approvals.models import Application, Material, MaterialVersion
from approvals.selectors.receipt import open_notice
from approvals.services.locking import locked_application
from documents.attachments import store_attachment
from documents.models import Attachment

State = Application.State
TAKEN_IN = (State.DRAFT, State.SUPPLEMENTING, State.ACCEPTED)  # the last for what was deferred alone


@transaction.atomic
def hand_in_material(
    material_id: int, *, by: User, on: date, file: UploadedFile | None = None, on_paper: bool = False, note: str = ""
) -> Material:
    """Attach a file to a required material, or note that the paper was handed in.

    Raises:
        WrongState: the application is not in the applicant's hands, and the material was not deferred.
        GuardFailed: the file is not of an allowed type or size; or the supplement notice does not name the material.
    """
    application, material = _opened(material_id, by=by, on=on)
    notice = open_notice(application)
    if blockers := guards.correction_blockers(material, notice):
        raise GuardFailed("不能更改该材料", blockers=blockers)
    attachment = store_attachment(file, folder=f"project:{application.project_id}", by=by) if file else None
    return _add_version(
        application,
        material,
        MaterialVersion(
            attachment=attachment or material.attachment,
            on_paper=on_paper or material.on_paper,
            note=note or material.note,
            handed_in_on=on,
            handed_in_by=by,
            notice=notice,
        ),
    )


def _opened(material_id: int, *, by: User, on: date) -> tuple[Application, Material]:
    found = Material.objects.values_list("application_id", flat=True).get(pk=material_id)
    application = locked_application(found, *TAKEN_IN)
    permissions.check(permissions.may_submit(by, application, on=on), "您不能为该办件提交材料")
    material = application.materials.select_for_update().get(pk=material_id)
    if application.state == State.ACCEPTED and not material.is_deferred:
        raise WrongState("办件已受理，只能补交容缺的材料")
    return application, material


def _add_version(application: Application, material: Material, version: MaterialVersion) -> Material:
    version.material, version.number = material, material.versions.count() + 1
    version.save()
    material.attachment, material.on_paper, material.note = version.attachment, version.on_paper, version.note
    material.save()
    was_deferred = application.state == State.ACCEPTED
    events.emit(
        "application.deferred_received" if was_deferred else "application.material_received",
        application,
        by=version.handed_in_by,
        on=version.handed_in_on.isoformat(),
        material=material.name,
        version=version.number,
        sha256=_sha256(version.attachment),
    )
    return material


def _sha256(attachment: Attachment | None) -> str:
    return attachment.sha256 if attachment else ""
