"""What others have changed in a case since a person last looked at it.

Opening a task notes how far its person has seen. That is the one write behind a GET in this product, and it happens
only when there is something newer to note: opening a page twice writes once. Lists never write.
"""

from __future__ import annotations

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from approvals.accounts.models import User
from approvals.models import Event
from workflows.models import Seen, WorkItem

# Who took a task, and papers that follow an act by themselves, are no news about the case.
QUIET = ("task.claimed", "task.released", "task.shelved", "task.unshelved", "document.issued")


def with_news(items: QuerySet[WorkItem], user: User) -> QuerySet[WorkItem]:
    """Adds ``seen`` (a sequence, None: never opened) and ``has_news``: somebody else acted on the case since."""
    seen = Seen.objects.filter(user=user, process=OuterRef("process")).values("sequence")[:1]
    news = Event.objects.filter(_of_the_case(), sequence__gt=OuterRef("seen_so_far"))
    return items.annotate(
        seen=Subquery(seen, output_field=IntegerField()),
        seen_so_far=Coalesce(F("seen"), 0),
        has_news=Exists(news.exclude(by=user).exclude(kind__in=QUIET)),
    )


def note_seen(item: WorkItem, user: User) -> None:
    """The person has the case before him as it is now."""
    newest = Event.objects.filter(project=item.project_id).order_by("-sequence").values_list("sequence", flat=True)
    sequence = newest.first() or 0
    if Seen.objects.filter(user=user, process=item.process_id, sequence__gte=sequence).exists():
        return
    Seen.objects.update_or_create(user=user, process_id=item.process_id, defaults={"sequence": sequence})


def _of_the_case() -> Q:
    """What happened to the project, and to the row's own application where it has one. Not its neighbours' news."""
    own = Q(subject_type="application", subject_id=OuterRef("application"))
    return Q(project=OuterRef("project")) & (own | ~Q(subject_type="application"))
