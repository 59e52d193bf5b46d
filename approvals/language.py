"""The language of the page that is being made. The law itself stays Chinese (docs/adr/0008)."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

from approvals.rules.days import in_chinese


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def short_day(day: date, today: date) -> str:
    """9月3日, or 3 September; with its year where that is another one."""
    if in_english():
        return date_format(day, "j F" if day.year == today.year else "j F Y")
    return f"{day.month}月{day.day}日" if day.year == today.year else in_chinese(day)


def short_month(day: date) -> str:
    """9月, or Sep; a January with its year."""
    if in_english():
        return date_format(day, "M Y" if day.month == 1 else "M")
    return f"{day.year}年{day.month}月" if day.month == 1 else f"{day.month}月"


def day_in_words(day: date) -> str:
    """2026年11月24日; 24 November 2026 in English."""
    return date_format(day, "j F Y") if in_english() else in_chinese(day)
