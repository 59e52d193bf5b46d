"""What follows a decision: its delivery, the hand-over to the supervising department, extensions of its validity."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Organisation, User
from approvals.models.application import Application


class DecisionDelivery(models.Model):
    """送达: a decision was handed to the applicant. When it is decided anew, it is delivered anew."""

    class Method(models.TextChoices):
        DIRECT = "direct", _("直接送达")
        ELECTRONIC = "electronic", _("电子送达")
        POST = "post", _("邮寄送达")
        LEFT = "left", _("留置送达")
        PUBLIC = "public", _("公告送达")

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("办件")
    )
    decided_on = models.DateField(_("决定日期"))
    method = models.CharField(_("送达方式"), max_length=20, choices=Method)
    recipient = models.CharField(_("签收人"), max_length=80)
    delivered_on = models.DateField(_("送达日期"))
    note = models.CharField(_("备注"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("送达人"))
    superseded_on = models.DateField(_("失效日期"), null=True, blank=True)  # the decision was taken back

    class Meta:
        verbose_name = _("送达")
        verbose_name_plural = _("送达")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="delivery_once_per_decision", fields=["application"], condition=Q(superseded_on=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.delivered_on}"


class Handover(models.Model):
    """移交: 谁审批谁负责，谁主管谁监管. The supervising department takes over what was granted.

    ``department`` is None where the area has no such department in the system; then somebody has to find it.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="handovers", verbose_name=_("办件")
    )
    decided_on = models.DateField(_("决定日期"))
    department = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handovers",
        verbose_name=_("监管部门"),
    )
    department_name = models.CharField(_("监管部门名称"), max_length=100)
    handed_on = models.DateField(_("移交日期"))
    acknowledged_on = models.DateField(_("接收日期"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("接收人")
    )
    note = models.CharField(_("接收意见"), max_length=200, blank=True)
    superseded_on = models.DateField(_("失效日期"), null=True, blank=True)  # the decision was taken back

    class Meta:
        verbose_name = _("移交监管")
        verbose_name_plural = _("移交监管")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="handover_once_per_decision", fields=["application"], condition=Q(superseded_on=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} → {self.department_name}"


class ValidityExtension(models.Model):
    """A result that has not been used yet is good for longer (延期): once more by the span its law names."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="validity_extensions", verbose_name=_("办件")
    )
    granted_on = models.DateField(_("批准日期"))
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("批准人"))
    reason = models.CharField(_("理由"), max_length=300)

    class Meta:
        verbose_name = _("有效期延期")
        verbose_name_plural = _("有效期延期")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application} {self.granted_on}"
