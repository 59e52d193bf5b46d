"""Small things every paper needs: the day, the project's head, citations, numbers in words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from approvals.accounts.models import Organisation, User
from approvals.models import Event, Project, ProjectDocument
from documents.facts.common import Basis, Contact
from documents.facts.common import Project as ProjectHead
from documents.models import Document

UNCONFIRMED = "依据有待主管部门确认"
_CITED = re.compile(r"(《[^》]+》(?:（[^）]*）)*)(.*)", re.DOTALL)
_M2_PER_MU = Decimal(2000) / 3


class PaperOutstanding(LookupError):
    """This paper names an earlier one that has not been issued yet. The outbox tries again."""


def day_of(event: Event) -> date:
    """The legal day of what happened: as the service was told it, or the local date of the moment."""
    stated = event.facts.get("on")
    return date.fromisoformat(stated) if stated else timezone.localdate(event.at)


def issued_day_of(event: Event) -> date:
    """The day on which its paper is made out: later than the legal day where the law acted by itself."""
    stated = event.facts.get("recorded_on")
    return date.fromisoformat(stated) if stated else day_of(event)


def project_of(event: Event) -> Project:
    assert event.project is not None, f"event {event.pk} has no project to issue a paper for"
    return event.project


def head(project: Project, on: date) -> ProjectHead:
    """The project as its papers name it. The enterprise is whoever stood for it on the day."""
    enterprise = project.principal(on=on)
    assert enterprise is not None, "a project that has left intake has a principal"
    return {
        "name": project.name,
        "code": project.project_code,
        "enterprise": enterprise.name,
        "uscc": enterprise.uscc,
        "site": project.site,
    }


def bases(*citations: str) -> list[Basis]:
    """Citations such as ``《建筑法》第八条；环办环评〔2018〕18号`` taken apart for print, each once."""
    parts = [part.strip() for citation in citations for part in citation.split("；")]
    return [_basis(part) for part in dict.fromkeys(parts) if part]


def _basis(citation: str) -> Basis:
    found = _CITED.fullmatch(citation)
    # A document known by its number alone gets no book marks.
    law, article = found.groups() if found else ("", citation)
    return {"law": law, "article": article, "note": ""}


def contact(person: User | None, organisation: Organisation) -> Contact:
    if person is None:
        return {"name": organisation.name, "phone": "—", "address": ""}
    return {"name": f"{organisation.name} {person.name}", "phone": person.phone or "—", "address": ""}


def earlier_paper(event: Event, kind: str) -> Document:
    """The project's last paper of a kind before this event. Raises ``PaperOutstanding`` where it is still owed."""
    places = ProjectDocument.objects.filter(project=event.project_id, document__kind=kind, event__lt=event.pk)
    place = places.select_related("document").order_by("-event").first()
    if place is None:
        raise PaperOutstanding(f"event {event.pk} names the {kind} of project {event.project_id}, which is not issued")
    return place.document


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def plain(value: Any) -> str:
    """A number without trailing zeros; nothing for what is not known."""
    return "" if value in (None, "") else f"{Decimal(str(value)).normalize():f}"


def mu(area_m2: Any) -> str:
    """亩 to two places. Only paper rounds."""
    return "" if area_m2 in (None, "") else f"{Decimal(str(area_m2)) / _M2_PER_MU:.2f}"


def yes_no(value: bool) -> str:
    return "是" if value else "否"
