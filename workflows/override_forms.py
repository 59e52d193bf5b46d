"""The second person's form: agree with a proposal that settles a determination, or send it back with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.forms import StepForm


class SettleOverrideForm(StepForm):
    decision = forms.ChoiceField(
        label=_("复核意见"),
        widget=forms.RadioSelect,
        choices=[
            ("approve", _("同意：理由和法律依据成立，按认定结论办理")),
            ("reject", _("不同意：退回代办员，仍按原结论办理")),
        ],
    )
    remark = forms.CharField(
        label=_("说明"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不同意的，须写明理由；说明将存入办理经过"),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "reject" and not data.get("remark"):
            self.add_error("remark", _("不同意的，请写明理由"))
        return data
