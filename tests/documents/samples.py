"""Facts of every kind, fictional and as long as real ones. ``facts(kind)`` gives a fresh copy."""

from __future__ import annotations

import base64
import copy
from typing import Any

# 镕堃 are common in names and missing from small fonts; 㙓 is in extension A, 𠅤 outside the basic plane.
PROJECT = {
    "name": "年产12万吨浓缩果汁饮料灌装生产线建设项目",
    "code": "2603-140823-04-01-582947",
    "enterprise": "山西镕堃㙓𠅤果业有限公司",
    "uscc": "91140823MA0K8T3Q4X",
    "site": "闻喜经济技术开发区B-07-03地块",
}
BASIS = [
    {"law": "中华人民共和国行政许可法", "article": "第三十二条", "note": ""},
    {"law": "优化营商环境条例", "article": "第三十六条", "note": "国务院令第722号"},
]
CONTACT = {"name": "项目服务中心 王秀兰", "phone": "0359-700 1234", "address": "政务服务大厅二层工程建设专区"}
APPLICATION = {
    "matter_code": "R06",
    "matter_name": "建设工程规划许可证核发",
    "case": "WX-2026-000128",
    "applicant": PROJECT["enterprise"],
    "applied_on": "2026-11-20",
}
REMEDIES = [
    {
        "way": "行政复议",
        "to": "闻喜县人民政府",
        "within": "自收到本决定书之日起60日内",
        "basis": "《中华人民共和国行政复议法》第二十条",
    },
    {
        "way": "行政诉讼",
        "to": "盐湖区人民法院",
        "within": "自收到本决定书之日起6个月内",
        "basis": "《中华人民共和国行政诉讼法》第四十六条",
    },
]
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><rect width="400" height="300" fill="#cfd8dc"/>'
    '<rect y="190" width="400" height="110" fill="#a1887f"/><rect x="120" y="90" width="24" height="130" '
    'fill="#f9a825"/><rect x="60" y="90" width="220" height="12" fill="#f9a825"/></svg>'
)
PHOTO = "data:image/svg+xml;base64," + base64.b64encode(_SVG.encode()).decode()

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

_SAMPLES: dict[str, dict[str, Any]] = {
    "signing_record": {
        "agreement_title": "年产12万吨浓缩果汁饮料灌装生产线项目投资协议",
        "agreement_kind_label": "正式协议",
        "signed_on": "2026-09-18",
        "party_a": "闻喜经济技术开发区管理委员会（经县人民政府授权）",
        "party_b": "华东果饮集团股份有限公司",
        "project_company": PROJECT["enterprise"],
        "industry": "果菜汁及果菜汁饮料制造（1523）",
        "content": "新建原汁车间、无菌灌装车间、冷库及配套污水处理站，总建筑面积46800平方米，设无菌灌装线6条。",
        "investment_wan": "38600",
        "fixed_investment_wan": "31200",
        "land_area_mu": "128.50",
        "land_location": "经开区B-07-03地块",
        "construction_from_on": "2026-12-20",
        "production_by_on": "2028-06-30",
        "fair_competition_review": "闻公竞审〔2026〕14号，不含排除、限制竞争内容",
        "figures": [
            {"label": "达产年产值", "value": "52000 万元"},
            {"label": "达产年税收", "value": "2100 万元"},
            {"label": "新增就业", "value": "420 人"},
        ],
    },
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
    "indicator_sheet": {
        "plot_number": "B-07-03",
        "plot_area_m2": "85667.10",
        "stage_label": "签约承诺",
        "rows": [
            {
                "label": label,
                "required": required,
                "actual": actual,
                "unit": unit,
                "result": result,
                "gap": gap,
                "source": source,
                "binding": binding,
            }
            for label, required, actual, unit, result, gap, source, binding in (
                ("固定资产投资强度", "≥ 200", "242.80", "万元/亩", "met", "", "出让公告附件", True),
                ("容积率", "0.8 至 1.8", "0.76", "", "not_met", "少 3427 平方米计容面积", "规划条件", True),
                ("建筑系数", "≥ 40", "46.3", "%", "met", "", "规划条件", True),
                ("亩均税收", "≥ 15", "16.34", "万元/亩", "met", "", "出让公告附件", True),
                ("单位能耗增加值", "≥ 2.5", "", "万元/吨标准煤", "unknown", "", "出让公告附件", True),
                ("研发经费占比", "≥ 1.5", "1.1", "%", "advice", "少 0.4 个百分点", "园区指引", False),
            )
        ],
        "conclusion": "有一项约束性指标不符合要求，一项资料不全；补足计容面积并补报增加值后重新核对。",
    },
    "mandate": {
        "agent": "闻喜县项目服务中心",
        "legal_representative": "赵镕堃",
        "contact": {"name": "孙涛", "phone": "138 0000 1234", "address": ""},
        "scope_label": "部分",
        "matters": [
            {"code": "R01", "name": "企业投资项目备案"},
            {"code": "R04", "name": "建设用地规划许可证核发"},
            {"code": "R06", "name": "建设工程规划许可证核发"},
            {"code": "R07", "name": "建筑工程施工许可证核发"},
        ],
        "handlers": [
            {"name": "王秀兰", "position": "代办专员", "organisation": "项目服务中心", "phone": "0359-700 1234"},
            {"name": "马㙓", "position": "", "organisation": "项目服务中心", "phone": "0359-700 1235"},
        ],
        "lead": {
            "name": "李建国",
            "position": "副主任",
            "organisation": "经开区管委会",
            "phone": "0359-700 1001",
        },
        "from_on": "2026-11-24",
        "until_on": "",
        "powers": ["代为预约现场踏勘和专家评审。"],
        "signatory": "",
        "signed_on": "",
    },
    "matter_list": {
        "as_of_on": "2026-11-24",
        "rows": [
            {
                "code": f"R{index:02}",
                "name": name,
                "status": status,
                "status_label": label,
                "route_label": route,
                "authority": "行政审批服务管理局",
                "statutory_limit": limit,
                "promised_limit": promised,
                "reason": reason,
                "basis": basis,
                "prerequisites": before,
            }
            for index in range(1, 4)
            for name, status, label, route, limit, promised, reason, basis, before in (
                (
                    "企业投资项目备案",
                    "done",
                    "已办结",
                    "告知性备案",
                    "即办",
                    "即办",
                    "全部信息已经收到",
                    "《企业投资项目核准和备案管理条例》第十三条",
                    [],
                ),
                (
                    "生态环境影响报告表审批",
                    "required",
                    "待办理",
                    "一般程序",
                    "30日",
                    "15个工作日",
                    "含原汁生产，属于应编制报告表的情形",
                    "《建设项目环境影响评价分类管理名录（2021年版）》第26项",
                    ["企业投资项目备案"],
                ),
                (
                    "节能审查",
                    "not_required",
                    "无须办理",
                    "豁免",
                    "",
                    "",
                    "年综合能源消费量812.36吨标准煤且不用煤；仍须在平台填报能源消费情况",
                    "国家发展改革委令2025年第31号第九条",
                    [],
                ),
                (
                    "泉域水资源影响评价",
                    "question",
                    "待确认",
                    "",
                    "待查",
                    "",
                    "尚不知地块是否位于泉域范围，请水行政主管部门确认",
                    "《山西省泉域水资源保护条例》",
                    ["国有建设用地使用权出让", "建设用地规划许可证核发"],
                ),
                (
                    "建筑工程施工许可证核发",
                    "required",
                    "待办理",
                    "一般程序",
                    "7日",
                    "2个工作日",
                    "工程投资30万元以上且建筑面积300平方米以上",
                    "《中华人民共和国建筑法》第七条、第八条",
                    ["建设工程规划许可证核发", "施工图设计文件告知承诺"],
                ),
            )
        ],
        "summary": [
            {"label": "共", "value": "15项"},
            {"label": "须办理", "value": "6项"},
            {"label": "无须办理", "value": "3项"},
            {"label": "待确认", "value": "3项"},
            {"label": "已办结", "value": "3项"},
        ],
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
    "commencement_sheet": {
        "permit_conditions": [
            {"label": label, "state": state, "detail": detail, "basis": "《建筑法》第八条"}
            for label, state, detail in (
                ("用地批准手续", "met", "不动产权证书 晋（2026）闻喜县不动产权第0004512号"),
                ("建设工程规划许可证", "met", "建字第140823202600057号"),
                ("拆迁进度", "not_applicable", "净地出让，无拆迁"),
                ("已经确定施工企业", "met", "山西第四建设集团有限公司"),
                ("资金安排、施工图纸及技术资料", "met", "设计文件告知承诺已备"),
                ("质量和安全措施", "met", "质量安全监督手续已办理"),
            )
        ],
        "commencement_conditions": [
            {
                "label": "生态环境影响报告表已经批准",
                "state": "met",
                "detail": "闻审许〔2026〕31号",
                "basis": "《生态环境法典》第一百零七条",
            },
            {
                "label": "节能审查",
                "state": "not_applicable",
                "detail": "豁免，闻审能判〔2026〕3号",
                "basis": "2025年第31号令第九条",
            },
            {
                "label": "水土保持方案",
                "state": "met",
                "detail": "承诺制批复 闻审承批〔2026〕5号",
                "basis": "《水土保持法》第二十六条",
            },
            {
                "label": "泉域水资源影响评价",
                "state": "missing",
                "detail": "尚未确认地块是否位于泉域范围",
                "basis": "《山西省泉域水资源保护条例》",
            },
        ],
        "evidence": [
            {"label": "取得建筑工程施工许可证", "on": "2026-12-15", "source": "140823202612150101"},
            {"label": "永久性工程破土开槽", "on": "2026-12-20", "source": "现场影像、监理日志"},
        ],
        "photos": [
            {"caption": "原汁车间基槽开挖（东侧），2026年12月20日", "data_uri": PHOTO},
            {"caption": "无菌灌装车间桩机进场，2026年12月20日", "data_uri": PHOTO},
            {"caption": "施工铭牌与围挡，2026年12月20日", "data_uri": PHOTO},
        ],
        "conclusion": "施工许可条件均已具备；依法开工的其他条件中有一项未具备，补齐后方可确认开工。",
        "checked_by": "王秀兰、李建国",
        "checked_on": "2026-12-21",
    },
    "commencement_confirmation": {
        "started_on": "2026-12-20",
        "criterion": "永久性工程正式破土开槽",
        "permit_number": "140823202612150101",
        "sheet_number": "闻审开核〔2026〕9号",
        "readings": [
            {"purpose": "生态环境管理", "criterion": "永久性工程正式破土开槽", "on": "2026-12-20"},
            {"purpose": "闲置土地认定", "criterion": "取得施工许可证且基础完成三分之一", "on": ""},
            {"purpose": "固定资产投资统计", "criterion": "设计文件中首项永久性工程开工", "on": "2026-12-20"},
        ],
        "figures": [{"label": "施工单位", "value": "山西第四建设集团有限公司"}],
        "reminders": ["主要设备到货后办理入库统计登记", "污染防治设施与主体工程同时设计、同时施工、同时投产使用"],
    },
}


def facts(kind: str) -> dict[str, Any]:
    common = {"project": PROJECT, "basis": BASIS, "remarks": ""}
    return copy.deepcopy({**common, **_SAMPLES[kind]})


def printed(kind: str, **imprint: str) -> dict[str, Any]:
    """The facts as ``services.issue`` completes them, without a database."""
    from documents.kinds import KINDS

    document = {
        "kind": kind,
        "title": KINDS[kind].title,
        "number": f"闻审{KINDS[kind].word}〔2026〕12号" if KINDS[kind].numbered else "",
        "verification_code": "7K3M-9QXR-0WHT-4ZC8",
        "verification_url": "http://localhost:8000/verify/7K3M-9QXR-0WHT-4ZC8/",
        "template_version": "test",
        "replaces": "",
        **imprint,
    }
    return {**facts(kind), "issuer": "闻喜县行政审批服务管理局", "issued_on": "2026-11-24", "document": document}
