"""What happened (Event, append-only and chained), where each chain ends, and which reactions are owed (Delivery)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.project import Project


class Event(models.Model):
    """One thing that happened, written in the transaction that did it. A database trigger forbids changing it."""

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("项目")
    )
    sequence = models.PositiveIntegerField(_("序号"))
    kind = models.CharField(_("事件"), max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    at = models.DateTimeField(_("时间"))
    facts = models.JSONField(_("内容"), default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("事件")
        verbose_name_plural = _("事件")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="event_sequence_per_project", fields=["project", "sequence"]),
            models.UniqueConstraint(
                name="event_sequence_without_project", fields=["sequence"], condition=Q(project=None)
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="event_by_subject")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind}"


class ChainHead(models.Model):
    """Where a chain of events ends, so that its last links cannot be lost unseen. One row a project, and one without.

    ``sealed``: the sequence that the latest daily root has stated.
    """

    project = models.OneToOneField(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="chain_head", verbose_name=_("项目")
    )
    sequence = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64)
    sealed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("事件链末端")
        verbose_name_plural = _("事件链末端")
        constraints = [
            models.UniqueConstraint(Value(1), name="chain_head_one_without_project", condition=Q(project=None))
        ]

    def __str__(self) -> str:
        return f"{self.project_id or '—'}: {self.sequence}"


class AuditRoot(models.Model):
    """A day's seal over the ends of all chains that grew since the seal before it; the seals are a chain themselves.

    ``heads``: ``[project id or null, sequence, hash]`` each. Kept by a database trigger as the events are.
    """

    sequence = models.PositiveIntegerField(_("序号"), unique=True)
    on = models.DateField(_("日期"), unique=True)
    at = models.DateTimeField(_("时间"))
    heads = models.JSONField(default=list)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("事件日封存")
        verbose_name_plural = _("事件日封存")
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.on}"


class Delivery(models.Model):
    """One handler owed to one event. Delivered at least once; handlers are idempotent, keyed by the event."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    handler = models.CharField(max_length=80)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)  # a worker is at it, outside any transaction
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("待办投递")
        verbose_name_plural = _("待办投递")
        constraints = [models.UniqueConstraint(name="delivery_once_per_handler", fields=["event", "handler"])]
        indexes = [models.Index(fields=["retry_at"], name="delivery_open", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return f"{self.handler} ← {self.event_id}"
