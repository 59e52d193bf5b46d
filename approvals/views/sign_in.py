"""Signing in and out: Django's own views, told who may open them."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.contrib.auth import views

from approvals.accounts.access import PUBLIC, open_to

DEMO_ACCOUNTS = "approvals.demo.accounts"


class LoginView(views.LoginView):
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"demo_accounts": demo_accounts()}


def demo_accounts() -> Any:
    """One account per role, shown on the demo set-up only. The demo package is not shipped to production."""
    if not settings.DEMO or find_spec("approvals.demo") is None or find_spec(DEMO_ACCOUNTS) is None:
        return ()
    return import_module(DEMO_ACCOUNTS).demo_accounts()


login = open_to(PUBLIC)(LoginView.as_view())  # type: ignore[arg-type]
logout = open_to(PUBLIC)(views.LogoutView.as_view())
