"""Evidence, and the confirmation of commencement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import User
from approvals.errors import Blocker, GuardFailed
from approvals.models import Evidence, Project
from approvals.selectors.moments import conditions_on
from approvals.services.locking import locked_project
from documents.attachments import store_attachment


@transaction.atomic
def record_evidence(
    project_id: int,
    *,
    by: User,
    on: date,
    kind: str,
    happened_on: date,
    note: str = "",
    percent: int | None = None,
    files: Sequence[UploadedFile] = (),
) -> Evidence:
    """Record a dated fact with its papers or photographs.

    Raises:
        GuardFailed: the day lies ahead, or breaking ground has no photograph.
    """
    # Piles and foundations come after the confirmed start, and other readings of "commenced" need them.
    project = locked_project(project_id, *Project.OPEN_STAGES, Project.Stage.COMMENCED)
    allowed = permissions.may_handle(by, project, on=on) or permissions.may_act_for_enterprise(by, project, on=on)
    permissions.check(allowed, _("只有企业和本项目代办员可以登记证据"))
    blockers = []
    if happened_on > on:
        blockers.append(Blocker("date-ahead", _("发生日期不能晚于今天")))
    if kind == Evidence.Kind.BROKE_GROUND and not files:
        blockers.append(Blocker("photo-missing", _("登记破土开槽须上传现场照片")))
    if blockers:
        raise GuardFailed(_("证据没有保存"), blockers=blockers)
    evidence = Evidence.objects.create(
        project=project, kind=kind, happened_on=happened_on, note=note, percent=percent, recorded_by=by
    )
    for file in files:
        evidence.attachments.add(store_attachment(file, folder=f"project:{project.pk}", by=by))
    events.emit("evidence.recorded", evidence, by=by, kind_of=kind, happened_on=happened_on.isoformat())
    return evidence


@transaction.atomic
def confirm_commencement(project_id: int, *, by: User, on: date) -> Project:
    """Confirm that the project has lawfully commenced: both conditions lists are met and ground was broken.

    Raises:
        NotYours: ``by`` is not the project's lead official.
        GuardFailed: a condition is open; every one is named.
    """
    project = locked_project(project_id, Project.Stage.COMMENCEMENT)
    permissions.check(permissions.may_lead(by, project, on=on), _("只有本项目的领办领导可以确认开工"))
    broke_ground = project.evidence.filter(kind=Evidence.Kind.BROKE_GROUND).order_by("happened_on").first()
    commenced_on = broke_ground.happened_on if broke_ground else on
    project.commence(on=on, commenced_on=commenced_on)
    project.save()
    events.emit(
        "project.commenced",
        project,
        by=by,
        on=on.isoformat(),
        commenced_on=commenced_on.isoformat(),
        conditions=conditions_on(project, on=on),
    )
    return project
