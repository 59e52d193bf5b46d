"""Full agency: the mandate the enterprise gives, and the confirmed list of matters its project needs."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.project import Project


class AgencyMandate(models.Model):
    """A mandate (委托书): free of charge, for all or named matters, to a named handler under a named lead official.

    It never covers signing a commitment nor vouching for the truth of the materials.
    """

    class Scope(models.TextChoices):
        FULL = "full", _("全部委托")
        PARTIAL = "partial", _("部分委托")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("项目"))
    scope = models.CharField(_("委托范围"), max_length=10, choices=Scope)
    matter_codes = models.JSONField(_("委托事项"), default=list, blank=True)  # for a partial mandate
    handler = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("代办员"))
    lead_official = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("领办领导"))
    from_on = models.DateField(_("委托期自"))
    until_on = models.DateField(_("委托期至（含）"))
    offered_on = models.DateField(_("邀请日期"))
    signed_on = models.DateField(_("企业签署日期"), null=True, blank=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("代办委托")
        verbose_name_plural = _("代办委托")
        constraints = [
            models.UniqueConstraint(name="mandate_one_per_project", fields=["project"], condition=Q(ended_on=None))
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_scope_display()}"

    def covers(self, matter_code: str, *, on: date) -> bool:
        in_force = self.signed_on is not None and self.ended_on is None and self.from_on <= on <= self.until_on
        return in_force and (self.scope == self.Scope.FULL or matter_code in self.matter_codes)


class MatterList(models.Model):
    """The personal list (事项清单) as it was confirmed. A new confirmation supersedes it; it is never edited."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="matter_lists", verbose_name=_("项目"))
    on = models.DateField(_("确认日期"))
    rows = models.JSONField(_("事项"))  # list of rules.matters.MatterNeed as plain JSON
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("确认人"))
    superseded_on = models.DateField(_("失效日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("事项清单")
        verbose_name_plural = _("事项清单")
        constraints = [
            models.UniqueConstraint(name="matter_list_one_current", fields=["project"], condition=Q(superseded_on=None))
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.on}"
