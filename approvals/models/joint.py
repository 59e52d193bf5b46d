"""Joint handling: several departments' applications decided together, on one day, in one reply."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Organisation, User
from approvals.models.application import Application
from approvals.models.project import Project


class JointHandling(models.Model):
    """联合办理 (《行政许可法》第四十二条第二款): one clock, each department's own opinion, one merged reply.

    The opinions are the recommendations of the applications. The clock counts from the earliest acceptance, so that
    no application gains time by joining, and keeps doing so when that application leaves.
    """

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("一并准予")
        REFUSED = "refused", _("按各部门意见一并答复，含不予许可")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="joint_handlings")
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("牵头部门"))
    applications = models.ManyToManyField(Application, related_name="joint_handlings", verbose_name=_("办件"))
    started_on = models.DateField(_("启动日期"))
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("启动人"))
    counts_from_on = models.DateField(_("计时起点"))  # the earliest acceptance
    concluded_on = models.DateField(_("答复日期"), null=True, blank=True)
    concluded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    outcome = models.CharField(_("答复"), max_length=20, choices=Outcome, blank=True)
    reply = models.TextField(_("综合意见"), blank=True)
    dissolved_on = models.DateField(_("终止日期"), null=True, blank=True)
    dissolved_because = models.CharField(_("终止原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("联合办理")
        verbose_name_plural = _("联合办理")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="joint_one_running_per_project",
                fields=["project"],
                condition=Q(concluded_on=None, dissolved_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.started_on}"

    @property
    def is_running(self) -> bool:
        return self.concluded_on is None and self.dissolved_on is None


class JointDeparture(models.Model):
    """An application that left a joint handling while the others went on together."""

    class Cause(models.TextChoices):
        WITHDRAWN = "withdrawn", _("申请人撤回")
        RETURNED = "returned", _("退回受理审查")
        TAKEN_OUT = "taken_out", _("牵头部门移出")

    joint = models.ForeignKey(JointHandling, on_delete=models.PROTECT, related_name="departures")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="joint_departures")
    cause = models.CharField(_("退出方式"), max_length=20, choices=Cause)
    reason = models.CharField(_("原因"), max_length=300)
    left_on = models.DateField(_("退出日期"))
    left_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("经办人"))

    class Meta:
        verbose_name = _("退出联合办理")
        verbose_name_plural = _("退出联合办理")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application} {self.left_on}"
