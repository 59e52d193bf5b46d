"""After the decisions of a project: validity of results, delivery and hand-over, and the duties that remain."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals import permissions
from approvals.accounts.access import EVERYONE, open_to
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, APPROVE, HANDLE, LEAD, SUPERVISE
from approvals.forms.obligations import DemandForm, FulfilForm
from approvals.guards import filing_validity
from approvals.models import Project
from approvals.selectors.follow_up import area_follow_up, followed_of, obligations_of
from approvals.selectors.handovers import handovers_visible_to
from approvals.services import obligations
from approvals.views.cases import frame, visible_project
from approvals.views.people import viewer


@open_to(*EVERYONE)
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, visible_project(request, pk))


@open_to(ACT_FOR_ENTERPRISE, HANDLE)
@require_POST
def fulfil(request: HttpRequest, pk: int, obligation: int) -> HttpResponse:
    project, form = visible_project(request, pk), FulfilForm(request.POST, request.FILES)
    found = get_object_or_404(project.obligations, pk=obligation)
    if not form.is_valid():
        messages.error(request, _("请填写履行日期，并上传证明材料或写明说明，没有保存"))
        return redirect("approvals:follow-up", pk=pk)
    obligations.fulfil(found.pk, by=viewer(request), on=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("履行情况已登记"))
    return redirect("approvals:follow-up", pk=pk)


@open_to(SUPERVISE)
@require_POST
def demand(request: HttpRequest, pk: int) -> HttpResponse:
    project, form = visible_project(request, pk), DemandForm(request.POST)
    if not form.is_valid():
        return _page(request, project, form, status=422)
    obligations.demand(project.pk, by=viewer(request), on=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("限期要求已提出"))
    return redirect("approvals:follow-up", pk=pk)


@open_to(SUPERVISE, LEAD)
def area(request: HttpRequest) -> HttpResponse:
    """What a supervisor follows over his whole area."""
    on = timezone.localdate()
    return render(request, "approvals/area_follow_up.html", {"found": area_follow_up(viewer(request), on=on), "on": on})


@open_to(APPROVE, SUPERVISE)
def handovers(request: HttpRequest) -> HttpResponse:
    """What was handed over to one's department, to be acknowledged."""
    rows = handovers_visible_to(viewer(request), on=timezone.localdate())
    return render(request, "approvals/handovers.html", {"rows": rows})


def _page(request: HttpRequest, project: Project, form: DemandForm | None = None, status: int = 200) -> HttpResponse:
    user, on = viewer(request), timezone.localdate()
    context = frame(request, project, "follow-up") | {
        "followed": followed_of(project, user, on=on),
        "filing": filing_validity(project),
        "obligations": obligations_of(project),
        "may_fulfil": permissions.may_fulfil(user, project, on=on),
        "demand_form": (form or DemandForm()) if permissions.may_supervise(user, project, on=on) else None,
    }
    return render(request, "approvals/follow_up.html", context, status=status)
