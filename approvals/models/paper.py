"""Which document belongs to which project, and the messages people are sent about it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.application import Application
from approvals.models.event import Event
from approvals.models.project import Project
from documents.models import Document


class ProjectDocument(models.Model):
    """An issued document's place: its project, its application where it has one, and the event that called for it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="papers", verbose_name=_("项目"))
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="papers", verbose_name=_("办件")
    )
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="place", verbose_name=_("文书"))
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("项目文书")
        verbose_name_plural = _("项目文书")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.document)


class Message(models.Model):
    """A line in a person's message list, made from an event. Without a project where it concerns the person alone."""

    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("收件人"))
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="messages", verbose_name=_("项目")
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("内容"), max_length=300)
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)
    read_at = models.DateTimeField(_("已读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(name="message_once_per_event", fields=["recipient", "event"])]

    def __str__(self) -> str:
        return self.text
