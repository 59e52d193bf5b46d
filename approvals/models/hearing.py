"""Hearing (听证): told, asked for or held of the authority's own motion, announced, and put on record."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.application import Application


class Hearing(models.Model):
    """One hearing before a decision, from the word that one may ask for it to its record.

    ``ground`` is a code of ``rules.hearing``. ``ask_by_on`` is the day that the notice names, and holds as it was told;
    None where the authority holds the hearing of its own motion. The limit for holding it is computed.
    """

    class Outcome(models.TextChoices):
        HELD = "held", _("已举行")
        WAIVED = "waived", _("放弃听证")
        NOT_ASKED = "not_asked", _("逾期未申请")
        TAKEN_BACK = "taken_back", _("撤回听证申请")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="hearings")
    ground = models.CharField(_("法定情形"), max_length=20)
    reason = models.CharField(_("说明"), max_length=300)
    interested = models.CharField(_("利害关系人"), max_length=300, blank=True)
    told_on = models.DateField(_("告知或公告日期"))
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("告知人"))
    ask_by_on = models.DateField(_("申请期限"), null=True, blank=True)
    # What the notice of 第四十五条 tells of the time that it takes: the law's own days, or what the authority states.
    told_days = models.PositiveSmallIntegerField(_("告知所需时间（工作日）"))
    waived_on = models.DateField(_("申请人放弃日期"), null=True, blank=True)
    asked_on = models.DateField(_("申请日期"), null=True, blank=True)
    asked_by = models.CharField(_("听证申请人"), max_length=120, blank=True)
    arranged_on = models.DateField(_("通知日期"), null=True, blank=True)
    planned_on = models.DateField(_("听证日期"), null=True, blank=True)
    planned_at = models.TimeField(_("听证时间"), null=True, blank=True)
    place = models.CharField(_("听证地点"), max_length=120, blank=True)
    host = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("听证主持人")
    )
    held_on = models.DateField(_("举行日期"), null=True, blank=True)
    record = models.TextField(_("听证笔录"), blank=True)
    confirmed_by = models.CharField(_("确认签字的参加人"), max_length=300, blank=True)
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=20, choices=Outcome, blank=True)

    class Meta:
        verbose_name = _("听证")
        verbose_name_plural = _("听证")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="hearing_one_open", fields=["application"], condition=Q(closed_on=None)),
            models.CheckConstraint(
                name="hearing_closed_with_outcome",
                condition=Q(closed_on=None, outcome="") | (Q(closed_on__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.told_on}"

    @property
    def is_awaited(self) -> bool:
        """It has to be held, and has not been."""
        return self.asked_on is not None and self.closed_on is None
