"""Materials: handing in a version. The older ones stay to be read."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.language import day_in_words
from approvals.models import Application, Material, MaterialVersion
from approvals.selectors.materials import folder_of, purpose_of
from approvals.selectors.receipt import open_notice
from approvals.selectors.reuse import can_be_used, owner_of, reusable_versions
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
    valid_until_on: date | None = None,
) -> Material:
    """Attach a file to a required material, or note that the paper was handed in. Older versions stay.

    Args:
        file: uploaded and handed in at once.
        upload: id of a temporary attachment of ``stage_material``.
        reuse: id of a version of the same material in another application of the project, or in another project of
            the same enterprise that ``by`` may see. It keeps its owner and the end of its validity.
        valid_until_on: the last day on which the paper itself is valid, where it has one.

    Raises:
        WrongState: the application is not in the applicant's hands, and the material was not deferred.
        GuardFailed: the file is not of an allowed type or size; or the supplement notice does not name the material.
    """
    if file is not None:
        upload = stage_material(material_id, by=by, on=on, file=file).pk
    given = MaterialVersion(on_paper=on_paper, note=note, valid_until_on=valid_until_on)
    return _hand_in(material_id, given, by=by, on=on, upload=upload, reuse=reuse)


@transaction.atomic
def _hand_in(
    material_id: int, version: MaterialVersion, *, by: User, on: date, upload: int | None, reuse: int | None
) -> Material:
    application, material = _opened(material_id, by=by, on=on)
    version.notice = open_notice(application)
    blockers = guards.correction_blockers(material, version.notice)
    if version.valid_until_on is not None and version.valid_until_on < on:
        message = _("该材料已过有效期（%(day)s）") % {"day": day_in_words(version.valid_until_on)}
        blockers.append(Blocker("material-expired", message))
    if blockers:
        raise GuardFailed(_("不能更改该材料"), blockers=blockers)
    version.handed_in_on, version.handed_in_by = on, by
    version.owner = owner_of(material.name, application.applicant)
    version.attachment = material.attachment
    if reuse is not None:
        _take_over(version, _reusable(application, material, reuse, by, on))
    if upload is not None:
        version.attachment = commit_attachment(upload, by=by, purpose=purpose_of(material.pk))
    version.on_paper = version.on_paper or material.on_paper
    version.note = version.note or ("" if material.not_needed else material.note)
    return _add_version(application, material, version)


@transaction.atomic
def waive_material(material_id: int, *, by: User, on: date, reason: str) -> Material:
    """Say why this case does not need a material that only some cases need. Whoever reviews it sees the reason.

    Raises:
        WrongState: the application is not in the applicant's hands.
        GuardFailed: every case needs it, a notice has asked for it, it was promised, or no reason is given.
    """
    application, material = _opened(material_id, by=by, on=on)
    notice = open_notice(application)
    if blockers := guards.waiver_blockers(material, notice, reason):
        raise GuardFailed(_("不能说明不需要该材料"), blockers=blockers)
    version = MaterialVersion(not_needed=True, note=reason.strip(), handed_in_on=on, handed_in_by=by)
    version.owner = owner_of(material.name, application.applicant)
    return _add_version(application, material, version)


def _take_over(version: MaterialVersion, reused: MaterialVersion) -> None:
    """The file with whose it is and how long it is valid."""
    version.reused_from, version.attachment = reused, reused.attachment
    version.owner, version.valid_until_on = reused.owner, reused.valid_until_on


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


def _reusable(application: Application, material: Material, version_id: int, by: User, on: date) -> MaterialVersion:
    """The other version, where it may be used here at all."""
    named = reusable_versions(application, by, on=on).filter(pk=version_id, material__name=material.name)
    found = named.first()
    if found is None or not can_be_used(found, application):
        message = _("只能复用本企业其他办件中同名、现行有效的材料；申请书、承诺书等不能从其他项目复用")
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
    material.attachment, material.on_paper = version.attachment, version.on_paper
    material.not_needed, material.note = version.not_needed, version.note
    material.save()
    events.emit(
        _what_happened(application, version),
        application,
        by=version.handed_in_by,
        on=version.handed_in_on.isoformat(),
        material=material.name,
        version=version.number,
        sha256=_sha256(version.attachment),
        reason=version.note if version.not_needed else "",
        reused=version.reused_from_id is not None,
        reused_from=version.reused_from.material.application.project_id if version.reused_from else None,
    )
    return material


def _what_happened(application: Application, version: MaterialVersion) -> str:
    if version.not_needed:
        return "application.material_waived"
    return "application.deferred_received" if application.state == State.ACCEPTED else "application.material_received"


def _sha256(attachment: Attachment | None) -> str:
    return attachment.sha256 if attachment else ""
