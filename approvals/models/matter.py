"""Matter: what can be applied for. The catalogue, not a case."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Organisation
from approvals.language import in_english


class MatterQuerySet(models.QuerySet):
    def in_force(self, on: date) -> MatterQuerySet:
        return self.filter(Q(in_force_until=None) | Q(in_force_until__gte=on), in_force_from__lte=on)


class Matter(models.Model):
    """One approval matter (事项) in one edition. An application keeps the edition that it began with."""

    class DayType(models.TextChoices):
        WORKING = "working", _("工作日")
        AS_WRITTEN = "as_written", _("日（按自然日预警）")

    code = models.CharField(_("事项代码"), max_length=4)
    edition = models.CharField(_("目录版本"), max_length=20)
    name = models.CharField(_("事项名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    category = models.CharField(_("承诺制类别"), max_length=40)
    stage = models.CharField(_("所属阶段"), max_length=20)
    department = models.CharField(_("办理部门类别"), max_length=30, choices=Organisation.Department)
    supervising_department = models.CharField(
        _("监管部门类别"), max_length=30, choices=Organisation.Department, blank=True
    )
    authority = models.CharField(_("办理机关（文字）"), max_length=200)
    legal_basis = models.TextField(_("法律依据"))
    statutory_days = models.PositiveIntegerField(_("法定期限"), null=True, blank=True)
    day_type = models.CharField(_("期限单位"), max_length=20, choices=DayType, default=DayType.WORKING)
    committed_days = models.PositiveIntegerField(_("承诺期限（工作日）"), null=True, blank=True)
    materials = models.JSONField(_("申请材料"), default=list)
    conditional_materials = models.JSONField(_("视情形提交的材料"), default=list)  # which not every case needs
    prerequisites = models.JSONField(_("前置事项"), default=list)
    alternative_of = models.JSONField(_("替代事项"), default=list)
    recorded_by = models.CharField(_("由何记录办结"), max_length=20, blank=True)
    is_permit = models.BooleanField(_("行政许可"), default=True)
    before = models.CharField(_("应在何时之前办结"), max_length=20, blank=True)
    gates = models.JSONField(_("开工条件清单"), default=list)  # "permit" and/or "commencement"
    result_document = models.CharField(_("结果文书"), max_length=120, blank=True)
    confidence = models.CharField(_("可信程度"), max_length=10)
    in_force_from = models.DateField(_("施行日期"))
    in_force_until = models.DateField(_("失效日期（含）"), null=True, blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("审批事项")
        verbose_name_plural = _("审批事项")
        ordering = ["code", "in_force_from"]
        constraints = [models.UniqueConstraint(name="matter_once_per_edition", fields=["code", "edition"])]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """What pages call it: in English its English name. The legal name, on papers and in records, is ``name``."""
        return self.name_en if self.name_en and in_english() else self.name

    @property
    def statutory_limit(self) -> str:
        """``20 个工作日``; ``30 日`` where the statute says 日 alone; "" where no number is known."""
        if not self.statutory_days:
            return ""
        if self.confidence == "low":
            return gettext("待主管部门确认")
        unit = gettext("个工作日") if self.day_type == self.DayType.WORKING else gettext("日")
        return f"{self.statutory_days} {unit}"
