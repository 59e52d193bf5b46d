"""Duties that remain after a decision, and the reminders that people were sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.application import Application
from approvals.models.event import Event
from approvals.models.project import Project
from documents.models import Attachment


class Obligation(models.Model):
    """Something the enterprise still has to do or keep, with its basis; fulfilled when its evidence is there.

    ``code`` names where it came from, so that the same duty is imposed once. ``due_on`` None: the law names no day.
    ``milestone`` says in words until when, where that is not a day. ``dropped_on``: what it followed from is gone.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="obligations", verbose_name=_("项目"))
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="obligations", verbose_name=_("办件")
    )
    code = models.CharField(max_length=60)
    text = models.CharField(_("义务"), max_length=300)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    milestone = models.CharField(_("完成时点"), max_length=60, blank=True)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    imposed_on = models.DateField(_("产生日期"))
    dropped_on = models.DateField(_("消灭日期"), null=True, blank=True)
    fulfilled_on = models.DateField(_("履行日期"), null=True, blank=True)
    fulfilled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )
    evidence = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("证明材料")
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("后续义务")
        verbose_name_plural = _("后续义务")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="obligation_once", fields=["project", "code"], condition=Q(dropped_on=None))
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.fulfilled_on is None and self.dropped_on is None


class Reminder(models.Model):
    """One person was reminded of one thing at one stage of its period. The row is what keeps it from happening twice.

    ``subject``: model name and id, e.g. ``application:12``; ``stage`` such as ``30`` (days before) or ``overdue``.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=60)
    kind = models.CharField(_("事由"), max_length=40)
    due_on = models.DateField(_("期限"))
    stage = models.CharField(_("时点"), max_length=20)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("收件人"))
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("提醒")
        verbose_name_plural = _("提醒")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="reminder_once", fields=["subject", "kind", "due_on", "stage", "person"])
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.due_on}"
