"""Proposing to settle a determination or a clause by hand, and taking it back. The second person has a task for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.accounts.access import open_to
from approvals.accounts.roles import HANDLE
from approvals.forms.overrides import OverrideForm
from approvals.models import Override, Project
from approvals.selectors.pages import determination_cards
from approvals.services import overrides
from approvals.views.cases import frame, visible_project
from approvals.views.people import viewer


@open_to(HANDLE)
def propose(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    project, on = visible_project(request, pk), timezone.localdate()
    context = frame(request, project, "stage" if kind == Override.Kind.TERMS else "determinations")
    if kind not in Override.Kind.values:
        raise Http404
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OverrideForm(*data, project=project, kind=kind, on=on)
    if not form.is_valid():
        card = next((card for card in determination_cards(project, on=on) if card.kind == kind), None)
        context |= {"form": form, "card": card, "label": Override.Kind(kind).label, "back": _back(project, kind)}
        return render(request, "approvals/override.html", context, status=422 if form.is_bound else 200)
    given = {name: form.cleaned_data[name] for name in form.fields.keys() - {"reviewer"}}
    overrides.propose_override(pk, by=viewer(request), on=on, kind=kind, department=form.department, **given)
    messages.success(request, _("人工认定已提交，等待第二人复核；复核同意前仍按原结论办理"))
    return redirect(_back(project, kind))


@open_to(HANDLE)
@require_POST
def withdraw(request: HttpRequest, pk: int, override: int) -> HttpResponse:
    found = get_object_or_404(visible_project(request, pk).overrides, pk=override)
    overrides.withdraw_override(found.pk, by=viewer(request), on=timezone.localdate())
    messages.success(request, _("人工认定已撤回"))
    return redirect(_back(found.project, found.kind))


def _back(project: Project, kind: str) -> str:
    """The page on which what was settled is read."""
    if kind == Override.Kind.TERMS:
        return reverse("approvals:stage", args=[project.pk, Project.Stage.SIGNING])
    return reverse("approvals:determinations", args=[project.pk])
