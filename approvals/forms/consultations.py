"""Asking another department, and what a joint handling needs to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Organisation
from approvals.models import Application
from approvals.selectors.consultations import departments_to_ask


class AskForm(forms.Form):
    asked = forms.ModelChoiceField(Organisation.objects.none(), label=_("征求意见的部门"))
    question = forms.CharField(label=_("需要征求意见的内容"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "ask", **kwargs})
        field = self.fields["asked"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = departments_to_ask(application)


class JointForm(forms.Form):
    applications = forms.MultipleChoiceField(label=_("一起办理的办件"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, joinable: list[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["applications"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(row.pk), f"{row.matter.label}（{row.department.name}）") for row in joinable]


class TakeOutForm(forms.Form):
    application = forms.ChoiceField(label=_("移出的办件"))
    reason = forms.CharField(label=_("移出的原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, members: list[Application], **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "out", **kwargs})
        field = self.fields["application"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(row.pk), f"{row.matter.label}（{row.department.name}）") for row in members]


class DissolveForm(forms.Form):
    reason = forms.CharField(label=_("终止的原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
