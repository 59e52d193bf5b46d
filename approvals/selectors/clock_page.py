"""Why this date: each limit of an application opened into its days, and whose turn it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from approvals.language import day_in_words
from approvals.models import Application
from approvals.rules.clock import (
    LedgerDay,
    Limit,
    Reckoning,
    Span,
    WorkingCalendar,
    clock_law,
    days_by_turn,
    ledger,
    next_working_day,
    reckon,
    remaining,
)
from approvals.selectors.hearings import hearing_limits
from approvals.selectors.limits import NamedLimit, named_limits, pauses_of, review_limit
from approvals.selectors.receipt_day import receipt_note

Week = list["Cell | None"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the calendar sheet. ``word`` says in a character or two what the colour says."""

    row: LedgerDay
    word: str
    is_today: bool
    is_due: bool


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: list[Week]


@dataclass(frozen=True, slots=True)
class Clock:
    """One limit with its days. ``done_on``: when what it is for was done; ``remaining``: working days left until then.

    ``remarks``: what has to be known of its first and its last day.
    """

    named: NamedLimit
    found: Reckoning
    months: list[Month]
    notes: list[tuple[date, date, str]]
    done_on: date | None
    remaining: int | None
    is_overdue: bool
    remarks: list[str]

    @property
    def limit(self) -> Limit:
        return self.named.limit


def clocks(application: Application, calendar: WorkingCalendar, *, on: date, internal: bool) -> list[Clock]:
    """The limit of the review of what was received, and those of the decision. ``internal``: the reader may see the
    office's own limit."""
    found = [review] if (review := review_limit(application)) else []
    if application.accepted_on:
        found += [*hearing_limits(application), *named_limits(application, application.accepted_on)]
    return [_clock(application, named, calendar, on) for named in found if internal or named.code != "internal"]


def turns(application: Application, calendar: WorkingCalendar, *, on: date) -> Mapping[str, int]:
    """Working days from the first submission to the end (or today), by whose turn it was; ``total`` with them."""
    if application.submitted_on is None:
        return {}
    end = application.decided_on or on
    waits = [(row.issued_on, row.answered_on or end) for row in application.supplement_notices.all()]
    spans: list[Span] = [(first, last, "enterprise") for first, last in waits]
    spans += [(pause.opened_on, min(pause.closed_on or end, end), pause.turn) for pause in pauses_of(application)]
    return days_by_turn(application.submitted_on, end, spans, calendar)


def remarks(
    application: Application, limit: Limit, due_on: date, calendar: WorkingCalendar, *, from_receipt: bool
) -> Iterator[str]:
    """Why a limit runs from its first day, where that is the receipt; and what is known of a last day of rest."""
    if from_receipt and (note := receipt_note(application, calendar)):
        yield note
    if moved := next_working_day(limit, due_on, calendar):
        note = clock_law(limit.start_on).rest_day_note
        yield _("%(note)s；如顺延则为 %(day)s") % {"note": note, "day": day_in_words(moved)}


def _clock(application: Application, named: NamedLimit, calendar: WorkingCalendar, on: date) -> Clock:
    done_on = _done_on(application, named)
    found = reckon(named.limit, calendar, on=on)
    rows = ledger(named.limit, calendar, on=on)
    return Clock(
        named=named,
        found=found,
        months=list(_months(rows, found.due_on, on)),
        notes=list(_notes(rows)),
        done_on=done_on,
        remaining=None if done_on else remaining(on, found.due_on, calendar),
        is_overdue=(done_on or on) > found.due_on,
        remarks=list(remarks(application, named.limit, found.due_on, calendar, from_receipt=_from_receipt(named))),
    )


def _from_receipt(named: NamedLimit) -> bool:
    """The review of what came, and the statutes that say 日 from receipt; everything else runs from acceptance."""
    return named.code in {"review", "statutory_reading"} or named.limit.unit == "calendar"


def _done_on(application: Application, named: NamedLimit) -> date | None:
    """The day on which what the limit is for was done: for the review the first word of the office."""
    if named.code != "review":
        return application.decided_on
    assert application.received_on is not None, "a review has its day of receipt"
    told = [row.issued_on for row in application.supplement_notices.all() if row.issued_on >= application.received_on]
    return min([day for day in (*told, application.accepted_on, application.decided_on) if day], default=None)


def _months(rows: list[LedgerDay], due_on: date, on: date) -> Iterator[Month]:
    for _key, group in groupby(rows, key=lambda row: (row.day.year, row.day.month)):
        cells = [Cell(row, _word(row), row.day == on, row.day == due_on) for row in group]
        padded: Week = [None] * cells[0].row.day.weekday() + cells
        padded += [None] * (-len(padded) % 7)
        yield Month(cells[0].row.day, [padded[at : at + 7] for at in range(0, len(padded), 7)])


def _word(row: LedgerDay) -> str:
    words = {
        "start": _("首日"),
        "counted": "",
        "make_up": _("调休"),
        "weekend": _("休"),
        "holiday": _("假"),
        "closure": _("停办"),
        "paused": _("中止"),
    }
    return words[row.status]


def _notes(rows: list[LedgerDay]) -> Iterator[tuple[date, date, str]]:
    """Holidays, closures and pauses by name, each stretch once."""
    for note, group in groupby(rows, key=lambda row: row.note):
        if note:
            days = [row.day for row in group]
            yield days[0], days[-1], note
