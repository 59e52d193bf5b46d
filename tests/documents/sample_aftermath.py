"""Facts of the papers that follow a decision."""

from __future__ import annotations

from typing import Any

from tests.documents.sample_parts import APPLICATION, REMEDIES

MATERIALS = [
    {"name": "建设工程规划许可申请表", "note": "纸质件"},
    {"name": "建设工程设计方案及总平面图", "note": "电子件"},
]
AFTERMATH: dict[str, dict[str, Any]] = {
    "delivery_receipt": {
        "application": APPLICATION,
        "paper_title": "准予行政许可决定书",
        "paper_number": "闻审许〔2026〕12号",
        "decided_on": "2026-11-20",
        "due_on": "2026-12-04",
        "method": "直接送达",
        "recipient": "马㙓",
        "delivered_on": "2026-11-24",
        "delivered_by": "审批赵",
        "note": "",
    },
    "handover_sheet": {
        "application": APPLICATION,
        "to": "闻喜县住房和城乡建设局",
        "decision": "准予行政许可",
        "result_number": "闻审许〔2026〕12号",
        "decided_on": "2026-11-20",
        "conditions": ["按照批准的总平面图建设，不得擅自提高容积率。", "接受规划核实。"],
        "lapses_on": "2027-02-24",
        "lapse_note": "逾期未开工又不申请延期的，许可自行废止",
        "materials": MATERIALS,
        "approver": "审批赵、审批钱",
    },
    "annulment_decision": {
        "application": APPLICATION,
        "permit_number": "闻审许〔2026〕12号",
        "granted_on": "2026-11-20",
        "grounds": [
            {
                "text": "被许可人以欺骗、贿赂等不正当手段取得许可：申请表所附验资证明系伪造。",
                "basis": "《行政许可法》第六十九条第二款",
            }
        ],
        "effect": "被许可人基于该许可取得的利益不受保护。",
        "remedies": REMEDIES,
    },
    "filing_receipt": {
        "application": {**APPLICATION, "matter_code": "R10", "matter_name": "生态环境影响登记表备案"},
        "filed_on": "2026-11-24",
        "materials": MATERIALS,
    },
}
