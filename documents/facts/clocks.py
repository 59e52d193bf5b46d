"""Notices on the clock of an application: 特别程序时间告知, 延期通知, each with its days as an appendix."""

from typing import TypedDict

from documents.facts.common import Application, Common, Contact


class LedgerRow(TypedDict):
    """A stretch of days that fared alike. ``numbers`` such as "第4—8日", "" where they do not count."""

    days: str
    status: str
    numbers: str
    note: str


class DayLedger(TypedDict):
    """How a due date came about. ``limit`` in words; ``net`` days counted, ``paused`` days left out; ``due_on`` ISO,
    "" while it is open. ``provisional``: part of the way has no published calendar. ``remarks``: on the first and the
    last day."""

    limit: str
    start_on: str
    net: str
    paused: str
    due_on: str
    provisional: bool
    rows: list[LedgerRow]
    remarks: list[str]


class SpecialProcedureNotice(Common):
    """特别程序时间告知书 (《行政许可法》第四十五条). ``reference``: an earlier notice outside this system, or ""."""

    application: Application
    accepted_on: str
    ground: str
    reason: str
    told_days: str
    opened_on: str
    reference: str
    ledger: DayLedger
    contact: Contact


class CorrectedDate(TypedDict):
    """ISO dates; ``now`` "" while the clock stands."""

    label: str
    was: str
    now: str


class DateCorrectionNotice(Common):
    """更正通知书: a date on an earlier paper has moved. ``because`` of what, ``source``: where that was published."""

    application: Application
    earlier_title: str
    earlier_number: str
    earlier_issued_on: str
    because: str
    source: str
    dates: list[CorrectedDate]
    provisional: bool
    contact: Contact


class ExtensionNotice(Common):
    """延长办理期限通知书 (第四十二条). ``approver`` is whoever the law names, ``reason`` what the applicant is told."""

    application: Application
    accepted_on: str
    days: str
    reason: str
    approver: str
    granted_on: str
    due_on_before: str
    due_on: str
    ledger: DayLedger
    contact: Contact
