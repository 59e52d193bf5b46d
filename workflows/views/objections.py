"""Objections during publicity: recorded and resolved from the decision's task page."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from approvals.accounts.access import open_to, signed_in
from approvals.accounts.models import User
from approvals.accounts.roles import APPROVE
from approvals.services import commitments
from workflows import inbox
from workflows.models import WorkItem


class ObjectionForm(forms.Form):
    raised_by = forms.CharField(label=_("异议人"), max_length=80)
    content = forms.CharField(label=_("异议内容"), widget=forms.Textarea(attrs={"rows": 2}))


class ResolutionForm(forms.Form):
    upheld = forms.TypedChoiceField(
        label=_("处理结果"),
        choices=[("no", _("异议不成立")), ("yes", _("异议成立"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("核实情况"), widget=forms.Textarea(attrs={"rows": 2}))


@open_to(APPROVE)
@require_POST
def raise_objection(request: HttpRequest, pk: int) -> HttpResponse:
    item, user = _item(request, pk)
    form = ObjectionForm(request.POST)
    if form.is_valid():
        commitments.raise_objection(item.project_id or 0, by=user, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, _("异议已登记，核实处理后方可决定"))
    else:
        messages.error(request, _("请填写异议人和异议内容，异议没有保存"))
    return redirect("workflows:task", pk=pk)


@open_to(APPROVE)
@require_POST
def resolve_objection(request: HttpRequest, pk: int, objection: int) -> HttpResponse:
    item, user = _item(request, pk)
    found = get_object_or_404(item.project.commitment.objections, pk=objection)  # type: ignore[union-attr]
    form = ResolutionForm(request.POST)
    if form.is_valid():
        commitments.resolve_objection(found.pk, by=user, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, _("异议已处理"))
    else:
        messages.error(request, _("请选择处理结果并写明核实情况，处理没有保存"))
    return redirect("workflows:task", pk=pk)


def _item(request: HttpRequest, pk: int) -> tuple[WorkItem, User]:
    items = inbox.tasks_open_to(signed_in(request), on=timezone.localdate()).filter(step="decide_commitment")
    return get_object_or_404(items, pk=pk), signed_in(request)
