"""What every page needs to know about the site and the person looking at it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from approvals.accounts.models import User
from approvals.selectors.navigation import navigation, role_words


def site(request: HttpRequest) -> dict[str, Any]:
    context: dict[str, Any] = {"demo": settings.DEMO}
    user = getattr(request, "user", None)
    if isinstance(user, User):
        today = timezone.localdate()
        context |= {
            "navigation": navigation(user, request.path, on=today),
            "user_role": role_words(user, on=today),
        }
    return context
