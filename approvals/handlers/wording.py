"""The sentences of the messages: which project or matter, what happened, and what to do now."""

from __future__ import annotations

from typing import Any

from approvals.models import Application, Commitment, Determination, Event, Override
from approvals.papers import matters
from approvals.papers.common import day_of, project_of
from approvals.rules import vocabulary
from approvals.rules.days import in_chinese

SHOWN = 3  # items named before "等"


def agreement_drafted(event: Event) -> str:
    return f"“{project_of(event)}”的投资协议已拟定，请核对内容并签署。"


def agreement_signed(event: Event) -> str:
    return f"企业已签署“{project_of(event)}”的投资协议，请提请领办领导代表政府方签署。"


def commitment_noticed(event: Event) -> str:
    return f"“{project_of(event)}”的告知书已发出，请阅读条件和后果后由本企业自己签署承诺书。"


def commitment_pledged(event: Event) -> str:
    return f"企业已签署“{project_of(event)}”的承诺书，审批机关将予以公示。"


def commitment_publicised(event: Event) -> str:
    commitment = Commitment.objects.get(pk=event.subject_id)
    shown = f"自{in_chinese(commitment.publicity_from_on)}至{in_chinese(event.facts['until'])}公示"
    return f"“{project_of(event)}”的承诺{shown}，期满且无成立的异议后作出决定。"


def commitment_decided(event: Event) -> str:
    project = project_of(event)
    if event.facts["granted"]:
        return f"“{project}”已获准以承诺制办理，请下载批复决定书，并按承诺的标准和期限建设。"
    return f"“{project}”不予以承诺制办理，理由：{event.facts['reason']}；请按一般程序办理各事项。"


def mandate_offered(event: Event) -> str:
    return f"“{project_of(event)}”的代办委托书已拟定（代办不收费），请核对委托范围并签署。"


def mandate_signed(event: Event) -> str:
    return f"企业已签署“{project_of(event)}”的代办委托书，请核对环评、能评判定并确认事项清单。"


def determination_superseded(event: Event) -> str:
    row = Determination.objects.get(pk=event.subject_id)
    kind = row.get_kind_display()
    steps = _some(event.facts.get("relying") or [], "；")
    on_it = f"依赖它的后续步骤：{steps}。" if steps else ""
    because = event.facts["because"]
    return f"“{project_of(event)}”的{kind}判定已失效（{because}），须由代办员重新确认判定和事项清单。{on_it}"


def override_approved(event: Event) -> str:
    facts = event.facts
    if facts["of_kind"] == Override.Kind.TERMS:
        return (
            f"“{project_of(event)}”的协议{facts['headline']}（系统提示：{facts['rules']}），"
            f"理由：{facts['reason']}；依据：{facts['basis']}。"
        )
    return (
        f"“{project_of(event)}”的{_kind(event)}判定经人工认定为“{facts['headline']}”（规则结论：{facts['rules']}），"
        f"理由：{facts['reason']}；依据：{facts['basis']}。请下载判定书。"
    )


def override_rejected(event: Event) -> str:
    return f"“{project_of(event)}”的{_kind(event)}人工认定复核未通过：{event.facts['remark']}；仍按原结论办理。"


def override_lapsed(event: Event) -> str:
    return f"“{project_of(event)}”的项目事实已变更，待复核的{_kind(event)}人工认定失效，请按新的事实重新核对。"


def _kind(event: Event) -> str:
    return str(Override.Kind(event.facts["of_kind"]).label)


def facts_changed(event: Event) -> str:
    labels = _some([vocabulary.label(name) for name in event.facts["changed"]])
    return f"“{project_of(event)}”的项目事实已变更（{labels}），请核对是否影响判定和正在办理的事项。"


def matter_list_confirmed(event: Event) -> str:
    count = len(event.facts["needed"])
    return f"“{project_of(event)}”的事项清单已确认，需要办理{count}项，请下载清单并按清单准备材料。"


def submitted(event: Event) -> str:
    received, last = in_chinese(event.facts["received_on"]), in_chinese(event.facts["tell_by"])
    return f"{_matter(event)}已收件，收件日{received}；材料不齐的，应当在{last}前一次告知。请下载材料收件凭证。"


def supplement_requested(event: Event) -> str:
    notice = _application(event).supplement_notices.get(pk=event.facts["notice"])
    named = [(item["material"], item["problem"]) for item in notice.items]
    named += [(vocabulary.label(row["fact"]), row["problem"]) for row in notice.facts]
    asked = _some([f"{name}（{problem}）" for name, problem in named])
    return f"{_matter(event)}需要补正：{asked}；请按补正告知书一次补齐后重新提交。"


def supplement_due_soon(event: Event) -> str:
    return f"{_matter(event)}的补正期限为{in_chinese(event.facts['answer_due'])}，请尽快补齐后提交。"


def supplement_lapsed(event: Event) -> str:
    return f"{_matter(event)}的补正期限{in_chinese(event.facts['answer_due'])}已过；办件不会自动终止，补齐后仍可提交。"


def corrected(event: Event) -> str:
    return f"{_matter(event)}的材料已由{event.facts['corrected_by']}当场更正并记录，请下载当场更正记录。"


def deferral_lapsed(event: Event) -> str:
    what, due = event.facts["material"], event.facts["due_on"]
    return f"{_matter(event)}的容缺材料“{what}”逾期未补交（承诺{in_chinese(due)}前），补齐之前不能发给证照。"


def deferred_received(event: Event) -> str:
    return f"{_matter(event)}的容缺材料“{event.facts['material']}”已补交。"


def accepted(event: Event) -> str:
    due = event.facts["promised_due"] or event.facts["due"]
    until = f"，预计{in_chinese(due)}前作出决定" if due else ""
    if event.facts["by_law"]:
        since = in_chinese(event.facts["on"])
        return f"{_matter(event)}未在规定期限内告知补正，依法自收到之日{since}起视为受理{until}，请下载受理通知书。"
    if owed := [row["material"] for row in event.facts["deferred"]]:
        return f"{_matter(event)}已于{in_chinese(event.facts['on'])}容缺受理{until}，请按承诺补交：{_some(owed)}。"
    return f"{_matter(event)}已于{in_chinese(event.facts['on'])}受理{until}，请下载受理通知书。"


def clock_paused(event: Event) -> str:
    facts = event.facts
    told = f"所需时间{facts['told_days']}个工作日，不计入办理期限"
    return f"{_matter(event)}自{facts['on']}起进行{facts['ground']}，{told}，请下载特别程序时间告知书。"


def clock_resumed(event: Event) -> str:
    due = event.facts["promised_due"] or event.facts["due"]
    until = f"，预计{in_chinese(due)}前作出决定" if due else ""
    return f"{_matter(event)}的{event.facts['ground']}已结束，办理期限恢复计算{until}。"


def limit_extended(event: Event) -> str:
    facts = event.facts
    until = f"至{in_chinese(facts['due'])}" if facts["due"] else ""
    return f"{_matter(event)}的办理期限经批准延长{facts['days']}日{until}，理由：{facts['reason']}；请下载通知书。"


def date_corrected(event: Event) -> str:
    dates = [
        (row["label"], in_chinese(row["was"]), in_chinese(row["now"]) if row["now"] else "恢复计时后另行告知")
        for row in event.facts["dates"]
    ]
    moved = _some([f"{label}{was}改为{now}" for label, was, now in dates])
    return f"{_matter(event)}的文书所载日期因{event.facts['because']}变动：{moved}，请下载更正通知书。"


def declined(event: Event) -> str:
    if event.facts["ground"] == Application.DeclineGround.NOT_REQUIRED:
        return f"{_matter(event)}依法不需要取得行政许可，不受理；说明：{event.facts['reason']}"
    where = event.facts["referred_to"]
    return f"{_matter(event)}不予受理，理由：{event.facts['reason']}；请向{where}申请，救济途径见通知书。"


def granted(event: Event) -> str:
    if not _application(event).matter.is_permit:
        return f"{_matter(event)}已办结，请查看办理结果。"
    return f"{_matter(event)}已准予，请下载决定书。"


def refused(event: Event) -> str:
    if not _application(event).matter.is_permit:
        return f"{_matter(event)}不予办理，理由：{event.facts['reason']}；请与代办员联系。"
    return f"{_matter(event)}不予许可，理由：{event.facts['reason']}；请查看决定书载明的救济途径。"


def filed(event: Event) -> str:
    return f"{_matter(event)}已备案，请下载备案回执。"


def reopened(event: Event) -> str:
    return f"{_matter(event)}已恢复办理，理由：{event.facts['reason']}；原决定不再有效，期限重新计算。"


def returned(event: Event) -> str:
    """Inside the department it is nobody's business; a mistaken acceptance is the applicant's."""
    if event.facts["to"] == "examination":
        return ""
    return f"{_matter(event)}的受理已撤回，材料重新审查，原受理通知书不再有效。"


def annulled(event: Event) -> str:
    return f"{_matter(event)}的许可已被撤销（{event.facts['ground']}），请查看决定书载明的效力和救济途径。"


def extension_asked(event: Event) -> str:
    return f"{_matter(event)}提请延长期限，理由：{event.facts['reason']}；请审核。"


def lapsed(event: Event) -> str:
    lapsed_on = in_chinese(event.facts["lapsed_on"])
    return f"{_matter(event)}已于{lapsed_on}后失效（{event.facts['effect']}），仍需要的请重新申请。"


def handed_over(event: Event) -> str:
    return f"{_matter(event)}已办结，移交你单位监管，请查看移交单并确认接收。"


def commenced(event: Event) -> str:
    return f"“{project_of(event)}”已确认于{in_chinese(event.facts['commenced_on'])}依法开工，请下载开工确认书。"


def _application(event: Event) -> Application:
    return Application.objects.select_related("matter").get(pk=event.subject_id)


def _matter(event: Event) -> str:
    name = matters.name_on(_application(event).matter, day_of(event))
    return f"“{project_of(event)}”的“{name}”"


def _some(names: list[Any], between: str = "、") -> str:
    """All of them where they are few; a long list is on the paper."""
    shown = between.join(str(name) for name in names[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown}等{len(names)}项"
