"""The flows: every step has a permission, opens for the right people, and can be rebuilt from the records."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from viewflow.workflow.status import STATUS

from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Event, Project
from approvals.selectors.steps import STEPS
from approvals.services import projects
from tests.workflows.conftest import TODAY
from workflows.actions import ACTIONS
from workflows.alignment import OPEN, align_project, misaligned, rebuild_process
from workflows.completion import complete_task
from workflows.flows import ApplicationFlow, CommitmentFlow, ConsultationFlow, JointFlow, OverrideFlow, ProjectFlow
from workflows.inbox import mine, of_my_group, tasks_open_to
from workflows.models import ProjectProcess, WorkItem

FLOWS = [ProjectFlow, ApplicationFlow, OverrideFlow, ConsultationFlow, JointFlow, CommitmentFlow]


def human_nodes(flow_class):
    return [node for node in flow_class.instance.nodes() if node.task_type == "HUMAN"]


@pytest.mark.parametrize("flow_class", FLOWS)
def test_every_human_task_names_a_permission(flow_class):
    """viewflow offers a task without one to every logged-in user."""
    nodes = human_nodes(flow_class)
    assert nodes
    for node in nodes:
        assert node._owner_permission, node.name
        assert STEPS[node.name].permission.startswith("approvals."), node.name


@pytest.mark.parametrize("flow_class", FLOWS)
def test_the_flow_waits_for_its_row_instead_of_failing(flow_class):
    assert flow_class.lock_impl.nowait is False
    assert flow_class.lock_impl.attempts == 1


def test_every_step_has_a_node_a_form_and_a_page():
    nodes = {node.name for flow_class in FLOWS for node in human_nodes(flow_class)}
    assert nodes == STEPS.keys() == ACTIONS.keys()


def test_an_open_task_always_carries_its_permission(journey):
    journey.to_commencement()
    open_tasks = WorkItem.objects.filter(status__in=OPEN).exclude(step="")
    assert open_tasks.count() > 1
    assert all(task.owner_permission for task in open_tasks)


def test_each_step_is_only_in_the_inbox_of_its_people(journey, world):
    everyone = [world.handler, world.lead, world.approver, world.supervisor, world.owner, world.stranger]
    holders = [user for user in everyone if tasks_open_to(user, on=TODAY).exists()]
    assert holders == [world.handler]

    journey.intake()
    assert list(mine(world.handler, on=TODAY).values_list("step", flat=True)) == ["draft_agreement"]
    assert not of_my_group(world.other_handler, on=TODAY).exists()


def test_a_refused_step_leaves_task_and_records_as_they_were(journey, world):
    before = Event.objects.count()
    task = tasks_open_to(world.handler, on=TODAY).get()
    Project.objects.filter(pk=journey.project.pk).update(industry_code="")

    def act(item):
        return projects.accept_intake(
            item.project_id, by=world.handler, on=TODAY, handler=world.handler, lead_official=world.lead
        )

    with pytest.raises(GuardFailed) as refusal:
        complete_task(task.pk, by=world.handler, on=TODAY, act=act)

    assert [blocker.code for blocker in refusal.value.blockers] == ["industry-missing"]
    assert tasks_open_to(world.handler, on=TODAY).get() == task
    project = Project.objects.get(pk=journey.project.pk)
    assert (project.stage, project.handler) == (Project.Stage.INTAKE, None)
    assert Event.objects.count() == before


def test_a_task_done_before_is_refused_with_a_clear_word(journey, world):
    task = tasks_open_to(world.handler, on=TODAY).get()
    journey.intake()
    with pytest.raises(WrongState, match="已被处理"):
        complete_task(task.pk, by=world.handler, on=TODAY, act=lambda item: None)


def test_a_stranger_cannot_do_a_task(journey, world):
    task = tasks_open_to(world.handler, on=TODAY).get()
    with pytest.raises(NotYours):
        complete_task(task.pk, by=world.approver, on=TODAY, act=lambda item: None)


@pytest.mark.parametrize("until", ["intake", "signing", "commitment", "standard_land", "full_agency"])
def test_rebuilding_every_process_gives_the_same_open_tasks(journey, until):
    for stage in ("intake", "signing", "commitment", "standard_land", "full_agency"):
        getattr(journey, stage)()
        if stage == until:
            break
    before = open_tasks()
    for process in [row.process_ptr for row in ProjectProcess.objects.all()]:
        rebuild_process(process)
    for application in journey.project.applications.all():
        rebuild_process(application.process)
    assert open_tasks() == before
    assert not misaligned()


def open_tasks() -> list[tuple]:
    fields = ("project", "application", "step", "owner", "owner_permission", "department")
    return sorted(WorkItem.objects.filter(status__in=OPEN).values_list(*fields), key=str)


def test_align_processes_reports_and_repairs(journey):
    WorkItem.objects.filter(status__in=OPEN).update(status=STATUS.CANCELED)

    report = StringIO()
    call_command("align_processes", stdout=report)
    assert "called for accept_intake" in report.getvalue()
    assert "1 misaligned" in report.getvalue()

    call_command("align_processes", "--repair", stdout=StringIO())
    assert not misaligned()
    assert WorkItem.objects.get(status__in=OPEN).step == "accept_intake"


def test_aligning_twice_changes_nothing(journey):
    before = open_tasks()
    align_project(journey.project)
    align_project(journey.project)
    assert open_tasks() == before


def test_a_suspended_project_asks_nobody_and_resumes_where_it_was(journey, world, deliver_all):
    journey.intake()
    projects.suspend_project(journey.project.pk, by=world.lead, on=TODAY, reason="资金安排调整")
    deliver_all()
    assert not tasks_open_to(world.handler, on=TODAY).exists()

    projects.resume_project(journey.project.pk, by=world.lead, on=TODAY)
    deliver_all()
    assert tasks_open_to(world.handler, on=TODAY).get().step == "draft_agreement"


def test_a_process_is_never_deleted(journey):
    with pytest.raises(AssertionError):
        ProjectProcess.objects.get().delete()
