"""The investment agreement. It has no price field and no rebate field: neither may be promised."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.project import Project


class InvestmentAgreement(models.Model):
    """What the government side and the enterprise agreed, and when each signed."""

    class Kind(models.TextChoices):
        FORMAL = "formal", _("正式投资协议")
        FRAMEWORK = "framework", _("框架或意向协议")

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="agreement", verbose_name=_("项目"))
    kind = models.CharField(_("协议类型"), max_length=20, choices=Kind, default=Kind.FORMAL)
    content = models.TextField(_("建设内容与规模"))
    terms = models.TextField(_("双方约定"), help_text=_("不得约定土地价格、税费返还或保证竞得土地"))
    construction_months = models.PositiveIntegerField(_("建设期（月）"), null=True, blank=True)
    signed_by_enterprise_on = models.DateField(_("企业签署日期"), null=True, blank=True)
    signed_by_enterprise = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_by_government_on = models.DateField(_("政府方签署日期"), null=True, blank=True)
    signed_by_government = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("投资协议")
        verbose_name_plural = _("投资协议")

    def __str__(self) -> str:
        return f"{self.project} {self.get_kind_display()}"


class AgreementPolicy(models.Model):
    """A policy offered in the agreement, with the number of its fair-competition review."""

    agreement = models.ForeignKey(InvestmentAgreement, on_delete=models.CASCADE, related_name="policies")
    name = models.CharField(_("政策事项"), max_length=120)
    fair_competition_review_number = models.CharField(_("公平竞争审查文号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("协议政策")
        verbose_name_plural = _("协议政策")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
