"""Material: what an application has to bring, and every version of it that was handed in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.application import Application
from approvals.models.supplement import SupplementNotice
from documents.models import Attachment


class Material(models.Model):
    """One required material of an application: handed in when it has a file, or was checked as paper.

    ``is_conditional``: not every case needs it (如需). Where this one does not, the applicant says why: ``not_needed``.
    ``attachment``, ``on_paper``, ``not_needed`` and ``note`` are those of the version that counts; a supplement notice
    empties them.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="materials")
    name = models.CharField(_("材料名称"), max_length=120)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_conditional = models.BooleanField(_("视情形提交"), default=False)
    on_paper = models.BooleanField(_("已收纸质件"), default=False)
    not_needed = models.BooleanField(_("说明不需要"), default=False)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    deferral_due_on = models.DateField(_("容缺补交期限"), null=True, blank=True)
    deferral_lapse_told_on = models.DateField(_("容缺逾期提示日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("申请材料")
        verbose_name_plural = _("申请材料")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_received(self) -> bool:
        """Nothing more is owed: it is here, or the applicant has said why this case needs none."""
        return self.attachment_id is not None or self.on_paper or self.not_needed

    @property
    def is_deferred(self) -> bool:
        """Missing, and promised for a later day."""
        return self.deferral_due_on is not None and not self.is_received


class MaterialVersion(models.Model):
    """One handing-in of a material. Never changed: a new one is added, the older ones stay to be read.

    ``notice``: the supplement notice that it answers. ``reused_from``: the version whose file it takes over.
    ``owner``: whose paper it is, the enterprise or its legal representative; it stays so wherever it is used again.
    """

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="versions", verbose_name=_("材料"))
    number = models.PositiveSmallIntegerField(_("版次"))
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("文件")
    )
    on_paper = models.BooleanField(_("纸质件"), default=False)
    not_needed = models.BooleanField(_("说明不需要"), default=False)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    owner = models.CharField(_("所有人"), max_length=200)
    valid_until_on = models.DateField(_("有效期至（含）"), null=True, blank=True)
    handed_in_on = models.DateField(_("提交日期"))
    handed_in_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("提交人"))
    notice = models.ForeignKey(
        SupplementNotice, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    reused_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reuses")

    class Meta:
        verbose_name = _("材料版次")
        verbose_name_plural = _("材料版次")
        ordering = ["material", "number"]
        constraints = [models.UniqueConstraint(name="material_version_number", fields=["material", "number"])]

    def __str__(self) -> str:
        return f"{self.material} v{self.number}"


class OriginalCustody(models.Model):
    """An original lent for checking (原件核验): when it came, and when it went back to whom."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="originals", verbose_name=_("材料"))
    description = models.CharField(_("原件"), max_length=200)
    received_on = models.DateField(_("收取日期"))
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("收取人"))
    returned_on = models.DateField(_("退还日期"), null=True, blank=True)
    returned_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("退还经办人")
    )
    returned_to = models.CharField(_("领取人"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("原件收退")
        verbose_name_plural = _("原件收退")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.material} {self.received_on}"
