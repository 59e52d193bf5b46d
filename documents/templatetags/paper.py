"""Filters that put facts on paper in Chinese, and the QR code."""

from __future__ import annotations

from datetime import date

import segno
from django import template

register = template.Library()

CONDITIONS = {"met": "已具备", "missing": "未具备", "not_applicable": "不适用"}
INDICATORS = {
    "met": "符合",
    "not_met": "不符合",
    "advice": "仅作提示",
    "unknown": "待补充",
    "not_applicable": "不设限值",
}
# Longest issuer name that fits one line at each size: (characters, points).
HEAD_SIZES = ((10, 34), (14, 28), (18, 23), (24, 18))
SMALLEST_HEAD = 15


@register.filter
def cn_date(value: str) -> str:
    """``2026-11-24`` as 2026年11月24日; nothing as a dash."""
    if not value:
        return "—"
    day = date.fromisoformat(value)
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def cn_date_to_fill(value: str) -> str:
    """As ``cn_date``; nothing leaves room to write the date by hand."""
    return cn_date(value) if value else "　　　　年　　月　　日"


@register.filter
def dash(value: object) -> object:
    return value if value not in {"", None} else "—"


@register.filter
def law(name: str) -> str:
    """A law's name between its marks, however it was written."""
    return name if name.startswith("《") or not name else f"《{name}》"


@register.filter
def condition_state(state: str) -> str:
    return CONDITIONS[state]


@register.filter
def compliance(result: str) -> str:
    return INDICATORS[result]


@register.filter
def head_size(name: str) -> int:
    """Points at which an issuer's name fills one line of the head without breaking."""
    return next((points for longest, points in HEAD_SIZES if len(name) <= longest), SMALLEST_HEAD)


@register.simple_tag
def qr(url: str) -> str:
    """A data URI. Level M survives a folded or stamped corner."""
    uri: str = segno.make(url, error="m", micro=False).svg_data_uri(border=0, dark="#1c1c1e")
    return uri
