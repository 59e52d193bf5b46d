"""The limits of an application, built from its records: the only place that does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from approvals.guards.applications import LICENSING_32
from approvals.models import Application, ClockPause, LocalParameter, Matter
from approvals.rules.clock import (
    Due,
    Limit,
    Pause,
    WorkingCalendar,
    add_working_days,
    clock_law,
    reckon,
)
from approvals.rules.editions import edition_on
from approvals.selectors.calendar import Numbers, calendar_for
from approvals.selectors.periods import decision_days

LimitCode = Literal["review", "statutory", "statutory_reading", "promised", "internal", "hearing_request", "hearing"]


@dataclass(frozen=True, slots=True)
class NamedLimit:
    """One limit of an application, what it is called and what it rests on."""

    code: LimitCode
    label: str
    basis: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class Limits:
    """``statutory_on``: the law's last day; ``promised_on``: the department's own; ``internal_on``: the office's.

    None where no number is known, or while an unbounded pause (since ``paused_on``) leaves the day open.
    """

    statutory_on: date | None
    promised_on: date | None
    provisional: bool
    internal_on: date | None = None
    paused_on: date | None = None


def named_limits(application: Application, accepted_on: date, office_limits: Numbers | None = None) -> list[NamedLimit]:
    """Every limit of the decision, side by side. Statutes that say 日 give the warning date from receipt, and with it
    the working-day reading; the extension belongs to the statutory limit alone, the pauses to all.

    ``office_limits``: the internal limits, where they were read before."""
    pauses = pauses_of(application)
    found = _statutory(application, accepted_on, pauses)
    if days := promised_days(application):
        found.append(NamedLimit("promised", _("承诺期限"), "", Limit(accepted_on, days, pauses=pauses)))
    code, office = LocalParameter.Code.INTERNAL_WORKING_DAYS, application.department
    internal = (office_limits or Numbers(code)).of(office, on=accepted_on)
    if internal:
        found.append(NamedLimit("internal", _("内部期限"), "", Limit(accepted_on, internal, pauses=pauses)))
    return found


def limits_from(
    application: Application,
    accepted_on: date,
    calendar: WorkingCalendar | None = None,
    office_limits: Numbers | None = None,
) -> Limits:
    """The days that are certain now, for a given day of acceptance. The same whatever today is."""
    calendar = calendar or calendar_for(application.department)
    named = named_limits(application, accepted_on, office_limits)
    limits = {row.code: reckon(row.limit, calendar, on=accepted_on) for row in named}
    settled = {code: found.settled_on for code, found in limits.items()}
    open_pauses = [pause for pause in application.pauses.all() if pause.closed_on is None]
    return Limits(
        statutory_on=settled.get("statutory"),
        promised_on=settled.get("promised"),
        internal_on=settled.get("internal"),
        provisional=any(found.provisional for code, found in limits.items() if code != "statutory_reading"),
        paused_on=open_pauses[0].opened_on if open_pauses and not application.is_concluded else None,
    )


def promised_days(application: Application) -> int:
    """Working days promised: as kept with the application, before its clock began those of the catalogue; 0: none."""
    kept = application.promised_days
    return (application.matter.committed_days or 0) if kept is None else kept


def pauses_of(application: Application) -> tuple[Pause, ...]:
    """The pauses with what the law says of their ground; a decision or withdrawal ends what is still open."""
    return tuple(_pause(application, row) for row in application.pauses.all())


def review_limit(application: Application) -> NamedLimit | None:
    """When incomplete material has to have been told: later means accepted from the day of receipt."""
    if application.received_on is None:
        return None
    days = edition_on("matters", application.received_on).data["default_period"]["correction"]
    return NamedLimit("review", _("审查材料、一次性告知"), LICENSING_32, Limit(application.received_on, days))


def review_due(application: Application, calendar: WorkingCalendar | None = None) -> Due | None:
    review = review_limit(application)
    if review is None:
        return None
    calendar = calendar or calendar_for(application.department)
    return add_working_days(review.limit.start_on, review.limit.days, calendar)


def _statutory(application: Application, accepted_on: date, pauses: Sequence[Pause]) -> list[NamedLimit]:
    days, matter = decision_days(application, accepted_on), application.matter
    if days is None:
        return []
    extra = application.extension.days if application.extension else 0
    if application.is_joint or matter.day_type == Matter.DayType.WORKING:
        limit = Limit(_one_clock_from(application, accepted_on), days, "working", extra, tuple(pauses))
        return [NamedLimit("statutory", _("法定期限"), matter.legal_basis, limit)]
    start = application.received_on or accepted_on
    warning, reading = (Limit(start, days, unit, extra, tuple(pauses)) for unit in ("calendar", "working"))
    return [
        NamedLimit("statutory", _("法定期限（按自然日预警）"), matter.legal_basis, warning),
        NamedLimit("statutory_reading", _("法定期限（按工作日理解）"), matter.legal_basis, reading),
    ]


def _one_clock_from(application: Application, accepted_on: date) -> date:
    """Its own acceptance; handled jointly the earliest among all, because a joint handling has one clock."""
    if not application.is_joint:
        return accepted_on
    started = application.joint_handlings.filter(dissolved_on=None).values_list("counts_from_on", flat=True).last()
    return started or accepted_on


def _pause(application: Application, row: ClockPause) -> Pause:
    ground = clock_law(row.opened_on).grounds(application.matter.code)[row.ground]
    closed_on = row.closed_on
    if closed_on is None and application.is_concluded and application.decided_on:
        closed_on = max(application.decided_on, row.opened_on)
    return Pause(row.opened_on, closed_on, ground.most_days, ground.name, ground.turn)
