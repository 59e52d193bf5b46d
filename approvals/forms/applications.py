"""What an applicant does with an application outside his tasks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MaterialForm(forms.Form):
    """One material: a file, or the word that the paper was handed in."""

    file = forms.FileField(label=_("上传文件"), required=False, help_text=_("PDF、JPEG、PNG 或 WebP，不超过 20 MB。"))
    on_paper = forms.BooleanField(label=_("已交纸质件"), required=False)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("file") and not cleaned.get("on_paper"):
            raise forms.ValidationError(_("请选择文件，或勾选“已交纸质件”"))
        return cleaned


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("撤回理由"), widget=forms.Textarea(attrs={"rows": 2}))
