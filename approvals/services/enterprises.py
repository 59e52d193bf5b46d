"""Enterprises that come to the counter before anybody of theirs has an account."""

from __future__ import annotations

from django.db import transaction

from approvals.accounts.models import Enterprise
from approvals.rules import uscc as codes


@transaction.atomic
def enterprise_at_counter(*, uscc: str, name: str, legal_representative: str = "") -> Enterprise:
    """The enterprise with this code, taken in if it is new. What is known of an old one is not overwritten.

    The caller registers its project in the same transaction: that event says who took it in.

    Raises:
        ValueError: the code is not valid.
    """
    enterprise, _is_new = Enterprise.objects.get_or_create(
        uscc=codes.validate(uscc), defaults={"name": name, "legal_representative": legal_representative}
    )
    return enterprise
