"""What has to hold before a clock is stopped, started again or extended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.language import day_in_words
from approvals.rules.clock import ExtensionRule, Ground

if TYPE_CHECKING:
    from approvals.models import Application

LICENSING_42 = "《行政许可法》第四十二条"
HEARING = "hearing"  # a ground of ``rules.clock`` that only the events of a hearing open and close
LICENSING_45 = "《行政许可法》第四十五条"


def pause_blockers(
    application: Application,
    grounds: Mapping[str, Ground],
    *,
    ground: str,
    reason: str,
    told_days: int | None,
    on: date,
) -> list[Blocker]:
    """Only a listed ground, only with a written notice that says what is awaited and how long, one at a time."""
    found, listed = [], grounds.get(ground)
    if listed is None:
        names = "、".join(row.name for row in grounds.values())
        message = _("该情形不在法定的中止计时范围内，计时不停止；可以中止计时的只有：%(names)s") % {"names": names}
        found.append(Blocker("ground-unlisted", message, LICENSING_45))
    if ground == HEARING:
        message = _("听证的时间由告知、申请和笔录登记，请在“听证”中办理")
        found.append(Blocker("ground-by-event", message, LICENSING_45))
    if not reason.strip():
        found.append(Blocker("notice-empty", _("须书面告知申请人进行何种程序及其内容"), LICENSING_45))
    if not told_days or told_days < 1:
        found.append(Blocker("duration-untold", _("须书面告知申请人所需时间（工作日）"), LICENSING_45))
    elif listed and listed.most_days is not None and told_days > listed.most_days:
        message = _("“%(name)s”不计入期限的时间最长%(days)s个工作日") % {"name": listed.name, "days": listed.most_days}
        found.append(Blocker("duration-too-long", message, listed.basis))
    if any(pause.closed_on is None for pause in application.pauses.all()):
        found.append(Blocker("pause-open", _("已有一项特别程序尚未结束，结束后才能开始另一项"), LICENSING_45))
    if application.accepted_on and on < application.accepted_on:
        found.append(Blocker("before-acceptance", _("特别程序不能早于受理日期"), LICENSING_45))
    return found


def closing_blockers(opened_on: date, *, outcome: str, on: date) -> list[Blocker]:
    found = []
    if not outcome.strip():
        found.append(Blocker("outcome-missing", _("请写明特别程序以何结果、何文件结束"), LICENSING_45))
    if on < opened_on:
        found.append(Blocker("before-opening", _("恢复计时不能早于中止计时的日期"), LICENSING_45))
    return found


def extension_blockers(
    application: Application, rule: ExtensionRule | None, *, days: int, reason: str, due_on: date | None, on: date
) -> list[Blocker]:
    """Once, within what the law allows, before the limit has run out, with reasons for the applicant."""
    found = []
    if rule is None:
        message = _("该事项的期限由专门的规定确定，没有规定可以延长")
        found.append(Blocker("no-extension", message, application.matter.legal_basis or LICENSING_42))
    elif not 1 <= days <= rule.days:
        message = _("延长的期限不得超过%(days)s日") % {"days": rule.days}
        found.append(Blocker("extension-too-long", message, rule.basis))
    if application.extension is not None:
        found.append(Blocker("extended-before", _("期限只能延长一次"), LICENSING_42))
    if not reason.strip():
        found.append(Blocker("reason-missing", _("须将延长期限的理由告知申请人"), LICENSING_42))
    if due_on is not None and due_on < on:
        message = _("法定期限已于%(day)s届满，不能再延长") % {"day": day_in_words(due_on)}
        found.append(Blocker("limit-passed", message, LICENSING_42))
    return found


def open_pause_blockers(application: Application) -> list[Blocker]:
    """No decision while a special procedure runs: its result is part of the decision. A hearing speaks for itself."""
    if all(pause.closed_on is not None or pause.ground == HEARING for pause in application.pauses.all()):
        return []
    return [Blocker("pause-open", _("特别程序尚未结束，请先登记其结果并恢复计时"), LICENSING_45)]
