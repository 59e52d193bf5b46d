"""Facts of the notices and decisions on an application."""

from __future__ import annotations

from typing import Any

from tests.documents.sample_parts import APPLICATION, CONTACT, REMEDIES

NOTICES: dict[str, dict[str, Any]] = {
    "material_receipt": {
        "application": APPLICATION,
        "handed_in_on": "2026-11-20",
        "handed_in_at": "18:05",
        "received_on": "2026-11-23",
        "received_because": "2026-11-20 18:05 提交，已过停止业务时间，以下一工作日 2026-11-23 为收件日",
        "counts_from": "2026-11-24",
        "tell_by": "2026-11-30",
        "provisional": False,
        "answers": "2026-11-12",
        "materials": [
            {"name": "建设工程规划许可申请表", "note": "纸质件，原件1份"},
            {"name": "建设工程设计方案及总平面图", "note": "电子件"},
        ],
        "deferred": [{"name": "日照分析报告", "due_on": "2026-12-10"}],
        "contact": CONTACT,
    },
    "acceptance_notice": {
        "application": APPLICATION,
        "received_on": "2026-11-20",
        "accepted_on": "2026-11-24",
        "deemed": False,
        "statutory_limit": "20个工作日",
        "statutory_due_on": "2026-12-22",
        "promised_limit": "5个工作日",
        "promised_due_on": "2026-12-01",
        "provisional": False,
        "materials": [
            {"name": "建设工程规划许可申请表", "note": "原件1份"},
            {"name": "建设工程设计方案及总平面图", "note": "电子"},
            {"name": "不动产权证书", "note": "电子证照核验"},
        ],
        "deferred": [{"name": "日照分析报告", "due_on": "2026-12-10"}],
        "contact": CONTACT,
    },
    "conditional_acceptance_notice": {
        "application": APPLICATION,
        "received_on": "2026-11-20",
        "accepted_on": "2026-11-24",
        "deemed": False,
        "statutory_limit": "20个工作日",
        "statutory_due_on": "2026-12-22",
        "promised_limit": "",
        "promised_due_on": "",
        "provisional": False,
        "materials": [{"name": "建设工程规划许可申请表", "note": "原件1份"}],
        "deferred": [
            {"name": "日照分析报告", "due_on": "2026-12-10"},
            {"name": "不动产权证书", "due_on": "2026-12-18"},
        ],
        "contact": CONTACT,
    },
    "correction_record": {
        "application": APPLICATION,
        "received_on": "2026-11-20",
        "items": [
            {"name": "建设工程规划许可申请表", "correction": "建设地点“创业路北”误写为“创业路南”，已更正"},
            {"name": "授权委托书", "correction": "受托人姓名“马土”更正为“马㙓”"},
        ],
        "corrected_by": "马㙓",
        "contact": CONTACT,
    },
    "decline_notice": {
        "application": {**APPLICATION, "matter_code": "R08", "matter_name": "特殊建设工程消防设计审查"},
        "received_on": "2026-11-20",
        "grounds": [
            {
                "text": "该事项依法不属于本机关职权范围。",
                "basis": "《中华人民共和国行政许可法》第三十二条第一款第（二）项",
            }
        ],
        "refer_to": "运城市住房和城乡建设局（市政务服务大厅三层）",
        "remedies": REMEDIES,
    },
    "not_required_notice": {
        "application": {**APPLICATION, "matter_code": "C06", "matter_name": "生产建设项目水土保持方案审批"},
        "received_on": "2026-11-20",
        "grounds": [
            {
                "text": "项目占地面积和挖填土石方总量均在编报限额以下，依法不需要编报水土保持方案。",
                "basis": "《行政许可法》第三十二条第一款第一项",
            }
        ],
        "refer_to": "",
        "remedies": REMEDIES,
    },
    "supplement_notice": {
        "application": APPLICATION,
        "received_on": "2026-11-20",
        "items": [
            {
                "name": "总平面图",
                "problem": "未标注退让用地红线的距离，缺少注册建筑师签章",
                "requirement": "标注全部退让距离，加盖设计单位出图章和注册建筑师章",
                "basis": "《城乡规划法》第四十条",
            },
            {
                "name": "日照分析报告",
                "problem": "未提交",
                "requirement": "提交有资质单位出具的日照分析报告；可以承诺后容缺",
                "basis": "办事指南第4项",
            },
            {
                "name": "授权委托书",
                "problem": "受托人姓名与身份证件不一致（“马㙓”写作“马土”）",
                "requirement": "更正后重新签字盖章",
                "basis": "办事指南第7项",
            },
        ],
        "facts": [
            {
                "name": "总建筑面积（平方米）",
                "stated": "12,000",
                "problem": "与总平面图标注的 12,600 平方米不一致",
                "basis": "《行政许可法》第三十二条",
            },
            {
                "name": "年用能清单",
                "stated": "能源品种 electricity_calorific，年消费量 300，单位 万kWh",
                "problem": "未填写天然气用量",
                "basis": "《行政许可法》第三十二条",
            },
        ],
        "due_on": "2026-12-04",
        "due_limit": "自收到本告知书之日起8个工作日",
        "effect": "逾期未补正的，视为放弃本次申请，可以重新提出。",
        "contact": CONTACT,
    },
    "grant_decision": {
        "application": APPLICATION,
        "accepted_on": "2026-11-24",
        "decision": "准予按照所附设计方案建设原汁车间、无菌灌装车间、冷库及附属用房，总建筑面积46800平方米。",
        "conditions": ["按核准的总平面图放线、验线", "变更建设内容的，应当先行申请变更许可"],
        "certificate_number": "建字第140823202600057号",
        "valid_from_on": "2026-11-27",
        "valid_until_on": "2027-11-26",
        "supervising_body": "闻喜县自然资源局",
        "remedies": REMEDIES,
    },
    "joint_reply": {
        "applicant": "山西示例饮料有限公司",
        "started_on": "2026-09-02",
        "counted_from": "2026-09-01",
        "limit": "45个工作日",
        "due_on": "2026-11-04",
        "decided_on": "2026-10-20",
        "parts": [
            {
                "matter_code": "R15",
                "matter_name": "使用林地审核",
                "department": "闻喜县林业局",
                "opinion": "建议准予",
                "reason": "拟使用林地面积0.42公顷，不涉及公益林",
                "on": "2026-09-18",
                "basis": "《森林法》第三十七条",
                "granted": True,
                "remedies": [],
                "supervising_body": "闻喜县林业局",
            },
            {
                "matter_code": "R09",
                "matter_name": "生态环境影响报告书（表）审批",
                "department": "闻喜县行政审批服务管理局",
                "opinion": "建议不予许可",
                "reason": "污染防治措施不可行，总量指标未落实",
                "on": "2026-10-16",
                "basis": "《生态环境法典》第一百零二条",
                "granted": False,
                "remedies": REMEDIES,
                "supervising_body": "",
            },
        ],
        "refused": 1,
        "reply": "使用林地同意办理；生态环境影响报告书不予批准，修改后可以重新申报。",
    },
    "refusal_decision": {
        "application": APPLICATION,
        "accepted_on": "2026-11-24",
        "grounds": [
            {
                "text": "申请建设的内容计容建筑面积不足，容积率0.76，低于规划条件要求的0.8。",
                "basis": "《城乡规划法》第四十条；规划条件〔2026〕7号",
            },
            {"text": "原汁车间距北侧用地红线4.2米，小于规划条件要求的6米。", "basis": "规划条件〔2026〕7号第5项"},
        ],
        "remedies": REMEDIES,
    },
}
