"""The public verification page. Downloads are served by the app that owns the folder."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from approvals.accounts.access import PUBLIC, open_to
from documents import selectors, verification


@open_to(PUBLIC)
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Anyone who holds a paper may ask whether it counts; the page tells no more than the paper does."""
    if typed := request.GET.get("code", ""):
        return redirect("documents:verify", verification.normalise(typed) or typed[:40].replace("/", " "))
    document = selectors.find(code)
    context = {
        "code": code,
        "document": document,
        "project_code": selectors.project_code(document) if document else "",
        "replacement": selectors.replacement_of(document) if document else None,
    }
    response = render(request, "documents/pages/verify.html", context, status=404 if code and not document else 200)
    response["X-Robots-Tag"] = "noindex"
    return response
