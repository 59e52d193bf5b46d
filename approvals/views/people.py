"""Who is looking."""

from __future__ import annotations

from django.http import HttpRequest

from approvals.accounts.models import User


def viewer(request: HttpRequest) -> User:
    """The signed-in person; ``open_to`` has let nobody else in."""
    assert isinstance(request.user, User), "open_to() lets nobody in who is not signed in"
    return request.user
