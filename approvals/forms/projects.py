"""Registering a project: by the enterprise itself, or at the counter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Enterprise, Organisation, check_uscc
from approvals.accounts.roles import Standing
from approvals.forms.areas import grouped, landing_areas
from approvals.models import ProjectFacts
from approvals.models.facts import gb4754
from approvals.rules import vocabulary
from approvals.selectors.prechecks import precheck_by_code

FIRST_FACTS = ("nature", "total_investment_wan", "fixed_investment_wan", "land_area_m2")


class AreaField(forms.ModelChoiceField):
    """A select with one group per city."""

    def offer(self, stand: Standing) -> None:
        areas = landing_areas(stand)
        self.queryset = areas
        self.choices = [("", _("请选择")), *grouped(areas)]


class RegistrationForm(forms.Form):
    """What is asked on the first day. Everything else can be filled in later, together with the handler."""

    name = forms.CharField(
        label=_("项目名称"), max_length=120, help_text=_("与备案名称一致，例如“年产5万套板式家具项目”。")
    )
    organisation = AreaField(label=_("落地区域"), queryset=Organisation.objects.none())
    site = forms.CharField(
        label=_("建设地点"), max_length=200, required=False, help_text=_("道路、园区或宗地，不清楚可以留空。")
    )
    industry_code = forms.CharField(
        label=_("行业小类代码"),
        max_length=4,
        validators=[gb4754],
        help_text=_("GB/T 4754-2017 四位代码，可输入产品名称选择，例如 2110 木质家具制造。"),
        widget=forms.TextInput(attrs={"list": "industries", "inputmode": "numeric", "autocomplete": "off"}),
    )
    summary = forms.CharField(label=_("建设内容"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    planned_commencement_on = forms.DateField(
        label=_("计划开工日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    nature = forms.ChoiceField(
        label=_("建设性质"), required=False, choices=[("", _("暂不清楚")), *ProjectFacts.Nature.choices]
    )
    total_investment_wan = forms.DecimalField(
        label=_("总投资（万元）"), required=False, validators=[MinValueValidator(0)]
    )
    fixed_investment_wan = forms.DecimalField(
        label=_("固定资产投资（万元）"), required=False, validators=[MinValueValidator(0)]
    )
    land_area_m2 = forms.DecimalField(label=_("用地面积（平方米）"), required=False, validators=[MinValueValidator(0)])
    precheck = forms.CharField(
        label=_("预查编号"),
        required=False,
        max_length=20,
        help_text=_("做过办事预查的，填上编号，工艺、用能等回答自动带入项目事实，不用再填一遍。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["organisation"]
        assert isinstance(area, AreaField)
        area.offer(standing)

    @property
    def industries(self) -> list[vocabulary.Industry]:
        return list(vocabulary.INDUSTRIES.values())

    def clean_precheck(self) -> str:
        """The code as it is kept; one that leads nowhere is said at once, not after the registration."""
        typed: str = self.cleaned_data["precheck"]
        if not typed.strip():
            return ""
        precheck = precheck_by_code(typed, on=timezone.localdate())
        if precheck is None:
            raise forms.ValidationError(_("没有这个预查编号，或者已经过了保留期。核对后再填，或者留空。"))
        return precheck.code

    def first_facts(self) -> dict[str, Any]:
        """The facts that were given; what was left empty stays unknown."""
        given = {name: self.cleaned_data[name] for name in FIRST_FACTS}
        return {name: value for name, value in given.items() if value not in (None, "")}


class OwnRegistrationForm(RegistrationForm):
    """By the enterprise: for itself."""

    enterprise = forms.ModelChoiceField(label=_("企业"), queryset=Enterprise.objects.none(), empty_label=None)
    field_order = ["enterprise", "name"]

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, standing=standing, **kwargs)
        own = self.fields["enterprise"]
        assert isinstance(own, forms.ModelChoiceField)
        own.queryset = Enterprise.objects.filter(pk__in=standing.enterprise_ids).order_by("name")


class CounterRegistrationForm(RegistrationForm):
    """At the counter: the enterprise is found by its code, or taken in with it."""

    uscc = forms.CharField(
        label=_("统一社会信用代码"), max_length=18, validators=[check_uscc], help_text=_("营业执照上的 18 位代码。")
    )
    enterprise_name = forms.CharField(
        label=_("企业名称"), max_length=120, required=False, help_text=_("系统中已有该代码的企业时可以留空。")
    )
    legal_representative = forms.CharField(label=_("法定代表人"), max_length=50, required=False)
    field_order = ["uscc", "enterprise_name", "legal_representative", "name"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        code = cleaned.get("uscc", "").strip().upper()
        if code and not cleaned.get("enterprise_name") and not Enterprise.objects.filter(uscc=code).exists():
            self.add_error("enterprise_name", _("系统中还没有该代码的企业，请填写企业名称"))
        return cleaned
