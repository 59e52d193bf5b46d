"""Dated evidence. "Commenced" has several legal meanings; each is derived from these rows, none is a flag."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.project import Project
from documents.models import Attachment


class Evidence(models.Model):
    """Something that happened on a day, with its proof: a paper, or a photograph of the site."""

    class Kind(models.TextChoices):
        CONTRACTOR_CHOSEN = "contractor_chosen", _("已确定施工企业")
        FUNDS_ARRANGED = "funds_arranged", _("建设资金已落实")
        SAFETY_MEASURES = "safety_measures", _("有保证工程质量和安全的具体措施")
        DEMOLITION_MEETS_SCHEDULE = "demolition_meets_schedule", _("拆迁进度符合施工要求或无需拆迁")
        BROKE_GROUND = "broke_ground", _("永久性工程破土开槽")
        PILE_COMPLETE = "pile_complete", _("全部桩基完成")
        PIT_FINISHED = "pit_finished", _("基坑开挖完毕")
        FOUNDATION_PCT = "foundation_pct", _("基础施工完成比例")
        PERMIT_EXTENDED = "permit_extended", _("施工许可证批准延期")
        STAT_REGISTERED = "stat_registered", _("固定资产投资统计入库")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("项目"))
    kind = models.CharField(_("事实"), max_length=40, choices=Kind)
    happened_on = models.DateField(_("发生日期"))
    percent = models.PositiveSmallIntegerField(
        _("完成比例（%）"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)
    attachments = models.ManyToManyField(Attachment, blank=True, related_name="+", verbose_name=_("证明材料、照片"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人"))
    recorded_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("开工证据")
        verbose_name_plural = _("开工证据")
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"
