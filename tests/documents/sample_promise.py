"""Facts of the papers of a promise after its grant."""

from __future__ import annotations

from typing import Any

from tests.documents.sample_parts import CONTACT, REMEDIES

_CHECKED = [
    {
        "code": "C02",
        "name": "生产建设项目水土保持方案（报告表）",
        "standard": "《水土保持法》第二十五条至第二十七条",
        "result": "未履行",
        "found": "场地东侧边坡未建拦挡和排水设施，表土未单独堆存",
    },
    {
        "code": "C04",
        "name": "施工图设计文件告知承诺",
        "standard": "现行工程建设强制性标准",
        "result": "已履行",
        "found": "",
    },
]
PROMISE: dict[str, dict[str, Any]] = {
    "verification_record": {
        "decision_number": "闻审承批〔2026〕3号",
        "letter_on": "2026-09-01",
        "version": "第2版，2026-10-12起生效",
        "planned_on": "2026-11-20",
        "checked_on": "2026-11-24",
        "checked_by": "马㙓",
        "office": "闻喜县行政审批服务管理局",
        "matters": _CHECKED,
        "conclusion": "核查2项承诺，其中1项未全部履行，由审批机关依法处理。",
        "note": "建设单位项目负责人在场。",
        "evidence": ["边坡现场照片.jpg"],
    },
    "commitment_change": {
        "decision_number": "闻审承批〔2026〕3号",
        "asked_on": "2026-10-09",
        "content": "水土保持设施的完工期由2026年10月底延至2027年6月底",
        "reason": "设备到货推迟，冬季不能施工。",
        "agreed": True,
        "reply": "理由成立，同意延至2027年6月30日；期间应当落实临时拦挡和苫盖。",
        "items": [
            {
                "code": "C02",
                "name": "生产建设项目水土保持方案（报告表）",
                "before": "2026年10月31日前建成拦挡和排水设施",
                "after": "2027年6月30日前建成拦挡和排水设施",
                "dropped": False,
            },
            {"code": "C04", "name": "施工图设计文件告知承诺", "before": "", "after": "", "dropped": True},
        ],
        "version": "第2版",
        "in_force_on": "2026-10-12",
    },
    "rectification_notice": {
        "decision_number": "闻审承批〔2026〕3号",
        "checked_on": "2026-11-24",
        "breaches": _CHECKED[:1],
        "reason": "未按承诺建设水土保持设施，雨季有水土流失危险。",
        "demand": "补建边坡拦挡和排水设施，表土集中堆存并覆盖。",
        "limit": "15个工作日",
        "due_on": "2026-12-15",
        "provisional": False,
        "consequences": ["撤销承诺制决定，尚未办结的事项终止办理。", "依法给予处罚，并记入信用记录。"],
        "contact": CONTACT,
    },
    "revocation_decision": {
        "decision_number": "闻审承批〔2026〕3号",
        "decided_on": "2026-09-15",
        "grounds": [{"text": "较严重的不良信用记录：逾期未整改", "basis": "国办发〔2020〕42号"}],
        "heard": "建设单位称资金紧张，未提出新的事实和证据，不予采纳。",
        "reaches": ["办件“生产建设项目水土保持方案审批”（审批中）：终止办理，改按一般程序重新申请"],
        "credit": "本决定记入信用记录（较严重的不良信用记录）。信用修复前不适用告知承诺，各事项按一般程序办理。",
        "remedies": REMEDIES,
    },
}
