"""Full agency: a mandate, confirmed determinations, and the personal list of matters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker

if TYPE_CHECKING:
    from approvals.models import Project

AGENCY = "《关于推行开发区项目领办代办的意见》（晋政办发〔2021〕50号）"
LICENSING_29 = "《行政许可法》第二十九条"
DETERMINATION_KINDS = {"eia": "环境影响评价", "energy": "节能审查"}


def determination_blockers(project: Project) -> list[Blocker]:
    current = {row.kind for row in project.determinations.all() if row.superseded_on is None}
    return [
        Blocker(f"determination-{kind}", _("%(kind)s判定尚未确认或已失效") % {"kind": name})
        for kind, name in DETERMINATION_KINDS.items()
        if kind not in current
    ]


def matter_list_blockers(project: Project) -> list[Blocker]:
    """What keeps the list of matters from being confirmed."""
    return determination_blockers(project)


def mandate_blockers(project: Project, *, on: date) -> list[Blocker]:
    mandate = next((row for row in project.mandates.all() if row.ended_on is None), None)
    if mandate is None:
        return [Blocker("mandate-missing", _("尚未邀请企业签订代办委托书"), AGENCY)]
    if mandate.signed_on is None:
        return [Blocker("mandate-unsigned", _("企业尚未签署代办委托书"), LICENSING_29)]
    if mandate.until_on < on:
        return [Blocker("mandate-over", _("代办委托期已满"), LICENSING_29)]
    return []


def full_agency_blockers(project: Project, *, on: date) -> list[Blocker]:
    found = [*mandate_blockers(project, on=on), *determination_blockers(project)]
    if not any(row.superseded_on is None for row in project.matter_lists.all()):
        found.append(Blocker("matter-list-missing", _("尚未确认项目事项清单或清单已失效"), AGENCY))
    return found
