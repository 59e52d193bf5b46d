"""容缺受理: which materials a locality lets come later, and the enterprise's written promise to bring them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import HeldQuerySet, Organisation, User
from approvals.models.application import Application


class DeferrableMaterial(models.Model):
    """One material of one matter that may come later, as the locality has published it. Starts empty: there is no
    list for the whole province, and none is invented."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="deferrable_materials", verbose_name=_("适用机构或区域")
    )
    matter_code = models.CharField(_("事项代码"), max_length=4)
    material = models.CharField(_("材料名称"), max_length=120, help_text=_("与事项目录中的材料名称完全一致"))
    within_working_days = models.PositiveSmallIntegerField(
        _("最迟补交（工作日）"), null=True, blank=True, help_text=_("自承诺之日起；本地没有规定的留空")
    )
    source = models.CharField(_("来源"), max_length=200, help_text=_("本地公布的容缺受理目录"))
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至（含）"), null=True, blank=True)

    objects = HeldQuerySet.as_manager()

    class Meta:
        verbose_name = _("可容缺材料")
        verbose_name_plural = _("可容缺材料")
        ordering = ["matter_code", "material", "from_on"]
        constraints = [
            models.UniqueConstraint(
                name="deferrable_one_open_per_area",
                fields=["organisation", "matter_code", "material"],
                condition=Q(until_on=None),
            ),
            models.CheckConstraint(
                name="deferrable_ends_after_it_begins", condition=Q(until_on=None) | Q(until_on__gte=F("from_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_code} {self.material}"


class DeferralPromise(models.Model):
    """What the enterprise signed: each missing material with the day by which it will come. A later one replaces it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="deferral_promises")
    items = models.JSONField(_("容缺材料"))  # list of {"material": str, "due_on": ISO date}
    statement = models.TextField(_("承诺内容"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    signed_on = models.DateField(_("签署日期"))
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("签署人"))

    class Meta:
        verbose_name = _("容缺承诺")
        verbose_name_plural = _("容缺承诺")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application} {self.signed_on}"
