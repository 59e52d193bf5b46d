"""The question which other law to compare with: a file, or a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.models import RuleImpactRow

LARGEST_FILE = 2 * 1024 * 1024  # bytes; the catalogue of 173 rows has 150 kB


class ImpactForm(forms.Form):
    file = forms.FileField(
        label=_("新版本的规则文件（YAML）"),
        required=False,
        help_text=_("与规则库同一格式，写明 name、edition、source、in_force_from。文件只用于比较，不会生效。"),
    )
    day = forms.DateField(
        label=_("或者选一个日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("按该日有效的全部规则重新判定，与今天的结论比较。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("file")) == bool(cleaned.get("day")) and not self.errors:
            raise forms.ValidationError(_("请上传一个规则文件，或者选一个日期，两者选一。"))
        file = cleaned.get("file")
        if file and file.size > LARGEST_FILE:
            self.add_error("file", _("文件太大，规则文件不超过 2 MB。"))
        return cleaned


class ImpactFilters(forms.Form):
    q = forms.CharField(label=_("项目"), required=False)
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部")), *RuleImpactRow.Kind.choices])
    basis = forms.ChoiceField(label=_("性质"), required=False, choices=[("", _("全部")), *RuleImpactRow.Basis.choices])
    run = forms.IntegerField(required=False, widget=forms.HiddenInput)
