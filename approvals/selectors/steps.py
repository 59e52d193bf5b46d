"""Which step a project's or an application's state calls for. The flows ask; nothing else decides who acts next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from approvals.accounts.roles import ACT_FOR_ENTERPRISE, APPROVE, HANDLE, LEAD
from approvals.guards import acquires_otherwise, needs_two_people
from approvals.models import Application, Commitment, Consultation, JointHandling, Override, Project

Stage = Project.Stage


@dataclass(frozen=True, slots=True)
class Step:
    """``permission`` says what kind of person acts; whose inbox it is follows from the project or application."""

    code: str
    title: Any
    permission: str
    purpose: Any  # one sentence for the person who does it


STEPS: dict[str, Step] = {
    step.code: step
    for step in (
        Step("accept_intake", _("受理登记"), HANDLE, _("核对登记信息，确定代办员和领办领导")),
        Step("draft_agreement", _("拟定投资协议"), HANDLE, _("填写协议约定和政策的公平竞争审查文号")),
        Step("sign_agreement", _("企业签署协议"), ACT_FOR_ENTERPRISE, _("核对协议内容并签署")),
        Step("countersign_agreement", _("政府方签署协议"), LEAD, _("代表政府方签署投资协议")),
        Step("record_filing", _("登记备案或核准"), HANDLE, _("录入平台项目代码和备案证明或核准文件")),
        Step("conclude_stage", _("办结本阶段"), HANDLE, _("核对本阶段全部条件，转入下一阶段")),
        Step("assess_commitment", _("核查承诺制资格"), HANDLE, _("核查是否适用承诺制，选择办理方式")),
        Step("give_notice", _("发出告知书"), APPROVE, _("一次性告知条件、标准和违诺后果")),
        Step("sign_commitment", _("企业作出承诺"), ACT_FOR_ENTERPRISE, _("阅读告知书，由企业自己签署承诺书")),
        Step("publicise_commitment", _("公示承诺"), APPROVE, _("在网站或场所公示承诺书")),
        Step("decide_commitment", _("作出承诺制决定"), APPROVE, _("公示期满、异议处理完毕后作出决定")),
        Step("choose_plot", _("选定宗地并核对指标"), HANDLE, _("选定宗地，核对控制指标和区域评估")),
        Step("record_auction", _("登记成交结果"), HANDLE, _("录入招拍挂成交确认书")),
        Step("record_contracts", _("登记双合同"), HANDLE, _("录入出让合同和标准地投资建设合同")),
        Step("record_payment", _("登记价款缴清"), HANDLE, _("录入土地出让价款缴款凭证")),
        Step("confirm_determinations", _("确认环评、能评判定"), HANDLE, _("核对事实，确认两项判定结论")),
        Step("offer_mandate", _("邀请企业委托代办"), HANDLE, _("拟定代办委托书，邀请企业签署")),
        Step("sign_mandate", _("企业签署委托书"), ACT_FOR_ENTERPRISE, _("选择是否委托代办并签署")),
        Step("confirm_matter_list", _("确认事项清单"), HANDLE, _("确认本项目需要办理的全部事项，建立办件")),
        Step("record_evidence", _("登记开工证据"), HANDLE, _("登记开工条件证据和现场照片")),
        Step("confirm_commencement", _("确认开工"), LEAD, _("核对两张条件清单，确认依法开工")),
        Step("prepare_application", _("准备并申报"), ACT_FOR_ENTERPRISE, _("备齐材料后申报")),
        Step("supplement_application", _("补正材料"), ACT_FOR_ENTERPRISE, _("按一次性告知补正材料")),
        Step("review_application", _("受理审查"), APPROVE, _("审查材料，作出受理、补正或不予受理")),
        Step("consent_supplement", _("审核再次补正"), APPROVE, _("由另一名审批人员审核是否可以再次告知补正")),
        Step("examine_application", _("审查"), APPROVE, _("审查申请，写明理由，提出准予或不予许可的意见")),
        Step("answer_consultation", _("回复征求意见"), APPROVE, _("就其他部门征求的问题，以本部门名义回复意见")),
        Step("conclude_joint", _("联合办理答复"), APPROVE, _("各部门意见齐备后，作出一份综合答复")),
        Step("decide_application", _("作出决定"), APPROVE, _("复核审查意见，作出决定；登记、备案类由一人审核办结")),
        Step("plan_verification", _("安排承诺核查"), APPROVE, _("确定什么时候、由哪个机关核查承诺的履行情况")),
        Step("record_verification", _("核查承诺"), APPROVE, _("逐项核对承诺，记录结果和证据")),
        Step("order_rectification", _("处理违反承诺"), APPROVE, _("责令限期整改；虚假承诺的，可以撤销决定")),
        Step("conclude_rectification", _("复查整改"), APPROVE, _("整改期内或期满后复查，记录整改结果")),
        Step("revoke_commitment", _("撤销承诺制决定"), APPROVE, _("整改不到位的，撤销决定并记入信用记录")),
        Step("answer_change", _("答复承诺变更"), APPROVE, _("答复企业提出的承诺变更申请")),
        Step("settle_override", _("复核人工认定"), LEAD, _("核对规则结论、认定理由和法律依据，同意或退回")),
    )
}


def project_step(project: Project) -> str | None:
    """The step a project's records call for; None where it has ended or is stopped."""
    find = _BY_STAGE.get(project.stage)
    return find(project) if find else None


def application_step(application: Application) -> str | None:
    if application.state == Application.State.SUBMITTED and has_open_proposal(application):
        return "consent_supplement"
    if application.state == Application.State.ACCEPTED:
        return _handling(application)
    return {
        Application.State.DRAFT: "prepare_application",
        Application.State.SUPPLEMENTING: "supplement_application",
        Application.State.SUBMITTED: "review_application",
    }.get(Application.State(application.state))


def _handling(application: Application) -> str:
    """A permit is examined by one person and decided by another."""
    examined = not needs_two_people(application) or application.open_recommendation is not None
    return "decide_application" if examined else "examine_application"


def has_open_proposal(application: Application) -> bool:
    """A second supplement notice waits for the other pair of eyes."""
    return application.supplement_proposals.filter(decided_on=None).exists()


def override_step(override: Override) -> str | None:
    return "settle_override" if override.state == Override.State.PENDING else None


def consultation_step(consultation: Consultation) -> str | None:
    return "answer_consultation" if consultation.is_open else None


def joint_step(joint: JointHandling) -> str | None:
    return "conclude_joint" if joint.is_running else None


def _signing(project: Project) -> str:
    agreement = getattr(project, "agreement", None)
    if agreement is None:
        return "draft_agreement"
    if agreement.signed_by_enterprise_on is None:
        return "sign_agreement"
    if agreement.signed_by_government_on is None:
        return "countersign_agreement"
    return "conclude_stage" if project.filed_on else "record_filing"


def _commitment(project: Project) -> str:
    commitment = getattr(project, "commitment", None)
    if commitment is None:
        return "assess_commitment"
    return {
        Commitment.State.ASSESSED: "give_notice",
        Commitment.State.NOTICED: "sign_commitment",
        Commitment.State.PLEDGED: "publicise_commitment",
        Commitment.State.PUBLICISED: "decide_commitment",
    }.get(Commitment.State(commitment.state), "conclude_stage")


def _standard_land(project: Project) -> str:
    if acquires_otherwise(project):
        return "conclude_stage"
    land = getattr(project, "land", None)
    if land is None or land.indicator_check["outcome"] != "pass":
        return "choose_plot"
    if not land.confirmation_number:
        return "record_auction"
    if not (land.land_contract_number and land.investment_contract_number):
        return "record_contracts"
    return "conclude_stage" if land.paid_in_full_on else "record_payment"


def _full_agency(project: Project) -> str:
    mandate = project.mandates.filter(ended_on=None).first()
    if mandate is None:
        return "offer_mandate"
    if mandate.signed_on is None:
        return "sign_mandate"
    return _determinations_and_list(project) or "conclude_stage"


def _commencement(project: Project) -> str:
    if reopened := _determinations_and_list(project):
        return reopened
    recorded = set(project.evidence.values_list("kind", flat=True))
    needed = {"demolition_meets_schedule", "contractor_chosen", "funds_arranged", "safety_measures", "broke_ground"}
    return "confirm_commencement" if needed <= recorded else "record_evidence"


def _determinations_and_list(project: Project) -> str | None:
    """What a changed fact opens again, whichever stage the project is in."""
    if project.determinations.filter(superseded_on=None).count() < 2:
        return "confirm_determinations"
    if not project.matter_lists.filter(superseded_on=None).exists():
        return "confirm_matter_list"
    return None


_BY_STAGE = {
    Stage.INTAKE: lambda project: "accept_intake",
    Stage.SIGNING: _signing,
    Stage.COMMITMENT: _commitment,
    Stage.STANDARD_LAND: _standard_land,
    Stage.FULL_AGENCY: _full_agency,
    Stage.COMMENCEMENT: _commencement,
}
