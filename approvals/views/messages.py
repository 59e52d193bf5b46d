"""A person's messages."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from approvals.accounts.access import EVERYONE, open_to
from approvals.selectors.messages import messages_of, unread_count
from approvals.services.reading import mark_read as note_read
from approvals.views.people import viewer

PAGE_SIZE = 30


@open_to(*EVERYONE)
def messages(request: HttpRequest) -> HttpResponse:
    user, on = viewer(request), timezone.localdate()
    page = Paginator(messages_of(user, on=on), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "approvals/messages.html", {"page": page, "unread": unread_count(user, on=on)})


@open_to(*EVERYONE)
@require_POST
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Opening a message is reading it: the button leads on to its project, where it has one."""
    mine = messages_of(viewer(request), on=timezone.localdate())
    message = get_object_or_404(mine, pk=pk)
    note_read(mine.filter(pk=pk), at=timezone.now())
    if message.project_id is None:
        return redirect("approvals:messages")
    return redirect("approvals:project", pk=message.project_id)


@open_to(*EVERYONE)
@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    note_read(messages_of(viewer(request), on=timezone.localdate()), at=timezone.now())
    return redirect("approvals:messages")
