"""What an applicant does with an application outside his tasks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from approvals.models import Application, Material
from approvals.selectors.deferral import Deferrable


class MaterialForm(forms.Form):
    """One material: a file, one uploaded before, one of another application, or the word that paper was handed in."""

    file = forms.FileField(label=_("上传文件"), required=False, help_text=_("PDF、JPEG、PNG 或 WebP，不超过 20 MB。"))
    on_paper = forms.BooleanField(label=_("已交纸质件"), required=False)
    not_needed = forms.CharField(label=_("本项目不需要的，写明理由"), max_length=200, required=False)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)
    valid_until_on = forms.DateField(label=_("有效期至"), required=False)
    upload = forms.IntegerField(required=False)
    reuse = forms.IntegerField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in ("file", "on_paper", "upload", "reuse", "not_needed")):
            raise forms.ValidationError(_("请选择文件，或勾选“已交纸质件”"))
        return cleaned


class PromiseForm(forms.Form):
    """A day for each missing material that may come later; without one it is not promised."""

    def __init__(self, *args: Any, application: Application, listed: Mapping[str, Deferrable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for material in application.materials.all():
            if material.name in listed and not material.is_received:
                self.fields[f"due_{material.pk}"] = _promised_day(material, listed[material.name])

    def due(self) -> dict[int, date]:
        return {int(name.removeprefix("due_")): day for name, day in self.cleaned_data.items() if day}


def _promised_day(material: Material, terms: Deferrable) -> forms.DateField:
    latest = date_format(terms.latest_on) if terms.latest_on else ""
    until = _("最迟 %(day)s；依据：%(source)s") % {"day": latest, "source": terms.source}
    return forms.DateField(
        label=_("补交日期：%(name)s") % {"name": material.name},
        required=False,
        initial=material.deferral_due_on,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=until if latest else _("依据：%(source)s") % {"source": terms.source},
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("撤回理由"), widget=forms.Textarea(attrs={"rows": 2}))
