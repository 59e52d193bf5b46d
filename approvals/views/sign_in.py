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
        return super().get_context_data(**kwargs) | demo_accounts()


def demo_accounts() -> dict[str, Any]:
    """One account per role and the others, on the demo set-up only. The demo package is not shipped to production."""
    if not settings.DEMO or find_spec("approvals.demo") is None or find_spec(DEMO_ACCOUNTS) is None:
        return {}
    accounts = import_module(DEMO_ACCOUNTS)
    return {"demo_accounts": accounts.one_per_role(), "more_demo_accounts": accounts.the_others()}


login = open_to(PUBLIC)(LoginView.as_view())  # type: ignore[arg-type]
logout = open_to(PUBLIC)(views.LogoutView.as_view())
