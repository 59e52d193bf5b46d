"""The journey of a project as a line of stages, for trackers and progress lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from approvals.models import Project


@dataclass(frozen=True, slots=True)
class StageMark:
    """``state`` is done, current, ahead or stopped."""

    code: str
    label: Any
    state: str
    url: str
    note: str = ""


def stage_line(project: Project) -> list[StageMark]:
    """One mark per stage. A stopped project shows where it stood when it was stopped."""
    stopped = project.stage in {Project.Stage.SUSPENDED, Project.Stage.TERMINATED}
    here = project.stage_before_stop if stopped else project.stage
    position = Project.JOURNEY.index(Project.Stage(here)) if here else 0
    return [_mark(project, stage, index - position, stopped) for index, stage in enumerate(Project.JOURNEY)]


def _mark(project: Project, stage: Project.Stage, distance: int, stopped: bool) -> StageMark:
    finished = stage == Project.Stage.COMMENCED == project.stage
    state = "done" if distance < 0 or finished else "ahead" if distance > 0 else "stopped" if stopped else "current"
    note = _("自 %(day)s") % {"day": date_format(project.stage_since)} if distance == 0 else ""
    return StageMark(
        stage, stage.label, state, reverse("approvals:stage", kwargs={"pk": project.pk, "stage": stage}), note
    )
