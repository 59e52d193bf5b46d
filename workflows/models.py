"""The processes, one per project and one per application, and their tasks. All of it can be rebuilt."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process, Task

from approvals.accounts.models import Organisation
from approvals.models import Application, Override, Project


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

    # viewflow's own manager filters by its permission rows; ours is ``workflows.inbox``.
    objects: models.Manager[WorkItem] = models.Manager()

    class Meta:
        verbose_name = _("待办任务")
        verbose_name_plural = _("待办任务")
        indexes = [
            models.Index(fields=["department", "due_on"], name="workitem_by_department_due"),
            models.Index(fields=["project", "step"], name="workitem_by_project_step"),
        ]

    @property
    def subject(self) -> Project | Application:
        """What the step is about: the application where there is one, else the project."""
        subject = self.application or self.project
        assert subject is not None, "only gateways have no subject"
        return subject
