"""NumberSeries, Document (issued once, never rendered again) and Attachment."""

from __future__ import annotations

import secrets
from typing import Any, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import Organisation

REVOCATION = frozenset({"revoked_on", "revoked_reason"})


def document_path(instance: Document, filename: str) -> str:
    return _random_path("documents", "pdf")


def attachment_path(instance: Attachment, filename: str) -> str:
    return _random_path("attachments", filename.rpartition(".")[2])


def _random_path(folder: str, suffix: str) -> str:
    """No name a user typed ever reaches the storage."""
    name = secrets.token_hex(16)
    return f"{folder}/{name[:2]}/{name}.{suffix}"


class NumberSeries(models.Model):
    """The last number (文号) given by one body for one kind word in one year. Locked while a number is taken."""

    issuer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="number_series", verbose_name=_("发文机关")
    )
    word = models.CharField(_("文号字"), max_length=10)
    year = models.PositiveSmallIntegerField(_("年份"))
    last = models.PositiveIntegerField(_("已用至"), default=0)

    class Meta:
        verbose_name = _("文号序列")
        verbose_name_plural = _("文号序列")
        constraints = [models.UniqueConstraint(name="number_series_unique", fields=["issuer", "word", "year"])]

    def __str__(self) -> str:
        return f"{self.issuer} {self.word}〔{self.year}〕{self.last}"


class IssuedQuerySet(models.QuerySet):
    """Rows that are on paper in somebody's hands, or about to be."""

    def printed(self) -> IssuedQuerySet:
        return self.exclude(sha256="")

    def delete(self) -> NoReturn:
        raise AssertionError("an issued document is never deleted; revoke it")

    def update(self, **values: Any) -> int:
        assert values.keys() <= REVOCATION, "an issued document is never changed; issue one that replaces it"
        return super().update(**values)


class Document(models.Model):
    """An issued paper: bytes, hash, number, and the facts that it was made from.

    A correction is a new document whose ``replaces`` names the old one. Once printed, only a revocation changes a row.
    """

    key = models.CharField(_("幂等键"), max_length=200, unique=True)
    kind = models.CharField(_("文书种类"), max_length=40)
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=100, blank=True)
    issuer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="documents", verbose_name=_("发文机关")
    )
    issued_on = models.DateField(_("成文日期"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_documents",
        verbose_name=_("经办人"),
    )
    folder = models.CharField(_("卷宗"), max_length=100, db_index=True, help_text=_("由所属应用决定谁可查阅"))
    facts = models.JSONField(_("依据的事实"), encoder=DjangoJSONEncoder)
    template_version = models.CharField(_("模板版本"), max_length=20)
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")
    # Empty until it is printed: see ``services.issue``.
    content = models.FileField(_("文件"), upload_to=document_path, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    size = models.PositiveIntegerField(_("字节数"), default=0)
    pages = models.PositiveSmallIntegerField(_("页数"), default=0)
    verification_code = models.CharField(_("核验码"), max_length=19, unique=True)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name=_("更正的文书"),
    )
    revoked_on = models.DateField(_("撤销日期"), null=True, blank=True)
    revoked_reason = models.CharField(_("撤销原因"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("生成时间"), auto_now_add=True)

    objects = IssuedQuerySet.as_manager()

    content_type = "application/pdf"

    class Meta:
        verbose_name = _("文书")
        verbose_name_plural = _("文书")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="document_number_unique", fields=["issuer", "number"], condition=~Q(number="")
            ),
            # Two corrections of one document would leave nobody knowing which one counts.
            models.UniqueConstraint(name="document_replaced_once", fields=["replaces"]),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        changed = kwargs.get("update_fields")
        assert self._state.adding or (changed is not None and set(changed) <= REVOCATION), (
            "an issued document is never changed; issue one that replaces it"
        )
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AssertionError("an issued document is never deleted; revoke it")

    @property
    def is_printed(self) -> bool:
        return self.sha256 != ""

    @property
    def download_name(self) -> str:
        return f"{self.title} {self.number or self.verification_code}.pdf"


class Attachment(models.Model):
    """A file somebody uploaded. Its type is what its first bytes say; its name is for people only.

    ``is_temporary``: uploaded, not handed in yet, its uploader's alone; ``purpose`` says for what. It goes away by
    itself. ``scan``: what is known of it, honestly; nobody has looked at what is ``unscanned``.
    """

    class Scan(models.TextChoices):
        UNSCANNED = "unscanned", _("未扫描")
        CLEAN = "clean", _("未发现病毒")
        FAILED = "failed", _("扫描服务不可用，未扫描")
        INFECTED = "infected", _("发现病毒")

    folder = models.CharField(_("卷宗"), max_length=100, db_index=True, help_text=_("由所属应用决定谁可查阅"))
    original_name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(_("类型"), max_length=50)
    size = models.PositiveIntegerField(_("字节数"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content = models.FileField(_("文件"), upload_to=attachment_path)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    taken_on = models.DateField(_("拍摄日期"), null=True, blank=True)
    is_temporary = models.BooleanField(_("尚未提交"), default=False)
    purpose = models.CharField(_("用途"), max_length=60, blank=True)
    scan = models.CharField(_("病毒扫描"), max_length=20, choices=Scan, default=Scan.UNSCANNED)
    scan_signature = models.CharField(_("扫描结果"), max_length=100, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.original_name

    @property
    def download_name(self) -> str:
        return self.original_name
