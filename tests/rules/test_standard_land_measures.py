"""The table of measures, made anew: what each indicator counts, of what, in which units, and when."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import pytest

from approvals.rules.spans import ANYTHING, Span
from approvals.rules.standard_land import measures
from approvals.rules.standard_land.figures import area_m2, exactly

MU = {"area_mu": "3"}  # 2000 m²


def made_anew() -> ModuleType:
    """A second copy of the module: the table is made when it is imported, not when it is asked."""
    spec = spec_from_file_location(measures.__name__, measures.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PER_AREA = {"万元/亩", "万元/公顷", "元/平方米", "亿元/平方公里"}
SHARE = {"比值", "比例", "%"}
TABLE = [
    ("tax_mu", "亩均税收", "annual_tax_wan", "达产后年税收（万元）", PER_AREA, "万元", "operation"),
    ("output_mu", "亩均产出", "annual_output_wan", "达产后年产值（万元）", PER_AREA, "万元", "operation"),
    ("va_mu", "亩均工业增加值", "value_added_wan", "达产后年工业增加值（万元）", PER_AREA, "万元", "operation"),
    ("density", "建筑密度", "building_footprint_m2", "建筑物占地面积（平方米）", SHARE, "平方米", "completion"),
    ("green", "绿地率", "green_m2", "绿地面积（平方米）", SHARE, "平方米", "completion"),
    (
        "office_land",
        "行政办公及生活服务设施用地占比",
        "office_land_m2",
        "行政办公及生活服务设施用地（平方米）",
        SHARE,
        "平方米",
        "completion",
    ),
]


@pytest.mark.parametrize(("code", "label", "fact", "name", "units", "gap_unit", "judged_at"), TABLE)
def test_an_indicator_of_one_figure_on_the_land(code, label, fact, name, units, gap_unit, judged_at):
    measure = made_anew().MEASURES[code]
    assert (measure.label, set(measure.units), measure.gap_unit) == (label, units, gap_unit)
    assert (measure.judged_at, measure.needs) == (judged_at, ((fact, name),))
    assert measure.numerator({fact: "12.5"}) == Span.of(Decimal("12.5"))
    assert measure.numerator({}) == exactly(fact)({}) == ANYTHING
    assert measure.denominator(MU) == area_m2(MU) == Fraction(2000)


@pytest.mark.parametrize(
    ("unit", "of_one_wan_per_m2"),
    [("万元/亩", Fraction(3, 2000)), ("万元/公顷", Fraction(1, 10_000)), ("元/平方米", Fraction(1, 10_000))],
)
def test_units_per_area_are_exact(unit, of_one_wan_per_m2):
    assert made_anew().MEASURES["tax_mu"].units[unit] == of_one_wan_per_m2


def test_the_copy_is_the_table_in_use():
    fresh = made_anew().MEASURES
    assert fresh.keys() == measures.MEASURES.keys()
    for code, measure in measures.MEASURES.items():
        assert (measure.label, measure.units, measure.needs) == (
            fresh[code].label,
            fresh[code].units,
            fresh[code].needs,
        )
