"""The unified services of an area: its results, their validity and boundary, who shares them; and their keeping."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals import permissions
from approvals.accounts.access import EVERYONE, open_to
from approvals.accounts.models import Organisation
from approvals.accounts.roles import ADMINISTER
from approvals.forms.assessments import EndResultForm, ResultForm
from approvals.selectors.assessments import administered_areas, area_services, areas_visible_to
from approvals.services import assessments
from approvals.views.people import viewer


@open_to(ADMINISTER)
def areas(request: HttpRequest) -> HttpResponse:
    """Where an administrator keeps regional results."""
    rows = administered_areas(viewer(request), on=timezone.localdate())
    return render(request, "approvals/areas.html", {"areas": rows})


@open_to(*EVERYONE, ADMINISTER)
def services(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _area(request, pk))


@open_to(ADMINISTER)
@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    area, on = _area(request, pk), timezone.localdate()
    form = ResultForm(request.POST, request.FILES, area=area, on=on)
    if not form.is_valid():
        return _page(request, area, form, status=422)
    assessments.record_result(area, by=viewer(request), on=on, **form.cleaned_data)
    messages.success(request, _("成果已登记"))
    return redirect("approvals:area-services", pk=pk)


@open_to(ADMINISTER)
@require_POST
def end(request: HttpRequest, pk: int, result: int) -> HttpResponse:
    found, form = get_object_or_404(_area(request, pk).assessments, pk=result), EndResultForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明提前失效的原因，没有保存"))
        return redirect("approvals:area-services", pk=pk)
    assessments.end_result(found.pk, by=viewer(request), on=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("成果自明日起失效，依据它的项目由系统重新核对"))
    return redirect("approvals:area-services", pk=pk)


def _area(request: HttpRequest, pk: int) -> Organisation:
    return get_object_or_404(areas_visible_to(viewer(request), on=timezone.localdate()), pk=pk)


def _page(request: HttpRequest, area: Organisation, form: ResultForm | None = None, status: int = 200) -> HttpResponse:
    user, on = viewer(request), timezone.localdate()
    keeps = permissions.may_administer(user, area, on=on)
    context = {
        "area": area,
        "services": area_services(area, user, on=on),
        "on": on,
        "form": (form or ResultForm(area=area, on=on)) if keeps else None,
        "end_form": EndResultForm(),
    }
    return render(request, "approvals/area_services.html", context, status=status)
