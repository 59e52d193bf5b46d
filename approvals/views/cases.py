"""What every page of one project begins with: the project, if the reader may see it, and the frame around it."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals.models import Application, Project
from approvals.selectors.pages import powers
from approvals.selectors.projects import projects_visible_to
from approvals.selectors.stages import stage_line
from approvals.views.people import viewer


def visible_project(request: HttpRequest, pk: int) -> Project:
    """The project, or 404: what one may not see does not exist."""
    projects = projects_visible_to(viewer(request), on=timezone.localdate())
    return get_object_or_404(projects.select_related("facts").prefetch_related(with_matters("applications")), pk=pk)


def with_matters(relation: str) -> Prefetch:
    """The guards go through a project's applications and ask each for its matter: both in one query."""
    return Prefetch(relation, Application.objects.select_related("matter"))


def frame(request: HttpRequest, project: Project, page: str) -> dict[str, Any]:
    """Header, stage tracker and tabs. ``page`` is the URL name of the tab that is open."""
    return {
        "project": project,
        "stages": stage_line(project),
        "tabs": _tabs(project, page),
        "powers": powers(project, viewer(request), on=timezone.localdate()),
        "on": timezone.localdate(),
    }


def _tabs(project: Project, page: str) -> list[dict[str, Any]]:
    names = (
        ("project", _("总览")),
        ("facts", _("项目事实")),
        ("determinations", _("环评能评判定")),
        ("pledge", _("承诺与核查")),
        ("matters", _("事项台账")),
        ("plan", _("倒排计划")),
        ("follow-up", _("决定之后")),
        ("documents", _("文书材料")),
        ("history", _("办理经过")),
    )
    return [
        {"label": label, "url": reverse(f"approvals:{name}", args=[project.pk]), "active": name == page}
        for name, label in names
    ]
