"""Determination: what the rules answered, confirmed by a person, with everything needed to run it again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.override import Override
from approvals.models.project import Project


class Determination(models.Model):
    """A confirmed answer. Never edited: a change of a deciding fact supersedes it and closes the gates again.

    ``outcome`` is what counts. ``answer`` stays what the rules said, also where ``override`` settled it otherwise.
    """

    class Kind(models.TextChoices):
        EIA = Override.Kind.EIA.value, Override.Kind.EIA.label
        ENERGY = Override.Kind.ENERGY.value, Override.Kind.ENERGY.label

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="determinations", verbose_name=_("项目")
    )
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    outcome = models.CharField(_("结论"), max_length=30)
    on = models.DateField(_("判定日期"))
    edition = models.CharField(_("规则版本"), max_length=30)
    sha256 = models.CharField(_("规则校验值"), max_length=64)
    facts = models.JSONField(_("依据事实"))
    answer = models.JSONField(_("判定过程"))  # rules.answer.Answer.as_json()
    override = models.OneToOneField(
        Override,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="determination",
        verbose_name=_("人工认定"),
    )
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"), auto_now_add=True)
    superseded_on = models.DateField(_("失效日期"), null=True, blank=True)
    superseded_because = models.CharField(_("失效原因"), max_length=300, blank=True)
    superseded_relying = models.JSONField(_("依赖它的后续步骤"), default=list, blank=True)  # sentences

    class Meta:
        verbose_name = _("判定")
        verbose_name_plural = _("判定")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="determination_one_current",
                fields=["project", "kind"],
                condition=Q(superseded_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_kind_display()} {self.outcome}"

    @property
    def headline(self) -> str:
        """What counts, in one sentence."""
        return self.override.headline if self.override else str(self.answer["headline"])

    @property
    def duties(self) -> list[str]:
        return list(self.override.duties if self.override else self.answer["duties"])
