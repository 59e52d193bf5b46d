"""What templates need to say things: dates, sums, tones of states, icons. Decides nothing.

Public: filters ``cn_date``, ``cn_datetime``, ``wan``, ``tone`` (also ``tone_for``), ``outcome_words``, ``trace_rows``,
``known``, ``absolute``, ``fact_label``; tags ``icon`` and ``query_string`` (Django's ``querystring``:
``{% query_string page=2 %}``).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.defaulttags import querystring
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from approvals.language import day_in_words, in_english
from approvals.selectors.fact_sheet import label_of
from approvals.selectors.matter_names import matter_label
from approvals.selectors.traces import outcome_words, trace_rows
from approvals.selectors.verifications import result_words

register = template.Library()
register.simple_tag(querystring, takes_context=True, name="query_string")

register.filter("fact_label", label_of)

TONES = {
    "info": "open submitted accepted assigned noticed pledged publicised assessed register report_table pending "
    "regional_commitment sub_provincial provincial state",
    "success": "granted commenced met valid done exempt exempt_catalogue exempt_state_secret not_subject out_of_scope "
    "eligible pass dismissed fulfilled agreed agree approved",
    "warning": "unanswered supplementing suspended paused waiting replaced superseded report_book ordinary_route "
    "incomplete soon partly rejected lapsed conditions",
    "danger": "refused declined annulled terminated missing not_met "
    "fail overdue revoked stopped upheld not_fulfilled failed object",
}
TONE_OF = {state: tone for tone, states in TONES.items() for state in states.split()}


@register.filter
def cn_date(value: date | str | None) -> str:
    """A date, an instant or an ISO text as 2026年11月24日 (24 November 2026 in English); nothing as a dash."""
    if not value:
        return "—"
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return day_in_words(value)


@register.filter
def cn_datetime(value: datetime | None) -> str:
    """As ``cn_date``, with the minute, in the legal time zone."""
    if not value:
        return "—"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{cn_date(local)} {local:%H:%M}"


@register.filter
def wan(value: Decimal | int | None) -> str:
    """An amount held in 万元, as it is read: 12,000 万元; CNY 120,000,000 in English. Unknown stays unknown."""
    if value is None or value == "":
        return _("未知")
    amount = Decimal(value)
    if in_english():
        return f"CNY {_plain(amount * 10_000)}"
    return f"{_plain(amount)} 万元"


def _plain(amount: Decimal) -> str:
    """Thousands set apart in both languages; Django's Chinese format leaves them together."""
    shown = amount.quantize(Decimal("0.01")).normalize()
    return f"{shown:,f}"


@register.filter("tone")
@register.filter
def tone_for(state: Any) -> str:
    """The tone of a state or outcome: neutral, info, success, warning or danger. The word itself stands beside it."""
    code = str(getattr(state, "value", state) or "")
    if code.startswith("needs_"):
        return "warning"
    return TONE_OF.get(code, "neutral")


register.filter(matter_label)
register.filter(outcome_words)
register.filter(result_words)
register.filter(trace_rows)


@register.filter
def known(value: Any) -> bool:
    """Zero and 否 are known; None and nothing are not."""
    return value is not None and value != ""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A line icon from the sprite. Without a label it is decoration and hidden from screen readers."""
    href = f"{static('img/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', href)


@register.filter
def absolute(value: int) -> int:
    """Days overdue are counted forwards."""
    return abs(value)
