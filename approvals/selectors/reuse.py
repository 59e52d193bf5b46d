"""Files that are there already: in the project's other applications, and in the enterprise's other projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from approvals.accounts.models import Enterprise, User
from approvals.models import Application, MaterialVersion
from approvals.rules.materials import is_made_for_one, is_personal
from approvals.selectors.applications import applications_visible_to
from documents.models import Attachment


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that could be used again. ``uses``: in how many versions it is used already.

    ``is_elsewhere``: it lies in another project of the enterprise.
    """

    version: MaterialVersion
    uses: int
    is_elsewhere: bool


def owner_of(name: str, enterprise: Enterprise) -> str:
    """Whose paper a material of this name is."""
    return enterprise.legal_representative if is_personal(name) else enterprise.name


def reusable_versions(application: Application, by: User, *, on: date) -> QuerySet[MaterialVersion]:
    """Versions that count where they were handed in, are still valid, and may be seen by whoever would use them.

    Of the project, and of other projects where the same enterprise applied; not of applications that came to nothing.
    """
    here = Q(material__application__project=application.project_id)
    elsewhere = Q(material__application__applicant=application.applicant_id) & ~Q(
        material__application__state__in=Application.UNSUCCESSFUL
    )
    visible = applications_visible_to(by, on=on).order_by().values("pk")
    rows = MaterialVersion.objects.filter(
        here | elsewhere,
        Q(valid_until_on=None) | Q(valid_until_on__gte=on),
        material__application__in=visible,
        attachment__isnull=False,
        attachment=F("material__attachment"),
    ).exclude(material__application=application)
    related = ("attachment", "material__application__matter", "material__application__project")
    return rows.exclude(attachment__scan=Attachment.Scan.INFECTED).select_related(*related)


def can_be_used(version: MaterialVersion, application: Application) -> bool:
    """What is made for one application stays in its project; what is a person's is used while he is in office."""
    name = version.material.name
    if version.material.application.project_id != application.project_id and is_made_for_one(name):
        return False
    return version.owner == owner_of(name, application.applicant)


def offers_for(application: Application, by: User, *, on: date) -> dict[str, list[Offer]]:
    """Material name → the files of the same name, each once, the newest first. Three queries.

    Of the project all of them; of the other projects together only the newest, because it replaces the others.
    """
    found = reusable_versions(application, by, on=on).order_by("-handed_in_on", "-pk")
    versions = [row for row in found if can_be_used(row, application)]
    counted = MaterialVersion.objects.filter(attachment__in={row.attachment_id for row in versions})
    uses = dict(counted.order_by().values_list("attachment").annotate(Count("pk")))
    offers: dict[str, list[Offer]] = {}
    for row in versions:
        name, is_elsewhere = row.material.name, row.material.application.project_id != application.project_id
        listed = offers.setdefault(name, [])
        is_known = any(offer.version.attachment_id == row.attachment_id for offer in listed)
        if is_known or (is_elsewhere and any(offer.is_elsewhere for offer in listed)):
            continue
        listed.append(Offer(row, uses.get(row.attachment_id or 0, 0), is_elsewhere))
    return offers
