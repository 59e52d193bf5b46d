"""The public home page, the way in after signing in, and the choice of language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import i18n

from approvals.accounts.access import PUBLIC, SIGNED_IN, open_to
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, ADMINISTER, APPROVE, HANDLE, LEAD, SUPERVISE, standing
from approvals.views.people import viewer

# Where a person's day begins: the first of these that he may open.
FIRST_PAGES = (
    (HANDLE, "workflows:inbox"),
    (APPROVE, "workflows:inbox"),
    (LEAD, "workflows:inbox"),
    (SUPERVISE, "workflows:supervision"),
    (ACT_FOR_ENTERPRISE, "workflows:my"),
    (ADMINISTER, "admin:index"),
)


@open_to(PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html")


@open_to(SIGNED_IN)
def start(request: HttpRequest) -> HttpResponse:
    user = viewer(request)
    held = standing(user, timezone.localdate()).permissions
    pages = [page for permission, page in FIRST_PAGES if permission in held]
    return redirect(pages[0] if pages else "admin:index" if user.is_superuser else "home")


set_language = open_to(PUBLIC)(i18n.set_language)
