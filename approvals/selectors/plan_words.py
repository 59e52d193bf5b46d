"""The plan in sentences: what the whole comes to, and why a matter is too late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from approvals.language import short_day
from approvals.rules.clock import working_days_between
from approvals.rules.plan import Line, Plan, days_late
from approvals.selectors.languages import listed
from approvals.selectors.plan import JOINT, PAUSED, PROMISED, UNKNOWN, PlanRow, ProjectPlan


@dataclass(frozen=True, slots=True)
class Headline:
    """The answer on top of the page. ``tone``: success, warning, danger or info; ``text`` says what it rests on."""

    tone: str
    title: str
    text: str = ""


def headline(made: ProjectPlan) -> Headline:
    plan = made.plan
    assert plan is not None, "a plan that goes in circles has no end"
    if not plan.lines:
        return Headline("info", _("还没有可以排期的事项"))
    if all(line.is_done for line in plan.lines):
        return Headline("success", _("开工前的事项已全部办结"))
    unknown = listed(made.names(plan.open_ended_by))
    because = (
        _("“%(names)s”何时办结不能预计（期限未知或者计时已中止），不作假设；它之后的日期只是下限") % {"names": unknown}
        if unknown
        else ""
    )
    if plan.wished_on is None:
        return Headline("info", _ends(plan, is_bound=bool(unknown)), because)
    if plan.possible is False:
        return Headline("danger", _too_late(plan, plan.wished_on), _ends(plan, is_bound=bool(unknown)))
    if plan.possible is None:
        wished = {"day": short_day(plan.wished_on, plan.today)}
        return Headline("warning", _("能否在 %(day)s 前办结，现在还不能判断") % wished, because)
    spare = working_days_between(plan.ends_on, plan.wished_on, made.calendar)
    words = {"day": short_day(plan.wished_on, plan.today), "days": spare}
    return Headline("success", _("来得及在 %(day)s 开工，还有 %(days)s 个工作日余量") % words, _ends(plan))


def _too_late(plan: Plan, wished_on: date) -> str:
    words = {"day": short_day(wished_on, plan.today), "count": len(plan.impossible)}
    return _("按现有期限，%(day)s 开工已不可能：%(count)s 项来不及") % words


def _ends(plan: Plan, *, is_bound: bool = False) -> str:
    words = {"day": short_day(plan.ends_on, plan.today)}
    if is_bound:
        return _("按各事项期限测算，全部办结不早于 %(day)s") % words
    return _("按各事项期限测算，最早 %(day)s 全部办结") % words


def why_late(row: PlanRow, made: ProjectPlan) -> str:
    """Why a matter cannot be concluded in time, in one sentence; empty where it can."""
    line, plan = row.line, made.plan
    if plan is None or not line.is_impossible:
        return ""
    if line.has_started or line.latest_start_on is None:
        return _finishing_late(line, plan.today)
    words = {
        "latest": short_day(line.latest_start_on, plan.today),
        "days": days_late(line, made.calendar),
        "verb": _("申报") if row.is_own else _("开始"),
    }
    if line.driver is None:
        return _("最迟应于 %(latest)s %(verb)s，已过 %(days)s 个工作日") % words
    words |= {"before": made.names([line.driver])[0], "ready": short_day(line.starts_on, plan.today)}
    return _("须等“%(before)s”，%(ready)s 才能%(verb)s；最迟应于 %(latest)s %(verb)s，晚 %(days)s 个工作日") % words


def _finishing_late(line: Line, today: date) -> str:
    assert line.slack is not None
    assert line.latest_finish_on is not None
    words = {
        "day": short_day(line.finishes_on, today),
        "latest": short_day(line.latest_finish_on, today),
        "days": -line.slack,
    }
    return _("按期限 %(day)s 办结；最迟应于 %(latest)s 办结，晚 %(days)s 个工作日") % words


def period_words(row: PlanRow) -> str:
    """``承诺 6 个工作日``, ``法定 60 日``, or that it is not known; a dash where it no longer matters."""
    if row.line.is_done:
        return "—"
    if row.is_doubtful:
        return _("是否需要办理尚不能判定")
    if row.period.kind == PAUSED:
        return _("计时已中止")
    if row.period.kind == UNKNOWN:
        return _("期限未知")
    if row.period.days == 0:
        return _("即时办结")
    words = {PROMISED: _("承诺 %(days)s 个工作日"), JOINT: _("联合办理 %(days)s 个工作日")}
    statutory = _("法定 %(days)s 个工作日") if row.period.unit == "working" else _("法定 %(days)s 日")
    return words.get(row.period.kind, statutory) % {"days": row.period.days}


def state_words(row: PlanRow) -> str:
    if row.line.is_done:
        return _("已办结")
    if row.application is not None:
        return str(row.application.get_state_display())
    return _("未开始") if row.is_own else _("尚无记录")
