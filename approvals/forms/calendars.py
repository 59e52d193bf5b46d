"""Pasting a year's calendar, or the days on which an area's offices were closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Organisation, Role
from approvals.accounts.roles import Standing

EXAMPLE = "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。"


class CalendarForm(forms.Form):
    """``organisation`` empty: the country's calendar of the year."""

    year = forms.IntegerField(label=_("年份"), min_value=2004, max_value=2100)
    organisation = forms.ModelChoiceField(
        label=_("适用区域"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("全国（国务院办公厅公布的安排）"),
        help_text=_("本地因灾、因疫等停止办公时选择区域，只影响该区域部门办理的事项"),
    )
    source = forms.CharField(label=_("来源"), max_length=200, help_text=_("发文机关、文号或网址"))
    text = forms.CharField(
        label=_("放假安排"),
        widget=forms.Textarea(attrs={"rows": 10, "placeholder": EXAMPLE}),
        help_text=_("粘贴通知原文；或者每行一天：2027-01-01 rest 元旦，2027-01-03 work"),
    )

    def __init__(self, *args: Any, stand: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = self.fields["organisation"]
        assert isinstance(areas, forms.ModelChoiceField)
        areas.queryset = administered(stand)


def administered(stand: Standing) -> QuerySet[Organisation]:
    """The areas (no departments) that the person administers, by their place in the tree."""
    within = Q(pk__in=())
    for holding in stand.holdings:
        if holding.role == Role.ADMINISTRATOR:
            within |= Q(path__startswith=holding.path)
    areas = Organisation.objects.exclude(kind=Organisation.Kind.DEPARTMENT).filter(within, is_active=True)
    return areas.order_by("path")
