"""The forms of the steps after the grant: check, rectify, revoke, answer a wish to change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.models import Commitment, CommitmentChange, Rectification, Verification
from approvals.rules import credit
from approvals.selectors.verifications import Promise, latest_verification, promises, verifying_departments
from approvals.services.verifications import GROUNDS
from workflows.forms import DateInput, MultipleFileField, StepForm


class PromiseForm(StepForm):
    @property
    def commitment(self) -> Commitment:
        commitment: Commitment = self.project.commitment
        return commitment

    @property
    def verification(self) -> Verification:
        found = latest_verification(self.commitment)
        assert found is not None, "the step follows a verification"
        return found

    @property
    def order(self) -> Rectification:
        return self.verification.rectification

    @property
    def change(self) -> CommitmentChange:
        return self.commitment.changes.get(state=CommitmentChange.State.PENDING)

    def _require(self, data: dict[str, Any], *names: str) -> None:
        for name in names:
            if not data.get(name):
                self.add_error(name, _("请填写"))


class PlanForm(PromiseForm):
    planned_on = forms.DateField(label=_("计划核查日期"), widget=DateInput)
    department = forms.ChoiceField(label=_("核查机关"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        self.departments = {str(row.pk): row for row in verifying_departments(self.commitment, on=self.on)}
        field = self.fields["department"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, row.name) for pk, row in self.departments.items()]
        field.initial = next(iter(self.departments))

    def clean_department(self) -> Any:
        return self.departments[self.cleaned_data["department"]]


class CheckForm(PromiseForm):
    """Result and finding for each promised matter."""

    def prepare(self) -> None:
        for promise in self.promises:
            self.fields[f"result_{promise.code}"] = forms.ChoiceField(
                label=_("%(code)s %(name)s") % {"code": promise.code, "name": promise.name},
                choices=Verification.Result.choices,
                widget=forms.RadioSelect,
                help_text=promise.terms,
            )
            self.fields[f"found_{promise.code}"] = forms.CharField(
                label=_("%(code)s 查到的情况") % {"code": promise.code},
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("未全部履行的，须写明"),
            )
        self.fields["note"] = forms.CharField(
            label=_("核查说明"), required=False, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.fields["files"] = MultipleFileField(
            label=_("证据"), required=False, help_text=_("现场照片、检测报告等，PDF、JPEG、PNG 或 WebP，可选多个")
        )

    @property
    def promises(self) -> list[Promise]:
        return promises(self.commitment, on=self.on)

    def results(self) -> list[dict[str, str]]:
        data = self.cleaned_data
        return [
            {
                "code": promise.code,
                "name": promise.name,
                "result": data[f"result_{promise.code}"],
                "found": data[f"found_{promise.code}"],
            }
            for promise in self.promises
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for promise in self.promises:
            result = data.get(f"result_{promise.code}")
            if result and result != Verification.Result.FULFILLED and not data.get(f"found_{promise.code}"):
                self.add_error(f"found_{promise.code}", _("未全部履行的，请写明查到的情况"))
        return data


class BreachForm(PromiseForm):
    """Order to rectify, or revoke at once where the promise was false."""

    answer = forms.ChoiceField(
        label=_("处理方式"),
        widget=forms.RadioSelect,
        choices=[("rectify", _("责令限期整改")), ("revoke", _("属于虚假承诺，撤销承诺制决定"))],
    )
    reason = forms.CharField(label=_("违反承诺的情况"), widget=forms.Textarea(attrs={"rows": 3}))
    demand = forms.CharField(label=_("整改要求"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    working_days = forms.IntegerField(label=_("整改期限（工作日）"), required=False, min_value=1, max_value=250)
    heard = forms.CharField(
        label=_("企业陈述、申辩情况"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("撤销决定的，须听取并写明"),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("answer") == "rectify":
            self._require(data, "demand", "working_days")
        if data.get("answer") == "revoke":
            self._require(data, "heard")
        return data


class ReviewOrderForm(PromiseForm):
    done = forms.TypedChoiceField(
        label=_("复查结果"),
        widget=forms.RadioSelect,
        choices=[("yes", _("整改完成")), ("no", _("逾期未整改或整改不到位"))],
        coerce=lambda value: value == "yes",
    )
    found = forms.CharField(label=_("复查情况"), widget=forms.Textarea(attrs={"rows": 3}))


class RevocationForm(PromiseForm):
    ground = forms.ChoiceField(label=_("撤销的情形"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("撤销理由"), widget=forms.Textarea(attrs={"rows": 3}))
    heard = forms.CharField(label=_("企业陈述、申辩情况"), widget=forms.Textarea(attrs={"rows": 2}))

    def prepare(self) -> None:
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        kinds = {kind.code: kind for kind in credit.kinds_on(self.on)}
        field.choices = [(code, f"{kinds[code].label}：{kinds[code].consequence}") for code in GROUNDS]


class ChangeAnswerForm(PromiseForm):
    agreed = forms.TypedChoiceField(
        label=_("答复"),
        widget=forms.RadioSelect,
        choices=[("yes", _("同意变更")), ("no", _("不同意，仍按原承诺履行"))],
        coerce=lambda value: value == "yes",
    )
    reply = forms.CharField(label=_("答复和理由"), widget=forms.Textarea(attrs={"rows": 3}))
