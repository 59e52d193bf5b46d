"""What another law would change: a run over all cases, and each case whose outcome would differ."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.determination import Determination
from approvals.models.project import Project


class RuleImpactRun(models.Model):
    """One question and how far its answer has come. It reads cases and changes none of them."""

    class State(models.TextChoices):
        QUEUED = "queued", _("等待中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("没有完成")

    class Phase(models.TextChoices):
        PAST = "past", _("已确认的判定")
        OPEN = "open", _("在办项目")

    table = models.CharField(_("规则表"), max_length=40, blank=True)  # empty: the law of the day, every table
    edition = models.CharField(_("规则版本"), max_length=30, blank=True)
    sha256 = models.CharField(_("规则校验值"), max_length=64, blank=True)
    source = models.CharField(_("文件"), max_length=300, blank=True)
    content = models.TextField(_("规则文件内容"), blank=True, editable=False)
    on = models.DateField(_("假定的日期"))
    compared_on = models.DateField(_("对照的日期"))  # whose law open cases are compared with
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("发起人"))
    requested_at = models.DateTimeField(_("发起时间"), auto_now_add=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.QUEUED)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.PAST)
    cursor = models.BigIntegerField(default=0)  # the last row of the phase that was asked
    total = models.PositiveIntegerField(_("总数"), default=0)
    done = models.PositiveIntegerField(_("已核对"), default=0)
    touched_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    error = models.CharField(_("出错"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("规则影响分析")
        verbose_name_plural = _("规则影响分析")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.table or self.on} {self.edition}".strip()

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def percent(self) -> int:
        if self.state == self.State.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0


class RuleImpactRow(models.Model):
    """One case whose outcome would differ. For ``matters`` the outcomes are the codes to be done."""

    class Kind(models.TextChoices):
        EIA = "eia", _("环境影响评价")
        ENERGY = "energy", _("节能审查")
        ELIGIBILITY = "eligibility", _("承诺制资格")
        STANDARD_LAND = "standard_land", _("标准地指标")
        MATTERS = "matters", _("办理事项")

    class Basis(models.TextChoices):
        OPEN = "open", _("在办，尚未确认")
        PAST = "past", _("已确认的判定")
        SUPERSEDED = "superseded", _("已失效的判定")

    run = models.ForeignKey(RuleImpactRun, on_delete=models.CASCADE, related_name="rows")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", verbose_name=_("项目"))
    determination = models.ForeignKey(Determination, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    basis = models.CharField(_("性质"), max_length=20, choices=Basis)
    before = models.TextField(_("原结论"))
    after = models.TextField(_("新结论"))
    clause_before = models.TextField(_("原依据条文"), blank=True)
    clause_after = models.TextField(_("新依据条文"), blank=True)
    edition_before = models.CharField(_("原规则版本"), max_length=30, blank=True)
    edition_after = models.CharField(_("新规则版本"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("受影响的结论")
        verbose_name_plural = _("受影响的结论")
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "kind", "basis"], name="impact_row_by_kind")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.before} → {self.after}"
