"""The examination of an accepted application, its review by a second approver, and the annulment of a permit."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.application import Application


class Recommendation(models.Model):
    """An approver's opinion after the examination (审查意见), and its review by another (复核).

    It is open until ``reviewed_on``. A review that agrees decides the application at the same moment; one that does
    not gives it back with a reason, and a new recommendation follows.
    """

    class Outcome(models.TextChoices):
        GRANT = "grant", _("建议准予")
        REFUSE = "refuse", _("建议不予许可")

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="recommendations", verbose_name=_("办件")
    )
    outcome = models.CharField(_("审查结论"), max_length=10, choices=Outcome)
    reason = models.TextField(_("理由"))
    result_number = models.CharField(_("结果文号"), max_length=80, blank=True)
    made_on = models.DateField(_("审查日期"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("审查人"))
    reviewed_on = models.DateField(_("复核日期"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复核人")
    )
    agreed = models.BooleanField(_("同意"), null=True, blank=True)
    review_note = models.TextField(_("复核意见"), blank=True)

    class Meta:
        verbose_name = _("审查意见")
        verbose_name_plural = _("审查意见")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="recommendation_one_open", fields=["application"], condition=Q(reviewed_on=None)
            ),
            # 四眼原则: nobody reviews his own opinion, whatever a page or a service has let through.
            models.CheckConstraint(
                name="recommendation_four_eyes", condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("made_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_outcome_display()}"


class Annulment(models.Model):
    """撤销: a permit that was granted is taken back. ``ground`` is a code of ``rules.annulment``."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="annulments", verbose_name=_("办件")
    )
    ground = models.CharField(_("法定情形"), max_length=30)
    reason = models.TextField(_("事实和理由"))
    annulled_on = models.DateField(_("撤销日期"))
    annulled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("批准人"))

    class Meta:
        verbose_name = _("撤销许可")
        verbose_name_plural = _("撤销许可")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application} {self.annulled_on}"
