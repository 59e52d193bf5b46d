"""Whose task is it, and by when: read from the domain when a task opens, and again whenever it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import timezone
from viewflow.workflow.activation import Activation
from viewflow.workflow.models import Process

from approvals.accounts.models import Organisation, User
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, APPROVE, HANDLE, LEAD
from approvals.models import Application, Commitment, LocalParameter, Project, Verification
from approvals.rules.clock import Due, add_working_days
from approvals.selectors.calendar import whole_number, working_calendar
from approvals.selectors.hearings import hearing_due
from approvals.selectors.joint import joint_due
from approvals.selectors.limits import review_due
from approvals.selectors.receipt import open_notice
from approvals.selectors.steps import (
    STEPS,
    application_step,
    consultation_step,
    joint_step,
    override_step,
    project_step,
)
from approvals.selectors.verifications import latest_verification, verification_step
from workflows.models import (
    ApplicationProcess,
    CommitmentProcess,
    ConsultationProcess,
    JointProcess,
    OverrideProcess,
    ProjectProcess,
    WorkItem,
)


def called_step(process: Process) -> str | None:
    """The step that the domain state calls for now, whatever tasks are open."""
    if isinstance(process, ApplicationProcess):
        return application_step(process.application)
    if isinstance(process, OverrideProcess):
        return override_step(process.override)
    if isinstance(process, ConsultationProcess):
        return consultation_step(process.consultation)
    if isinstance(process, JointProcess):
        return joint_step(process.joint)
    if isinstance(process, CommitmentProcess):
        return verification_step(process.commitment)
    assert isinstance(process, ProjectProcess), process
    return project_step(process.project)


def permission_of(code: str) -> Callable[[Activation], str]:
    """The permission a step asks for; within a mandate the enterprise's applications are the handler's work.

    Who the second person of an override is, the proposal says: the lead official, or a department's approvers.
    """

    def permission(activation: Activation) -> str:
        process = activation.process
        if isinstance(process, ApplicationProcess) and _entrusted(process.application, code):
            return HANDLE
        if isinstance(process, OverrideProcess) and process.override.department_id:
            return APPROVE
        return STEPS[code].permission

    return permission


def responsible_person(activation: Activation) -> User | None:
    """The one person who is named for it; None where a whole department or enterprise may take it."""
    project = project_of(activation.process)
    wanted = activation.task.owner_permission
    return {HANDLE: project.handler, LEAD: project.lead_official}.get(wanted)


def describe_task(activation: Activation) -> None:
    describe(activation.task, activation.process)
    activation.task.save()


def describe(item: WorkItem, process: Process) -> None:
    """Fill in what the inbox shows. Sets fields only."""
    item.step = item.flow_task.name
    item.project = project_of(process)
    item.override = process.override if isinstance(process, OverrideProcess) else None
    item.application = application_of(process)
    item.department = _department(item, process)
    item.waiting_until = _waiting_until(item)
    due = _due(item, process)
    item.due_on = due.due_on if due else None
    item.due_is_provisional = bool(due and due.provisional)


def application_of(process: Process) -> Application | None:
    """The application that the process is about, or that a consultation asks about."""
    if isinstance(process, ConsultationProcess):
        return process.consultation.application
    return process.application if isinstance(process, ApplicationProcess) else None


def project_of(process: Process) -> Project:
    if isinstance(process, OverrideProcess):
        return process.override.project
    if isinstance(process, CommitmentProcess):
        return process.commitment.project
    application = application_of(process)
    if application is not None:
        return application.project
    if isinstance(process, JointProcess):
        return process.joint.project
    assert isinstance(process, ProjectProcess), process
    return process.project


def _department(item: WorkItem, process: Process) -> Organisation | None:
    assert item.project is not None
    if isinstance(process, ConsultationProcess):
        return process.consultation.asked
    if item.owner_permission == ACT_FOR_ENTERPRISE:
        return None
    if item.override is not None and item.override.department_id:
        return item.override.department
    if item.step == "record_verification":
        return _verification(item).department
    if item.owner_permission == APPROVE:
        return item.application.department if item.application else item.project.approval_bureau
    return item.project.organisation


def _waiting_until(item: WorkItem) -> date | None:
    if item.step != "decide_commitment":
        return None
    return Commitment.objects.values_list("publicity_until_on", flat=True).get(project=item.project)


def _due(item: WorkItem, process: Process) -> Due | None:
    """The legal or promised limit of the step; otherwise the locality's own limit for internal steps, if it set one."""
    if isinstance(process, ConsultationProcess):
        asked = process.consultation
        return Due(asked.due_on, asked.due_is_provisional) if asked.due_on else None
    if isinstance(process, JointProcess):
        return joint_due(process.joint)
    application = item.application
    if application is not None and application.state == Application.State.ACCEPTED:
        if due := hearing_due(application):  # the clock of the decision stands, that of the hearing runs
            return due
        limits = [day for day in (application.promised_due_on, application.due_on) if day]
        return Due(min(limits), application.due_is_provisional) if limits else None
    if application is not None and application.state == Application.State.SUBMITTED:
        return review_due(application)
    if application is not None and (notice := open_notice(application)):
        answer_by = notice.answer_due_on
        return Due(answer_by, notice.answer_due_is_provisional) if answer_by else None
    assert item.project is not None
    if item.step == "record_verification":
        return Due(_verification(item).planned_on, provisional=False)
    if item.step == "conclude_rectification":
        order = _verification(item).rectification
        return Due(order.due_on, order.due_is_provisional)
    opened_on = timezone.localdate(item.created)
    days = whole_number(LocalParameter.Code.STEP_WORKING_DAYS, item.project.organisation, on=opened_on)
    if days is None:
        return None
    return add_working_days(max(opened_on, item.waiting_until or opened_on), days, working_calendar())


def _verification(item: WorkItem) -> Verification:
    assert item.project is not None
    found = latest_verification(item.project.commitment)
    assert found is not None, "the step follows a verification"
    return found


def _entrusted(application: Application, code: str) -> bool:
    """A mandate in force covers the matter. A commitment is always the enterprise's own act."""
    if STEPS[code].permission != ACT_FOR_ENTERPRISE or application.route == Application.Route.COMMITMENT:
        return False
    today = timezone.localdate()
    mandates = application.project.mandates.filter(ended_on=None, handler=application.project.handler)
    return any(mandate.covers(application.matter.code, on=today) for mandate in mandates)
