"""The plan of a project: its matters as a network with what has happened, scheduled by ``rules.plan``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from approvals.guards.prerequisites import LAND_PREPARATION, completed_matters, current_rows
from approvals.models import Application, Matter, Project
from approvals.rules.clock import WorkingCalendar, clock_law
from approvals.rules.plan import Cycle, Line, Node, Plan, forecast
from approvals.selectors.calendar import working_calendar
from approvals.selectors.determinations import needed_matters
from approvals.selectors.ledger import AFTER_COMMENCEMENT
from approvals.selectors.matter_names import labelled

PROMISED, STATUTORY, JOINT, PAUSED, UNKNOWN = "promised", "statutory", "joint", "paused", "unknown"
Needs = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Period:
    """How long a matter may take. ``unit``: working or calendar days.

    ``kind``: promised, statutory, joint (the one clock of a joint handling), paused (open-ended) or unknown.
    """

    kind: str
    days: int | None
    unit: str = "working"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One matter of the plan with what a reader needs beside its dates.

    ``is_doubtful``: whether it is needed at all is not known yet. ``is_own``: the enterprise applies for it.
    """

    line: Line
    period: Period
    application: Application | None
    is_doubtful: bool
    is_own: bool
    requires: tuple[str, ...]  # names of the prerequisites that are not concluded


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """``plan`` is None where the prerequisites go round in a ``circle`` of names. ``is_preview``: no confirmed list."""

    plan: Plan | None
    rows: tuple[PlanRow, ...]
    calendar: WorkingCalendar
    is_preview: bool
    circle: tuple[str, ...] = ()

    def names(self, codes: Iterable[str]) -> list[str]:
        known = {row.line.node.code: row.line.node.name for row in self.rows}
        return [known.get(code, code) for code in codes]


def project_plan(project: Project, *, on: date) -> ProjectPlan:
    """Everything that comes before commencement, as it stands today. Eight queries, whatever the number of matters."""
    calendar = working_calendar()
    confirmed = current_rows(project)
    listed: Needs = confirmed or {need.code: asdict(need) for need in needed_matters(project, on=on)}
    needs = {code: labelled(need) for code, need in listed.items()}
    catalogue = {matter.code: matter for matter in Matter.objects.in_force(on)}
    live = {a.matter.code: a for a in project.applications.all() if a.state not in Application.UNSUCCESSFUL}
    finished = _finished_on(project, on)
    codes = _before_commencement(needs, finished)
    periods = {code: _period(live.get(code), catalogue.get(code), on) for code in codes}
    nodes = [_node(needs[code], periods[code], live.get(code), finished.get(code)) for code in codes]
    try:
        plan = forecast(nodes, today=on, calendar=calendar, wished_on=project.wished_commencement_on)
    except Cycle as circle:
        return ProjectPlan(None, (), calendar, not confirmed, circle.names)
    rows = tuple(_row(line, needs, periods, live, finished) for line in plan.lines)
    return ProjectPlan(plan, rows, calendar, not confirmed)


def _before_commencement(needs: Needs, finished: Mapping[str, date]) -> list[str]:
    """What the enterprise applies for and the gates ask for, with all that it waits for."""
    wanted = [code for code, need in needs.items() if _belongs(need)]
    found: dict[str, None] = {}
    while wanted:
        code = wanted.pop()
        if code in needs and code not in found:
            found[code] = None
            wanted += needs[code]["prerequisites"] if code not in finished else ()
    return sorted(found)


def _belongs(need: Mapping[str, Any]) -> bool:
    if need["status"] not in {"needed", "unknown"} or need["before"] in AFTER_COMMENCEMENT:
        return False
    return not need["recorded_by"] or bool(need["gate"])


def _period(application: Application | None, listed: Matter | None, on: date) -> Period:
    """The joint limit; or the department's own promise, else the statute. A number of low confidence is no number."""
    if application is not None and application.paused_on is not None and application.due_on is None:
        return Period(PAUSED, None)
    if application is not None and application.is_joint:
        return Period(JOINT, clock_law(on).joint_days)
    matter = application.matter if application is not None else listed
    if matter is not None and matter.committed_days is not None:
        return Period(PROMISED, matter.committed_days)
    if matter is None or matter.statutory_days is None or matter.confidence == "low":
        return Period(UNKNOWN, None)
    unit = "working" if matter.day_type == Matter.DayType.WORKING else "calendar"
    return Period(STATUTORY, matter.statutory_days, unit)


def _node(need: Mapping[str, Any], period: Period, application: Application | None, finished_on: date | None) -> Node:
    in_hand = application is not None and application.state in Application.IN_HAND
    due_on = _due_on(application) if application is not None else None
    is_running = application is not None and application.state == Application.State.ACCEPTED
    return Node(
        code=need["code"],
        name=need["name"],
        # Whether it has to be done at all is open: so is how long it takes.
        days=period.days if need["status"] == "needed" else None,
        unit="calendar" if period.unit == "calendar" else "working",
        requires=tuple(need["prerequisites"]),
        started_on=application.submitted_on if application is not None and (in_hand or finished_on) else None,
        finished_on=finished_on,
        due_on=due_on if is_running and finished_on is None else None,
    )


def _due_on(application: Application) -> date | None:
    """A joint handling replies to all at once: its one clock counts, not the promise of one department."""
    if application.is_joint:
        return application.due_on
    return application.promised_due_on or application.due_on


def _finished_on(project: Project, on: date) -> dict[str, date]:
    """The day on which each completed matter was concluded, by the record that shows it."""
    done = completed_matters(project, on=on)
    days = dict.fromkeys(done, on)
    if project.filed_on:
        days[project.filing_kind] = project.filed_on
    land = getattr(project, "land", None)
    if land is not None:
        days |= {row.matter_code: row.valid_from_on for row in land.plot.valid_assessments(on)}
        if land.land_contract_on:
            days |= dict.fromkeys(LAND_PREPARATION, land.land_contract_on)
    for application in project.applications.all():
        if application.state == Application.State.GRANTED and application.decided_on:
            days |= dict.fromkeys([application.matter.code, *application.matter.alternative_of], application.decided_on)
    return {code: day for code, day in days.items() if code in done}


def _row(
    line: Line,
    needs: Needs,
    periods: Mapping[str, Period],
    live: Mapping[str, Application],
    finished: Mapping[str, date],
) -> PlanRow:
    need = needs[line.node.code]
    return PlanRow(
        line=line,
        period=periods[line.node.code],
        application=live.get(line.node.code),
        is_doubtful=need["status"] == "unknown",
        is_own=not need["recorded_by"],
        requires=tuple(needs[code]["name"] for code in need["prerequisites"] if code in needs and code not in finished),
    )
