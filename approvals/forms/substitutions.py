"""Who stands in while one is away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User


class DateInput(forms.DateInput):
    input_type = "date"


class SubstituteForm(forms.Form):
    """``colleagues``: those who can stand in. Whether they may for the whole period, the service says.

    ``for_another``: the head or an administrator names somebody, and has to say why.
    """

    substitute = forms.ChoiceField(label=_("代办人员"))
    from_on = forms.DateField(label=_("开始日期"), widget=DateInput(format="%Y-%m-%d"))
    until_on = forms.DateField(label=_("结束日期（含）"), widget=DateInput(format="%Y-%m-%d"))
    reason = forms.CharField(label=_("事由"), max_length=100, required=False)

    def __init__(self, *args: Any, colleagues: list[User], on: date, for_another: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = for_another
        self.colleagues = {str(user.pk): user for user in colleagues}
        field = self.fields["substitute"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, str(user)) for pk, user in self.colleagues.items()]
        self.fields["from_on"].initial = on

    def clean_substitute(self) -> User:
        return self.colleagues[self.cleaned_data["substitute"]]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if (first := data.get("from_on")) and (last := data.get("until_on")) and last < first:
            self.add_error("until_on", _("止日不能早于起日"))
        return data
