"""What an applicant who was told of a hearing does: ask for it, waive it, take a request back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from approvals.accounts.access import open_to
from approvals.accounts.roles import ACT_FOR_ENTERPRISE
from approvals.guards.hearings import open_hearing
from approvals.services import hearings
from approvals.views.application import visible_application
from approvals.views.people import viewer

ANSWERS: dict[str, tuple[Callable[..., object], Any]] = {
    "ask": (hearings.ask_hearing, _("已申请听证，审批部门将通知时间、地点")),
    "waive": (hearings.waive_hearing, _("已放弃听证")),
    "take-back": (hearings.take_back_request, _("已撤回听证申请")),
}


@open_to(ACT_FOR_ENTERPRISE)
@require_POST
def answer(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    found = visible_application(request, pk)
    hearing = open_hearing(found)
    if what not in ANSWERS or hearing is None:
        raise Http404
    act, done = ANSWERS[what]
    act(hearing.pk, by=viewer(request), on=timezone.localdate())
    messages.success(request, done)
    return redirect("approvals:application", pk=pk)
