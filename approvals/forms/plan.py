"""The day on which the enterprise wishes to begin."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WishForm(forms.Form):
    wished_on = forms.DateField(
        label=_("期望开工日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("从这一天往回排，得出每个事项最迟申报的日期；留空则不倒排。"),
    )
