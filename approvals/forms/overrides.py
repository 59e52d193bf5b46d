"""The handler's proposal to settle a determination by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Organisation
from approvals.models import Override, Project
from approvals.selectors.overrides import possible_outcomes, reviewing_departments

LEAD = "lead"
ACCEPTED_TYPES = "image/jpeg,image/png,image/webp,application/pdf"


class OverrideForm(forms.Form):
    clause = forms.CharField(
        label=_("条款原文"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("从协议稿中完整粘贴被提示的句子。只认定这些原句：改动一个字，须重新认定"),
    )
    outcome = forms.ChoiceField(label=_("认定结论"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 4}))
    basis = forms.CharField(
        label=_("法律依据"), max_length=300, help_text=_("写明法律、规章或者主管部门答复的名称、文号和条款")
    )
    file = forms.FileField(
        label=_("附件"),
        required=False,
        help_text=_("例如主管部门的书面答复；PDF、JPEG、PNG 或 WebP，不超过 20 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED_TYPES}),
    )
    reviewer = forms.ChoiceField(
        label=_("由谁复核"), widget=forms.RadioSelect, help_text=_("复核人须是另一个人；复核同意后才生效")
    )

    def __init__(self, *args: Any, project: Project, kind: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != Override.Kind.TERMS:
            del self.fields["clause"]
        self.departments = {str(row.pk): row for row in reviewing_departments(project, kind)}
        offered = possible_outcomes(project, kind, on=on)
        self._offer("outcome", offered)
        self.fields["outcome"].initial = offered[0][0] if len(offered) == 1 else None
        lead = [(LEAD, _("领办领导 %(name)s") % {"name": project.lead_official})] if project.lead_official else []
        self._offer("reviewer", [*lead, *((pk, row.name) for pk, row in self.departments.items())])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def department(self) -> Organisation | None:
        """Whose approvers review it; None for the lead official."""
        return self.departments.get(self.cleaned_data["reviewer"])
