"""What follows an energy opinion: validity, changes, overrun, deemed acceptance, milestones and remaining duties.

Every function is pure; the numbers and articles stand in the ``lifecycle`` part of the edition in force on the day.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from approvals.rules.clock import WorkingCalendar, add_working_days
from approvals.rules.days import in_chinese
from approvals.rules.editions import Edition, edition_on
from approvals.rules.evaluator import number

EXEMPT = frozenset({"exempt", "exempt_catalogue", "exempt_state_secret"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A machine code, the sentence for people, and the clause. ``due_on`` where a day belongs to it."""

    code: str
    text: str
    basis: str = ""
    due_on: date | None = None
    days_left: int | None = None


def opinion_validity(opinion_on: date, *, started: bool, on: date) -> Finding:
    """Is the opinion (or the approved change) still good? Two years to start, the anniversary included."""
    edition = _edition(on)
    last_day = _years_later(opinion_on, edition.data["lifecycle"]["validity_years"])
    basis = _basis(edition, "validity_article")
    left = (last_day - on).days
    if started:
        return Finding("STARTED", "项目已开工建设，节能审查意见继续有效", basis, last_day)
    if left < 0:
        return Finding("LAPSED", f"节能审查意见已于{in_chinese(last_day)}后失效，须重新办理", basis, last_day, left)
    code = f"VALID_{left}_DAY_LEFT" if left == 1 else f"VALID_{left}_DAYS_LEFT"
    return Finding(code, f"节能审查意见有效，须不迟于{in_chinese(last_day)}开工，还剩{left}天", basis, last_day, left)


def change_needed(changed: Collection[str], *, on: date) -> Finding:
    """Before production: which changes need an application to the authority. There is no percentage in this list.

    ``changed`` uses owner, construction_site, construction_scale, main_equipment, main_process, product, other_major.
    Raises ``ValueError`` for any other word.
    """
    edition = _edition(on)
    if unknown := set(changed) - set(edition.data["lifecycle"]["change_items"]):
        raise ValueError(f"unknown kinds of change: {sorted(unknown)}")
    basis = _basis(edition, "change_article")
    if not changed:
        return Finding("NO_CHANGE", "未发生须申请变更的重大变动", basis)
    text = "投产前发生重大变动，须向原节能审查机关（权限调整的向现机关）申请变更"
    return Finding(str(edition.data["lifecycle"]["change_code"]), text, basis)


def overrun(approved: Decimal, actual: Decimal, *, on: date) -> Finding:
    """In production: actual energy or carbon against the approved figure, both in the same unit."""
    edition = _edition(on)
    rules = edition.data["lifecycle"]
    limit = approved * (100 + number(rules["overrun_percent"])) / 100
    basis, percent = _basis(edition, "overrun_article"), rules["overrun_percent"]
    if actual > limit or (actual == limit and rules["overrun_inclusive"]):
        how = f"比批复值高{percent}%及以上" if rules["overrun_inclusive"] else f"超过批复值{percent}%"
        return Finding(str(rules["overrun_code"]), f"实际值{how}，须整改或申请变更", basis)
    if actual == limit:
        text = f"实际值恰好比批复值高{percent}%，尚未“超过{percent}%”，请核实数据"
        return Finding("WARN_EXACTLY_10_PERCENT", text, basis)
    return Finding("WITHIN_APPROVAL", f"实际值未超过批复值{percent}%", basis)


def acceptance(
    received_on: date, *, notice_on: date | None, on: date, calendar: WorkingCalendar, complete: bool = False
) -> Finding:
    """From which day a filed report counts as accepted. A notice later than five working days comes too late.

    Source: Order 31 Art. 14; 《行政许可法》第三十二条第一款第四项: accepted from the day of receipt, not from day six.
    """
    edition = _edition(on)
    basis = _basis(edition, "notice_article")
    due_on = add_working_days(received_on, edition.data["lifecycle"]["notice_working_days"], calendar).due_on
    if complete:
        return Finding(f"ACCEPTED_{received_on.isoformat()}", "材料齐全，予以受理", basis, due_on)
    if notice_on is not None and notice_on <= due_on:
        return Finding("SUPPLEMENT_NOTICE", "已按期一次告知补正内容", basis, due_on)
    if notice_on is None and on <= due_on:
        return Finding("NOTICE_OPEN", f"须不迟于{in_chinese(due_on)}一次告知全部补正内容", basis, due_on)
    text = f"逾期未告知，自收到之日（{in_chinese(received_on)}）起即为受理"
    return Finding(f"DEEMED_ACCEPTED_{received_on.isoformat()}", text, basis, due_on)


def milestone(investment: str, reached: str, *, has_opinion: bool, on: date) -> Finding:
    """May a project that needs review pass ``reached``: feasibility_report, construction_start or use?

    ``investment`` is government or enterprise. Source: Order 31 Art. 3.
    """
    edition = _edition(on)
    basis = _basis(edition, "milestone_article")
    if has_opinion:
        return Finding("CLEAR", "已取得节能审查意见", basis)
    if investment == "government":
        return Finding("BLOCKED", "政府投资项目在报送可行性研究报告前须取得节能审查意见", basis)
    if reached == "feasibility_report":
        return Finding("CLEAR", "企业投资项目在开工建设前取得节能审查意见即可", basis)
    return Finding("BLOCKED", "未取得节能审查意见，不得开工建设或投入使用", basis)


def missing_duties(review_class: str, *, platform_energy_report: bool, on: date) -> list[Finding]:
    """Exempt does not mean that nothing is filed: energy data still go to the online platform (Order 31 Art. 20)."""
    edition = _edition(on)
    code = edition.data["lifecycle"]["exempt_duty_code"]
    if review_class not in EXEMPT or platform_energy_report or not code:
        return []
    return [Finding(code, "尚未通过投资项目在线审批监管平台报送能源消费情况", _basis(edition, "exempt_duty_article"))]


def report_gaps(sections: Collection[str], *, on: date) -> list[Finding]:
    """Parts that a report must have and lacks. Carbon is needed even where 碳排放评价 is not triggered."""
    edition = _edition(on)
    rules = edition.data["lifecycle"]
    lacking = [section for section in rules["report_sections"] if section not in sections]
    names = {"energy": "能源消费", "carbon": "碳排放"}
    basis = _basis(edition, "report_article")
    return [Finding(str(rules["report_code"]), f"节能报告缺少{names[section]}内容", basis) for section in lacking]


def _edition(on: date) -> Edition:
    return edition_on("energy", on)


def _basis(edition: Edition, key: str) -> str:
    article: Any = edition.data["lifecycle"][key]
    return f"{edition.source}{article}"


def _years_later(day: date, years: int) -> date:
    """The same day years later; 29 February ends with the month where there is none."""
    last = months.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))
