"""Permissions that come from appointments and memberships, on today's date."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.utils import timezone

from approvals.accounts.models import User
from approvals.accounts.roles import ADMINISTER, standing

# What an administrator maintains in the Django admin. Cases are not among it: he configures, he does not handle.
ADMIN_MODELS = (
    "accounts.user",
    "accounts.organisation",
    "accounts.appointment",
    "accounts.enterprise",
    "accounts.membership",
    "approvals.matter",
    "workflows.phrase",
    "approvals.calendaredition",
    "approvals.calendarday",
    "approvals.localclosure",
    "approvals.localparameter",
    "approvals.plot",
    "approvals.plotindicator",
    "approvals.regionalassessment",
)
ADMIN_PERMISSIONS = frozenset(
    f"{app}.{verb}_{model}"
    for app, model in (name.split(".") for name in ADMIN_MODELS)
    for verb in ("view", "add", "change")
)


class AppointmentBackend(BaseBackend):
    """Answers ``user.has_perm``. Signing in is left to the other backends."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not isinstance(user_obj, User) or not user_obj.is_active or obj is not None:
            return set()
        granted = set(standing(user_obj, timezone.localdate()).permissions)
        return granted | ADMIN_PERMISSIONS if ADMINISTER in granted else granted

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))
