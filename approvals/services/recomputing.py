"""All due dates anew: after a calendar was published, and where a stored copy is not what the records say."""

from __future__ import annotations

from datetime import date

from approvals.accounts.models import User
from approvals.selectors.stale_limits import stale_limits
from approvals.services.clocks import recompute_limits


def recompute_all(*, by: User | None, on: date, because: str) -> int:
    """Bring every stale copy up to date, each with its event. Returns how many moved."""
    moved = [row.application.pk for row in stale_limits()]
    return sum(recompute_limits(pk, by=by, on=on, because=because) for pk in moved)
