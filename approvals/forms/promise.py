"""What is done with a promise beside the tasks: ask for a change, plan another check, keep the credit file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.models import Application, Commitment, Matter
from approvals.rules import credit
from approvals.rules.annulment import annulment_grounds
from approvals.selectors.verifications import verifying_departments


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ChangeForm(forms.Form):
    """Each promised matter with its terms as they would be; a matter that is not kept is promised no longer."""

    content = forms.CharField(label=_("要变更的承诺内容"), widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(label=_("变更理由"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, promised: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promised = promised
        for item in promised:
            named = {"name": item["name"]}
            self.fields[f"keep_{item['code']}"] = forms.BooleanField(
                label=_("“%(name)s”继续承诺") % named, required=False, initial=True
            )
            self.fields[f"terms_{item['code']}"] = forms.CharField(
                label=_("“%(name)s”变更后的承诺内容") % named,
                required=False,
                initial=item["terms"],
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("例如完成的标准和期限；留空表示按告知的条件、标准履行"),
            )

    def items(self) -> list[dict[str, str]]:
        data = self.cleaned_data
        codes = [item["code"] for item in self.promised if data[f"keep_{item['code']}"]]
        return [{"code": code, "terms": data[f"terms_{code}"]} for code in codes]


class AnnulRestingForm(forms.Form):
    """Which permits, on which ground of the law, and why: the same for all of them."""

    applications = forms.MultipleChoiceField(label=_("一并撤销的许可"), widget=forms.CheckboxSelectMultiple)
    ground = forms.ChoiceField(label=_("法定情形"))
    reason = forms.CharField(
        label=_("事实和理由"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("写入每一件的撤销决定书")
    )

    def __init__(self, *args: Any, resting: list[Application], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = annulment_grounds(on).values()
        self._offer("applications", [(str(row.pk), f"{row.matter.label}（{row.department.name}）") for row in resting])
        self._offer("ground", [(row.code, f"{row.name}（{row.basis}）") for row in grounds])
        self.fields["applications"].initial = [str(row.pk) for row in resting]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class OrdinaryForm(forms.Form):
    reason = forms.CharField(
        label=_("理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如企业不愿承诺，或者出现不适用承诺制的情形"),
    )


class CheckPlanForm(forms.Form):
    planned_on = forms.DateField(label=_("计划核查日期"), widget=DateInput)
    department = forms.ChoiceField(label=_("核查机关"))

    def __init__(self, *args: Any, commitment: Commitment, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.departments = {str(row.pk): row for row in verifying_departments(commitment, on=on)}
        field = self.fields["department"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, row.name) for pk, row in self.departments.items()]

    def clean_department(self) -> Any:
        return self.departments[self.cleaned_data["department"]]


class CreditForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"))
    source = forms.CharField(label=_("来源"), max_length=300, help_text=_("认定文书的名称和文号，例如行政处罚决定书"))
    from_on = forms.DateField(label=_("起始日期"), widget=DateInput)
    matter_code = forms.ChoiceField(label=_("涉及事项"), required=False)
    concerns_safety = forms.BooleanField(
        label=_("该事项直接关系公共安全、人身健康、生命财产安全"),
        required=False,
        help_text=_("只有这类事项适用一年、三年内不得再次申请"),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        matters = Matter.objects.in_force(on).order_by("code")
        self._offer("kind", [(kind.code, kind.label) for kind in credit.kinds_on(on)])
        self._offer("matter_code", [("", "—"), *((row.code, f"{row.code} {row.label}") for row in matters)])
        self.fields["from_on"].initial = on

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class RepairForm(forms.Form):
    basis = forms.CharField(label=_("修复依据"), max_length=300, help_text=_("信用修复决定的名称和文号"))
