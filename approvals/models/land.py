"""Plots with their indicators, the regional assessments that cover them, and a project's way to its land."""

from __future__ import annotations

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Enterprise, Organisation, User
from approvals.models.project import Project
from documents.models import Attachment


class Plot(models.Model):
    """A parcel (宗地) offered as standard land. Its limits are data from the sale notice, never defaults."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="plots", verbose_name=_("所在区域")
    )
    code = models.CharField(_("宗地编号"), max_length=40, unique=True)
    location = models.CharField(_("位置"), max_length=200)
    area_m2 = models.DecimalField(
        _("出让面积（平方米）"), max_digits=14, decimal_places=2, validators=[MinValueValidator(1)]
    )
    admitted_divisions = models.JSONField(_("准入行业大类代码"), default=list, blank=True)
    planning_conditions_number = models.CharField(_("规划条件文号"), max_length=60, blank=True)
    sale_notice_number = models.CharField(_("出让公告编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("宗地")
        verbose_name_plural = _("宗地")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.location}"

    def valid_assessments(self, on: date) -> RegionalAssessmentQuerySet:
        """The regional results in force on a day that cover this plot."""
        return RegionalAssessment.objects.valid_for(self, on=on)


class PlotIndicator(models.Model):
    """One control indicator (控制指标) of a plot, as the notice states it."""

    class Direction(models.TextChoices):
        AT_LEAST = ">=", _("不低于")
        AT_MOST = "<=", _("不高于")

    plot = models.ForeignKey(Plot, on_delete=models.CASCADE, related_name="indicators", verbose_name=_("宗地"))
    code = models.CharField(_("指标"), max_length=40)
    direction = models.CharField(_("方向"), max_length=2, choices=Direction)
    value = models.DecimalField(_("限值"), max_digits=14, decimal_places=4)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    binding = models.BooleanField(_("约束性"), default=True)
    source = models.CharField(_("来源"), max_length=120)

    class Meta:
        verbose_name = _("控制指标")
        verbose_name_plural = _("控制指标")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="plot_indicator_once", fields=["plot", "code", "direction", "source"])
        ]

    def __str__(self) -> str:
        return f"{self.plot.code} {self.code} {self.direction} {self.value}{self.unit}"


class RegionalAssessmentQuerySet(models.QuerySet):
    def valid_for(self, plot: Plot, *, on: date) -> RegionalAssessmentQuerySet:
        """Those in force on a day whose boundary holds the plot."""
        covers = Q(plots=plot) | Q(covers_whole_area=True, organisation=plot.organisation)
        return self.filter(covers, valid_from_on__lte=on, valid_until_on__gte=on).distinct()


class RegionalAssessment(models.Model):
    """A regional result (区域评估) that spares its projects a matter while it is valid and covers the plot.

    ``boundary``: the boundary as the result itself describes it; ``document``: the result, for whoever reads the area.
    ``ended_because``: why its validity ends earlier than the result says.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("区域")
    )
    matter_code = models.CharField(_("统一服务事项代码"), max_length=4, help_text=_("如 U10 区域节能评价"))
    name = models.CharField(_("名称"), max_length=120)
    number = models.CharField(_("审查意见文号"), max_length=60)
    valid_from_on = models.DateField(_("有效期自"))
    valid_until_on = models.DateField(_("有效期至（含）"))
    covers_whole_area = models.BooleanField(_("覆盖整个区域"), default=True)
    boundary = models.CharField(_("四至或边界"), max_length=300, blank=True)
    document = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("成果文件")
    )
    ended_because = models.CharField(_("提前失效的原因"), max_length=200, blank=True)
    plots = models.ManyToManyField(Plot, blank=True, related_name="assessments", verbose_name=_("覆盖宗地"))

    objects = RegionalAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("区域评估成果")
        verbose_name_plural = _("区域评估成果")
        ordering = ["matter_code"]
        constraints = [
            models.CheckConstraint(
                name="assessment_ends_after_it_begins", condition=Q(valid_until_on__gte=F("valid_from_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.number}）"


class LandDelay(models.Model):
    """A delay of the start that the government caused: its days are left out of the idle-land clock."""

    land = models.ForeignKey(
        "approvals.LandGrant", on_delete=models.PROTECT, related_name="delays", verbose_name=_("用地取得")
    )
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至（含）"), null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=200)
    document_number = models.CharField(_("认定文件编号"), max_length=80)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = _("政府原因延误")
        verbose_name_plural = _("政府原因延误")
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="land_delay_ends_after_it_begins", condition=Q(until_on=None) | Q(until_on__gte=F("from_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_on} {self.reason}"


class LandGrant(models.Model):
    """A project's way to its plot: indicator check, auction result, the two contracts, payment."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="land", verbose_name=_("项目"))
    plot = models.ForeignKey(Plot, on_delete=models.PROTECT, related_name="grants", verbose_name=_("宗地"))
    chosen_on = models.DateField(_("选定日期"))
    indicator_check = models.JSONField(_("指标核对"))  # rules.answer.Answer.as_json()
    confirmation_number = models.CharField(_("成交确认书编号"), max_length=60, blank=True)
    auctioned_on = models.DateField(_("成交日期"), null=True, blank=True)
    winner = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("竞得人")
    )
    succession_number = models.CharField(_("主体承继文件编号"), max_length=60, blank=True)
    land_contract_number = models.CharField(_("出让合同编号"), max_length=60, blank=True)
    land_contract_on = models.DateField(_("出让合同签订日期"), null=True, blank=True)
    planning_conditions_in_contract = models.BooleanField(_("规划条件已写入出让合同"), default=False)
    agreed_start_on = models.DateField(_("约定动工日期"), null=True, blank=True)
    investment_contract_number = models.CharField(_("标准地投资建设合同编号"), max_length=60, blank=True)
    investment_contract_on = models.DateField(_("投资建设合同签订日期"), null=True, blank=True)
    paid_in_full_on = models.DateField(_("价款缴清日期"), null=True, blank=True)
    payment_voucher = models.CharField(_("缴款凭证编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("用地取得")
        verbose_name_plural = _("用地取得")

    def __str__(self) -> str:
        return f"{self.project} {self.plot.code}"
