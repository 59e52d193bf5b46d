"""The forms of the project's steps. They check what was typed; whether it may be done, the services say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Enterprise, Organisation, Role, User
from approvals.models import AgencyMandate, Evidence, InvestmentAgreement, Matter, Plot, Project
from approvals.rules.commitment_letter import STATEMENTS
from approvals.selectors.determinations import CLASSIFIERS, answer
from approvals.selectors.land import plots_for
from approvals.selectors.verifications import committable
from workflows.models import WorkItem


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class StepForm(forms.Form):
    """Every step's form knows its task, the person and the day."""

    def __init__(self, *args: Any, item: WorkItem, by: User, on: date, **kwargs: Any) -> None:
        self.item, self.by, self.on = item, by, on
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill choices from the case. Overridden where there are any."""

    @property
    def project(self) -> Project:
        assert self.item.project is not None
        return self.item.project


class ConfirmForm(StepForm):
    """For steps that are a decision to go on and nothing else: no fields, only the button."""


class IntakeForm(StepForm):
    handler = forms.ModelChoiceField(User.objects.none(), label=_("代办员"))
    lead_official = forms.ModelChoiceField(User.objects.none(), label=_("领办领导"))

    def prepare(self) -> None:
        self._offer("handler", Role.HANDLER)
        self._offer("lead_official", Role.LEAD)
        self.fields["handler"].initial = self.by.pk

    def _offer(self, name: str, role: str) -> None:
        area = self.project.organisation
        above = [area.path[:end] for end in range(area.steplen, len(area.path) + 1, area.steplen)]
        in_area = Organisation.objects.filter(path__in=above) | Organisation.objects.filter(path__startswith=area.path)
        holders = User.objects.filter(
            is_active=True, appointments__role=role, appointments__organisation__in=in_area, appointments__until_on=None
        )
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = holders.distinct().order_by("name")


class AgreementForm(StepForm):
    kind = forms.ChoiceField(label=_("协议类型"), choices=InvestmentAgreement.Kind.choices)
    content = forms.CharField(label=_("建设内容与规模"), widget=forms.Textarea(attrs={"rows": 4}))
    terms = forms.CharField(
        label=_("双方约定"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("不得约定土地价格、税费返还，不得保证企业竞得土地；土地一律通过招拍挂取得"),
    )
    construction_months = forms.IntegerField(label=_("建设期（月）"), min_value=1, max_value=120, required=False)

    def prepare(self) -> None:
        self.fields["content"].initial = self.project.summary


class PolicyForm(forms.Form):
    name = forms.CharField(label=_("政策事项"), max_length=120)
    review_number = forms.CharField(label=_("公平竞争审查文号"), max_length=60, required=False)


PolicyFormSet = forms.formset_factory(PolicyForm, extra=2, max_num=10)


class FilingForm(StepForm):
    kind = forms.ChoiceField(label=_("立项方式"), choices=Project.FilingKind.choices)
    project_code = forms.CharField(
        label=_("项目代码"), max_length=30, help_text=_("从投资项目在线审批监管平台抄录，例如 2611-140725-89-01-123456")
    )
    number = forms.CharField(label=_("备案证明或核准文件编号"), max_length=60)
    authority = forms.CharField(label=_("备案或核准机关"), max_length=60)
    filed_on = forms.DateField(label=_("备案或核准日期"), widget=DateInput)

    def prepare(self) -> None:
        self.fields["authority"].initial = self.project.approval_bureau.name
        self.fields["filed_on"].initial = self.on


class CommitmentRouteForm(StepForm):
    route = forms.ChoiceField(
        label=_("办理方式"),
        widget=forms.RadioSelect,
        choices=[("commitment", _("走承诺制：告知、承诺、公示、决定")), ("ordinary", _("按一般程序逐项审批"))],
    )
    matter_codes = forms.MultipleChoiceField(
        label=_("承诺事项"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("企业将就这些事项作出承诺"),
    )
    reason = forms.CharField(label=_("选择一般程序的理由"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def prepare(self) -> None:
        field = self.fields["matter_codes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(matter.code, f"{matter.code} {matter.label}") for matter in committable(self.on)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("route") == "ordinary" and not data.get("reason"):
            self.add_error("reason", _("请写明理由"))
        if data.get("route") == "commitment" and not data.get("matter_codes"):
            self.add_error("matter_codes", _("请至少选择一项承诺事项"))
        return data


class CommitmentLetterForm(StepForm):
    statements = forms.MultipleChoiceField(
        label=_("本企业郑重承诺"), choices=STATEMENTS, widget=forms.CheckboxSelectMultiple, help_text=_("须逐项确认")
    )
    satisfied_by = forms.CharField(
        label=_("尚未满足的条件和满足期限"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean_statements(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["statements"]
        if len(chosen) < len(STATEMENTS):
            raise forms.ValidationError(_("承诺书的每一项都须确认；不愿承诺的，可按一般程序办理"))
        return chosen


class PublicityForm(StepForm):
    place = forms.CharField(label=_("公示网站或场所"), max_length=120)


class DecisionForm(StepForm):
    decision = forms.ChoiceField(
        label=_("决定"), widget=forms.RadioSelect, choices=[("grant", _("准予")), ("refuse", _("不予"))]
    )
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}))


class PlotForm(StepForm):
    plot = forms.ModelChoiceField(Plot.objects.none(), label=_("宗地"))

    def prepare(self) -> None:
        field = self.fields["plot"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = plots_for(self.project)


class AuctionForm(StepForm):
    confirmation_number = forms.CharField(label=_("成交确认书编号"), max_length=60)
    auctioned_on = forms.DateField(label=_("成交日期"), widget=DateInput)
    winner = forms.ModelChoiceField(Enterprise.objects.none(), label=_("竞得人"))
    succession_number = forms.CharField(
        label=_("主体承继文件编号"), max_length=60, required=False, help_text=_("竞得人不是项目当事人时填写")
    )

    def prepare(self) -> None:
        field = self.fields["winner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = self._possible_winners()
        field.initial = getattr(self.project.principal(on=self.on), "pk", None)

    def _possible_winners(self) -> QuerySet[Enterprise]:
        """The parties first of all; any other enterprise known here may have won as well."""
        return Enterprise.objects.order_by("name")


class ContractsForm(StepForm):
    land_contract_number = forms.CharField(label=_("国有建设用地使用权出让合同编号"), max_length=60)
    land_contract_on = forms.DateField(label=_("出让合同签订日期"), widget=DateInput)
    planning_conditions_in_contract = forms.BooleanField(
        label=_("规划条件已写入出让合同"), required=False, help_text=_("未写入的，合同无效")
    )
    agreed_start_on = forms.DateField(label=_("合同约定动工日期"), widget=DateInput, required=False)
    investment_contract_number = forms.CharField(label=_("标准地投资建设合同编号"), max_length=60)
    investment_contract_on = forms.DateField(label=_("投资建设合同签订日期"), widget=DateInput)


class PaymentForm(StepForm):
    paid_in_full_on = forms.DateField(label=_("价款缴清日期"), widget=DateInput)
    voucher = forms.CharField(label=_("缴款凭证编号"), max_length=60)


class MandateForm(StepForm):
    scope = forms.ChoiceField(label=_("委托范围"), widget=forms.RadioSelect, choices=AgencyMandate.Scope.choices)
    until_on = forms.DateField(label=_("委托期至"), widget=DateInput)
    matter_codes = forms.MultipleChoiceField(
        label=_("部分委托的事项"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        matters = Matter.objects.in_force(self.on).exclude(gates=[])
        field = self.fields["matter_codes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(matter.code, f"{matter.code} {matter.label}") for matter in matters]
        self.fields["until_on"].initial = self.on.replace(year=self.on.year + 1, day=min(self.on.day, 28))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("scope") == AgencyMandate.Scope.PARTIAL and not data.get("matter_codes"):
            self.add_error("matter_codes", _("部分委托须选择事项"))
        return data


class DeterminationsForm(StepForm):
    """Carries the outcomes as they were seen, so that a fact changed meanwhile is noticed."""

    eia = forms.CharField(widget=forms.HiddenInput, required=False)
    energy = forms.CharField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        for kind in CLASSIFIERS:
            self.fields[kind].initial = answer(self.project, kind, on=self.on).outcome


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    widget = MultipleFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(MultipleFileField, self).clean(file, initial) for file in files]


class EvidenceForm(StepForm):
    kind = forms.ChoiceField(label=_("事实"), choices=Evidence.Kind.choices)
    happened_on = forms.DateField(label=_("发生日期"), widget=DateInput)
    percent = forms.IntegerField(label=_("完成比例（%）"), min_value=0, max_value=100, required=False)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)
    photographs = MultipleFileField(
        label=_("证明材料、现场照片"), required=False, help_text=_("PDF、JPEG、PNG 或 WebP，可选多个；破土开槽须有照片")
    )

    def prepare(self) -> None:
        recorded = set(self.project.evidence.values_list("kind", flat=True))
        missing = [(value, label) for value, label in Evidence.Kind.choices if value not in recorded]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = missing or Evidence.Kind.choices
        self.fields["happened_on"].initial = self.on
