"""Plots with indicators, regional assessments and local parameters. All of it invented, and marked so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from approvals.accounts.models import Organisation
from approvals.demo.areas import BY_KEY, PARKS, place
from approvals.demo.organisations import Tree
from approvals.models import LocalParameter, Plot, PlotIndicator, RegionalAssessment

SOURCE = "演示数据，非官方规定"
SINCE = date(2024, 1, 1)
M2_PER_MU = Decimal("666.67")
PARAMETERS = {
    "publicity_working_days": "5",
    "step_working_days": "3",
    "supplement_answer_working_days": "10",
    "due_soon_working_days": "3",
    "consultation_working_days": "7",
    "validity_remind_days": "90,30,7",
    "duty_remind_days": "7,1",
}
# 亩 of the plots of every park; the fourth has no planning conditions yet and so cannot be sold.
SIZES_MU = (45, 90, 150, 60)
WITHOUT_CONDITIONS = 4
MORE_MU = {"yuncheng_zone": (80, 120, 70, 55, 100), "xiangfen_furniture": (80, 50), "shouyang_paper": (200,)}
INDICATORS = (
    ("invest_mu", ">=", "200", "万元/亩", True),
    ("far_min", ">=", "0.8", "比值", True),
    ("coef_min", ">=", "0.40", "比例", True),
    ("tax_mu", ">=", "8", "万元/亩", True),
    ("output_mu", ">=", "260", "万元/亩", False),
)
NAMES = {
    "U05": "建设工程文物保护和考古许可（考古调查勘探）",
    "U06": "压覆重要矿产资源查询",
    "U07": "地质灾害危险性评估",
    "U08": "地震安全性评价",
    "U09": "区域环境影响评价",
    "U10": "区域节能评价",
    "U13": "水土保持区域评估",
}
# The zones that have more than everybody's U07 and U09, and one whose energy result has run out.
EXTRA = {
    "yuncheng_zone": ("U10", "U13", "U06", "U05"),
    "reform_zone": ("U10", "U13", "U08"),
    "jincheng_zone": ("U13",),
    "xiangfen_furniture": ("U13", "U06"),
    "shouyang_paper": ("U08",),
}
EXPIRED = (("yangquan_zone", "U10"), ("yangcheng_ceramics", "U13"))


def build_places(tree: Tree, *, today: date) -> dict[str, Plot]:
    """Local parameters, assessments and plots. Returns ``place.number`` → plot, numbered from 1."""
    for code, value in PARAMETERS.items():
        LocalParameter.objects.get_or_create(
            code=code, organisation=tree["shanxi"], from_on=SINCE, defaults={"value": value, "source": SOURCE}
        )
    known = {plot.code: plot for plot in Plot.objects.all()}
    assessed = set(RegionalAssessment.objects.values_list("organisation_id", "matter_code"))
    plots: dict[str, Plot] = {}
    for number, key in enumerate(dict.fromkeys(place(park.key) for park in PARKS), start=1):
        _assess(tree[key], key, number, assessed, today=today)
        for index, size in enumerate((*SIZES_MU, *MORE_MU.get(key, ())), start=1):
            code = f"示例宗地-{number:02d}-{index:02d}"
            plots[f"{key}.{index}"] = known.get(code) or _plot(tree[key], key, code, Decimal(size), index)
    return plots


def _plot(organisation: Organisation, key: str, code: str, size_mu: Decimal, index: int) -> Plot:
    for_sale = index != WITHOUT_CONDITIONS
    plot = Plot.objects.create(
        organisation=organisation,
        code=code,
        location=f"{BY_KEY[key].name}示例大道{'东西南北'[index % 4]}侧{index}号地",
        area_m2=size_mu * M2_PER_MU,
        planning_conditions_number=f"{code}规条（演示）" if for_sale else "",
        sale_notice_number=f"{code}告（演示）" if for_sale else "",
    )
    for indicator, direction, value, unit, binding in INDICATORS:
        PlotIndicator.objects.create(
            plot=plot, code=indicator, direction=direction, value=value, unit=unit, binding=binding, source=SOURCE
        )
    return plot


def _assess(organisation: Organisation, key: str, number: int, assessed: set, *, today: date) -> None:
    expired = [code for place_key, code in EXPIRED if place_key == key]
    for code in ("U07", "U09", *EXTRA.get(key, ()), *expired):
        if (organisation.pk, code) not in assessed:
            from_year, until_year = (-6, -1) if code in expired else (-2, 3)
            RegionalAssessment.objects.create(
                organisation=organisation,
                matter_code=code,
                name=NAMES[code],
                number=f"示例区评{number:02d}-{code}（演示）",
                valid_from_on=date(today.year + from_year, 1, 1),
                valid_until_on=date(today.year + until_year, 12, 31),
            )
