"""Hearings: what has to be told, when one may still be asked for, how it is announced, and what waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.language import day_in_words
from approvals.rules.hearing import HearingGround, HearingLaw

if TYPE_CHECKING:
    from approvals.accounts.models import User
    from approvals.models import Application, Hearing

LICENSING_47 = "《行政许可法》第四十七条第一款"


def open_hearing(application: Application) -> Hearing | None:
    """The hearing that is not over. Asks what was prefetched, where it was."""
    return next((row for row in application.hearings.all() if row.closed_on is None), None)


def hearing_blockers(application: Application, *, on: date) -> list[Blocker]:
    """No decision while one may still ask for a hearing, or before one that has to be held has been."""
    hearing = open_hearing(application)
    if hearing is None:
        return []
    if hearing.is_awaited:
        return [Blocker("hearing-open", _("听证尚未举行；应当根据听证笔录作出决定"), "《行政许可法》第四十八条第二款")]
    if hearing.ask_by_on is not None and on <= hearing.ask_by_on:
        message = _("申请人、利害关系人可以在%(day)s前申请听证，期满前不能作出决定")
        return [Blocker("hearing-may-be-asked", message % {"day": day_in_words(hearing.ask_by_on)}, LICENSING_47)]
    return []


def telling_blockers(
    application: Application,
    grounds: Mapping[str, HearingGround],
    *,
    ground: str,
    reason: str,
    told_days: int | None,
) -> list[Blocker]:
    """A listed ground, why it is one here, how long it takes where no law says so, and no hearing that runs already."""
    found = []
    if ground not in grounds:
        names = "、".join(row.name for row in grounds.values())
        message = _("请选择听证的法定情形：%(names)s") % {"names": names}
        found.append(Blocker("ground-unlisted", message, "《行政许可法》第四十六条、第四十七条"))
    basis = grounds[ground].basis if ground in grounds else LICENSING_47
    if not reason.strip():
        found.append(Blocker("reason-missing", _("请写明涉及何种重大利益或公共利益"), basis))
    if ground in grounds and not grounds[ground].on_request and not told_days:
        message = _("须书面告知申请人所需时间（工作日）")
        found.append(Blocker("duration-untold", message, "《行政许可法》第四十五条"))
    if not application.matter.is_permit:
        found.append(Blocker("no-permit", _("该事项不是行政许可，不适用行政许可听证"), basis))
    if open_hearing(application) is not None:
        found.append(Blocker("hearing-open", _("已有一次听证程序尚未结束"), basis))
    return found


def asking_blockers(hearing: Hearing, *, who: str, on: date) -> list[Blocker]:
    """In time, and by somebody."""
    found = [] if who.strip() else [Blocker("asker-missing", _("请写明由谁申请听证"), LICENSING_47)]
    if hearing.ask_by_on is not None and on > hearing.ask_by_on:
        message = _("申请听证的期限已于%(day)s届满") % {"day": day_in_words(hearing.ask_by_on)}
        found.append(Blocker("hearing-late", message, LICENSING_47))
    return found


def arranging_blockers(
    law: HearingLaw,
    *,
    planned_on: date,
    earliest_on: date,
    hold_by_on: date | None,
    place: str,
    host: User,
    examiners: frozenset[int],
) -> list[Blocker]:
    """Told early enough, held in time, somewhere, under somebody who has not examined the case.

    ``earliest_on``: the first day that leaves the time of the notice. When that lies behind the limit already, the
    limit can no longer be kept, and the earliest day is asked for.
    """
    found = []
    if planned_on < earliest_on:
        message = _("应当于举行听证的%(days)s个工作日前通知，最早为%(day)s")
        words = {"days": law.days("notice"), "day": day_in_words(earliest_on)}
        found.append(Blocker("notice-short", message % words, law.basis("notice")))
    latest = max(hold_by_on, earliest_on) if hold_by_on else None
    if latest is not None and planned_on > latest:
        message = _("应当在%(day)s前组织听证") % {"day": day_in_words(latest)}
        found.append(Blocker("hearing-too-late", message, law.basis("organise")))
    if not place.strip():
        found.append(Blocker("place-missing", _("请写明听证的地点"), law.basis("notice")))
    if host.pk in examiners:
        message = _("听证主持人不得是审查本申请的工作人员")
        found.append(Blocker("host-examined", message, law.basis("host")))
    return found


def record_blockers(
    law: HearingLaw, hearing: Hearing, *, held_on: date, record: str, confirmed_by: str, on: date
) -> list[Blocker]:
    """A record, confirmed by those who took part, of a day that has come and was announced."""
    found = []
    if hearing.planned_on is None or held_on < hearing.planned_on:
        found.append(Blocker("not-announced", _("听证须先通知时间、地点，且不能早于通知的日期"), law.basis("notice")))
    if held_on > on:
        found.append(Blocker("date-wrong", _("举行日期不能晚于今天"), law.basis("record")))
    if not record.strip():
        found.append(Blocker("record-missing", _("听证应当制作笔录"), law.basis("record")))
    if not confirmed_by.strip():
        found.append(Blocker("unconfirmed", _("笔录须交听证参加人确认无误后签字或者盖章"), law.basis("record")))
    return found
