"""Papers of a hearing, like those of every other step."""

from __future__ import annotations

from approvals.handlers.documents import by_department, prints_on
from approvals.models import Event
from approvals.papers import hearings as papers


@prints_on("application.hearing_told")
def hearing_right_notice(event: Event) -> None:
    """Only where one may ask; a hearing of the authority's own motion has its notice of time and place."""
    if event.facts["ask_by"]:
        by_department(event, "hearing_right_notice", papers.hearing_right_notice)


@prints_on("application.hearing_arranged")
def hearing_notice(event: Event) -> None:
    by_department(event, "hearing_notice", papers.hearing_notice)


@prints_on("application.hearing_held")
def hearing_record(event: Event) -> None:
    by_department(event, "hearing_record", papers.hearing_record)
