"""Why this date (为什么是这一天): every limit of one application, day by day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from approvals import permissions
from approvals.accounts.access import EVERYONE, open_to
from approvals.selectors.applications import applications_visible_to
from approvals.selectors.calendar import calendar_for
from approvals.selectors.clock_page import clocks, turns
from approvals.views.cases import frame, with_matters
from approvals.views.people import viewer


@open_to(*EVERYONE)
def clock(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = viewer(request), timezone.localdate()
    rows = applications_visible_to(user, on=on).select_related("project__organisation")
    rows = rows.prefetch_related(
        with_matters("project__applications"), "pauses", "hearings", "extensions__approver", "supplement_notices"
    )
    application = get_object_or_404(rows, pk=pk)
    calendar = calendar_for(application.department)
    internal = permissions.sees_internal(user, on=on)
    context = frame(request, application.project, "matters") | {
        "application": application,
        "clocks": clocks(application, calendar, on=on, internal=internal),
        "turns": turns(application, calendar, on=on),
    }
    return render(request, "approvals/clock.html", context)
