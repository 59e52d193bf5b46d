"""An enterprise's credit file: what stands in the way today, and what it was repaired by."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from approvals.accounts.models import Enterprise
from approvals.models import CreditRecord

# Which fact of the eligibility rules a record makes true.
FACT_OF = {"false_commitment": "previous_false_commitment", "serious_bad_credit": "bad_credit"}


def credit_file(enterprise: Enterprise) -> QuerySet[CreditRecord]:
    """Every record, the latest first."""
    people = ("project", "recorded_by", "repaired_by")
    return CreditRecord.objects.filter(enterprise=enterprise).select_related(*people).order_by("-from_on", "-pk")


def credit_facts(enterprise: Enterprise, *, on: date) -> dict[str, bool]:
    """Facts that a record in force makes true. Without one the enterprise's own answer stands, known or not."""
    rows = CreditRecord.objects.filter(enterprise=enterprise, kind__in=FACT_OF)
    return {FACT_OF[row.kind]: True for row in rows if row.holds_on(on)}
