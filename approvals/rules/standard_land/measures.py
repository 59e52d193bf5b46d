"""What the indicators of standard land measure: numerator, denominator, units, and when they are judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from approvals.rules.spans import Span
from approvals.rules.standard_land.figures import (
    M2_PER_HA,
    M2_PER_MU,
    Figures,
    area_m2,
    counted_floor,
    covered,
    exactly,
    fixed_investment,
    one,
    rd_ratio,
    whole,
)

# unit → what one unit of the limit is, in base units of numerator (万元, m², t) per base unit of denominator.
_PER_AREA = {
    "万元/亩": 1 / M2_PER_MU,
    "万元/公顷": Fraction(1, M2_PER_HA),
    "元/平方米": Fraction(1, 10_000),
    "亿元/平方公里": Fraction(1, 100),
}
_RATIO = {"比值": Fraction(1), "比例": Fraction(1), "%": Fraction(1, 100)}
_ENERGY = {"万元/吨标煤": Fraction(1), "万元/吨标准煤": Fraction(1)}
_ENERGY_INVERSE = {"吨标煤/万元": Fraction(1), "吨标准煤/万元": Fraction(1)}


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator. ``judged_at`` is completion (竣工) or operation (达产); before that only pledges are compared."""

    label: str
    numerator: Callable[[Figures], Span]
    denominator: Callable[[Figures], Fraction | None]
    units: Mapping[str, Fraction]
    gap_unit: str
    judged_at: str
    needs: tuple[tuple[str, str], ...]  # (fact, Chinese name): what to ask for when the value is not known


def _per_area(label: str, fact: str, name: str, judged_at: str) -> Measure:
    return Measure(label, exactly(fact), area_m2, _PER_AREA, "万元", judged_at, ((fact, name),))


def _land_share(label: str, fact: str, name: str) -> Measure:
    return Measure(label, exactly(fact), area_m2, _RATIO, "平方米", "completion", ((fact, name),))


_VALUE_ADDED = ("value_added_wan", "达产后年工业增加值（万元）")
_ENERGY_TCE = ("energy_tce", "年综合能源消费量（吨标准煤）")
MEASURES: dict[str, Measure] = {
    "invest_mu": Measure(
        "固定资产投资强度",
        fixed_investment,
        area_m2,
        _PER_AREA,
        "万元",
        "completion",
        (("fixed_investment_wan", "固定资产投资额（万元，不含流动资金）"),),
    ),
    "tax_mu": _per_area("亩均税收", "annual_tax_wan", "达产后年税收（万元）", "operation"),
    "output_mu": _per_area("亩均产出", "annual_output_wan", "达产后年产值（万元）", "operation"),
    "va_mu": _per_area("亩均工业增加值", *_VALUE_ADDED, "operation"),
    "rd": Measure(
        "研发经费占比", rd_ratio, one, _RATIO, "", "operation", (("rd_ratio", "研发经费占主营业务收入比例"),)
    ),
    "far": Measure(
        "容积率",
        counted_floor,
        area_m2,
        _RATIO,
        "平方米",
        "completion",
        (("counted_floor_m2", "计容建筑面积（平方米，层高超过8米的加倍）"),),
    ),
    "coef": Measure(
        "建筑系数",
        covered,
        area_m2,
        _RATIO,
        "平方米",
        "completion",
        (
            ("building_footprint_m2", "建筑物占地面积（平方米）"),
            ("structures_m2", "构筑物占地面积（平方米，没有填0）"),
            ("stockyard_m2", "堆场占地面积（平方米，没有填0）"),
        ),
    ),
    "density": _land_share("建筑密度", "building_footprint_m2", "建筑物占地面积（平方米）"),
    "green": _land_share("绿地率", "green_m2", "绿地面积（平方米）"),
    "office_land": _land_share(
        "行政办公及生活服务设施用地占比", "office_land_m2", "行政办公及生活服务设施用地（平方米）"
    ),
    "office_floor": Measure(
        "行政办公及生活服务设施建筑面积占比",
        exactly("office_floor_m2"),
        whole("total_floor_m2"),
        _RATIO,
        "平方米",
        "completion",
        (("office_floor_m2", "行政办公及生活服务设施建筑面积（平方米）"), ("total_floor_m2", "总建筑面积（平方米）")),
    ),
    "va_per_tce": Measure(
        "单位能耗工业增加值",
        exactly("value_added_wan"),
        whole("energy_tce"),
        _ENERGY,
        "万元",
        "operation",
        (_VALUE_ADDED, _ENERGY_TCE),
    ),
    "tce_per_va": Measure(
        "单位工业增加值能耗",
        exactly("energy_tce"),
        whole("value_added_wan"),
        _ENERGY_INVERSE,
        "吨标准煤",
        "operation",
        (_ENERGY_TCE, _VALUE_ADDED),
    ),
    "va_per_emission": Measure(
        "单位排放工业增加值",
        exactly("value_added_wan"),
        whole("emission_t"),
        {"万元/吨": Fraction(1)},
        "万元",
        "operation",
        (_VALUE_ADDED, ("emission_t", "主要污染物排放量（吨）")),
    ),
}
_ALIASES = {
    "building_coefficient": "coef",
    "invest": "invest_mu",
    "invest_ha": "invest_mu",
    "invest_intensity": "invest_mu",
    "tax": "tax_mu",
    "tax_ha": "tax_mu",
    "output": "output_mu",
    "output_ha": "output_mu",
    "value_added": "va_mu",
    "value_added_mu": "va_mu",
    "va": "va_mu",
    "rd_ratio": "rd",
    "green_ratio": "green",
    "office_land_ratio": "office_land",
    "office_floor_ratio": "office_floor",
    "tce_per_wan": "tce_per_va",
    "tce_per_wan_va": "tce_per_va",
    "energy_per_value_added": "tce_per_va",
    "energy_per_va": "tce_per_va",
    "value_added_per_energy": "va_per_tce",
    "value_added_per_emission": "va_per_emission",
}


def measure_code(indicator: str) -> str:
    """The measure behind an indicator code: ``far_min`` and ``far_max`` are both ``far``. Raises ``ValueError``."""
    code = indicator.removesuffix("_min").removesuffix("_max")
    code = _ALIASES.get(code, code)
    if code not in MEASURES:
        raise ValueError(f"unknown standard-land indicator {indicator!r}")
    return code
