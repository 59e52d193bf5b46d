"""Facts of the papers that end a stage of the journey."""

from __future__ import annotations

from typing import Any

from tests.documents.sample_parts import CONTACT, PHOTO, PROJECT

STAGES: dict[str, dict[str, Any]] = {
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
