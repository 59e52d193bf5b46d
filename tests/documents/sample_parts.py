"""What several samples share. All fictional."""

from __future__ import annotations

import base64

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
