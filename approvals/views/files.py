"""Downloads. Whoever may see the project may read its papers; for anybody else they do not exist."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from approvals.accounts.access import EVERYONE, open_to
from approvals.accounts.roles import ADMINISTER
from approvals.selectors.documents import attachments_visible_to, papers_visible_to
from approvals.views.people import viewer
from documents.files import serve


@open_to(*EVERYONE)  # type: ignore[arg-type]  # a stream is a response too
def document(request: HttpRequest, pk: int) -> FileResponse:
    """``pk`` is the issued document's; ``?inline=1`` opens it in the browser where the browser can."""
    papers = papers_visible_to(viewer(request), on=timezone.localdate())
    paper = get_object_or_404(papers, document=pk)
    return serve(paper.document, inline="inline" in request.GET)


@open_to(*EVERYONE, ADMINISTER)  # type: ignore[arg-type]  # a stream is a response too
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    files = attachments_visible_to(viewer(request), on=timezone.localdate())
    return serve(get_object_or_404(files, pk=pk), inline="inline" in request.GET)
