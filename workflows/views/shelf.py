"""Put a task aside, and take it back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.accounts.access import STAFF, open_to, signed_in
from workflows import inbox, shelf
from workflows.due import due_soon_until
from workflows.models import WorkItem


class ShelveForm(forms.Form):
    until_on = forms.DateField()
    awaits = forms.CharField(max_length=10, required=False)
    note = forms.CharField(max_length=100, required=False)


@open_to(*STAFF)
@require_POST
def shelve(request: HttpRequest, pk: int) -> HttpResponse:
    item, on = _visible(request, pk), timezone.localdate()
    form = ShelveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写提醒日期，任务没有搁置"))
        return redirect("workflows:task", pk=pk)
    shelf.shelve(item.pk, by=signed_in(request), on=on, soon_until=due_soon_until(on), **form.cleaned_data)
    messages.success(request, _("任务已搁置，到时回到您的待办；期限照常计算"))
    return redirect("workflows:inbox")


@open_to(*STAFF)
@require_POST
def unshelve(request: HttpRequest, pk: int) -> HttpResponse:
    item = _visible(request, pk)
    shelf.unshelve(item.pk, by=signed_in(request), on=timezone.localdate())
    messages.success(request, _("任务已取回"))
    return redirect("workflows:inbox")


def _visible(request: HttpRequest, pk: int) -> WorkItem:
    return get_object_or_404(inbox.all_visible(signed_in(request), on=timezone.localdate()), pk=pk)
