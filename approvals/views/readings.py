"""Recording later works and what stops the idle-land clock; the readings stand on the commencement stage's page."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.accounts.access import open_to
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, HANDLE
from approvals.errors import Blocker, GuardFailed
from approvals.forms.land_delays import EndDelayForm, LandDelayForm, LaterEvidenceForm
from approvals.models import LandDelay, Project
from approvals.services.commencement import record_evidence
from approvals.services.land_delays import end_land_delay, record_land_delay
from approvals.views.cases import visible_project
from approvals.views.people import viewer


@open_to(HANDLE, ACT_FOR_ENTERPRISE)
@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    project, form = visible_project(request, pk), LaterEvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        raise _refused(form)
    data = form.cleaned_data
    files = [file] if (file := data.pop("file")) else []
    record_evidence(project.pk, by=viewer(request), on=timezone.localdate(), files=files, **data)
    messages.success(request, _("已登记证据"))
    return redirect("approvals:stage", pk=pk, stage=Project.Stage.COMMENCEMENT)


@open_to(HANDLE)
@require_POST
def record_delay(request: HttpRequest, pk: int) -> HttpResponse:
    project, form = visible_project(request, pk), LandDelayForm(request.POST)
    if not form.is_valid():
        raise _refused(form)
    record_land_delay(project.pk, by=viewer(request), on=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("已登记政府原因延误"))
    return redirect("approvals:stage", pk=pk, stage=Project.Stage.COMMENCEMENT)


@open_to(HANDLE)
@require_POST
def end_delay(request: HttpRequest, pk: int, delay: int) -> HttpResponse:
    project, form = visible_project(request, pk), EndDelayForm(request.POST)
    found = get_object_or_404(LandDelay.objects.filter(land__project=project), pk=delay)
    if not form.is_valid():
        raise _refused(form)
    end_land_delay(found.pk, by=viewer(request), on=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("已登记延误结束"))
    return redirect("approvals:stage", pk=pk, stage=Project.Stage.COMMENCEMENT)


def _refused(form: Form) -> GuardFailed:
    """The form stands on another page: what is wrong with it is told like any other refusal."""
    wrong = [Blocker(name, f"{form.fields[name].label}：{errors[0]}") for name, errors in form.errors.items()]
    return GuardFailed(_("没有保存"), blockers=wrong)
