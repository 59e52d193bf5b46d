"""The commitment track: 告知书, 承诺书, 公示文本, 承诺制批复决定书."""

from __future__ import annotations

from datetime import date

from approvals.accounts.models import Enterprise, Membership, User
from approvals.guards.commitment import CREDIT, REGULATION
from approvals.models import Commitment, Event, Matter, Objection
from approvals.papers import law, matters
from approvals.papers.common import bases, contact, day_of, earlier_paper, head, iso, project_of
from approvals.rules.commitment_letter import VERSION
from documents.facts import commitment as shapes


def notice_of_conditions(event: Event) -> shapes.NoticeOfConditions:
    project, on, commitment = project_of(event), day_of(event), _commitment(event)
    return {
        "project": head(project, on),
        "matters": [_notice_matter(commitment, matter, on) for matter in _matters(commitment, on)],
        "consequences": list(law.CONSEQUENCES),
        "reply_by_on": "",
        "contact": contact(event.by, project.approval_bureau),
        "basis": bases(REGULATION, CREDIT, law.LICENSING_78_79),
    }


def commitment_letter(event: Event) -> shapes.CommitmentLetter:
    """What the enterprise signed. Anything not yet met stands in the remarks in its own words."""
    project, on, commitment = project_of(event), day_of(event), _commitment(event)
    notice, enterprise = earlier_paper(event, "notice_of_conditions"), project.principal(on=on)
    assert enterprise is not None
    assert commitment.pledged_by is not None, "a pledge names who signed"
    still_open = str((commitment.letter or {}).get("satisfied_by", "")).strip()
    return {
        "project": head(project, on),
        "legal_representative": enterprise.legal_representative,
        "plot_number": "",  # the plot is chosen after the commitment
        "addressee": project.approval_bureau.name,
        "notice_number": notice.number,
        "notice_on": notice.issued_on.isoformat(),
        "matters": [_promise(matter, on, still_open) for matter in _matters(commitment, on)],
        "consequences": ["知悉提供虚假材料的法律后果（《行政许可法》第七十八条、第七十九条）。"],
        "signatory": commitment.pledged_by.name,
        "capacity": _capacity(commitment.pledged_by, enterprise, on),
        "signed_on": iso(commitment.pledged_on),
        "remarks": _letter_remarks(still_open, event.facts["sha256"]),
        "basis": bases(REGULATION, CREDIT),
    }


def commitment_publicity(event: Event) -> shapes.CommitmentPublicity:
    project, on, commitment = project_of(event), day_of(event), _commitment(event)
    rows: list[shapes.PublicMatter] = [
        {"code": matter.code, "name": matters.name_on(matter, on), "standard": matters.standard_on(matter, on)}
        for matter in _matters(commitment, on)
    ]
    return {
        "project": head(project, on),
        "letter_on": iso(commitment.pledged_on),
        "matters": rows,
        "from_on": iso(commitment.publicity_from_on),
        "until_on": event.facts["until"],
        "period": f"{event.facts['days']}个工作日（公告当日不计）",
        "channel": commitment.publicity_place,
        "contact": contact(event.by, project.approval_bureau),
        "basis": bases(REGULATION),
    }


def commitment_decision(event: Event) -> shapes.CommitmentDecision:
    """Granted or refused. A refusal states its reason and the remedies (《行政许可法》第三十八条)."""
    project, on, commitment = project_of(event), day_of(event), _commitment(event)
    granted = bool(event.facts["granted"])
    chosen = _matters(commitment, on)
    return {
        "project": head(project, on),
        "letter_code": earlier_paper(event, "commitment_letter").verification_code,
        "letter_on": iso(commitment.pledged_on),
        "publicity_from_on": iso(commitment.publicity_from_on),
        "publicity_until_on": iso(commitment.publicity_until_on),
        "publicity_result": _publicity_result(commitment, on),
        "site_check": "",
        "matters": [_decided(matter, on, granted=granted) for matter in chosen],
        "obligations": _obligations(granted=granted),
        "supervising_body": "、".join(dict.fromkeys(matters.supervisor_of(matter, project, on) for matter in chosen)),
        "remarks": _decision_remarks(event, commitment),
        "basis": bases(REGULATION, CREDIT, law.LICENSING_38),
    }


def _commitment(event: Event) -> Commitment:
    return Commitment.objects.select_related("pledged_by").get(pk=event.subject_id)


def _matters(commitment: Commitment, on: date) -> list[Matter]:
    return matters.in_order(commitment.matter_codes, on)


def _notice_matter(commitment: Commitment, matter: Matter, on: date) -> shapes.NoticeMatter:
    return {
        "code": matter.code,
        "name": matters.name_on(matter, on),
        "authority": matter.authority,
        "standard": matters.standard_on(matter, on),
        "conditions": ["符合上述规定的条件、标准和技术要求", "所填信息和所交材料真实、合法、有效"],
        "materials": list(matter.materials),
        "supervision": f"由{matters.supervisor_of(matter, commitment.project, on)}依承诺内容核查",
    }


def _promise(matter: Matter, on: date, still_open: str) -> shapes.PromisedMatter:
    promise = "符合告知的条件、标准和技术要求"
    return {
        "code": matter.code,
        "name": matters.name_on(matter, on),
        "standard": matters.standard_on(matter, on),
        "promise": f"除备注所列外，{promise}" if still_open else promise,
        "met": True,
        "met_by_on": "",
    }


def _capacity(signatory: User, enterprise: Enterprise, on: date) -> str:
    """Who signs without being the legal representative must not be printed as one."""
    if signatory.name == enterprise.legal_representative:
        return "法定代表人"
    held = Membership.objects.held_on(on).filter(user=signatory, enterprise=enterprise).first()
    return (held.position if held else "") or "授权签署人"


def _letter_remarks(still_open: str, sha256: str) -> str:
    signed = f"承诺内容文本版本{VERSION}，企业签署内容的SHA-256为{sha256}。"
    return f"尚未满足的条件和满足期限：{still_open}。{signed}" if still_open else signed


def _publicity_result(commitment: Commitment, on: date) -> str:
    objections = list(commitment.objections.filter(received_on__lte=on))
    if not objections:
        return "公示期内未收到异议"
    upheld = sum(row.resolution == Objection.Resolution.UPHELD for row in objections)
    return f"公示期内收到异议{len(objections)}件，其中成立{upheld}件"


def _decided(matter: Matter, on: date, *, granted: bool) -> shapes.ApprovedMatter:
    return {
        "code": matter.code,
        "name": matters.name_on(matter, on),
        "standard": matters.standard_on(matter, on),
        "decision": "准予以承诺制办理" if granted else "不予以承诺制办理",
    }


def _obligations(*, granted: bool) -> list[str]:
    if not granted:
        return ["上列事项按照一般程序申请办理；办结前不得开工建设。"]
    return [
        "按照承诺的标准、条件和期限建设，承诺内容发生变化的及时报告。",
        "接受审批机关和监管部门的事中事后核查。",
        "环境影响评价、节能审查等法定要求不因承诺而降低。",
    ]


def _decision_remarks(event: Event, commitment: Commitment) -> str:
    reason = event.facts["reason"].rstrip("。")
    if event.facts["granted"]:
        return f"审查意见：{reason}。" if reason else ""
    return (
        f"不予以承诺制办理的理由：{reason}。{law.remedies_in_words(commitment.project.approval_bureau, day_of(event))}"
    )
