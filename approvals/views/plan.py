"""The plan of a project: forecast, critical chain, and counting back from the wished commencement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.accounts.access import EVERYONE, open_to
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, HANDLE
from approvals.forms.plan import WishForm
from approvals.models import Project
from approvals.selectors.applications import applications_visible_to
from approvals.selectors.plan import ProjectPlan, project_plan
from approvals.selectors.plan_chart import charts
from approvals.selectors.plan_words import headline, period_words, state_words, why_late
from approvals.services.plan import wish_commencement
from approvals.views.cases import frame, visible_project
from approvals.views.people import viewer


@open_to(*EVERYONE)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    project = visible_project(request, pk)
    return _page(request, project, WishForm(initial={"wished_on": project.wished_commencement_on}))


@open_to(ACT_FOR_ENTERPRISE, HANDLE)
@require_POST
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    project, form = visible_project(request, pk), WishForm(request.POST)
    if not form.is_valid():
        return _page(request, project, form, status=422)
    wish_commencement(project.pk, by=viewer(request), on=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("已按期望开工日期重新倒排"))
    return redirect("approvals:plan", pk=pk)


def _page(request: HttpRequest, project: Project, form: WishForm, status: int = 200) -> HttpResponse:
    made = project_plan(project, on=timezone.localdate())
    context = frame(request, project, "plan") | {"made": made, "plan": made.plan, "wish": form}
    if made.plan is not None:
        context |= {
            "headline": headline(made),
            "charts": charts(made.plan, made.rows) if made.rows else [],
            "rows": _rows(request, project, made),
            "chain": [line.node.name for line in made.plan.critical],
        }
    return render(request, "approvals/plan.html", context, status=status)


def _rows(request: HttpRequest, project: Project, made: ProjectPlan) -> list[dict[str, Any]]:
    """The table: each matter with its words, and a link only where the reader may open the application."""
    visible = applications_visible_to(viewer(request), on=timezone.localdate()).filter(project=project)
    mine = set(visible.values_list("pk", flat=True))
    return [
        {
            "row": row,
            "line": row.line,
            "state": state_words(row),
            "period": period_words(row),
            "why": why_late(row, made),
            "application": row.application if row.application and row.application.pk in mine else None,
        }
        for row in made.rows
    ]
