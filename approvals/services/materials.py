"""Materials: handing in a version. The older ones stay to be read."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import Application, Material, MaterialVersion
from approvals.selectors.materials import folder_of, purpose_of, reusable_versions
from approvals.selectors.receipt import open_notice
from approvals.services.locking import locked_application
from documents.attachments import commit_attachment, drop_attachment, store_attachment
from documents.models import Attachment

State = Application.State
MOST_VERSIONS = 50  # of one material; a guard against loops, not a rule of law
TAKEN_IN = (State.DRAFT, State.SUPPLEMENTING, State.ACCEPTED)  # the last for what was deferred alone


def hand_in_material(
    material_id: int,
    *,
    by: User,
    on: date,
    file: UploadedFile | None = None,
    upload: int | None = None,
    reuse: int | None = None,
    on_paper: bool = False,
    note: str = "",
) -> Material:
    """Attach a file to a required material, or note that the paper was handed in. Older versions stay.

    Args:
        file: uploaded and handed in at once.
        upload: id of a temporary attachment of ``stage_material``.
        reuse: id of a version of the same material in another application of the project.

    Raises:
        WrongState: the application is not in the applicant's hands, and the material was not deferred.
        GuardFailed: the file is not of an allowed type or size; or the supplement notice does not name the material.
    """
    if file is not None:
        upload = stage_material(material_id, by=by, on=on, file=file).pk
    return _hand_in(material_id, by=by, on=on, upload=upload, reuse=reuse, on_paper=on_paper, note=note)


@transaction.atomic
def _hand_in(
    material_id: int, *, by: User, on: date, upload: int | None, reuse: int | None, on_paper: bool, note: str
) -> Material:
    application, material = _opened(material_id, by=by, on=on)
    notice = open_notice(application)
    if blockers := guards.correction_blockers(material, notice):
        raise GuardFailed(_("不能更改该材料"), blockers=blockers)
    reused = _reusable(application, material, reuse) if reuse else None
    attachment = reused.attachment if reused else None
    if upload is not None:
        attachment = commit_attachment(upload, by=by, purpose=purpose_of(material.pk))
    return _add_version(
        application,
        material,
        MaterialVersion(
            attachment=attachment or material.attachment,
            reused_from=reused,
            on_paper=on_paper or material.on_paper,
            note=note or material.note,
            handed_in_on=on,
            handed_in_by=by,
            notice=notice,
        ),
    )


def stage_material(material_id: int, *, by: User, on: date, file: UploadedFile) -> Attachment:
    """Upload now, hand in later: a refusal in between does not lose the file.

    Nothing is locked while the scanner looks at it; whether it may be handed in is asked again when it is.

    Raises:
        WrongState, GuardFailed: as ``hand_in_material``.
    """
    with transaction.atomic():
        application, material = _opened(material_id, by=by, on=on)
        if blockers := guards.correction_blockers(material, open_notice(application)):
            raise GuardFailed(_("不能更改该材料"), blockers=blockers)
    return store_attachment(file, folder=folder_of(application), by=by, temporary_for=purpose_of(material.pk))


@transaction.atomic
def discard_upload(material_id: int, *, by: User, upload: int) -> None:
    """Throw away one's own upload that was not handed in."""
    drop_attachment(upload, by=by, purpose=purpose_of(material_id))


def _reusable(application: Application, material: Material, version_id: int) -> MaterialVersion:
    """The other version, where it may be used here at all."""
    found = reusable_versions(application).filter(pk=version_id, material__name=material.name).first()
    if found is None:
        message = _("只能复用本项目其他办件中同名的材料")
        raise GuardFailed(_("不能复用该材料"), blockers=[Blocker("not-reusable", message)])
    return found


def _opened(material_id: int, *, by: User, on: date) -> tuple[Application, Material]:
    found = Material.objects.values_list("application_id", flat=True).get(pk=material_id)
    application = locked_application(found, *TAKEN_IN)
    permissions.check(permissions.may_submit(by, application, on=on), _("您不能为该办件提交材料"))
    material = application.materials.select_for_update().get(pk=material_id)
    if application.state == State.ACCEPTED and not material.is_deferred:
        raise WrongState(_("办件已受理，只能补交容缺的材料"))
    return application, material


def _add_version(application: Application, material: Material, version: MaterialVersion) -> Material:
    version.material, version.number = material, material.versions.count() + 1
    if version.number > MOST_VERSIONS:
        message = _("“%(name)s”已有 %(MOST_VERSIONS)s 个版次，不能再增加") % {
            "name": material.name,
            "MOST_VERSIONS": MOST_VERSIONS,
        }
        raise GuardFailed(_("不能更改该材料"), blockers=[Blocker("too-many-versions", message)])
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
        reused=version.reused_from_id is not None,
    )
    return material


def _sha256(attachment: Attachment | None) -> str:
    return attachment.sha256 if attachment else ""
