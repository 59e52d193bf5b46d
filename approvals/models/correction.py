"""当场更正: a mistake that the applicant set right at the counter."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.application import Application


class SpotCorrection(models.Model):
    """What was corrected, who of the applicant did it, and which official saw it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="corrections")
    items = models.JSONField(
        _("更正内容")
    )  # list of {"material": str, "correction": what was wrong and what it says now}
    corrected_by = models.CharField(_("更正人"), max_length=50, help_text=_("申请人或其代理人"))
    corrected_on = models.DateField(_("更正日期"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("经办人"))

    class Meta:
        verbose_name = _("当场更正")
        verbose_name_plural = _("当场更正")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application} {self.corrected_on}"
