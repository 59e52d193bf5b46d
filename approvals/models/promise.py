"""What a commitment promises, version by version: what was signed, and every change that was agreed to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.models.commitment import Commitment


class PromiseVersion(models.Model):
    """The promised items from a day on. Never changed: an agreed change makes the next one.

    ``items``: one per promised matter, ``{"code", "name", "terms"}``; ``terms`` is what is promised of it beyond the
    notice's own conditions, "" where nothing is. ``sha256``: of the items as JSON with sorted keys.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版次"))
    items = models.JSONField(_("承诺内容"))
    in_force_on = models.DateField(_("生效日期"))
    change = models.OneToOneField(
        "approvals.CommitmentChange", on_delete=models.PROTECT, null=True, blank=True, related_name="version"
    )
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("承诺版次")
        verbose_name_plural = _("承诺版次")
        ordering = ["commitment", "number"]
        constraints = [models.UniqueConstraint(name="promise_version_number", fields=["commitment", "number"])]

    def __str__(self) -> str:
        return f"{self.commitment} v{self.number}"

    @property
    def codes(self) -> list[str]:
        return [item["code"] for item in self.items]
