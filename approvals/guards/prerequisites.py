"""Which matters of a project are done, whichever record shows it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from approvals.guards.validity import filing_validity, has_lapsed

if TYPE_CHECKING:
    from approvals.models import Application, Project

# The government's land preparation: the sale could not have happened without it.
LAND_PREPARATION = frozenset({"G01", "G02", "G03", "G04", "L01"})


def current_rows(project: Project) -> dict[str, dict[str, Any]]:
    """The rows of the confirmed list of matters, by code. Empty where none is in force."""
    current = next((row for row in project.matter_lists.all() if row.superseded_on is None), None)
    return {row["code"]: row for row in current.rows} if current else {}


def completed_matters(project: Project, *, on: date) -> dict[str, str]:
    """Codes of the matters that are done, with where that is recorded in words."""
    done: dict[str, str] = {}
    filing = filing_validity(project)
    if project.filing_kind and project.filed_on and not (filing and filing.is_lapsed(on)):
        done[project.filing_kind] = project.filing_number
    land = getattr(project, "land", None)
    if land is not None:
        done |= {row.matter_code: row.number for row in land.plot.valid_assessments(on)}
        if land.land_contract_number and land.investment_contract_number:
            done |= dict.fromkeys(LAND_PREPARATION, land.land_contract_number)
    for application in project.applications.all():
        if _rests_on_revoked(application, project):
            continue
        if application.state == application.State.GRANTED and not has_lapsed(application, on):
            done[application.matter.code] = application.result_number
            done |= dict.fromkeys(application.matter.alternative_of, application.result_number)
    return done


def _rests_on_revoked(application: Application, project: Project) -> bool:
    """What was had on a promise no longer counts once the commitment decision is revoked, annulled yet or not."""
    commitment = getattr(project, "commitment", None)
    revoked = commitment is not None and commitment.state == commitment.State.REVOKED
    return revoked and application.route == application.Route.COMMITMENT


def open_prerequisites(project: Project, codes: list[str], *, on: date) -> list[str]:
    """Those of ``codes`` that are neither done nor spared by the confirmed list."""
    done, rows = completed_matters(project, on=on), current_rows(project)
    return [code for code in codes if code not in done and not _is_spared(rows.get(code))]


def lapsed_matters(project: Project, *, on: date) -> list[str]:
    """Codes that the confirmed list spares for a regional result which no longer covers the plot: they return."""
    rows = current_rows(project)
    if not any(rests_on_region(row) for row in rows.values()):
        return []
    done = completed_matters(project, on=on)
    return [code for code, row in rows.items() if rests_on_region(row) and code not in done]


def rests_on_region(row: dict[str, Any]) -> bool:
    """Spared because a regional result covers the plot, which is true only while it is in force."""
    return bool(row["status"] == "spared" and row["recorded_by"] == "assessment")


def _is_spared(row: dict[str, Any] | None) -> bool:
    return row is not None and row["status"] in {"spared", "not_applicable"} and not rests_on_region(row)
