"""The fields of which the pages of the pre-check are made. Words come in the language of the interface."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from approvals.forms.fields import QuantityField
from approvals.language import in_english
from approvals.rules.precheck.questions import ask_of, help_of, unit_of
from approvals.selectors.languages import shown

UNSURE = "unsure"
YES_NO = [("True", _("是")), ("False", _("否")), (UNSURE, _("不清楚"))]
CHOOSE = {"required": _("请选一项，不知道就选“不清楚”。")}
FILL = _("请填数字，没有就填 0，不知道就勾“不清楚”。")


def option(name: str, words: str) -> Any:
    """A choice with a smaller line below it."""
    return format_html('<span class="pick"><span>{}</span><small>{}</small></span>', name, words)


def radio(choices: Any, label: Any, help_text: str, initial: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=choices,
        label=label,
        help_text=help_text,
        initial=initial,
        widget=forms.RadioSelect(attrs={"class": "options--row"} if len(choices) == 3 else {}),
        error_messages=CHOOSE,
    )


def boxes(choices: Any, initial: Any, label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=choices, label=label, required=False, initial=initial, widget=forms.CheckboxSelectMultiple
    )


def amount_field(name: str, initial: Any) -> forms.DecimalField:
    """The amount of one fact, with its unit in the label."""
    unit = shown(unit_of(name))
    label = f"{shown(ask_of(name))} ({unit})" if in_english() else f"{ask_of(name)}（{unit}）"
    return number_field(label, shown(help_of(name)), initial)


def number_field(label: Any, help_text: Any, initial: Any) -> forms.DecimalField:
    field = QuantityField(label=label, help_text=help_text)
    field.initial = initial
    return field


def unsure_box(*, initial: bool) -> forms.BooleanField:
    return forms.BooleanField(label=_("不清楚"), required=False, initial=initial)


def plain(value: Any) -> Any:
    """A decimal as the rules store it."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
