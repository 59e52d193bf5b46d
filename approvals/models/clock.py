"""What stops and extends the clock of an application: lawful pauses, and one extension for each run of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.application import Application


class ClockPause(models.Model):
    """Time left out of the limits (特别程序), told to the applicant in writing. Counted by its actual days.

    ``ground`` is a code of ``rules.clock.clock_law``; the pause runs from the day after ``opened_on`` through
    ``closed_on``.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="pauses")
    ground = models.CharField(_("法定情形"), max_length=30)
    reason = models.CharField(_("告知内容"), max_length=300)
    told_days = models.PositiveSmallIntegerField(_("告知所需时间（工作日）"))
    notice_reference = models.CharField(_("书面通知文号"), max_length=80, blank=True)
    opened_on = models.DateField(_("中止计时日期"))
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("告知人"))
    closed_on = models.DateField(_("恢复计时日期"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("恢复人")
    )
    outcome = models.CharField(_("结果"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("中止计时")
        verbose_name_plural = _("中止计时")
        ordering = ["opened_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="pause_one_open", fields=["application"], condition=Q(closed_on=None)),
            models.CheckConstraint(
                name="pause_ends_after_it_begins", condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.ground} {self.opened_on}"


class Extension(models.Model):
    """延期: once in a run of the clock, by the approver that the law names, with the reasons told to the applicant."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="extensions")
    run = models.PositiveSmallIntegerField(_("第几次计时"))  # as Application.clock_run
    days = models.PositiveSmallIntegerField(_("延长天数"))
    reason = models.CharField(_("理由"), max_length=300)
    granted_on = models.DateField(_("批准日期"))
    approver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("批准人"))
    approver_title = models.CharField(_("批准人身份"), max_length=40)
    basis = models.CharField(_("依据"), max_length=120)

    class Meta:
        verbose_name = _("延期")
        verbose_name_plural = _("延期")
        ordering = ["run"]
        constraints = [models.UniqueConstraint(name="extension_once_per_run", fields=["application", "run"])]

    def __str__(self) -> str:
        return f"{self.application} +{self.days}"
