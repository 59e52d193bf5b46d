"""Every view says who may open it. A URL whose view does not fails the build (``tests/test_access.py``)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from approvals.accounts.models import User
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, APPROVE, HANDLE, LEAD, SUPERVISE, standing

PUBLIC = "public"
SIGNED_IN = "signed-in"
STAFF = (HANDLE, LEAD, APPROVE, SUPERVISE)
EVERYONE = (*STAFF, ACT_FOR_ENTERPRISE)

View = Callable[..., HttpResponse]


def signed_in(request: HttpRequest) -> User:
    """The person behind a request to a view that is not public."""
    assert isinstance(request.user, User), "open_to() lets nobody else in"
    return request.user


def _wanted(request: HttpRequest) -> str:
    """Where to go on after signing in. What was sent cannot be followed: back to the page that it was sent from."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    messages.warning(request, _("登录已经失效，刚才提交的内容没有保存。请登录后重新提交。"))
    page, here = request.META.get("HTTP_REFERER", ""), {request.get_host()}
    return page if url_has_allowed_host_and_scheme(page, here, require_https=request.is_secure()) else "/"


def open_to(*audience: str) -> Callable[[View], View]:
    """Let in who holds one of these permissions (or ``PUBLIC`` / ``SIGNED_IN``); for others the page does not exist."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if PUBLIC in audience:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(_wanted(request))
            held = standing(signed_in(request), timezone.localdate()).permissions
            if SIGNED_IN not in audience and held.isdisjoint(audience):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.audience = audience  # type: ignore[attr-defined]
        return guarded

    return decorate
