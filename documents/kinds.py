"""The register of document kinds: what each is called, how it is numbered, and what it must be told."""

from __future__ import annotations

from dataclasses import dataclass

from documents.facts.aftermath import AnnulmentDecision, DeliveryReceipt, FilingReceipt, HandoverSheet
from documents.facts.agency import Mandate, MatterList
from documents.facts.clocks import DateCorrectionNotice, ExtensionNotice, SpecialProcedureNotice
from documents.facts.commencement import CommencementConfirmation, CommencementSheet
from documents.facts.commitment import CommitmentDecision, CommitmentLetter, CommitmentPublicity, NoticeOfConditions
from documents.facts.determination import Determination
from documents.facts.hearings import HearingNotice, HearingRecord, HearingRightNotice
from documents.facts.joint import JointReply
from documents.facts.notices import (
    AcceptanceNotice,
    CorrectionRecord,
    DeclineNotice,
    GrantDecision,
    MaterialReceipt,
    RefusalDecision,
    SupplementNotice,
)
from documents.facts.promise import CommitmentChange, RectificationNotice, RevocationDecision, VerificationRecord
from documents.facts.signing import IndicatorSheet, SigningRecord


@dataclass(frozen=True, slots=True)
class Kind:
    """``word`` is the kind's part of the number (文号字).

    ``numbered`` False: the paper speaks for the enterprise, which has no number series; its verification code
    identifies it.
    """

    code: str
    title: str
    word: str
    facts: type
    numbered: bool = True

    @property
    def template(self) -> str:
        return f"documents/{self.code}.html"


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("signing_record", "签约信息表", "签", SigningRecord),
        Kind("notice_of_conditions", "告知书", "告", NoticeOfConditions),
        Kind("commitment_letter", "承诺书", "诺", CommitmentLetter, numbered=False),
        Kind("commitment_publicity", "公示文本", "公", CommitmentPublicity),
        Kind("commitment_decision", "承诺制批复决定书", "承批", CommitmentDecision),
        Kind("commitment_change", "承诺变更答复书", "承变", CommitmentChange),
        Kind("verification_record", "承诺核查记录", "核", VerificationRecord),
        Kind("rectification_notice", "限期整改通知书", "改", RectificationNotice),
        Kind("revocation_decision", "撤销承诺制决定书", "承撤", RevocationDecision),
        Kind("eia_determination", "环评判定书", "环判", Determination),
        Kind("energy_determination", "节能审查判定书", "能判", Determination),
        Kind("indicator_sheet", "标准地控制指标核对表", "标核", IndicatorSheet),
        Kind("mandate", "代办委托书", "委", Mandate, numbered=False),
        Kind("matter_list", "项目事项清单", "清", MatterList),
        Kind("material_receipt", "材料收件凭证", "收", MaterialReceipt),
        Kind("acceptance_notice", "受理通知书", "受", AcceptanceNotice),
        Kind("conditional_acceptance_notice", "容缺受理通知书", "容受", AcceptanceNotice),
        Kind("correction_record", "当场更正记录", "更", CorrectionRecord),
        Kind("decline_notice", "不予受理通知书", "不受", DeclineNotice),
        Kind("not_required_notice", "不受理告知书", "不需", DeclineNotice),
        Kind("supplement_notice", "一次性补正告知书", "补", SupplementNotice),
        Kind("special_procedure_notice", "特别程序时间告知书", "特", SpecialProcedureNotice),
        Kind("date_correction_notice", "更正通知书", "正", DateCorrectionNotice),
        Kind("hearing_right_notice", "听证权利告知书", "听告", HearingRightNotice),
        Kind("hearing_notice", "听证通知书", "听通", HearingNotice),
        Kind("hearing_record", "听证笔录", "听录", HearingRecord),
        Kind("extension_notice", "延长办理期限通知书", "延", ExtensionNotice),
        Kind("grant_decision", "准予行政许可决定书", "许", GrantDecision),
        Kind("joint_reply", "联合办理综合批复", "联批", JointReply),
        Kind("refusal_decision", "不予行政许可决定书", "不许", RefusalDecision),
        Kind("annulment_decision", "撤销行政许可决定书", "撤", AnnulmentDecision),
        Kind("filing_receipt", "备案回执", "备", FilingReceipt),
        Kind("delivery_receipt", "送达回证", "送", DeliveryReceipt),
        Kind("handover_sheet", "办结移交单", "移", HandoverSheet),
        Kind("commencement_sheet", "开工条件核验表", "开核", CommencementSheet),
        Kind("commencement_confirmation", "开工确认书", "开", CommencementConfirmation),
    )
}
