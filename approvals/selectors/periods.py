"""How many days the law gives for the decision on an application."""

from __future__ import annotations

from datetime import date

from approvals.models import Application, Determination
from approvals.rules.clock import clock_law
from approvals.rules.matters import catalogue

# The EIA class that was determined, by the name under which the catalogue states its own period.
_BY_EIA = {"report_book": "报告书", "report_table": "报告表"}


def decision_days(application: Application, accepted_on: date) -> int | None:
    """Days of the statutory decision limit in the unit of its matter; None where no number is known.

    Joint handling has its own (《行政许可法》第四十二条第二款). The EIA approval depends on the class determined.
    """
    if application.is_joint:
        return clock_law(accepted_on).joint_days
    return _days_by_class(application, accepted_on) or application.matter.statutory_days


def _days_by_class(application: Application, accepted_on: date) -> int | None:
    stated = _stated_by_class(application.matter.code, accepted_on)
    if not stated:
        return None
    found = Determination.objects.filter(project=application.project_id, kind="eia", on__lte=accepted_on)
    outcome = found.order_by("-on", "-pk").values_list("outcome", flat=True).first()
    return stated.get(outcome or "")


def _stated_by_class(code: str, on: date) -> dict[str, int]:
    try:
        matter = catalogue.matters_on(on).matters.get(code)
    except LookupError:
        return {}
    stated = (matter.entry.get("statutory_days_by_type") or {}) if matter else {}
    return {outcome: stated[word] for outcome, word in _BY_EIA.items() if isinstance(stated.get(word), int)}
