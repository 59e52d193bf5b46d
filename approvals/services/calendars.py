"""Publishing a year's calendar or an area's closures: drafted, previewed, then applied for good, with events."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events, permissions
from approvals.accounts.models import Organisation, User
from approvals.errors import Blocker, GuardFailed, WrongState
from approvals.models import CalendarChange, CalendarDay, CalendarEdition, LocalClosure
from approvals.rules.clock.notice import Notice, read_notice
from approvals.selectors.stale_limits import projects_with_clocks

NOT_ADMINISTRATOR = "只有该区域的系统管理员可以维护工作日历"


@transaction.atomic
def draft_calendar(
    *, by: User, on: date, year: int, text: str, source: str, organisation: Organisation | None = None
) -> CalendarChange:
    """Read a pasted table and keep it as a draft. Nothing changes until it is applied.

    Args:
        text: the State Council's notice or a list of days; for an area's closures a list of ``rest`` days.
        organisation: the area that was closed; None for the country's calendar of ``year``.

    Raises:
        NotYours: ``by`` does not administer the area.
        GuardFailed: the text does not add up; every place is named.
    """
    permissions.check(permissions.may_keep_calendar(by, organisation, on=on), NOT_ADMINISTRATOR)
    notice = read_notice(text, year)
    if blockers := _problems(notice, source=source, local=organisation is not None):
        raise GuardFailed(_("工作日历还不能使用"), blockers=blockers)
    return CalendarChange.objects.create(
        year=year,
        organisation=organisation,
        source=source.strip(),
        text=text,
        days=[{"day": row.day.isoformat(), "works": row.works, "note": row.note} for row in notice.days],
        drafted_by=by,
        drafted_on=on,
    )


@transaction.atomic
def apply_calendar(change_id: int, *, by: User, on: date) -> CalendarChange:
    """Put a draft in force. A worker brings every due date up to date (``calendar_batches``), each with its event.

    Raises:
        WrongState: it was applied before.
    """
    change = CalendarChange.objects.select_for_update().get(pk=change_id)
    permissions.check(permissions.may_keep_calendar(by, change.organisation, on=on), NOT_ADMINISTRATOR)
    if change.applied_on is not None:
        raise WrongState(_("该日历已经启用，请刷新页面"))
    change.name = _close_offices(change) if change.organisation else _publish(change)
    change.applied_by, change.applied_on = by, on
    change.total = projects_with_clocks().count()
    change.save()
    events.emit("calendar.applied", change, by=by, on=on.isoformat(), name=change.name, source=change.source)
    return change


@transaction.atomic
def correct_letters(change_id: int, *, by: User, on: date) -> CalendarChange:
    """Have every enterprise told of the new date whose letter carries one that this calendar has moved.

    Raises:
        NotYours: ``by`` does not keep this calendar.
        WrongState: it is not in force, the dates are still being moved, or it was asked for before.
    """
    change = CalendarChange.objects.select_for_update().get(pk=change_id)
    permissions.check(permissions.may_keep_calendar(by, change.organisation, on=on), NOT_ADMINISTRATOR)
    if change.settled_at is None or change.corrections_on is not None:
        raise WrongState(_("期限还没有全部重新计算，或者已经发出更正通知，请刷新页面"))
    change.corrections_by, change.corrections_on = by, on
    change.save()
    events.emit("calendar.corrections_asked", change, by=by, on=on.isoformat(), name=change.name)
    return change


def _problems(notice: Notice, *, source: str, local: bool) -> list[Blocker]:
    found = [Blocker("calendar-unreadable", problem) for problem in notice.problems]
    if not source.strip():
        found.append(Blocker("source-missing", _("请写明来源（发文机关、文号或网址）")))
    if local and any(row.works for row in notice.days):
        found.append(Blocker("closure-works", _("本地停止办公只能登记不办公的日期")))
    if local and any(not row.note for row in notice.days):
        found.append(Blocker("closure-reason", _("请在每个日期后写明停止办公的原因")))
    return found


def _publish(change: CalendarChange) -> str:
    """The days of the year are replaced as a whole; the edition keeps its row and counts its revisions."""
    edition, is_new = CalendarEdition.objects.get_or_create(year=change.year, defaults={"source": change.source})
    if not is_new:
        edition.source, edition.revision = change.source, edition.revision + 1
        edition.save()
        edition.days.all().delete()
    days = [date.fromisoformat(row["day"]) for row in change.days]
    CalendarDay.objects.filter(day__in=days).delete()  # the end of the year before, where both notices name it
    CalendarDay.objects.bulk_create(
        CalendarDay(edition=edition, day=day, is_working=row["works"], note=row["note"][:60])
        for day, row in zip(days, change.days, strict=True)
    )
    return f"{change.year}年工作日历第{edition.revision}版"


def _close_offices(change: CalendarChange) -> str:
    assert change.organisation is not None, "asked before"
    for row in change.days:
        LocalClosure.objects.update_or_create(
            organisation=change.organisation,
            day=date.fromisoformat(row["day"]),
            defaults={"reason": row["note"][:60], "source": change.source},
        )
    return f"{change.organisation}停止办公"
