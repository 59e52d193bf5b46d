"""The sentences of the messages about a promise after its grant."""

from __future__ import annotations

from approvals.models import Event
from approvals.papers.common import project_of
from approvals.rules.days import in_chinese


def verification_planned(event: Event) -> str:
    facts = event.facts
    by = f"{facts['department']}于{in_chinese(facts['planned_on'])}"
    return f"“{project_of(event)}”的承诺将由{by}核查，请备好履行承诺的材料。"


def verified(event: Event) -> str:
    broken = event.facts["partly"] + event.facts["not_fulfilled"]
    if not broken:
        return f"“{project_of(event)}”的承诺已核查，全部履行，请下载核查记录。"
    return f"“{project_of(event)}”的承诺核查发现{broken}项未全部履行，审批机关将依法处理，请查看核查记录。"


def rectification_ordered(event: Event) -> str:
    facts = event.facts
    due = in_chinese(facts["due"])
    return f"“{project_of(event)}”被责令限期整改（至{due}）：{facts['reason']}；请按整改通知书整改并报告。"


def rectification_concluded(event: Event) -> str:
    if event.facts["done"]:
        return f"“{project_of(event)}”的整改已复查通过。"
    return f"“{project_of(event)}”经复查整改不到位：{event.facts['found']}；审批机关将依法处理。"


def revoked(event: Event) -> str:
    return (
        f"“{project_of(event)}”的承诺制决定已撤销，理由：{event.facts['reason']}；请按一般程序办理各事项，"
        "决定书载明救济途径。"
    )


def change_asked(event: Event) -> str:
    return f"企业申请变更“{project_of(event)}”的承诺：{event.facts['content']}。"


def change_answered(event: Event) -> str:
    word = "同意" if event.facts["agreed"] else "不同意"
    return f"“{project_of(event)}”的承诺变更申请，审批机关{word}：{event.facts['reply']}。"


def credit_recorded(event: Event) -> str:
    until = f"，禁止再次申请至{in_chinese(event.facts['until'])}" if event.facts["until"] else ""
    return f"因“{project_of(event)}”记入信用记录：{event.facts['label']}{until}。依据：{event.facts['basis']}。"


def credit_repaired(event: Event) -> str:
    return f"信用记录“{event.facts['label']}”已修复，依据：{event.facts['basis']}。"
