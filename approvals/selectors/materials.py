"""Materials for their readers: every version, and what the answer to a supplement notice changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from approvals.models import Application, Material, MaterialVersion, SupplementNotice


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
class Changes:
    """What was named in the last notice, old against new; and the names of what was not touched."""

    told_on: date
    answered_on: date | None
    named: list[Change]
    untouched: list[str]


def materials_of(application: Application) -> list[Material]:
    """With every version and its file, in three queries."""
    versions = MaterialVersion.objects.select_related("attachment", "handed_in_by", "notice").order_by("number")
    return list(application.materials.select_related("attachment").prefetch_related(Prefetch("versions", versions)))


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
