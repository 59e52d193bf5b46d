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
    no application gains time by joining.
    """

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
