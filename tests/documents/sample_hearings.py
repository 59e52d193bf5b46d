"""Facts of the papers of a hearing."""

from __future__ import annotations

from typing import Any

from tests.documents.sample_parts import APPLICATION, CONTACT

HEARINGS: dict[str, dict[str, Any]] = {
    "hearing_right_notice": {
        "application": APPLICATION,
        "ground": "许可直接涉及申请人与他人之间重大利益关系",
        "reason": "拟建厂房与北侧住宅的日照间距直接关系相邻住户。",
        "interested": "北苑小区业主委员会",
        "told_on": "2026-11-24",
        "ask_by": "2026-12-01",
        "ask_days": "5个工作日",
        "hold_days": "20个工作日",
        "contact": CONTACT,
    },
    "hearing_notice": {
        "application": APPLICATION,
        "ground": "许可直接涉及申请人与他人之间重大利益关系",
        "reason": "拟建厂房与北侧住宅的日照间距直接关系相邻住户。",
        "asked_by": "北苑小区业主委员会",
        "interested": "北苑小区业主委员会",
        "planned_on": "2026-12-15",
        "planned_at": "09:30",
        "place": "县政务服务中心三层会议室",
        "host": "裴卫",
        "contact": CONTACT,
    },
    "hearing_record": {
        "application": APPLICATION,
        "held_on": "2026-12-15",
        "place": "县政务服务中心三层会议室",
        "host": "裴卫",
        "asked_by": "北苑小区业主委员会",
        "record": "一、审查人员说明审查意见和依据。\n二、利害关系人提交日照分析意见。\n三、各方质证。",
        "confirmed_by": "申请人代表马㙓、利害关系人代表闫玉、审查人员薛峰",
    },
}
