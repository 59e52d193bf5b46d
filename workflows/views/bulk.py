"""Several tasks at once: what was done and what was refused, row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from approvals.accounts.access import STAFF, open_to, signed_in
from approvals.services.substitutions import possible_substitutes
from workflows import bulk, inbox
from workflows.models import WorkItem

ACTIONS: dict[str, tuple[Any, Callable[..., list[bulk.Result]]]] = {
    "claim": (gettext_lazy("批量认领"), bulk.claim_all),
    "release": (gettext_lazy("批量退回本组"), bulk.release_all),
    "remind": (gettext_lazy("批量催办"), bulk.remind_all),
    "transfer": (gettext_lazy("批量转交"), bulk.transfer_all),
}


@open_to(*STAFF)
@require_POST
def several(request: HttpRequest) -> HttpResponse:
    """What is not visible to the person is not among the rows: it does not exist for him."""
    title, act = ACTIONS.get(request.POST.get("do", ""), (None, None))
    if act is None:
        raise Http404
    user, on = signed_in(request), timezone.localdate()
    items = _chosen(request)
    if not items:
        messages.error(request, _("没有选中任何任务"))
        return redirect("workflows:inbox")
    context: dict[str, Any] = {"title": title, "items": items}
    if act is not bulk.transfer_all:
        return _results(request, context | {"results": act(items, by=user, on=on)})
    colleagues = possible_substitutes(user, on=on)
    to = next((person for person in colleagues if str(person.pk) == request.POST.get("to")), None)
    if to is None:
        return render(request, "workflows/bulk_transfer.html", context | {"colleagues": colleagues})
    return _results(request, context | {"results": bulk.transfer_all(items, by=user, on=on, to=to), "to": to})


def _chosen(request: HttpRequest) -> list[WorkItem]:
    pks = [int(pk) for pk in request.POST.getlist("task") if pk.isdecimal()][: bulk.LIMIT]
    return list(inbox.all_visible(signed_in(request), on=timezone.localdate()).filter(pk__in=pks))


def _results(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    results = sorted(context["results"], key=lambda result: not result.refusal)  # what was refused is read first
    done = sum(not result.refusal for result in results)
    context |= {"results": results, "done": done, "refused": len(results) - done}
    return render(request, "workflows/bulk_results.html", context)
