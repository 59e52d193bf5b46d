"""The inbox: mine, my group's, all that I may see; what is due first on top."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals.accounts.access import STAFF, open_to, signed_in
from approvals.accounts.roles import APPROVE, HANDLE, LEAD, standing
from approvals.selectors.absences import running_absence, stood_in_for
from approvals.selectors.calendar import working_calendar
from approvals.selectors.steps import STEPS
from workflows import inbox as selectors
from workflows.due import due_soon_until, with_remaining
from workflows.models import WorkItem

PAGE_SIZE = 30


@open_to(*STAFF)
def inbox(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    scopes = {
        "mine": (_("我的"), selectors.mine(signed_in(request), on=on)),
        "group": (_("本组待认领"), selectors.of_my_group(signed_in(request), on=on)),
        "all": (_("全部"), selectors.all_visible(signed_in(request), on=on)),
    }
    scope = request.GET.get("scope", "mine")
    items = scopes.get(scope, scopes["mine"])[1]
    page = Paginator(_filtered(items, request), PAGE_SIZE).get_page(request.GET.get("page"))
    calendar = working_calendar()
    context: dict[str, Any] = {
        "page": page,
        "rows": with_remaining(page.object_list, calendar=calendar, on=on),
        "tabs": _tabs(scopes, scope),
        "scope": scope,
        "steps": STEPS.values(),
        "filters": request.GET,
        "can_be_away": not standing(signed_in(request), on).permissions.isdisjoint({HANDLE, LEAD, APPROVE}),
        "running": running_absence(signed_in(request), on=on),
        "standing_in": stood_in_for(signed_in(request), on=on),
    }
    return render(request, "workflows/inbox.html", context)


def _tabs(scopes: dict[str, tuple[str, QuerySet[WorkItem]]], scope: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": f"?scope={code}", "active": code == scope, "count": items.order_by().count()}
        for code, (label, items) in scopes.items()
    ]


def _filtered(items: QuerySet[WorkItem], request: HttpRequest) -> QuerySet[WorkItem]:
    on = timezone.localdate()
    if step := request.GET.get("step"):
        items = items.filter(step=step)
    if words := request.GET.get("q", "").strip():
        items = items.filter(
            Q(project__name__icontains=words)
            | Q(project__project_code__icontains=words)
            | Q(application__matter__name__icontains=words)
            | Q(project__parties__enterprise__name__icontains=words)
        ).distinct()
    if request.GET.get("due") == "overdue":
        items = items.filter(due_on__lt=on)
    if request.GET.get("due") == "soon":
        items = items.filter(due_on__gte=on, due_on__lte=due_soon_until(on))
    return items
