"""What templates need to say things: dates, sums, tones of states, icons. Decides nothing.

Public: filters ``cn_date``, ``cn_datetime``, ``wan``, ``tone`` (also ``tone_for``), ``outcome_words``, ``trace_rows``,
``known``, ``absolute``; tags ``icon`` and ``query_string`` (Django's ``querystring``: ``{% query_string page=2 %}``).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.defaulttags import querystring
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from approvals.selectors.traces import outcome_words, trace_rows

register = template.Library()
register.simple_tag(querystring, takes_context=True, name="query_string")

TONES = {
    "info": "submitted accepted assigned noticed pledged publicised assessed register report_table pending "
    "regional_commitment sub_provincial provincial state",
    "success": "granted commenced met valid done exempt exempt_catalogue exempt_state_secret not_subject out_of_scope "
    "eligible pass dismissed",
    "warning": "supplementing suspended paused waiting replaced superseded report_book ordinary_route incomplete soon",
    "danger": "refused declined terminated missing not_met fail overdue revoked stopped upheld",
}
TONE_OF = {state: tone for tone, states in TONES.items() for state in states.split()}

# An answer's outcome on a tag: short, because the headline beside it says it in full.
OUTCOMES = {
    "report_book": gettext_lazy("报告书"),
    "report_table": gettext_lazy("报告表"),
    "register": gettext_lazy("登记表"),
    "not_subject": gettext_lazy("不纳入环评"),
    "needs_human": gettext_lazy("须人工确认"),
    "needs_input": gettext_lazy("资料不足"),
    "out_of_scope": gettext_lazy("不适用"),
    "exempt": gettext_lazy("豁免"),
    "exempt_catalogue": gettext_lazy("豁免（行业目录）"),
    "exempt_state_secret": gettext_lazy("豁免（国家秘密）"),
    "regional_commitment": gettext_lazy("告知承诺"),
    "sub_provincial": gettext_lazy("省级以下审查"),
    "provincial": gettext_lazy("省级审查"),
    "state": gettext_lazy("国家审查"),
    "eligible": gettext_lazy("可走承诺制"),
    "ordinary_route": gettext_lazy("一般程序"),
    "pass": gettext_lazy("指标符合"),
    "fail": gettext_lazy("指标不符"),
    "incomplete": gettext_lazy("资料不全"),
    "error": gettext_lazy("无法判定"),
}

# Words of the traces that are no facts of the vocabulary.
TRACE_WORDS = {
    "on": gettext_lazy("判定日"),
    "tce": gettext_lazy("综合能源消费量（吨标准煤）"),
    "tce_low": gettext_lazy("综合能源消费量低值（吨标准煤）"),
    "tce_high": gettext_lazy("综合能源消费量高值（吨标准煤）"),
    "coal_t": gettext_lazy("煤炭消费量（吨）"),
    "kwh": gettext_lazy("电力消费量（千瓦时）"),
    "lines": gettext_lazy("用能项数"),
    "table": gettext_lazy("折标系数表"),
    "profile": gettext_lazy("本地分工"),
    "fixed_asset_project": gettext_lazy("属于固定资产投资项目"),
    "none": gettext_lazy("无"),
    "city": gettext_lazy("市级"),
    "county": gettext_lazy("县级"),
    "province": gettext_lazy("省级"),

def _in_english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def cn_date(value: date | str | None) -> str:
    """A date, an instant or an ISO text as 2026年11月24日 (24 November 2026 in English); nothing as a dash."""
    if not value:
        return "—"
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return date_format(value, "j F Y" if _in_english() else "Y年n月j日")


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
    if _in_english():
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


register.filter(outcome_words)
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
