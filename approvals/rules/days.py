"""Days as the law and its papers write them."""

from __future__ import annotations

from datetime import date


def in_chinese(day: date | str) -> str:
    """A date, or its ISO text as an event keeps it, as 2026年11月24日. Raises ``ValueError`` for other text."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.year}年{day.month}月{day.day}日"
