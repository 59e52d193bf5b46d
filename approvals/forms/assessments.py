"""What an administrator says of a regional result: its matter, number, validity, boundary and the document itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Organisation
from approvals.forms.promise import DateInput
from approvals.models import Matter, Plot


class ResultForm(forms.Form):
    matter_code = forms.ChoiceField(label=_("统一服务事项"))
    number = forms.CharField(label=_("审查意见文号"), max_length=60)
    valid_from_on = forms.DateField(label=_("有效期自"), widget=DateInput)
    valid_until_on = forms.DateField(label=_("有效期至（含）"), widget=DateInput)
    boundary = forms.CharField(
        label=_("四至或边界"), max_length=300, help_text=_("照成果文件填写，例如“东至创业路，西至汾河大道”")
    )
    plots = forms.ModelMultipleChoiceField(
        Plot.objects.none(), label=_("覆盖宗地"), required=False, help_text=_("不选表示覆盖整个区域")
    )
    document = forms.FileField(label=_("成果文件"), help_text=_("PDF、JPEG、PNG 或 WebP"))

    def __init__(self, *args: Any, area: Organisation, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code, plots = self.fields["matter_code"], self.fields["plots"]
        assert isinstance(code, forms.ChoiceField)
        assert isinstance(plots, forms.ModelMultipleChoiceField)
        unified = Matter.objects.in_force(on).filter(recorded_by="assessment").order_by("code")
        code.choices = [(row.code, f"{row.code} {row.label}") for row in unified]
        plots.queryset = Plot.objects.filter(organisation=area)


class EndResultForm(forms.Form):
    reason = forms.CharField(label=_("提前失效的原因"), max_length=200)
