"""A matter as a paper of a day names it: its name and basis by date, its limits in words, who supervises it.

The row holds what administrators maintain (limits, materials); names and citations that change on a day come from the
rules. A basis or limit of low confidence is never printed as law.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from approvals.accounts.models import Organisation
from approvals.models import Matter, Project
from approvals.papers.common import UNCONFIRMED
from approvals.rules.matters import catalogue


def in_order(codes: Iterable[str], on: date) -> list[Matter]:
    """The rows of the catalogue of a day, in the order of ``codes``."""
    rows = {row.code: row for row in Matter.objects.in_force(on).filter(code__in=list(codes))}
    return [rows[code] for code in codes if code in rows]


def name_on(matter: Matter, on: date) -> str:
    rule = _rule(matter.code, on)
    return rule.name(on) if rule else matter.name


def basis_on(matter: Matter, on: date) -> str:
    """The legal basis as it is cited on a day; "" where it is not certain enough to be printed as law."""
    if not is_certain(matter):
        return ""
    rule = _rule(matter.code, on)
    return rule.basis(on) if rule else matter.legal_basis


def standard_on(matter: Matter, on: date) -> str:
    """What a promise points to."""
    return basis_on(matter, on) or UNCONFIRMED


def is_certain(matter: Matter) -> bool:
    return matter.confidence != "low"


def statutory_limit(matter: Matter) -> str:
    return in_words(matter.statutory_days, matter.day_type) if is_certain(matter) else ""


def promised_limit(matter: Matter) -> str:
    return in_words(matter.committed_days, Matter.DayType.WORKING)


def in_words(days: int | None, day_type: str) -> str:
    """``20个工作日``; ``60日`` where the statute says 日 alone; "" where no number is known."""
    if days is None:
        return ""
    if days == 0:
        return "即时办结"
    return f"{days}个工作日" if day_type == Matter.DayType.WORKING else f"{days}日"


def supervisor_of(matter: Matter, project: Project, on: date) -> str:
    """谁主管谁监管: the department that keeps the supervision after the decision, the nearest one by name."""
    kind = _supervising_kind(matter, on)
    if not kind:
        return "行业主管部门"
    departments = (area.own_department(kind) for area in project.organisation.upwards())
    found = next((department for department in departments if department), None)
    return found.name if found else str(Organisation.Department(kind).label)


def _supervising_kind(matter: Matter, on: date) -> str:
    rule = _rule(matter.code, on)
    return matter.supervising_department or (str(rule.entry["supervising_kind"]) if rule else "")


def _rule(code: str, on: date) -> catalogue.Matter | None:
    """None for a matter that an administrator added, or a day before the first edition."""
    try:
        return catalogue.matters_on(on).matters.get(code)
    except LookupError:
        return None
