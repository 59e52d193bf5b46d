"""The daily seal: what all chains of events ended in, stated once a day and chained in its turn."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from approvals import events
from approvals.models import AuditRoot, ChainHead


def seal_events(*, on: date) -> AuditRoot:
    """State the ends of the chains that grew since the last seal. A second call on the same day returns the first.

    A day without a seal (nobody was there to write it) is covered by the next one.
    """
    if sealed := AuditRoot.objects.filter(on=on).first():
        return sealed
    grown = list(ChainHead.objects.filter(sequence__gt=F("sealed")).order_by("pk"))
    root = _write(on, [[head.project_id, head.sequence, head.hash] for head in grown])
    # One short write each, after the seal stands: a head belongs to whoever is writing an event. What a crash leaves
    # unmarked is stated once more tomorrow.
    for head in grown:
        ChainHead.objects.filter(pk=head.pk).update(sealed=head.sequence)
    return root


@transaction.atomic
def _write(on: date, heads: list[list[object]]) -> AuditRoot:
    last = AuditRoot.objects.order_by("-sequence").first()
    root = AuditRoot(
        sequence=last.sequence + 1 if last else 1,
        on=on,
        at=timezone.now(),
        heads=heads,
        previous_hash=last.hash if last else events.GENESIS,
    )
    root.hash = events.root_digest(root)
    root.save(force_insert=True)
    return root
