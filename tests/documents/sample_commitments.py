"""Facts of the commitment track and of the determinations."""

from __future__ import annotations

from typing import Any

from tests.documents.sample_parts import CONTACT

_COMMITTED = [
    {
        "code": "C02",
        "name": "生产建设项目水土保持方案（报告表）",
        "standard": "GB 50433-2018《生产建设项目水土保持技术标准》",
        "promise": "按方案落实表土剥离、拦挡和排水措施，水土流失防治指标达到一级标准",
        "met": False,
        "met_by_on": "2027-06-30",
    },
    {
        "code": "C04",
        "name": "施工图设计文件告知承诺",
        "standard": "《建设工程质量管理条例》及现行工程建设强制性标准",
        "promise": "设计文件符合工程建设强制性标准，设计单位终身负责",
        "met": True,
        "met_by_on": "",
    },
]


def _answer(kind: str, **special: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "on": "2026-11-24",
        "sha256": "3f1a9c0e77b24d5f8a6e1c2b9d40e5f6a7b8c9d0e1f2a3b4c5d6e7f8091a2b3c",
        "trace": [{"step": "edition", "text": "选定版本", "facts": {"on": "2026-11-24"}, "result": "2021"}],
        "missing": [],
        **special,
    }


_EIA = _answer(
    "eia",
    outcome="report_table",
    edition="2021",
    source="《建设项目环境影响评价分类管理名录（2021年版）》",
    headline="应当编制生态环境影响报告表",
    reasons=[
        {
            "text": "建设内容含原汁生产，属于“果菜汁及果菜汁饮料制造”中应编制报告表的情形",
            "quote": "有发酵工艺、原汁生产的",
            "basis": "名录第26项",
            "decisive": True,
        },
        {
            "text": "新增两台天然气锅炉合计6蒸吨/小时，单独判定为报告表，不高于主项",
            "quote": "天然气锅炉总容量1吨/小时（0.7兆瓦）以上的",
            "basis": "名录第91项",
            "decisive": False,
        },
    ],
    figures={"row": "26"},
    duties=["开工前取得审批部门的批复", "投产前依法取得排污许可证或者填报排污登记表"],
    warnings=["是否位于泉域重点保护区尚待水行政主管部门确认"],
)
_ENERGY = _answer(
    "energy",
    outcome="exempt",
    edition="2025",
    source="《固定资产投资项目节能审查和碳排放评价办法》（国家发展改革委令2025年第31号）",
    headline="不再单独进行节能审查（豁免）",
    reasons=[
        {
            "text": "年综合能源消费量812.36吨标准煤，不满1000吨标准煤；煤炭消费量0吨煤炭，不满1000吨煤炭",
            "quote": "年综合能源消费量不满1000吨标准煤且煤炭消费量不满1000吨的固定资产投资项目",
            "basis": "第九条",
            "decisive": True,
        },
        {"text": "新建项目按全部用能计算", "quote": "", "basis": "第二条", "decisive": False},
    ],
    figures={
        "tce": "812.36",
        "distances": [
            {
                "fact": "tce",
                "limit": "1000",
                "gap": "187.64",
                "reached": False,
                "text": "距 1000 吨标准煤还差 187.64 吨",
            }
        ],
    },
    duties=["在全国固定资产投资项目在线审批监管平台填报项目能源消费情况（第二十条）"],
    warnings=[],
)

COMMITMENTS: dict[str, dict[str, Any]] = {
    "notice_of_conditions": {
        "matters": [
            {
                "code": "C02",
                "name": "生产建设项目水土保持方案（报告表）",
                "authority": "行政审批服务管理局",
                "standard": "GB 50433-2018《生产建设项目水土保持技术标准》",
                "conditions": ["选址避让水土流失重点预防区", "防治指标达到一级标准", "弃渣场已落实"],
                "materials": ["水土保持方案报告表", "承诺书"],
                "supervision": "施工期现场检查，完工后自主验收并报备",
            },
            {
                "code": "C04",
                "name": "施工图设计文件告知承诺",
                "authority": "行政审批服务管理局",
                "standard": "现行工程建设强制性标准",
                "conditions": ["勘察、设计单位具有相应资质", "勘察、设计文件已经签章"],
                "materials": ["全套施工图设计文件（电子）", "建设、勘察、设计单位承诺书"],
                "supervision": "开工后30日内抽查，发现问题责令整改",
            },
        ],
        "consequences": [
            "承诺不实或者未按承诺履行的，停止办理或者撤销决定，责令限期整改",
            "虚假承诺记入信用记录，信用修复前不适用告知承诺",
            "造成的损失由承诺人承担",
        ],
        "reply_by_on": "2026-12-04",
        "contact": CONTACT,
    },
    "commitment_letter": {
        "legal_representative": "赵镕堃",
        "plot_number": "B-07-03",
        "addressee": "闻喜县行政审批服务管理局",
        "notice_number": "闻审告〔2026〕12号",
        "notice_on": "2026-11-24",
        "matters": _COMMITTED,
        "consequences": [],
        "signatory": "",
        "capacity": "法定代表人",
        "signed_on": "",
    },
    "commitment_publicity": {
        "letter_on": "2026-11-26",
        "matters": [{key: matter[key] for key in ("code", "name", "standard")} for matter in _COMMITTED],
        "from_on": "2026-11-27",
        "until_on": "2026-12-03",
        "period": "5个工作日",
        "channel": "县人民政府门户网站、经开区公告栏",
        "contact": CONTACT,
    },
    "commitment_decision": {
        "letter_code": "7K3M-9QXR-0WHT-4ZC8",
        "letter_on": "2026-11-26",
        "publicity_from_on": "2026-11-27",
        "publicity_until_on": "2026-12-03",
        "publicity_result": "公示期间未收到异议",
        "site_check": "2026年12月1日现场核查，地块条件与承诺一致",
        "matters": [
            {
                "code": matter["code"],
                "name": matter["name"],
                "standard": matter["standard"],
                "decision": "同意按承诺办理，不再进行事前审查",
            }
            for matter in _COMMITTED
        ],
        "obligations": [
            "按承诺的标准和时间建设，变更承诺内容的重新承诺",
            "工程完工后按承诺提交验收报告",
            "接受有关部门的监督检查，如实提供资料",
        ],
        "supervising_body": "县水务局、县住房和城乡建设局按职责分工",
    },
    "eia_determination": {
        "answer": _EIA,
        "facts_used": [
            {"label": "建设性质", "value": "新建"},
            {"label": "行业类别", "value": "果菜汁及果菜汁饮料制造（1523）"},
            {"label": "主要工艺", "value": "清洗、破碎、榨汁（原汁生产）、巴氏杀菌、浓缩、无菌灌装"},
            {"label": "锅炉", "value": "天然气锅炉2台，合计6蒸吨/小时"},
            {"label": "是否在生态环境敏感区", "value": "否"},
        ],
    },
    "energy_determination": {
        "answer": _ENERGY,
        "facts_used": [
            {"label": "年用电量", "value": "486.00 万千瓦时"},
            {"label": "年用天然气量", "value": "16.20 万立方米"},
            {"label": "年用煤量", "value": "0 吨"},
        ],
        "figures": [{"label": "年综合能源消费量（当量值）", "value": "812.36 吨标准煤"}],
    },
}
