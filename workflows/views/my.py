"""The enterprise's page: what I must do now, and how far each of my projects is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from approvals.accounts.access import open_to, signed_in
from approvals.accounts.roles import ACT_FOR_ENTERPRISE
from approvals.models import Message, ProjectDocument
from approvals.selectors.calendar import working_calendar
from approvals.selectors.deferral import owed_materials
from approvals.selectors.follow_up import open_obligations
from approvals.selectors.projects import projects_visible_to
from approvals.selectors.stages import stage_line
from approvals.selectors.steps import STEPS
from approvals.selectors.verifications import my_promises
from workflows import inbox
from workflows.due import with_remaining
from workflows.models import WorkItem


@open_to(ACT_FOR_ENTERPRISE)
def my(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    projects = list(projects_visible_to(signed_in(request), on=on))
    pending = list(inbox.open_items().filter(project__in=projects))
    mine = inbox.tasks_open_to(signed_in(request), on=on)
    context = {
        "obligations": open_obligations(projects),
        "todo": with_remaining(mine, calendar=working_calendar(), on=on),
        "debts": owed_materials(project.pk for project in projects),
        "on": on,
        "projects": [
            {"project": project, "stages": stage_line(project), "turn": _whose_turn(project.pk, pending)}
            for project in projects
        ],
        "promises": my_promises(projects),
        "papers": ProjectDocument.objects.filter(project__in=projects).select_related(
            "document", "project", "application__matter"
        )[:6],
        "notes": Message.objects.filter(recipient=signed_in(request)).select_related("project")[:6],
    }
    return render(request, "workflows/my.html", context)


def _whose_turn(project_id: int, pending: list[WorkItem]) -> list[dict[str, object]]:
    """What the project waits for, in words: the step and the office or the enterprise."""
    return [
        {
            "title": STEPS[item.step].title,
            "who": item.department or "",
            "matter": item.application.matter.label if item.application else "",
            "due_on": item.due_on,
        }
        for item in pending
        if item.project_id == project_id
    ][:3]
