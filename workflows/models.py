"""The processes, one per project and one per application, and their tasks. All of it can be rebuilt.

And what a person keeps about them for himself: what he has seen, and what he wants to be reminded of later.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import STATUS

from approvals.accounts.models import Organisation, User
from approvals.models import Application, Commitment, Consultation, JointHandling, Override, Project

OPEN = (STATUS.NEW, STATUS.ASSIGNED)


class ProjectProcess(Process):
    """The one process of a project: the column is unique, so there can be no second."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="process", verbose_name=_("项目"))

    class Meta:
        verbose_name = _("项目流程")
        verbose_name_plural = _("项目流程")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AssertionError("processes are never deleted: deleting one would delete its history")


class ApplicationProcess(Process):
    """The one process of an application."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="process", verbose_name=_("办件")
    )

    class Meta:
        verbose_name = _("办件流程")
        verbose_name_plural = _("办件流程")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AssertionError("processes are never deleted: deleting one would delete its history")


class OverrideProcess(Process):
    """The one process of a proposal to settle a determination: it waits for the second person."""

    override = models.OneToOneField(
        Override, on_delete=models.PROTECT, related_name="process", verbose_name=_("人工认定")
    )

    class Meta:
        verbose_name = _("人工认定流程")
        verbose_name_plural = _("人工认定流程")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AssertionError("processes are never deleted: deleting one would delete its history")


class ConsultationProcess(Process):
    """The one process of a question to another department."""

    consultation = models.OneToOneField(
        Consultation, on_delete=models.PROTECT, related_name="process", verbose_name=_("征求意见")
    )

    class Meta:
        verbose_name = _("征求意见流程")
        verbose_name_plural = _("征求意见流程")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AssertionError("processes are never deleted: deleting one would delete its history")


class JointProcess(Process):
    """The one process of a joint handling."""

    joint = models.OneToOneField(
        JointHandling, on_delete=models.PROTECT, related_name="process", verbose_name=_("联合办理")
    )

    class Meta:
        verbose_name = _("联合办理流程")
        verbose_name_plural = _("联合办理流程")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AssertionError("processes are never deleted: deleting one would delete its history")


class CommitmentProcess(Process):
    """The one process of a promise after its grant: checks, rectification, revocation, wishes to change."""

    commitment = models.OneToOneField(
        Commitment, on_delete=models.PROTECT, related_name="process", verbose_name=_("承诺")
    )

    class Meta:
        verbose_name = _("承诺监管流程")
        verbose_name_plural = _("承诺监管流程")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AssertionError("processes are never deleted: deleting one would delete its history")


class WorkItem(Task):
    """A task, with what the inbox sorts and filters by. Copies of domain facts, refreshed by ``workflows.alignment``.

    ``department`` is whose people may claim it (None: the enterprise's own). ``waiting_until``: it cannot be done
    before the day after, however early someone opens it.
    """

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, related_name="work_items", verbose_name=_("项目")
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="work_items", verbose_name=_("办件")
    )
    override = models.ForeignKey(
        Override, on_delete=models.PROTECT, null=True, related_name="work_items", verbose_name=_("人工认定")
    )
    department = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="work_items", verbose_name=_("办理机构")
    )
    step = models.CharField(_("环节"), max_length=40, blank=True)
    due_on = models.DateField(_("办理期限"), null=True)
    due_is_provisional = models.BooleanField(_("暂定"), default=False)
    waiting_until = models.DateField(_("等待至（含）"), null=True)
    # What the partial indexes need: the status itself is in the engine's own table.
    is_open = models.BooleanField(default=False, editable=False)

    # viewflow's own manager filters by its permission rows; ours is ``workflows.inbox``.
    objects: models.Manager[WorkItem] = models.Manager()

    class Meta:
        verbose_name = _("待办任务")
        verbose_name_plural = _("待办任务")
        indexes = [
            models.Index(
                fields=["department", "due_on"], name="workitem_open_by_department", condition=Q(is_open=True)
            ),
            models.Index(fields=["due_on"], name="workitem_open_by_due", condition=Q(is_open=True)),
            models.Index(fields=["project"], name="workitem_open_by_project", condition=Q(is_open=True)),
            models.Index(fields=["project", "step"], name="workitem_by_project_step"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.is_open = self.status in OPEN and bool(self.step)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "is_open"}
        super().save(*args, **kwargs)

    @property
    def subject(self) -> Project | Application:
        """What the step is about: the application where there is one, else the project."""
        subject = self.application or self.project
        assert subject is not None, "only gateways have no subject"
        return subject


class Seen(models.Model):
    """Up to which event of a case a person has looked at it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("查看记录")
        verbose_name_plural = _("查看记录")
        constraints = [models.UniqueConstraint(name="seen_once", fields=["user", "process"])]

    def __str__(self) -> str:
        return f"{self.user} {self.process_id} {self.sequence}"


class Shelved(models.Model):
    """A task put aside by its person until a day, or until a matter is granted if that comes earlier (到时提醒我).

    It hides a row from his own list and nothing else: clocks run on, and supervision sees it all the time.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("办理人"))
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("环节"), max_length=40)
    until_on = models.DateField(_("提醒日期"))
    awaits = models.CharField(_("等待办结的事项"), max_length=10, blank=True)  # a matter's code
    note = models.CharField(_("备注"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("搁置的任务")
        verbose_name_plural = _("搁置的任务")
        constraints = [models.UniqueConstraint(name="shelved_once", fields=["user", "process", "step"])]

    def __str__(self) -> str:
        return f"{self.user} {self.step} {self.until_on}"


class Phrase(models.Model):
    """A sentence that a department (none: everybody) uses again and again. Text only: it decides nothing."""

    class Kind(models.TextChoices):
        SUPPLEMENT = "supplement", _("补正问题")
        DECLINE = "decline", _("不予受理理由")
        REASON = "reason", _("审查和决定理由")
        RETURN = "return", _("退回理由")

    kind = models.CharField(_("用途"), max_length=20, choices=Kind)
    department = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("适用机构")
    )
    text = models.CharField(_("常用语"), max_length=200)
    is_active = models.BooleanField(_("启用"), default=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("常用语")
        verbose_name_plural = _("常用语")
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.text
