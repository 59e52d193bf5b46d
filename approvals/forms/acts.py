"""The forms of what an official does with an application beside its tasks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models import Application, DecisionDelivery
from approvals.rules.annulment import annulment_grounds
from approvals.rules.hearing import hearing_law
from approvals.selectors.acts import lent_originals, pause_grounds
from approvals.selectors.calendar import calendar_for
from approvals.selectors.hearings import earliest_day, hosts_for


def reason_field(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=300, help_text=help_text, widget=forms.Textarea(attrs={"rows": 2}))


class ActForm(forms.Form):
    """Knows its application and the day. ``prefix`` keeps the fields of several forms on one page apart."""

    def __init__(self, *args: Any, application: Application, on: date, **kwargs: Any) -> None:
        self.application, self.on = application, on
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill choices from the case. Overridden where there are any."""

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ReceiveOriginalForm(ActForm):
    material = forms.ChoiceField(label=_("材料"))
    description = forms.CharField(label=_("原件"), max_length=200, help_text=_("例如“不动产权证书1本”"))

    def prepare(self) -> None:
        self.offer("material", [(str(row.pk), row.name) for row in self.application.materials.all()])


class ReturnOriginalForm(ActForm):
    custody = forms.ChoiceField(label=_("原件"))
    returned_to = forms.CharField(label=_("领取人"), max_length=50)

    def prepare(self) -> None:
        self.offer("custody", [(str(row.pk), row.description) for row in lent_originals(self.application)])


class OpenPauseForm(ActForm):
    ground = forms.ChoiceField(label=_("法定情形"), help_text=_("只有这些情形可以中止计时；等其他部门的意见不能"))
    reason = reason_field(_("告知内容"), _("进行何种程序、为什么"))
    told_days = forms.IntegerField(label=_("告知所需时间（工作日）"), min_value=1, max_value=365)
    reference = forms.CharField(
        label=_("书面通知文号"), max_length=80, required=False, help_text=_("另行发文的填写；留空则由本系统出具告知书")
    )

    def prepare(self) -> None:
        grounds = pause_grounds(self.application, self.on)
        self.offer("ground", [(row.code, f"{row.name}（{row.basis}）") for row in grounds])


class ClosePauseForm(ActForm):
    outcome = reason_field(_("程序的结果"), _("以何文件、何结果结束；自次日起继续计时"))


class TellHearingForm(ActForm):
    ground = forms.ChoiceField(label=_("法定情形"))
    reason = reason_field(_("说明"), _("涉及何种重大利益或公共利益；写入告知书"))
    interested = forms.CharField(
        label=_("利害关系人"), max_length=300, required=False, help_text=_("申请人以外一并告知的人，用顿号分隔")
    )
    told_days = forms.IntegerField(
        label=_("所需时间（工作日）"),
        min_value=1,
        max_value=365,
        required=False,
        help_text=_("只在行政机关依职权听证时填写；依申请听证的按法定期限告知"),
    )

    def prepare(self) -> None:
        self.offer(
            "ground", [(row.code, f"{row.name}（{row.basis}）") for row in hearing_law(self.on).grounds.values()]
        )


class HearingRequestForm(ActForm):
    who = forms.CharField(label=_("听证申请人"), max_length=120, help_text=_("在期限内书面申请的利害关系人或申请人"))


class ArrangeHearingForm(ActForm):
    planned_on = forms.DateField(label=_("听证日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    planned_at = forms.TimeField(label=_("听证时间"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label=_("听证地点"), max_length=120)
    host = forms.ModelChoiceField(
        label=_("听证主持人"), queryset=User.objects.none(), help_text=_("不得是审查本申请的工作人员")
    )

    def prepare(self) -> None:
        field = self.fields["host"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = hosts_for(self.application, self.on)
        calendar = calendar_for(self.application.department)
        self.fields["planned_on"].initial = earliest_day(self.on, hearing_law(self.on), calendar)


class RecordHearingForm(ActForm):
    held_on = forms.DateField(label=_("举行日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    record = forms.CharField(
        label=_("听证笔录"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("各方意见、证据和质证情况"),
    )
    confirmed_by = forms.CharField(label=_("确认签字的参加人"), max_length=300)

    def prepare(self) -> None:
        self.fields["held_on"].initial = self.on


class AskExtensionForm(ActForm):
    reason = reason_field(_("申请延期的理由"), _("批准后告知申请人"))


class ExtendForm(ActForm):
    reason = reason_field(_("延长期限的理由"), _("将告知申请人；只能延长一次"))


class DeliverForm(ActForm):
    method = forms.ChoiceField(label=_("送达方式"), choices=DecisionDelivery.Method.choices)
    recipient = forms.CharField(label=_("签收人"), max_length=80)
    delivered_on = forms.DateField(
        label=_("送达日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(label=_("备注"), max_length=200, required=False)

    def prepare(self) -> None:
        self.fields["delivered_on"].initial = self.on


class ExtendValidityForm(ActForm):
    reason = reason_field(_("延期的理由"))


class LapseForm(ActForm):
    """Nothing to fill in: the dates say it."""


class ReturnForm(ActForm):
    reason = reason_field(_("退回的理由"), _("受理随之撤回，原受理通知书作废；只能在一次告知的期限内"))


class ReopenForm(ActForm):
    reason = reason_field(_("恢复办理的理由"), _("原决定不再有效，期限重新计算"))


class AnnulForm(ActForm):
    ground = forms.ChoiceField(label=_("法定情形"))
    reason = reason_field(_("事实和理由"), _("写入撤销决定书"))

    def prepare(self) -> None:
        grounds = annulment_grounds(self.on).values()
        self.offer("ground", [(row.code, f"{row.name}（{row.basis}）") for row in grounds])


class AcknowledgeForm(ActForm):
    note = forms.CharField(label=_("接收意见"), max_length=200, required=False)
