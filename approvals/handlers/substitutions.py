"""Who stands in for whom is told to both of them; whoever said so knows."""

from __future__ import annotations

from approvals import events
from approvals.accounts.models import Substitution
from approvals.models import Event
from approvals.rules.days import in_chinese
from approvals.services.messages import tell


@events.handles("substitution.named", "substitution.ended")
def tell_both(event: Event) -> None:
    found = Substitution.objects.select_related("absent", "substitute").get(pk=event.subject_id)
    for person, text in ((found.substitute, _to_substitute(event, found)), (found.absent, _to_absent(event, found))):
        if person.pk != event.by_id:
            tell([person], text, event=event, project=None)


def _to_substitute(event: Event, found: Substitution) -> str:
    if event.kind.endswith("ended"):
        return f"您代{found.absent}办理的安排已经结束，其任务不再出现在您的待办中。"
    return f"{_period(event)}由您代{found.absent}办理，其任务会出现在您的待办中，记录注明代办。"


def _to_absent(event: Event, found: Substitution) -> str:
    if event.kind.endswith("ended"):
        return f"{found.substitute}代您办理的安排已经结束，任务仍由您办理。"
    return f"{_period(event)}已指定{found.substitute}代您办理。"


def _period(event: Event) -> str:
    return f"{in_chinese(event.facts['from_on'])}至{in_chinese(event.facts['until_on'])}"
