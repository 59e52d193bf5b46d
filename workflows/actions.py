"""What happens when somebody does a step: which form it shows, and which service it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models import Project
from approvals.rules import commitment_letter
from approvals.services import (
    agency,
    commencement,
    commitments,
    consultations,
    corrections,
    decisions,
    deferral,
    determinations,
    joint,
    land,
    materials,
    overrides,
    projects,
    receipt,
    signing,
    supplements,
)
from workflows import application_forms as application
from workflows import forms, parallel_forms, receipt_forms, verification_actions
from workflows import verification_forms as promise
from workflows.forms import StepForm
from workflows.models import ConsultationProcess, JointProcess, WorkItem
from workflows.override_forms import SettleOverrideForm

Do = Callable[[WorkItem, Any, User, date], object]


@dataclass(frozen=True, slots=True)
class Action:
    """``do`` gets the task, the valid form, who and when. ``button`` is what the person agrees to by clicking."""

    form: type[StepForm]
    button: Any
    do: Do


def _project_id(item: WorkItem) -> int:
    assert item.project_id is not None
    return item.project_id


def _application_id(item: WorkItem) -> int:
    assert item.application_id is not None
    return item.application_id


def _draft_agreement(item: WorkItem, form: Any, by: User, on: date) -> object:
    return signing.draft_agreement(_project_id(item), by=by, on=on, **form.cleaned_data, policies=form.policies)


def _conclude_stage(item: WorkItem, form: Any, by: User, on: date) -> object:
    assert item.project is not None
    return projects.leave_stage(_project_id(item), by=by, on=on, stage=item.project.stage)


def _assess(item: WorkItem, form: Any, by: User, on: date) -> object:
    data = form.cleaned_data
    return commitments.assess_commitment(
        _project_id(item),
        by=by,
        on=on,
        ordinary=data["route"] == "ordinary",
        reason=data["reason"],
        matter_codes=data["matter_codes"],
    )


def _sign_commitment(item: WorkItem, form: Any, by: User, on: date) -> object:
    letter = {
        "version": commitment_letter.VERSION,
        "statements": [text for code, text in commitment_letter.STATEMENTS if code in form.cleaned_data["statements"]],
        "satisfied_by": form.cleaned_data["satisfied_by"],
        "signer": by.name,
    }
    return commitments.sign_commitment(_project_id(item), by=by, on=on, letter=letter)


def _decide_commitment(item: WorkItem, form: Any, by: User, on: date) -> object:
    data = form.cleaned_data
    return commitments.decide_commitment(
        _project_id(item), by=by, on=on, granted=data["decision"] == "grant", reason=data["reason"]
    )


def _confirm_determinations(item: WorkItem, form: Any, by: User, on: date) -> object:
    return determinations.confirm_determinations(_project_id(item), by=by, on=on, seen=form.cleaned_data)


def _submit(item: WorkItem, form: Any, by: User, on: date) -> object:
    """Hand in what was added on the page, then the whole."""
    hand_in(form, by, on)
    return receipt.submit_application(_application_id(item), by=by, on=on, at=timezone.now())


def hand_in(form: Any, by: User, on: date) -> None:
    for material_id, upload, on_paper in form.handed_in():
        materials.hand_in_material(material_id, by=by, on=on, upload=upload, on_paper=on_paper)
    for material_id, reason in form.waived():
        materials.waive_material(material_id, by=by, on=on, reason=reason)


def _review(item: WorkItem, form: Any, by: User, on: date) -> object:
    pk, decision = _application_id(item), form.cleaned_data["decision"]
    if decision == "accept":
        return receipt.accept_application(pk, by=by, on=on)
    if decision == "conditionally":
        return deferral.accept_conditionally(pk, by=by, on=on)
    if decision == "correct":
        return corrections.record_correction(
            pk, by=by, on=on, items=form.items("correction"), corrected_by=form.cleaned_data["corrected_by"]
        )
    if decision == "supplement":
        return supplements.request_supplement(pk, by=by, on=on, items=form.items(), facts=form.facts())
    if decision == "supplement_again":
        return supplements.propose_second_notice(
            pk, by=by, on=on, items=form.items(), facts=form.facts(), new_fact=form.cleaned_data["new_fact"]
        )
    return receipt.decline_application(
        pk,
        by=by,
        on=on,
        ground=decision,
        reason=form.cleaned_data["reason"],
        referred_to=form.cleaned_data["referred_to"],
    )


def _consent(item: WorkItem, form: Any, by: User, on: date) -> object:
    data = form.cleaned_data
    return supplements.decide_second_notice(
        _application_id(item), by=by, on=on, consented=data["decision"] == "consent", remark=data["remark"]
    )


def _examine(item: WorkItem, form: Any, by: User, on: date) -> object:
    return decisions.recommend(_application_id(item), by=by, on=on, **form.cleaned_data)


def _decide(item: WorkItem, form: Any, by: User, on: date) -> object:
    pk, data = _application_id(item), dict(form.cleaned_data)
    verbs: dict[str, Callable[..., object]] = {
        "grant": decisions.grant_application,
        "refuse": decisions.refuse_application,
        "return": decisions.return_to_examination,
    }
    decision = data.pop("decision")
    if decision != "grant":
        data.pop("result_number", None)
    return verbs[decision](pk, by=by, on=on, **data)


def _answer(item: WorkItem, form: Any, by: User, on: date) -> object:
    asked = ConsultationProcess.objects.get(pk=item.process_id)
    return consultations.answer_consultation(asked.consultation_id, by=by, on=on, **form.cleaned_data)


def _conclude_joint(item: WorkItem, form: Any, by: User, on: date) -> object:
    handled = JointProcess.objects.get(pk=item.process_id)
    return joint.conclude_joint(handled.joint_id, by=by, on=on, **form.cleaned_data)


def _record_evidence(item: WorkItem, form: Any, by: User, on: date) -> object:
    data = form.cleaned_data
    files = data.pop("photographs")
    return commencement.record_evidence(_project_id(item), by=by, on=on, files=files, **data)


def _settle_override(item: WorkItem, form: Any, by: User, on: date) -> object:
    assert item.override_id is not None
    remark = form.cleaned_data["remark"]
    if form.cleaned_data["decision"] == "approve":
        return overrides.approve_override(item.override_id, by=by, on=on, remark=remark)
    return overrides.reject_override(item.override_id, by=by, on=on, remark=remark)


def _with_fields(service: Callable[..., object]) -> Do:
    """A service that takes the form's fields as they are."""
    return lambda item, form, by, on: service(_project_id(item), by=by, on=on, **form.cleaned_data)


ACTIONS: dict[str, Action] = {
    "accept_intake": Action(forms.IntakeForm, _("受理登记，转入签约"), _with_fields(projects.accept_intake)),
    "draft_agreement": Action(forms.AgreementForm, _("保存协议，送企业签署"), _draft_agreement),
    "sign_agreement": Action(forms.ConfirmForm, _("签署协议"), _with_fields(signing.sign_agreement)),
    "countersign_agreement": Action(forms.ConfirmForm, _("签署协议"), _with_fields(signing.countersign_agreement)),
    "record_filing": Action(forms.FilingForm, _("登记"), _with_fields(signing.record_filing)),
    "conclude_stage": Action(forms.ConfirmForm, _("办结本阶段"), _conclude_stage),
    "assess_commitment": Action(forms.CommitmentRouteForm, _("确定办理方式"), _assess),
    "give_notice": Action(forms.ConfirmForm, _("发出告知书"), _with_fields(commitments.give_notice)),
    "sign_commitment": Action(forms.CommitmentLetterForm, _("签署承诺书"), _sign_commitment),
    "publicise_commitment": Action(forms.PublicityForm, _("开始公示"), _with_fields(commitments.publicise_commitment)),
    "decide_commitment": Action(forms.DecisionForm, _("作出决定"), _decide_commitment),
    "choose_plot": Action(forms.PlotForm, _("选定宗地"), _with_fields(land.choose_plot)),
    "record_auction": Action(forms.AuctionForm, _("登记成交结果"), _with_fields(land.record_auction)),
    "record_contracts": Action(forms.ContractsForm, _("登记双合同"), _with_fields(land.record_contracts)),
    "record_payment": Action(forms.PaymentForm, _("登记缴清"), _with_fields(land.record_payment)),
    "offer_mandate": Action(forms.MandateForm, _("邀请企业签署"), _with_fields(agency.offer_mandate)),
    "sign_mandate": Action(forms.ConfirmForm, _("签署委托书"), _with_fields(agency.sign_mandate)),
    "confirm_determinations": Action(forms.DeterminationsForm, _("确认判定"), _confirm_determinations),
    "confirm_matter_list": Action(forms.ConfirmForm, _("确认清单并建立办件"), _with_fields(agency.confirm_matter_list)),
    "answer_consultation": Action(parallel_forms.AnswerForm, _("以本部门名义回复"), _answer),
    "conclude_joint": Action(parallel_forms.JointReplyForm, _("作出综合答复"), _conclude_joint),
    "record_evidence": Action(forms.EvidenceForm, _("登记证据"), _record_evidence),
    "confirm_commencement": Action(
        forms.ConfirmForm, _("确认依法开工"), _with_fields(commencement.confirm_commencement)
    ),
    "prepare_application": Action(application.MaterialsForm, _("提交申报"), _submit),
    "supplement_application": Action(application.MaterialsForm, _("提交补正"), _submit),
    "review_application": Action(receipt_forms.ReviewForm, _("提交审查意见"), _review),
    "consent_supplement": Action(receipt_forms.ConsentForm, _("提交审核意见"), _consent),
    "examine_application": Action(application.ExaminationForm, _("提出审查意见"), _examine),
    "decide_application": Action(application.ApplicationDecisionForm, _("提交决定"), _decide),
    "plan_verification": Action(promise.PlanForm, _("保存核查安排"), verification_actions.plan),
    "record_verification": Action(promise.CheckForm, _("记录核查结果"), verification_actions.record),
    "order_rectification": Action(promise.BreachForm, _("作出处理"), verification_actions.answer_breach),
    "conclude_rectification": Action(promise.ReviewOrderForm, _("记录复查结果"), verification_actions.conclude),
    "revoke_commitment": Action(promise.RevocationForm, _("撤销承诺制决定"), verification_actions.revoke),
    "answer_change": Action(promise.ChangeAnswerForm, _("提交答复"), verification_actions.answer_change),
    "settle_override": Action(SettleOverrideForm, _("提交复核意见"), _settle_override),
}

# The gate that has to be empty before a step can be done at all: the page shows it, the service checks it again.
GATED_STAGES = frozenset(projects.LEAVE) | {Project.Stage.COMMENCEMENT}
