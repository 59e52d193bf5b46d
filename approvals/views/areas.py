"""The unified services of an area: its results, their validity and boundary, and who shares them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from approvals.accounts.access import EVERYONE, open_to
from approvals.selectors.assessments import area_services, areas_visible_to
from approvals.views.people import viewer


@open_to(*EVERYONE)
def services(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = viewer(request), timezone.localdate()
    area = get_object_or_404(areas_visible_to(user, on=on), pk=pk)
    context = {"area": area, "services": area_services(area, user, on=on), "on": on}
    return render(request, "approvals/area_services.html", context)
