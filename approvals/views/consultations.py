"""Asking another department about an application, and taking the question back. It answers from its inbox."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.accounts.access import open_to
from approvals.accounts.roles import APPROVE
from approvals.errors import Blocker, GuardFailed
from approvals.forms.consultations import AskForm
from approvals.models import Application
from approvals.selectors.applications import applications_visible_to
from approvals.services.consultations import ask_department, withdraw_consultation
from approvals.views.people import viewer


@open_to(APPROVE)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    form = AskForm(request.POST, application=found)
    if not form.is_valid():
        wrong = [Blocker(name, f"{form.fields[name].label}：{errors[0]}") for name, errors in form.errors.items()]
        raise GuardFailed(_("没有发出征求意见"), blockers=wrong)
    ask_department(found.pk, by=viewer(request), on=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("已向%(name)s征求意见") % {"name": form.cleaned_data["asked"]})
    return redirect("approvals:application", pk=pk)


@open_to(APPROVE)
@require_POST
def withdraw(request: HttpRequest, pk: int, consultation: int) -> HttpResponse:
    asked = get_object_or_404(_visible(request, pk).consultations, pk=consultation)
    withdraw_consultation(asked.pk, by=viewer(request), on=timezone.localdate())
    messages.success(request, _("已撤回征求意见"))
    return redirect("approvals:application", pk=pk)


def _visible(request: HttpRequest, pk: int) -> Application:
    visible = applications_visible_to(viewer(request), on=timezone.localdate())
    return get_object_or_404(visible.select_related("project__organisation"), pk=pk)
