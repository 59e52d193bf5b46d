"""Consultation: a deciding department asks another one for its opinion while the clock runs on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Organisation, User
from approvals.models.application import Application


class Consultation(models.Model):
    """征求意见: one question to one department. ``due_on`` is a custom of the locality, never a legal limit."""

    class Opinion(models.TextChoices):
        AGREE = "agree", _("无不同意见")
        CONDITIONS = "conditions", _("有条件同意")
        OBJECT = "object", _("不同意")

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="consultations", verbose_name=_("办件")
    )
    asked = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="consultations", verbose_name=_("被征求意见的部门")
    )
    question = models.TextField(_("征求意见的内容"))
    asked_on = models.DateField(_("发出日期"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("发出人"))
    due_on = models.DateField(_("请于何日前回复"), null=True, blank=True)
    due_is_provisional = models.BooleanField(_("暂定"), default=False)
    opinion = models.CharField(_("意见"), max_length=20, choices=Opinion, blank=True)
    answer = models.TextField(_("回复内容"), blank=True)
    answered_on = models.DateField(_("回复日期"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("回复人")
    )
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("征求意见")
        verbose_name_plural = _("征求意见")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="consultation_one_open_per_department",
                fields=["application", "asked"],
                condition=Q(answered_on=None, withdrawn_on=None),
            ),
            models.CheckConstraint(
                name="consultation_answered_after_it_was_asked",
                condition=Q(answered_on=None) | Q(answered_on__gte=F("asked_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} → {self.asked}"

    @property
    def is_open(self) -> bool:
        """Waiting for its answer. A decision on the application ends the wait."""
        return self.answered_on is None and self.withdrawn_on is None and not self.application.is_concluded
