"""Reading the lifecycle cases (given, expected code) with the functions of ``energy.lifecycle``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from approvals.rules.clock import WorkingCalendar
from approvals.rules.energy import lifecycle
from approvals.rules.evaluator import number

DEFAULT_DAY = date(2026, 11, 24)


def lifecycle_code(case: Mapping[str, Any], *, calendar: WorkingCalendar) -> str:
    """The code that the rules give to a case. Raises ``ValueError`` for a shape that is not known."""
    given = case["given"]
    on = _day(given.get("as_of")) or DEFAULT_DAY
    if "opinion_date" in given:
        opinion_on = _day(given.get("change_date")) or _day(given["opinion_date"]) or on
        return lifecycle.opinion_validity(opinion_on, started=bool(given.get("started")), on=on).code
    if "received" in given:
        received_on, notice_on = _day(given["received"]) or on, _day(given.get("notice_sent"))
        return lifecycle.acceptance(received_on, notice_on=notice_on, on=on, calendar=calendar).code
    if "changed" in given:
        return lifecycle.change_needed(given["changed"], on=on).code
    if "milestone" in given:
        has_opinion = bool(given.get("has_opinion"))
        return lifecycle.milestone(given["investment"], given["milestone"], has_opinion=has_opinion, on=on).code
    if "report_sections" in given:
        return _first(lifecycle.report_gaps(given["report_sections"], on=on), "REPORT_COMPLETE")
    if "platform_energy_report" in given:
        reported = bool(given["platform_energy_report"])
        found = lifecycle.missing_duties(given["review_class"], platform_energy_report=reported, on=on)
        return _first(found, "DUTIES_DONE")
    return _overrun(given, on)


def _overrun(given: Mapping[str, Any], on: date) -> str:
    approved = next((value for key, value in given.items() if key.startswith("approved")), None)
    actual = next((value for key, value in given.items() if key.startswith("actual")), None)
    if approved is None or actual is None:
        raise ValueError(f"unknown shape of lifecycle case: {sorted(given)}")
    return lifecycle.overrun(number(approved), number(actual), on=on).code


def _first(found: list[lifecycle.Finding], otherwise: str) -> str:
    return found[0].code if found else otherwise


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or value is None else date.fromisoformat(str(value))
