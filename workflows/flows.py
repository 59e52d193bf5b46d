"""Who acts next. The law lives in ``approvals``; nothing here decides anything.

Every flow is a hub: after each step it returns to one switch on the domain state, which opens the step that this
state calls for. viewflow resolves a task's node by name against today's class, so drawn paths would break running
cases whenever the drawing changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.lock import SelectForUpdateLock

from approvals.models import Project
from approvals.selectors.steps import STEPS
from workflows import assignment
from workflows.assignment import called_step
from workflows.models import (
    ApplicationProcess,
    CommitmentProcess,
    ConsultationProcess,
    JointProcess,
    OverrideProcess,
    ProjectProcess,
    WorkItem,
)


def page(request: Any, **kwargs: Any) -> None:
    raise AssertionError("steps are done on our own pages; viewflow's URLs are not mounted")


def step(code: str) -> flow.View:
    """A human step: whoever ``approvals`` says, assigned where one person is responsible."""
    return (
        flow.View(page)
        .Permission(assignment.permission_of(code))
        .Assign(assignment.responsible_person)
        .onCreate(assignment.describe_task)
        .Annotation(title=STEPS[code].title)
        .Next(this.route)
    )


def calls_for(code: str) -> Callable[[Activation], bool]:
    """A condition of the hub. The state is read once for all of them: the gateway is new at every passing."""

    def condition(activation: Activation) -> bool:
        if not hasattr(activation, "called"):
            activation.called = called_step(activation.process)
        return bool(activation.called == code)

    return condition


class ProjectFlow(flow.Flow):
    process_class = ProjectProcess
    task_class = WorkItem
    # Wait for the row (bounded by PostgreSQL's lock_timeout) instead of viewflow's default
    # of five nowait tries with sleeps, which holds a web worker for eight seconds.
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    start = flow.StartHandle(this.begin).Next(this.route)
    route = (
        flow.Switch()
        .Case(this.accept_intake, cond=calls_for("accept_intake"))
        .Case(this.draft_agreement, cond=calls_for("draft_agreement"))
        .Case(this.sign_agreement, cond=calls_for("sign_agreement"))
        .Case(this.countersign_agreement, cond=calls_for("countersign_agreement"))
        .Case(this.record_filing, cond=calls_for("record_filing"))
        .Case(this.conclude_stage, cond=calls_for("conclude_stage"))
        .Case(this.assess_commitment, cond=calls_for("assess_commitment"))
        .Case(this.give_notice, cond=calls_for("give_notice"))
        .Case(this.sign_commitment, cond=calls_for("sign_commitment"))
        .Case(this.publicise_commitment, cond=calls_for("publicise_commitment"))
        .Case(this.decide_commitment, cond=calls_for("decide_commitment"))
        .Case(this.choose_plot, cond=calls_for("choose_plot"))
        .Case(this.record_auction, cond=calls_for("record_auction"))
        .Case(this.record_contracts, cond=calls_for("record_contracts"))
        .Case(this.record_payment, cond=calls_for("record_payment"))
        .Case(this.offer_mandate, cond=calls_for("offer_mandate"))
        .Case(this.sign_mandate, cond=calls_for("sign_mandate"))
        .Case(this.confirm_determinations, cond=calls_for("confirm_determinations"))
        .Case(this.confirm_matter_list, cond=calls_for("confirm_matter_list"))
        .Case(this.record_evidence, cond=calls_for("record_evidence"))
        .Case(this.confirm_commencement, cond=calls_for("confirm_commencement"))
        .Case(this.rest, cond=lambda activation: activation.process.project.stage == Project.Stage.SUSPENDED)
        .Default(this.end)
    )
    accept_intake = step("accept_intake")
    draft_agreement = step("draft_agreement")
    sign_agreement = step("sign_agreement")
    countersign_agreement = step("countersign_agreement")
    record_filing = step("record_filing")
    conclude_stage = step("conclude_stage")
    assess_commitment = step("assess_commitment")
    give_notice = step("give_notice")
    sign_commitment = step("sign_commitment")
    publicise_commitment = step("publicise_commitment")
    decide_commitment = step("decide_commitment")
    choose_plot = step("choose_plot")
    record_auction = step("record_auction")
    record_contracts = step("record_contracts")
    record_payment = step("record_payment")
    offer_mandate = step("offer_mandate")
    sign_mandate = step("sign_mandate")
    confirm_determinations = step("confirm_determinations")
    confirm_matter_list = step("confirm_matter_list")
    record_evidence = step("record_evidence")
    confirm_commencement = step("confirm_commencement")
    rest = flow.Handle().Next(this.route)  # suspended: nobody acts until the lead official resumes it
    end = flow.End()

    def begin(self, activation: Activation, project: Project) -> ProjectProcess:
        activation.process.project = project
        return activation.process


class ApplicationFlow(flow.Flow):
    process_class = ApplicationProcess
    task_class = WorkItem
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    start = flow.StartHandle(this.begin).Next(this.route)
    route = (
        flow.Switch()
        .Case(this.prepare_application, cond=calls_for("prepare_application"))
        .Case(this.supplement_application, cond=calls_for("supplement_application"))
        .Case(this.review_application, cond=calls_for("review_application"))
        .Case(this.consent_supplement, cond=calls_for("consent_supplement"))
        .Case(this.examine_application, cond=calls_for("examine_application"))
        .Case(this.decide_application, cond=calls_for("decide_application"))
        .Default(this.end)
    )
    prepare_application = step("prepare_application")
    supplement_application = step("supplement_application")
    review_application = step("review_application")
    consent_supplement = step("consent_supplement")
    examine_application = step("examine_application")
    decide_application = step("decide_application")
    end = flow.End()

    def begin(self, activation: Activation, application: Any) -> ApplicationProcess:
        activation.process.application = application
        return activation.process


class OverrideFlow(flow.Flow):
    """A proposal to settle a determination waits for its second person, and for nothing else."""

    process_class = OverrideProcess
    task_class = WorkItem
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    start = flow.StartHandle(this.begin).Next(this.route)
    route = flow.Switch().Case(this.settle_override, cond=calls_for("settle_override")).Default(this.end)
    settle_override = step("settle_override")
    end = flow.End()

    def begin(self, activation: Activation, override: Any) -> OverrideProcess:
        activation.process.override = override
        return activation.process


class ConsultationFlow(flow.Flow):
    """A question to another department: it answers, or the question falls away."""

    process_class = ConsultationProcess
    task_class = WorkItem
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    start = flow.StartHandle(this.begin).Next(this.route)
    route = flow.Switch().Case(this.answer_consultation, cond=calls_for("answer_consultation")).Default(this.end)
    answer_consultation = step("answer_consultation")
    end = flow.End()

    def begin(self, activation: Activation, consultation: Any) -> ConsultationProcess:
        activation.process.consultation = consultation
        return activation.process


class JointFlow(flow.Flow):
    """A joint handling: the lead answers once every department has cleared its part."""

    process_class = JointProcess
    task_class = WorkItem
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    start = flow.StartHandle(this.begin).Next(this.route)
    route = flow.Switch().Case(this.conclude_joint, cond=calls_for("conclude_joint")).Default(this.end)
    conclude_joint = step("conclude_joint")
    end = flow.End()

    def begin(self, activation: Activation, joint: Any) -> JointProcess:
        activation.process.joint = joint
        return activation.process


class CommitmentFlow(flow.Flow):
    """The promise after its grant. It ends while nothing is to be done, and opens again when something is."""

    process_class = CommitmentProcess
    task_class = WorkItem
    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    start = flow.StartHandle(this.begin).Next(this.route)
    route = (
        flow.Switch()
        .Case(this.answer_change, cond=calls_for("answer_change"))
        .Case(this.plan_verification, cond=calls_for("plan_verification"))
        .Case(this.record_verification, cond=calls_for("record_verification"))
        .Case(this.order_rectification, cond=calls_for("order_rectification"))
        .Case(this.conclude_rectification, cond=calls_for("conclude_rectification"))
        .Case(this.revoke_commitment, cond=calls_for("revoke_commitment"))
        .Default(this.end)
    )
    answer_change = step("answer_change")
    plan_verification = step("plan_verification")
    record_verification = step("record_verification")
    order_rectification = step("order_rectification")
    conclude_rectification = step("conclude_rectification")
    revoke_commitment = step("revoke_commitment")
    end = flow.End()

    def begin(self, activation: Activation, commitment: Any) -> CommitmentProcess:
        activation.process.commitment = commitment
        return activation.process
