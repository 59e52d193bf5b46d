"""Events as sentences: one line of text per kind, filled with the event's own facts. Unknown kinds show their name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.language import day_in_words
from approvals.models import AgencyMandate, Consultation, DecisionDelivery, Evidence, Override, Project, ProjectParty
from approvals.rules import vocabulary
from approvals.selectors.steps import STEPS

# {matter}: the application's matter; {headline}: the determination's. The rest are facts of the event.
TEXTS: dict[str, Any] = {
    "project.registered": gettext_lazy("登记项目，签约企业：{enterprise}"),
    "project.precheck_carried": gettext_lazy("带入预查 {code} 的回答：{carried}"),
    "project.intake_accepted": gettext_lazy("受理登记，代办员 {handler}，领办领导 {lead}"),
    "project.stage_left": gettext_lazy("办结“{left}”，转入“{entered}”"),
    "project.party_changed": gettext_lazy("{role}变更为 {enterprise}"),
    "project.filed": gettext_lazy("登记备案或核准，项目代码 {project_code}，编号 {number}"),
    "project.facts_changed": gettext_lazy("修改项目事实：{changed}"),
    "project.commencement_wished": gettext_lazy("期望开工日期：{wished_on}"),
    "rule_impact.requested": gettext_lazy("分析规则变化的影响"),
    "project.suspended": gettext_lazy("暂停项目：{reason}"),
    "project.resumed": gettext_lazy("恢复项目，回到“{stage}”"),
    "project.terminated": gettext_lazy("终止项目：{reason}"),
    "project.commenced": gettext_lazy("确认开工，开工日期 {commenced_on}"),
    "agreement.drafted": gettext_lazy("拟定投资协议"),
    "agreement.signed_by_enterprise": gettext_lazy("企业签署投资协议"),
    "agreement.signed_by_government": gettext_lazy("政府方签署投资协议"),
    "commitment.assessed": gettext_lazy("核查承诺制资格，{route}"),
    "commitment.turned_ordinary": gettext_lazy("改按一般程序办理：{reason}"),
    "commitment.noticed": gettext_lazy("发出告知书"),
    "commitment.pledged": gettext_lazy("企业签署承诺书"),
    "commitment.publicised": gettext_lazy("公示承诺书 {days} 个工作日，至 {until}"),
    "commitment.objection_raised": gettext_lazy("收到公示异议：{content}"),
    "commitment.objection_resolved": gettext_lazy("公示异议核实完毕，{upheld}"),
    "commitment.decided": gettext_lazy("作出承诺制决定：{granted}"),
    "land.plot_chosen": gettext_lazy("选定宗地 {plot}，控制指标核对通过"),
    "land.auctioned": gettext_lazy("登记成交结果 {number}，竞得人 {winner}"),
    "land.contracted": gettext_lazy("登记双合同：{numbers}"),
    "land.paid": gettext_lazy("登记土地价款缴清，{paid_on}"),
    "land.delay_recorded": gettext_lazy("登记政府原因延误：{reason}（{document_number}）"),
    "land.delay_ended": gettext_lazy("政府原因延误结束，至 {until_on}"),
    "mandate.offered": gettext_lazy("邀请企业委托代办（{scope}）"),
    "mandate.signed": gettext_lazy("企业签署代办委托书"),
    "determination.confirmed": gettext_lazy("确认判定：{headline}"),
    "determination.superseded": gettext_lazy("判定失效：{because}；依赖它的后续步骤：{relying}"),
    "commitment.verification_planned": gettext_lazy("安排承诺核查：{planned_on}，{department}"),
    "commitment.verified": gettext_lazy(
        "核查承诺：已履行 {fulfilled} 项，部分履行 {partly} 项，未履行 {not_fulfilled} 项"
    ),
    "commitment.rectification_ordered": gettext_lazy("责令限期整改，{days} 个工作日，至 {due}：{reason}"),
    "commitment.rectification_concluded": gettext_lazy("复查整改：{done}，{found}"),
    "commitment.revoked": gettext_lazy("撤销承诺制决定：{reason}；随之失效或终止：{relying}"),
    "commitment.change_asked": gettext_lazy("企业申请变更承诺：{content}"),
    "commitment.change_answered": gettext_lazy("答复承诺变更：{agreed}，{reply}"),
    "credit.recorded": gettext_lazy("记入信用记录：{label}，依据 {basis}"),
    "credit.repaired": gettext_lazy("信用修复：{label}，依据 {basis}"),
    "override.proposed": gettext_lazy("提出人工认定：{headline}（规则结论：{rules}），理由：{reason}，依据：{basis}"),
    "override.approved": gettext_lazy("复核同意人工认定：{headline}"),
    "override.rejected": gettext_lazy("复核不同意人工认定“{headline}”：{remark}"),
    "override.withdrawn": gettext_lazy("撤回人工认定：{headline}"),
    "override.lapsed": gettext_lazy("项目事实变更，待复核的{of_kind}人工认定失效"),
    "matter_list.confirmed": gettext_lazy("确认事项清单，需要办理 {needed} 项"),
    "matter_list.superseded": gettext_lazy("事项清单失效，需要重新确认"),
    "evidence.recorded": gettext_lazy("登记证据：{kind_of}（{happened_on}）"),
    "application.opened": gettext_lazy("建立办件“{matter}”"),
    "application.material_waived": gettext_lazy("“{matter}”说明不需要提交{material}：{reason}"),
    "application.material_received": gettext_lazy("“{matter}”收到材料：{material}"),
    "application.submitted": gettext_lazy("申报“{matter}”，收件日 {received_on}"),
    "application.supplement_requested": gettext_lazy("“{matter}”一次性告知补正 {items} 项内容"),
    # What was recommended and why it came back is the department's own until the decision.
    "application.recommended": gettext_lazy("“{matter}”审查完毕，等待复核"),
    "application.returned": gettext_lazy("“{matter}”退回{to}"),
    "assessment.recorded": gettext_lazy("登记区域评估成果“{name}”（{number}）"),
    "assessment.ended": gettext_lazy("终止区域评估成果“{name}”：{reason}"),
    "calendar.applied": gettext_lazy("启用{name}"),
    "calendar.settled": gettext_lazy("工作日历启用完毕，{moved} 个办件的期限变动"),
    "calendar.corrections_asked": gettext_lazy("就{name}的变动向企业发出更正通知"),
    "application.date_corrected": gettext_lazy("更正“{matter}”文书所载的日期（{because}）"),
    "application.clock_paused": gettext_lazy("“{matter}”因{ground}中止计时，告知所需时间 {told_days} 个工作日"),
    "application.clock_resumed": gettext_lazy("“{matter}”的{ground}结束，恢复计时：{outcome}"),
    "application.limit_extended": gettext_lazy("延长“{matter}”的期限 {days} 日：{reason}"),
    "application.limits_recomputed": gettext_lazy("“{matter}”的期限重新计算（{because}）：{due_was} → {due}"),
    "application.hearing_told": gettext_lazy("就“{matter}”告知听证（{ground}），申请期限 {ask_by}"),
    "application.hearing_asked": gettext_lazy("{who} 就“{matter}”申请听证，应当在 {hold_by} 前组织"),
    "application.hearing_waived": gettext_lazy("申请人就“{matter}”放弃听证"),
    "application.hearing_arranged": gettext_lazy("通知“{matter}”的听证：{planned_on} {planned_at}，{place}"),
    "application.hearing_held": gettext_lazy("“{matter}”的听证于 {held_on} 举行，笔录已登记"),
    "application.hearing_closed": gettext_lazy("“{matter}”的听证程序结束：{said}"),
    "application.supplement_due_soon": gettext_lazy("提醒“{matter}”的补正期限 {answer_due} 临近"),
    "application.supplement_lapsed": gettext_lazy("“{matter}”的补正期限 {answer_due} 已过，仍可提交补正"),
    "application.second_notice_proposed": gettext_lazy("提请再次告知“{matter}”补正，新情况：{new_fact}"),
    "application.second_notice_decided": gettext_lazy("审核再次告知“{matter}”补正：{consented}"),
    "application.original_received": gettext_lazy("收取“{matter}”的原件：{original}（{material}）"),
    "application.original_returned": gettext_lazy("退还“{matter}”的原件：{original}，领取人 {to_whom}"),
    "application.corrected": gettext_lazy("{corrected_by} 当场更正“{matter}”的材料：{corrected}"),
    "application.deferral_promised": gettext_lazy("企业承诺补交“{matter}”的容缺材料：{deferred}"),
    "application.deferred_received": gettext_lazy("“{matter}”补交容缺材料：{material}"),
    "application.deferral_lapsed": gettext_lazy("“{matter}”的容缺材料“{material}”逾期未补交（{due_on}）"),
    "application.accepted": gettext_lazy("{accepted_as}“{matter}”，受理日期 {on}"),
    "application.declined": gettext_lazy("对“{matter}”{ground}：{reason}"),
    "application.extension_asked": gettext_lazy("提请负责人批准延长“{matter}”的期限"),
    "application.delivered": gettext_lazy("送达“{matter}”的决定，{method}，{recipient} 签收（{delivered_on}）"),
    "application.handed_over": gettext_lazy("“{matter}”移交 {department} 监管"),
    "application.handover_acknowledged": gettext_lazy("{department} 接收“{matter}”的监管移交"),
    "application.validity_extended": gettext_lazy("“{matter}”延期，须在 {lapses_on} 前开工：{reason}"),
    "application.lapsed": gettext_lazy("“{matter}”于 {lapsed_on} 后失效，办理注销"),
    "application.reopened": gettext_lazy("恢复办理“{matter}”：{reason}"),
    "application.annulled": gettext_lazy("撤销“{matter}”的许可（{ground}）：{reason}"),
    "application.filed": gettext_lazy("“{matter}”备案完成"),
    "application.granted": gettext_lazy("准予“{matter}”"),
    "application.refused": gettext_lazy("对“{matter}”不予许可：{reason}"),
    "application.result_numbered": gettext_lazy("“{matter}”的结果文号为 {number}"),
    "application.consultation_asked": gettext_lazy("就“{matter}”征求{department}意见"),
    "application.consultation_answered": gettext_lazy("{department}回复“{matter}”的征求意见"),
    "application.consultation_withdrawn": gettext_lazy("撤回对{department}就“{matter}”的征求意见"),
    "joint.started": gettext_lazy("启动联合办理：{matters}"),
    "joint.concluded": gettext_lazy("联合办理综合答复：{matters}"),
    "joint.left": gettext_lazy("{matters}退出联合办理：{reason}"),
    "joint.dissolved": gettext_lazy("终止联合办理：{reason}"),
    "application.withdrawn": gettext_lazy("撤回“{matter}”：{reason}"),
    "obligation.demanded": gettext_lazy("要求在 {due} 前完成：{text}"),
    "obligation.fulfilled": gettext_lazy("登记履行：{text}（{fulfilled_on}）"),
    "reminder.sent": gettext_lazy("提醒 {people} 人：{what}"),
    "task.claimed": gettext_lazy("认领任务“{step}”"),
    "task.released": gettext_lazy("退回任务“{step}”"),
    "task.taken_back": gettext_lazy("把 {held_by} 名下的任务“{step}”退回本组"),
    "task.transferred": gettext_lazy("转交任务“{step}”给 {to}"),
    "task.shelved": gettext_lazy("搁置任务“{step}”，{until_on}再提醒"),
    "task.unshelved": gettext_lazy("取回搁置的任务“{step}”"),
    "task.reminded": gettext_lazy("催办任务“{step}”"),
    "substitution.named": gettext_lazy("指定 {to} 自 {from_on} 至 {until_on} 代 {absent} 办理"),
    "substitution.ended": gettext_lazy("结束由 {to} 代 {absent} 办理"),
    "document.issued": gettext_lazy("签发《{title}》{number}"),
}


def sentence(kind: str, facts: Mapping[str, Any], *, matter: str = "", headline: str = "") -> str:
    """What happened, in one sentence. A fact the event does not have leaves a dash, never an error."""
    text = TEXTS.get(kind)
    if text is None:
        return kind
    words = {name: _word(name, value) for name, value in facts.items()}
    words |= {"route": _route(facts), "accepted_as": _accepted_as(facts)}
    words |= {"matter": matter} if matter else {}
    words |= {"headline": headline} if headline else {}
    return str(text).format_map(_OrDash(words))


class _OrDash(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "—"


def _word(name: str, value: Any) -> str:
    if name in _WORDS:
        return _WORDS[name](value)
    if isinstance(value, list):
        return "、".join(str(item) for item in value) or "—"
    if value and (name in _DAYS or name.endswith("_on")):
        return day_in_words(date.fromisoformat(value))
    return str(value) if value not in (None, "") else "—"


def _label(choices: Any) -> Callable[[Any], str]:
    labels = dict(choices.choices)
    return lambda value: str(labels.get(value, value))


def _route(facts: Mapping[str, Any]) -> str:
    return _("按一般程序办理") if facts.get("ordinary") else _("按承诺制办理")


def _accepted_as(facts: Mapping[str, Any]) -> str:
    if facts.get("by_law"):
        return _("逾期未告知，依法视为受理")
    return _("容缺受理") if facts.get("deferred") else _("受理")


def _step(value: str) -> str:
    return str(STEPS[value].title) if value in STEPS else value


_DECLINED = {"not_required": gettext_lazy("告知不受理"), "not_competent": gettext_lazy("不予受理")}
_RETURNED_TO = {"examination": gettext_lazy("重新审查"), "acceptance": gettext_lazy("受理审查")}
_DAYS = frozenset({"on", "until", "due", "due_was", "answer_due"})  # and whatever ends in _on
_WORDS: dict[str, Callable[[Any], str]] = {
    "left": _label(Project.Stage),
    "entered": _label(Project.Stage),
    "stage": _label(Project.Stage),
    "role": _label(ProjectParty.Role),
    "scope": _label(AgencyMandate.Scope),
    "kind_of": _label(Evidence.Kind),
    "changed": lambda names: "、".join(vocabulary.label(name) for name in names),
    "carried": lambda names: "、".join(vocabulary.label(name) for name in names),
    "relying": lambda steps: "；".join(steps) or _("无"),
    "done": lambda value: _("整改完成") if value else _("整改不到位"),
    "agreed": lambda value: _("同意变更") if value else _("不同意变更"),
    "of_kind": lambda code: str(dict(Override.Kind.choices).get(code, code)),
    "needed": lambda codes: str(len(codes)),
    "upheld": lambda value: _("异议成立") if value else _("异议不成立"),
    "deferred": lambda rows: "、".join(row["material"] for row in rows),
    "consented": lambda value: _("同意") if value else _("不同意"),
    "ground": lambda value: _DECLINED.get(value, value),
    "granted": lambda value: _("准予承诺制办理") if value else _("不予承诺制办理"),
    "method": _label(DecisionDelivery.Method),
    "to": lambda value: _RETURNED_TO.get(value, value),
    "step": _step,
    "opinion": _label(Consultation.Opinion),
}
