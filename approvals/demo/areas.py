"""The real division tree (civil-affairs codes of 2024) and the 13 provincial featured parks of August 2024.

A zone has no civil-affairs code; only the 转型综改示范区 has one that statistics use and that is certain.
"""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE, CITY, COUNTY, ZONE, PARK = "province", "city", "county", "zone", "park"


@dataclass(frozen=True, slots=True)
class Area:
    """One node. ``short`` is how its departments are called; ``parent`` is the key of the area above."""

    key: str
    name: str
    kind: str
    parent: str = ""
    code: str = ""
    short: str = ""


_CITIES = (
    ("taiyuan", "太原市", "140100"),
    ("datong", "大同市", "140200"),
    ("yangquan", "阳泉市", "140300"),
    ("changzhi", "长治市", "140400"),
    ("jincheng", "晋城市", "140500"),
    ("shuozhou", "朔州市", "140600"),
    ("jinzhong", "晋中市", "140700"),
    ("yuncheng", "运城市", "140800"),
    ("xinzhou", "忻州市", "140900"),
    ("linfen", "临汾市", "141000"),
    ("lvliang", "吕梁市", "141100"),
)
_COUNTIES = (
    ("shangdang", "上党区", "changzhi", "140404"),
    ("yangcheng", "阳城县", "jincheng", "140522"),
    ("shouyang", "寿阳县", "jinzhong", "140725"),
    ("yanhu", "盐湖区", "yuncheng", "140802"),
    ("linyi", "临猗县", "yuncheng", "140821"),
    ("wanrong", "万荣县", "yuncheng", "140822"),
    ("xiangfen", "襄汾县", "linfen", "141023"),
    ("jiaocheng", "交城县", "lvliang", "141122"),
)
_ZONES = (
    ("reform_zone", "山西转型综合改革示范区", "shanxi", "140171", "综改示范区"),
    ("jincheng_zone", "晋城经济技术开发区", "jincheng", "", "晋城经开区"),
    ("yangquan_zone", "阳泉高新技术产业开发区", "yangquan", "", "阳泉高新区"),
    ("yuncheng_zone", "运城经济技术开发区", "yuncheng", "", "运城经开区"),
    ("yanhu_zone", "盐湖高新技术产业开发区", "yanhu", "", "盐湖高新区"),
)
# key, name, host. Two parks may stand in one zone.
_PARKS = (
    ("reform_appliances", "综改示范区家电特色园区", "reform_zone"),
    ("jincheng_appliances", "晋城经开区家电特色园区", "jincheng_zone"),
    ("yangquan_appliances", "阳泉高新区家电特色园区", "yangquan_zone"),
    ("yanhu_medicine", "盐湖高新区中成药特色园区", "yanhu_zone"),
    ("wanrong_medicine", "万荣县中成药特色园区", "wanrong"),
    ("shangdang_medicine", "上党中药材专业镇", "shangdang"),
    ("shouyang_paper", "寿阳县生活用纸特色园区", "shouyang"),
    ("linyi_paper", "临猗县生活用纸特色园区", "linyi"),
    ("yuncheng_textiles", "运城经开区纺织服装特色园区", "yuncheng_zone"),
    ("yangcheng_ceramics", "阳城县建筑卫生陶瓷特色园区", "yangcheng"),
    ("jiaocheng_glass", "交城县汽车玻璃特色园区", "jiaocheng"),
    ("yuncheng_juice", "运城经开区果汁饮料特色园区", "yuncheng_zone"),
    ("xiangfen_furniture", "襄汾县家具特色园区", "xiangfen"),
)

AREAS: tuple[Area, ...] = (
    Area("shanxi", "山西省", PROVINCE, code="140000", short="山西省"),
    *(Area(key, name, CITY, "shanxi", code, name) for key, name, code in _CITIES),
    *(Area(key, name, COUNTY, parent, code, name) for key, name, parent, code in _COUNTIES),
    *(Area(key, name, ZONE, parent, code, short) for key, name, parent, code, short in _ZONES),
    *(Area(key, name, PARK, parent, short=name) for key, name, parent in _PARKS),
)
BY_KEY = {area.key: area for area in AREAS}
PARKS = tuple(area for area in AREAS if area.kind == PARK)


def place(park: str) -> str:
    """The key of the area that sells a park's land: its zone, or the park itself where a county hosts it."""
    host = BY_KEY[park].parent
    return host if BY_KEY[host].kind == ZONE else park
