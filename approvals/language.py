"""The language of the page that is being made. The law itself stays Chinese (docs/adr/0008)."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

from approvals.rules.days import in_chinese


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def day_in_words(day: date) -> str:
    """2026年11月24日; 24 November 2026 in English."""
    return date_format(day, "j F Y") if in_english() else in_chinese(day)
