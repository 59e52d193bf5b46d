"""One project: overview, determinations, ledger of matters, papers and history."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from approvals.accounts.access import EVERYONE, open_to
from approvals.rules.vocabulary import INDUSTRIES
from approvals.selectors.documents import attachments_visible_to, papers_visible_to
from approvals.selectors.history import events_of, lines
from approvals.selectors.joint import has_joint
from approvals.selectors.ledger import matter_ledger
from approvals.selectors.next_steps import next_steps
from approvals.selectors.pages import (
    current_parties,
    determination_cards,
    in_full,
    superseded_determinations,
)
from approvals.views.cases import frame, visible_project
from approvals.views.people import viewer

LATEST = 5
PAGE_SIZE = 50


@open_to(*EVERYONE)
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    project, user, on = visible_project(request, pk), viewer(request), timezone.localdate()
    steps = next_steps(project, user, on=on)
    context = frame(request, project, "project") | {
        "my_steps": [step for step in steps if step.is_mine],
        "other_steps": [step for step in steps if not step.is_mine],
        "parties": current_parties(project, on=on),
        "industry": INDUSTRIES[project.industry_code].zh if project.industry_code in INDUSTRIES else "",
        "cards": determination_cards(project, on=on),
        "ledger": matter_ledger(project, user, on=on),
        "papers": papers_visible_to(user, on=on).filter(project=project)[:LATEST],
        "lines": lines(events_of(project)[:LATEST]),
    }
    return render(request, "approvals/project.html", context)


@open_to(*EVERYONE)
def determinations(request: HttpRequest, pk: int) -> HttpResponse:
    project, on = visible_project(request, pk), timezone.localdate()
    context = frame(request, project, "determinations") | {
        "cards": in_full(project, determination_cards(project, on=on), on=on),
        "superseded": superseded_determinations(project),
    }
    return render(request, "approvals/determinations.html", context)


@open_to(*EVERYONE)
def matters(request: HttpRequest, pk: int) -> HttpResponse:
    project, on = visible_project(request, pk), timezone.localdate()
    context = frame(request, project, "matters") | {
        "ledger": matter_ledger(project, viewer(request), on=on),
        "joint_hint": has_joint(project),
    }
    return render(request, "approvals/matters.html", context)


@open_to(*EVERYONE)
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    project, user, on = visible_project(request, pk), viewer(request), timezone.localdate()
    uploaded = attachments_visible_to(user, on=on).filter(folder=f"project:{project.pk}")
    context = frame(request, project, "documents") | {
        "papers": papers_visible_to(user, on=on).filter(project=project),
        "attachments": uploaded.select_related("uploaded_by").order_by("-pk"),
    }
    return render(request, "approvals/documents.html", context)


@open_to(*EVERYONE)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    project = visible_project(request, pk)
    page = Paginator(events_of(project), PAGE_SIZE).get_page(request.GET.get("page"))
    context = frame(request, project, "history") | {"page": page, "lines": lines(page.object_list)}
    return render(request, "approvals/history.html", context)
