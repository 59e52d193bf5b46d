"""Which departments an area has in the demonstration, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass

from approvals.demo.areas import AREAS, BY_KEY, CITY, COUNTY, PARK, PROVINCE, ZONE, Area


@dataclass(frozen=True, slots=True)
class Office:
    """A department of an area. ``prefix`` stands in document numbers; 示 shows that none of them is real."""

    area: str
    department: str
    name: str
    prefix: str

    @property
    def key(self) -> str:
        return f"{self.area}.{self.department}"


_PROVINCIAL = {
    "approval_bureau": ("行政审批服务管理局", "审"),
    "energy": ("能源局", "能"),
    "ecology": ("生态环境厅", "环"),
    "water": ("水利厅", "水"),
    "natural_resources": ("自然资源厅", "资"),
    "housing": ("住房和城乡建设厅", "建"),
    "emergency": ("应急管理厅", "应"),
    "investment_promotion": ("投资促进局", "投"),
    "supervision": ("人民政府督查室", "督"),
}
_MUNICIPAL = {
    "approval_bureau": ("行政审批服务管理局", "审"),
    "service_centre": ("项目服务中心", "服"),
    "energy": ("能源局", "能"),
    "natural_resources": ("规划和自然资源局", "资"),
    "ecology": ("生态环境局", "环"),
    "water": ("水务局", "水"),
    "housing": ("住房和城乡建设局", "建"),
    "emergency": ("应急管理局", "应"),
    "supervision": ("人民政府督查室", "督"),
}
_COUNTY = {
    "approval_bureau": ("行政审批服务管理局", "审"),
    "service_centre": ("项目服务中心", "服"),
    "natural_resources": ("自然资源局", "资"),
    "ecology": ("生态环境分局", "环"),
    "water": ("水利局", "水"),
    "housing": ("住房和城乡建设局", "建"),
    "emergency": ("应急管理局", "应"),
    "supervision": ("人民政府督查室", "督"),
}
_ZONE = {"zone_committee": ("管理委员会", "管"), "service_centre": ("项目服务中心", "服")}
_QUIET_CITY = {key: _MUNICIPAL[key] for key in ("approval_bureau", "supervision")}
_REFORM_ZONE = {"approval_bureau": ("行政审批局", "审"), "housing": ("建设管理部", "建")} | _ZONE
_SHORT = {"shanxi": "晋", "reform_zone": "综改"}


def _offered(area: Area) -> dict[str, tuple[str, str]]:
    if area.key == "reform_zone":
        return _REFORM_ZONE
    if area.kind == CITY and not any(_hosts(area, park) for park in AREAS if park.kind == PARK):
        return _QUIET_CITY
    return {PROVINCE: _PROVINCIAL, CITY: _MUNICIPAL, COUNTY: _COUNTY, ZONE: _ZONE}.get(area.kind, {})


def _hosts(city: Area, area: Area) -> bool:
    while area.parent and area.key != city.key:
        area = BY_KEY[area.parent]
    return area.key == city.key


def _offices(area: Area) -> list[Office]:
    short = _SHORT.get(area.key, area.short.removesuffix("区") if area.kind == ZONE else area.short[:2])
    return [
        Office(area.key, department, f"{area.short}{title}", f"示{short}{word}")
        for department, (title, word) in _offered(area).items()
    ]


OFFICES: tuple[Office, ...] = tuple(office for area in AREAS for office in _offices(area))
