"""Recording that a duty was fulfilled, and demanding something by a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def date_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class FulfilForm(forms.Form):
    fulfilled_on = date_field(_("履行日期"))
    file = forms.FileField(label=_("证明材料"), required=False, help_text=_("PDF、JPEG、PNG 或 WebP，不超过 20 MB。"))
    note = forms.CharField(label=_("文号、网址等说明"), max_length=200, required=False)


class DemandForm(forms.Form):
    text = forms.CharField(label=_("要求"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    basis = forms.CharField(label=_("依据"), max_length=200)
    due_on = date_field(_("完成期限"))
