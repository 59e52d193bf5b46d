"""Materials for their readers: every version, and what the answer to a supplement notice changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from approvals.accounts.models import User
from approvals.models import Application, Material, MaterialVersion, OriginalCustody, SupplementNotice
from approvals.selectors.fact_sheet import label_of
from approvals.selectors.reuse import Offer, offers_for
from documents.models import Attachment
from documents.selectors import waiting_uploads


@dataclass(frozen=True, slots=True)
class Change:
    """One material against the last notice. ``problem``: what was asked for; "" where it was not named."""

    name: str
    problem: str
    old: MaterialVersion | None
    new: MaterialVersion | None

    @property
    def is_the_same(self) -> bool:
        """Handed in again, but byte for byte the file that was sent back."""
        if self.old is None or self.new is None or not (self.old.attachment and self.new.attachment):
            return False
        return self.old.attachment.sha256 == self.new.attachment.sha256


@dataclass(frozen=True, slots=True)
class FactChange:
    """One stated fact against the last notice, in words; "" where nothing was stated."""

    label: str
    problem: str
    old: str
    new: str

    @property
    def is_the_same(self) -> bool:
        return self.old == self.new


@dataclass(frozen=True, slots=True)
class Changes:
    """What was named in the last notice, old against new; and the names of the materials that were not touched."""

    told_on: date
    answered_on: date | None
    named: list[Change]
    facts: list[FactChange]
    untouched: list[str]


def materials_of(application: Application) -> list[Material]:
    """With every version and its file, and the originals lent, in four queries."""
    origin = "reused_from__material__application"
    related = ("attachment", "handed_in_by", "notice", f"{origin}__matter", f"{origin}__project")
    versions = MaterialVersion.objects.select_related(*related).order_by("number")
    originals = OriginalCustody.objects.select_related("received_by", "returned_by")
    rows = application.materials.select_related("attachment")
    return list(rows.prefetch_related(Prefetch("versions", versions), Prefetch("originals", originals)))


def folder_of(application: Application) -> str:
    """Where the files of its project lie."""
    return f"project:{application.project_id}"


def purpose_of(material_id: int) -> str:
    """What a temporary upload is for."""
    return f"material:{material_id}"


@dataclass(frozen=True, slots=True)
class Counter:
    """One material at the counter, for the person who brings it: what waits, and what could be used again."""

    material: Material
    uploads: list[Attachment]
    offers: list[Offer]


def counter(application: Application, materials: Iterable[Material], by: User, *, on: date) -> list[Counter]:
    """Every material with the reader's own uploads that are not handed in, and the files that could be reused."""
    offers, waiting = offers_for(application, by, on=on), defaultdict[str, list[Attachment]](list)
    for upload in waiting_uploads(folder_of(application), by=by):
        waiting[upload.purpose].append(upload)
    return [Counter(row, waiting[purpose_of(row.pk)], offers.get(row.name, [])) for row in materials]


def changes_since_notice(materials: Iterable[Material], notices: Iterable[SupplementNotice]) -> Changes | None:
    """Against the last notice; None where nothing was ever sent back."""
    last = max(notices, key=lambda notice: notice.pk, default=None)
    if last is None:
        return None
    problems = {item["material"]: item["problem"] for item in last.items}
    rows = list(materials)
    return Changes(
        told_on=last.issued_on,
        answered_on=last.answered_on,
        named=[_change(material, problems[material.name], last) for material in rows if material.name in problems],
        facts=[FactChange(label_of(row["fact"]), row["problem"], row["was"], row.get("now", "")) for row in last.facts],
        untouched=[material.name for material in rows if material.name not in problems],
    )


def _change(material: Material, problem: str, notice: SupplementNotice) -> Change:
    old = new = None
    for version in material.versions.all():
        if version.notice_id == notice.pk:
            new = version
        elif version.notice_id is None or version.notice_id < notice.pk:
            old = version
    return Change(material.name, problem, old, new)
