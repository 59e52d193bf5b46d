"""What is recorded after breaking ground: later works, and delay caused by the government with its paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.models import Evidence


def _date(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class LaterEvidenceForm(forms.Form):
    """What happens on the site after it broke ground."""

    kind = forms.ChoiceField(label=_("事实"))
    happened_on = _date(_("发生日期"))
    percent = forms.IntegerField(label=_("基础完成比例（%）"), min_value=0, max_value=100, required=False)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)
    file = forms.FileField(label=_("证明材料或现场照片"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = Evidence.Kind
        later = (kinds.PIT_FINISHED, kinds.PILE_COMPLETE, kinds.FOUNDATION_PCT, kinds.PERMIT_EXTENDED)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.value, kind.label) for kind in (*later, kinds.STAT_REGISTERED)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == Evidence.Kind.FOUNDATION_PCT and data.get("percent") is None:
            self.add_error("percent", _("请填写基础完成的比例"))
        return data


class LandDelayForm(forms.Form):
    from_on = _date(_("延误开始"))
    until_on = _date(_("延误结束"), required=False, help_text=_("尚未结束的留空"))
    reason = forms.CharField(label=_("原因"), max_length=200)
    document_number = forms.CharField(label=_("认定文件编号"), max_length=80)


class EndDelayForm(forms.Form):
    until_on = _date(_("延误结束"))
