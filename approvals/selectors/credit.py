"""An enterprise's credit file: what stands in the way today, and what it was repaired by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from approvals import guards
from approvals.accounts.models import Enterprise
from approvals.errors import Blocker
from approvals.models import CreditRecord, Matter, Project
from approvals.rules import credit

# Which fact of the eligibility rules a record makes true.
FACT_OF = {"false_commitment": "previous_false_commitment", "serious_bad_credit": "bad_credit"}


def credit_file(enterprise: Enterprise) -> QuerySet[CreditRecord]:
    """Every record, the latest first."""
    people = ("project", "recorded_by", "repaired_by")
    return CreditRecord.objects.filter(enterprise=enterprise).select_related(*people).order_by("-from_on", "-pk")


def credit_facts_of(enterprises: Collection[Enterprise], *, on: date) -> dict[int, dict[str, bool]]:
    """Enterprise → facts that a record in force makes true. Without one its own answer stands, known or not."""
    found: dict[int, dict[str, bool]] = {}
    if enterprises:
        for row in CreditRecord.objects.filter(enterprise__in=enterprises, kind__in=FACT_OF):
            if row.holds_on(on):
                found.setdefault(row.enterprise_id, {})[FACT_OF[row.kind]] = True
    return found


def track_bars(project: Project, codes: Collection[str], *, on: date) -> list[Blocker]:
    """What the credit file of the project's enterprise bars a promise on some matters from."""
    principal = project.principal(on=on)
    if principal is None:
        return []
    names = {row.code: row.label for row in Matter.objects.in_force(on).filter(code__in=codes)}
    return guards.promise_bars(principal, names, on=on)


@dataclass(frozen=True, slots=True)
class CreditRow:
    """A record with its words. ``holds``: it stands in the way today; ``repairable``: by decision, not by time."""

    record: CreditRecord
    label: str
    consequence: str
    holds: bool
    repairable: bool


def credit_rows(enterprise: Enterprise, *, on: date) -> list[CreditRow]:
    """The credit file as a page shows it, the latest first."""
    return [credit_row(record, on) for record in credit_file(enterprise)]


def credit_row(record: CreditRecord, on: date) -> CreditRow:
    """One record with its words. Its consequence is that of its own day."""
    kind = credit.kind_on(record.kind, on)
    repairable = record.repaired_on is None and record.until_on is None
    return CreditRow(record, kind.label, kind.consequence, record.holds_on(on), repairable)
