"""The forms of what departments do side by side: answering a consultation, and the one reply of a joint handling."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.models import Consultation, JointHandling
from approvals.selectors.joint import outcome_of
from workflows.forms import StepForm


class AnswerForm(StepForm):
    opinion = forms.ChoiceField(label=_("意见"), widget=forms.RadioSelect, choices=Consultation.Opinion.choices)
    answer = forms.CharField(
        label=_("回复内容"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("有条件同意或者不同意的，写明内容和依据"),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("opinion") not in {None, Consultation.Opinion.AGREE} and not data.get("answer"):
            self.add_error("answer", _("请写明内容和依据"))
        return data


class JointReplyForm(StepForm):
    """Only what the opinions say is offered: the lead agrees to it knowingly."""

    outcome = forms.ChoiceField(label=_("答复"), widget=forms.RadioSelect)
    reply = forms.CharField(label=_("综合意见"), widget=forms.Textarea(attrs={"rows": 4}))

    def prepare(self) -> None:
        record = JointHandling.objects.get(process=self.item.process_id)
        outcome, field = outcome_of(record), self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(outcome.value, outcome.label)]
        field.initial = outcome.value
