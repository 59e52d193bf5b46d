"""After the decision: checks against the promise, orders to rectify, wishes to change, and the credit record."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Enterprise, Organisation, User
from approvals.models.commitment import Commitment
from approvals.models.project import Project
from approvals.models.promise import PromiseVersion
from documents.models import Attachment


class Verification(models.Model):
    """A check against the promise (核查): planned with its day and office, then recorded once, item by item."""

    class Result(models.TextChoices):
        FULFILLED = "fulfilled", _("已履行")
        PARTLY = "partly", _("部分履行")
        NOT_FULFILLED = "not_fulfilled", _("未履行")

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="verifications")
    version = models.ForeignKey(
        PromiseVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承诺版次")
    )  # the one in force on the day of the check; none until it is recorded
    planned_on = models.DateField(_("计划核查日期"))
    department = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("核查机关"))
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("安排人"))
    # One per promised matter: {"code", "name", "result", "found"}; empty until it is recorded.
    results = models.JSONField(_("逐项结果"), default=list, blank=True)
    recorded_on = models.DateField(_("核查日期"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核查人")
    )
    note = models.TextField(_("核查说明"), blank=True)
    evidence = models.ManyToManyField(Attachment, blank=True, related_name="+", verbose_name=_("证据"))

    class Meta:
        verbose_name = _("承诺核查")
        verbose_name_plural = _("承诺核查")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="verification_one_open", fields=["commitment"], condition=Q(recorded_on=None))
        ]

    def __str__(self) -> str:
        return f"{self.commitment} {self.planned_on}"

    @property
    def is_breach(self) -> bool:
        """Whether a promised item was not, or not wholly, kept."""
        return any(row["result"] != self.Result.FULFILLED for row in self.results)

    @property
    def is_unfinished(self) -> bool:
        """Not recorded yet, or a breach that is still to be put right."""
        return self.recorded_on is None or (self.is_breach and not self.is_put_right)

    @property
    def is_put_right(self) -> bool:
        """Whether an order to rectify what was found has been fulfilled."""
        order = getattr(self, "rectification", None)
        return order is not None and order.outcome == Rectification.Outcome.DONE


class Rectification(models.Model):
    """An order to rectify within a limit (限期整改通知), and how it ended."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("整改中")
        DONE = "done", _("整改完成")
        FAILED = "failed", _("逾期未整改或整改不到位")

    verification = models.OneToOneField(Verification, on_delete=models.PROTECT, related_name="rectification")
    reason = models.TextField(_("违反承诺的情况"))
    demand = models.TextField(_("整改要求"))
    working_days = models.PositiveSmallIntegerField(_("整改期限（工作日）"))
    ordered_on = models.DateField(_("通知日期"))
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("通知人"))
    due_on = models.DateField(_("整改到期日"))
    due_is_provisional = models.BooleanField(_("暂定"), default=False)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    found = models.TextField(_("复查情况"), blank=True)
    closed_on = models.DateField(_("复查日期"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复查人")
    )

    class Meta:
        verbose_name = _("限期整改")
        verbose_name_plural = _("限期整改")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="rectification_closed_with_its_day",
                condition=Q(outcome="open", closed_on=None) | ~Q(outcome="open") & Q(closed_on__isnull=False),
            ),
            models.CheckConstraint(name="rectification_has_time", condition=Q(due_on__gt=F("ordered_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.verification.commitment} {self.due_on}"


class CommitmentChange(models.Model):
    """What the enterprise asks to change in its promise, before it breaks it."""

    class State(models.TextChoices):
        PENDING = "pending", _("待答复")
        AGREED = "agreed", _("同意变更")
        DECLINED = "declined", _("不同意变更")

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="changes")
    content = models.TextField(_("变更内容"))
    items = models.JSONField(_("变更后的承诺内容"))  # as PromiseVersion.items
    reason = models.TextField(_("变更理由"))
    asked_on = models.DateField(_("申请日期"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("申请人"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PENDING)
    reply = models.TextField(_("答复"), blank=True)
    replied_on = models.DateField(_("答复日期"), null=True, blank=True)
    replied_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("承诺变更申请")
        verbose_name_plural = _("承诺变更申请")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="commitment_change_one_pending", fields=["commitment"], condition=Q(state="pending")
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment} {self.content[:30]}"


class CreditRecord(models.Model):
    """One typed entry in an enterprise's credit file. What it bars and until when comes from ``rules.credit``."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="credit_records", verbose_name=_("企业")
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="credit_records", verbose_name=_("来源项目")
    )
    kind = models.CharField(_("类别"), max_length=30)  # a code of rules.credit
    matter_code = models.CharField(_("涉及事项"), max_length=4, blank=True)
    basis = models.CharField(_("依据"), max_length=300)
    source = models.CharField(_("来源"), max_length=300)
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("禁止再次申请至（含）"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("记录人"))
    repaired_on = models.DateField(_("修复日期"), null=True, blank=True)
    repaired_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    repair_basis = models.CharField(_("修复依据"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("信用记录")
        verbose_name_plural = _("信用记录")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="credit_repaired_after_it_began",
                condition=Q(repaired_on=None) | Q(repaired_on__gte=F("from_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.kind} {self.from_on}"

    def holds_on(self, on: date) -> bool:
        """Whether it stands in the way on a day: begun, not repaired, and not over."""
        repaired = self.repaired_on is not None and self.repaired_on <= on
        return self.from_on <= on and not repaired and (self.until_on is None or on <= self.until_on)
