"""Regional results: recorded with their document, ended early, and what rested on them asked again afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, guards, permissions
from approvals.accounts.models import Organisation, User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.guards.prerequisites import lapsed_matters
from approvals.models import Matter, MatterList, Plot, Project, RegionalAssessment
from approvals.services.facts import drop_matter_list, supersede_stale_determinations
from approvals.services.locking import locked_project
from documents.attachments import store_attachment

ADMINISTRATOR_ONLY = "只有管辖该区域的系统管理员可以登记区域评估成果"


@transaction.atomic
def record_result(
    area: Organisation,
    *,
    by: User,
    on: date,
    matter_code: str,
    number: str,
    valid_from_on: date,
    valid_until_on: date,
    boundary: str,
    document: UploadedFile | None,
    plots: Sequence[Plot] = (),
) -> RegionalAssessment:
    """Put a result on record. It spares the projects on covered plots its matter from the next confirmation on.

    Args:
        plots: those that it covers; without any it covers the whole area.

    Raises:
        NotYours: ``by`` does not administer the area.
        GuardFailed: something that a project would rest on is missing; or the file is not of an allowed type or size.
    """
    permissions.check(permissions.may_administer(by, area, on=on), ADMINISTRATOR_ONLY)
    unified = dict(Matter.objects.in_force(on).filter(recorded_by="assessment").values_list("code", "name"))
    blockers = guards.result_blockers(
        matter_code=matter_code,
        unified=unified,
        number=number,
        valid_from_on=valid_from_on,
        valid_until_on=valid_until_on,
        boundary=boundary,
        has_document=document is not None,
    )
    if strangers := [plot.code for plot in plots if plot.organisation_id != area.pk]:
        message = _("%(codes)s不在该区域内") % {"codes": "、".join(strangers)}
        blockers.append(Blocker("plot-elsewhere", message))
    if blockers:
        raise GuardFailed(_("成果没有登记"), blockers=blockers)
    assert document is not None, "a guard asks for it"
    result = RegionalAssessment.objects.create(
        organisation=area,
        matter_code=matter_code,
        name=unified[matter_code],
        number=number.strip(),
        valid_from_on=valid_from_on,
        valid_until_on=valid_until_on,
        boundary=boundary.strip(),
        covers_whole_area=not plots,
        document=store_attachment(document, folder=f"area:{area.pk}", by=by),
    )
    result.plots.set(plots)
    events.emit("assessment.recorded", result, by=by, on=on.isoformat(), name=result.name, number=result.number)
    return result


@transaction.atomic
def end_result(result_id: int, *, by: User, on: date, reason: str) -> RegionalAssessment:
    """Its validity ends with today, earlier than it says: withdrawn, replaced, or the area has changed.

    Raises:
        NotYours: ``by`` does not administer the area.
        WrongState: it is not in force, or ends today anyway.
        GuardFailed: no reason.
    """
    result = RegionalAssessment.objects.select_for_update(of=["self"]).select_related("organisation").get(pk=result_id)
    permissions.check(permissions.may_administer(by, result.organisation, on=on), ADMINISTRATOR_ONLY)
    if not result.valid_from_on <= on < result.valid_until_on:
        raise WrongState(_("该成果尚未生效或者已经失效，请刷新页面"))
    if not reason.strip():
        raise GuardFailed(_("成果没有终止"), blockers=[Blocker("reason-missing", _("请写明提前失效的原因"))])
    result.valid_until_on, result.ended_because = on, reason.strip()
    result.save()
    events.emit("assessment.ended", result, by=by, on=on.isoformat(), name=result.name, reason=result.ended_because)
    return result


@transaction.atomic
def recheck_regional_results(project_id: int, *, on: date) -> bool:
    """End determinations and the matter list where a regional result no longer covers the project's plot. Idempotent.

    Nobody has changed a fact: time has, so the system acts. Returns whether something had to be confirmed anew.
    """
    project = locked_project(project_id)
    if project.stage not in Project.OPEN_STAGES:
        return False
    if supersede_stale_determinations(project, by=None, on=on):
        return True
    if not lapsed_matters(project, on=on):
        return False
    drop_matter_list(project, by=None, on=on)
    return True


def projects_on_regional_results() -> list[int]:
    """The projects whose confirmed list could rest on a regional result."""
    listed = MatterList.objects.filter(superseded_on=None, project__land__isnull=False)
    return list(listed.order_by("project").values_list("project", flat=True))
