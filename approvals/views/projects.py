"""The list of projects that a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from approvals.accounts.access import EVERYONE, open_to
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, HANDLE, standing
from approvals.models import Project, ProjectParty
from approvals.rules import vocabulary
from approvals.rules.clock import WorkingCalendar
from approvals.selectors.calendar import working_calendar
from approvals.selectors.next_steps import NextStep, brief_steps, with_open_items
from approvals.selectors.projects import projects_visible_to
from approvals.selectors.stages import StageMark, stage_line
from approvals.views.people import viewer

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One project in the list. ``step``: its first open task by due date; ``more``: how many others are open."""

    project: Project
    enterprise: str
    industry: str
    stages: list[StageMark]
    step: NextStep | None
    more: int


@open_to(*EVERYONE)
def projects(request: HttpRequest) -> HttpResponse:
    user, on = viewer(request), timezone.localdate()
    found = _filtered(projects_visible_to(user, on=on), request)
    page = Paginator(_with_rows(found, on), PAGE_SIZE).get_page(request.GET.get("page"))
    calendar = working_calendar()
    may = standing(user, on).permissions
    context: dict[str, Any] = {
        "page": page,
        "rows": [_row(project, calendar, on) for project in page.object_list],
        "stage_choices": Project.Stage.choices,
        "industry_choices": [(group.name, group.zh) for group in vocabulary.GROUPS.values()],
        "filters": request.GET,
        "is_filtered": any(request.GET.get(name) for name in ("q", "stage", "industry")),
        "may_register": not may.isdisjoint({HANDLE, ACT_FOR_ENTERPRISE}),
    }
    return render(request, "approvals/projects.html", context)


def _filtered(found: QuerySet[Project], request: HttpRequest) -> QuerySet[Project]:
    if stage := request.GET.get("stage"):
        found = found.filter(stage=stage)
    if industry := request.GET.get("industry"):
        found = found.filter(industry_group=industry)
    if words := request.GET.get("q", "").strip():
        parties = Project.objects.filter(parties__enterprise__name__icontains=words).values("pk")
        found = found.filter(Q(name__icontains=words) | Q(project_code__icontains=words) | Q(pk__in=parties))
    return found


def _with_rows(found: QuerySet[Project], on: date) -> QuerySet[Project]:
    parties = ProjectParty.objects.held_on(on).select_related("enterprise")
    return with_open_items(found.prefetch_related(Prefetch("parties", parties, to_attr="current_parties")))


def _row(project: Any, calendar: WorkingCalendar, on: date) -> Row:
    steps = brief_steps(project.open_items, calendar, on=on)
    by_role = {party.role: party.enterprise.name for party in project.current_parties}
    principal = by_role.get(ProjectParty.Role.PROJECT_COMPANY) or by_role.get(ProjectParty.Role.SIGNING_ENTERPRISE, "")
    return Row(
        project=project,
        enterprise=principal,
        industry=vocabulary.label(project.industry_group) if project.industry_group else "",
        stages=stage_line(project),
        step=steps[0] if steps else None,
        more=max(len(steps) - 1, 0),
    )
