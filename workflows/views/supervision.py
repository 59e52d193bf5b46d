"""The supervisor's page: from a number to the cases behind it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from approvals.accounts.access import open_to, signed_in
from approvals.accounts.roles import LEAD, SUPERVISE
from approvals.selectors.calendar import working_calendar
from workflows import supervision as selectors
from workflows.due import due_soon_until, with_remaining
from workflows.models import WorkItem

PAGE_SIZE = 50


@open_to(SUPERVISE, LEAD)
def supervision(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    soon_until = due_soon_until(on)
    everything = selectors.supervised_items(signed_in(request), on=on)
    light = request.GET.get("light", "overdue")
    items = _drilled(everything, request)
    shown = selectors.narrowed(items, on=on, soon_until=soon_until, light=light)
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "totals": selectors.totals(everything, on=on, soon_until=soon_until),
        "areas": selectors.by_area(everything, on=on, soon_until=soon_until),
        "steps": selectors.by_step(everything, on=on, soon_until=soon_until),
        "departments": selectors.by_department(everything, on=on, soon_until=soon_until),
        "page": page,
        "rows": with_remaining(page.object_list, calendar=working_calendar(), on=on),
        "light": light,
        "soon_until": soon_until,
        "drilled": {name: request.GET[name] for name in ("area", "step", "department") if request.GET.get(name)},
    }
    return render(request, "workflows/supervision.html", context)


def _drilled(items: QuerySet[WorkItem], request: HttpRequest) -> QuerySet[WorkItem]:
    area, step, department = (request.GET.get(name, "") for name in ("area", "step", "department"))
    if area.isdigit():
        items = items.filter(project__organisation=int(area))
    if step:
        items = items.filter(step=step)
    if department.isdigit():
        items = items.filter(department=int(department))
    if department == "enterprise":
        items = items.filter(department=None)
    return items
