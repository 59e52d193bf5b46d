"""Facts of the notices on a clock."""

from __future__ import annotations

from typing import Any

from tests.documents.sample_parts import APPLICATION, CONTACT

ROWS = [
    {"days": "2026年11月24日", "status": "首日，不计", "numbers": "", "note": ""},
    {"days": "2026年11月25日—2026年11月27日", "status": "计入", "numbers": "第1—3日", "note": ""},
    {"days": "2026年11月28日—2026年11月29日", "status": "周末，不计", "numbers": "", "note": ""},
    {"days": "2026年11月30日—2026年12月4日", "status": "中止计时，不计", "numbers": "", "note": "专家评审"},
    {"days": "2026年12月5日—2026年12月6日", "status": "周末，不计", "numbers": "", "note": "专家评审"},
    {"days": "2026年12月7日—2026年12月11日", "status": "计入", "numbers": "第4—8日", "note": ""},
]
CLOCKS: dict[str, dict[str, Any]] = {
    "special_procedure_notice": {
        "application": APPLICATION,
        "accepted_on": "2026-11-24",
        "ground": "专家评审",
        "reason": "组织专家对总平面布置、消防间距和物流流线进行评审。",
        "told_days": "10个工作日",
        "opened_on": "2026-11-27",
        "reference": "闻审函〔2026〕31号",
        "ledger": {
            "limit": "20个工作日",
            "start_on": "2026-11-24",
            "net": "3个工作日",
            "paused": "0个工作日",
            "due_on": "",
            "provisional": False,
            "rows": ROWS[:2],
            "remarks": [],
        },
        "contact": CONTACT,
    },
    "date_correction_notice": {
        "application": APPLICATION,
        "earlier_title": "受理通知书",
        "earlier_number": "闻审受〔2026〕12号",
        "earlier_issued_on": "2026-11-24",
        "because": "2027年工作日历第1版",
        "source": "国办发明电〔2026〕示例号",
        "dates": [
            {"label": "法定期限", "was": "2027-01-05", "now": "2027-01-06"},
            {"label": "承诺期限", "was": "2026-12-31", "now": ""},
        ],
        "provisional": True,
        "contact": CONTACT,
    },
    "extension_notice": {
        "application": APPLICATION,
        "accepted_on": "2026-11-24",
        "days": "10个工作日",
        "reason": "项目用地涉及多处既有管线，需会同权属单位逐一核实后方能确定退让距离。",
        "approver": "行政机关负责人",
        "granted_on": "2026-12-18",
        "due_on_before": "2026-12-29",
        "due_on": "2027-01-12",
        "ledger": {
            "limit": "30个工作日",
            "start_on": "2026-11-24",
            "net": "30个工作日",
            "paused": "5个工作日",
            "due_on": "2027-01-12",
            "provisional": True,
            "rows": ROWS,
            "remarks": ["2026-11-22 收件，为休息日；首日不计，第1日为下一工作日 2026-11-23"],
        },
        "contact": CONTACT,
    },
}
