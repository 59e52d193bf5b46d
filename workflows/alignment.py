"""Keeping open tasks equal to what the domain calls for; rebuilding them where they are not."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from viewflow.workflow.models import Process
from viewflow.workflow.status import PROCESS, STATUS

from approvals.models import Application, Commitment, Consultation, JointHandling, Override, Project
from workflows.assignment import application_of, called_step, describe, project_of
from workflows.flows import ApplicationFlow, CommitmentFlow, ConsultationFlow, JointFlow, OverrideFlow, ProjectFlow
from workflows.models import (
    ApplicationProcess,
    CommitmentProcess,
    ConsultationProcess,
    JointProcess,
    OverrideProcess,
    ProjectProcess,
    WorkItem,
)

OPEN = (STATUS.NEW, STATUS.ASSIGNED)
RESTING = "rest"


@dataclass(frozen=True, slots=True)
class Misaligned:
    """A process whose open tasks differ from what its state calls for."""

    process_id: int
    subject: str
    open_steps: tuple[str, ...]
    called: str | None


def align_project(project: Project) -> None:
    """Start the project's process, or bring its open tasks in line. Idempotent."""
    process = ProjectProcess.objects.filter(project=project).first()
    if process is None:
        with transaction.atomic():
            ProjectFlow.start.run(project=project)
    else:
        align(process)


def align_application(application: Application) -> None:
    process = ApplicationProcess.objects.filter(application=application).first()
    if process is None:
        with transaction.atomic():
            ApplicationFlow.start.run(application=application)
    else:
        align(process)


def align_override(override: Override) -> None:
    process = OverrideProcess.objects.filter(override=override).first()
    if process is None:
        with transaction.atomic():
            OverrideFlow.start.run(override=override)
    else:
        align(process)


def align_consultation(consultation: Consultation) -> None:
    process = ConsultationProcess.objects.filter(consultation=consultation).first()
    if process is None:
        with transaction.atomic():
            ConsultationFlow.start.run(consultation=consultation)
    else:
        align(process)


def align_joint(joint: JointHandling) -> None:
    process = JointProcess.objects.filter(joint=joint).first()
    if process is None:
        with transaction.atomic():
            JointFlow.start.run(joint=joint)
    else:
        align(process)


def align_commitment(commitment: Commitment) -> None:
    process = CommitmentProcess.objects.filter(commitment=commitment).first()
    if process is not None:
        align(process)
    elif commitment.state == Commitment.State.GRANTED:
        with transaction.atomic():
            CommitmentFlow.start.run(commitment=commitment)


def align(process: Process) -> bool:
    """Refresh the open task, or replace it by the right one. Returns whether it had to be replaced."""
    with process.flow_class.lock(process.pk):
        fresh = process.flow_class.process_class.objects.get(pk=process.pk)
        items = _open_items(fresh)
        wanted = _wanted(fresh)
        if [item.flow_task.name for item in items] == wanted:
            for item in items:
                _refresh(item, fresh)
            return False
        _reroute(fresh, items)
        return True


def rebuild_process(process: Process) -> None:
    """Cancel the open tasks and open them again from the domain state: the same answer, always."""
    with process.flow_class.lock(process.pk):
        fresh = process.flow_class.process_class.objects.get(pk=process.pk)
        _reroute(fresh, _open_items(fresh))


def misaligned() -> list[Misaligned]:
    """Every process whose open tasks differ from what its state calls for. Read-only."""
    found = []
    models = (ProjectProcess, ApplicationProcess, OverrideProcess, ConsultationProcess, JointProcess, CommitmentProcess)
    for model in models:
        for process in model.objects.order_by("pk").iterator():
            steps = tuple(item.flow_task.name for item in _open_items(process))
            if list(steps) != _wanted(process):
                found.append(Misaligned(process.pk, str(_subject(process)), steps, called_step(process)))
    return found


def _subject(process: Process) -> object:
    if isinstance(process, ProjectProcess):
        return process.project
    if isinstance(process, OverrideProcess):
        return process.override
    if isinstance(process, CommitmentProcess):
        return process.commitment
    return application_of(process) or project_of(process)


def _wanted(process: Process) -> list[str]:
    step = called_step(process)
    if step is None and isinstance(process, ProjectProcess) and process.project.stage == Project.Stage.SUSPENDED:
        step = RESTING
    return [step] if step else []


def _open_items(process: Process) -> list[WorkItem]:
    return list(WorkItem.objects.filter(process_id=process.pk, status__in=OPEN).order_by("pk"))


def _refresh(item: WorkItem, process: Process) -> None:
    if item.step:
        before = (item.due_on, item.department_id, item.waiting_until)
        describe(item, process)
        if before != (item.due_on, item.department_id, item.waiting_until):
            item.save()


def _reroute(process: Process, items: list[WorkItem]) -> None:
    if process.status == PROCESS.DONE:  # a concluded case that the domain has opened again
        process.status, process.finished = PROCESS.NEW, None
        process.save()
    for item in items:
        item.flow_task.activation_class(item).cancel()
    last = WorkItem.objects.filter(process_id=process.pk).order_by("pk").last()
    assert last is not None, "a process begins with its start task"
    activation = last.flow_task.activation_class(last)
    activation._activate_next({process.flow_class.route._create(activation, last.token)})
