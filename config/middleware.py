"""Turns refusals into pages, and forbids scripts from anywhere but here."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import reswap, retarget

from approvals.errors import Refusal

Handler = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


SENTENCE = 10  # shorter is a choice, a number or a date: quickly given again


class ContentSecurityPolicyMiddleware:
    """Django 5.2 has no CSP of its own; one fixed line needs no library."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _typed(request: HttpRequest) -> list[str]:
    """The sentences somebody wrote into the form that was refused: the page before will not have kept them."""
    written = (str(value).strip() for name, value in request.POST.items() if name != "csrfmiddlewaretoken")
    return [text for text in written if len(text) >= SENTENCE]


class RefusalMiddleware:
    """No view catches a ``Refusal``: it becomes a page, or an htmx notice, that lists every reason."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exc: Exception) -> HttpResponse | None:
        if not isinstance(exc, Refusal):
            return None
        if not getattr(request, "htmx", False):
            return render(request, "refusal.html", {"refusal": exc, "typed": _typed(request)}, status=exc.http_status)
        response = render(request, "_refusal.html", {"refusal": exc}, status=exc.http_status)
        return reswap(retarget(response, "#notices"), "innerHTML")
