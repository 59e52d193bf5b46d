"""Versions of a promise: the first when it is signed, the next with every change that is agreed to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from approvals.models import Commitment, CommitmentChange, PromiseVersion

Items = Sequence[dict[str, str]]


def add_version(
    commitment: Commitment, items: Items, *, on: date, change: CommitmentChange | None = None
) -> PromiseVersion:
    """In force from the day on. Inside the caller's transaction, with the commitment locked."""
    listed = [{name: item[name] for name in ("code", "name", "terms")} for item in items]
    text = json.dumps(listed, ensure_ascii=False, sort_keys=True)
    return PromiseVersion.objects.create(
        commitment=commitment,
        number=commitment.versions.count() + 1,
        items=listed,
        in_force_on=on,
        change=change,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
