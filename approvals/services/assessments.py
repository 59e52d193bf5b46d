"""When a regional result runs out, what rested on it is asked again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from approvals.guards.prerequisites import lapsed_matters
from approvals.models import MatterList, Project
from approvals.services.facts import drop_matter_list, supersede_stale_determinations
from approvals.services.locking import locked_project


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
