"""Standard-land cases derived by hand: units of area, both directions, waived and missing limits, storeys, rounding."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from approvals.rules.standard_land import Limit, check, counted_floor_area, national_limits

ON = date(2026, 11, 24)


def limit(indicator, direction, value, unit, **more):
    return Limit(indicator, direction, value, unit, binding=more.pop("binding", True), source="公告", **more)


def result(figures, *limits):
    found = check(figures, limits, on=ON)
    return found.outcome, [row["result"] for row in found.figures["indicators"]]


# 60 亩 = 40000 m² = 4 公顷; 150 万元/亩 = 2250 万元/公顷 = 2250 元/m² ÷ 10 = 225 元/m²·10
AREAS = [
    ({"area_mu": 60}, 9000, "pass"),
    ({"area_m2": 40000}, 9000, "pass"),
    ({"area_ha": 4}, 9000, "pass"),
    ({"area_mu": 60}, "8999.999", "fail"),
    ({"area_m2": 40000}, "8999.999", "fail"),
    ({"area_ha": "4"}, "8999.999", "fail"),
    ({"area_m2": "40000.01"}, 9000, "fail"),
    ({"area_m2": "39999.99"}, 9000, "pass"),
    ({"area_mu": "0.1"}, 15, "pass"),
    ({"area_m2": 667}, 150, "fail"),  # a mu is 666.67 m², never 667
]


@pytest.mark.parametrize(("area", "invested", "expected"), AREAS)
@pytest.mark.parametrize(("value", "unit"), [(150, "万元/亩"), (2250, "万元/公顷"), (2250, "元/平方米")])
def test_investment_per_area_in_every_unit(area, invested, expected, value, unit):
    found = result({**area, "fixed_investment_wan": invested}, limit("invest_mu", ">=", value, unit))
    assert found == (expected, [expected])


# plot of 10000 m²
SHARES = [
    ("far_min", ">=", "1.0", "比值", {"counted_floor_m2": 10000}, "pass"),
    ("far_min", ">=", "1.0", "比值", {"counted_floor_m2": "9999.9"}, "fail"),
    ("far_max", "<=", "1.8", "比值", {"counted_floor_m2": 18000}, "pass"),
    ("far_max", "<=", "1.8", "比值", {"counted_floor_m2": "18000.1"}, "fail"),
    ("far_min", ">=", "1.0", "比值", {"total_floor_m2": 10000}, "pass"),  # counts once at least
    ("far_min", ">=", "1.0", "比值", {"total_floor_m2": 5000}, "unknown"),  # once or twice
    ("far_min", ">=", "1.0", "比值", {"total_floor_m2": 4999}, "fail_by_upper_bound"),  # even twice
    ("far_max", "<=", "1.8", "比值", {"total_floor_m2": 9000}, "pass"),
    ("far_max", "<=", "1.8", "比值", {"total_floor_m2": 18001}, "fail"),
    ("coef_min", ">=", "40", "%", {"building_footprint_m2": 4000}, "pass"),
    ("coef_min", ">=", "0.4", "比例", {"building_footprint_m2": 3999}, "unknown"),  # yards may add to it
    (
        *("coef_min", ">=", "0.4", "比例"),
        *({"building_footprint_m2": 3999, "structures_m2": 0, "stockyard_m2": "0.9"}, "fail"),
    ),
    (
        *("coef_min", ">=", "0.4", "比例"),
        *({"building_footprint_m2": 3000, "structures_m2": 500, "stockyard_m2": 500}, "pass"),
    ),
    ("density_max", "<=", "0.4", "比例", {"building_footprint_m2": "4000"}, "pass"),
    ("density_max", "<=", "0.4", "比例", {"building_footprint_m2": "4000.1"}, "fail"),
    ("density_min", ">=", "0.35", "比例", {"building_footprint_m2": "3499"}, "fail"),
    ("green_max", "<=", "0.2", "比例", {"green_m2": 2000}, "pass"),
    ("green_max", "<=", "20", "%", {"green_m2": 2001}, "fail"),
    ("office_land_max", "<=", "0.07", "比例", {"office_land_m2": 700}, "pass"),
    ("office_land_max", "<=", "7", "%", {"office_land_m2": "700.01"}, "fail"),
    ("office_floor_max", "<=", "0.15", "比例", {"office_floor_m2": 1500, "total_floor_m2": 10000}, "pass"),
    ("office_floor_max", "<=", "0.15", "比例", {"office_floor_m2": 1501, "total_floor_m2": 10000}, "fail"),
    ("office_floor_max", "<=", "0.15", "比例", {"office_floor_m2": 1500}, "unknown"),
    ("rd_min", ">=", "1", "%", {"rd_ratio": "0.01"}, "pass"),
    ("rd_min", ">=", "0.01", "比例", {"rd_wan": 99, "revenue_wan": 10000}, "fail"),
    ("tax_mu", ">=", "8", "万元/亩", {"annual_tax_wan": 120}, "pass"),  # 15 mu
    ("tax_mu", ">=", "8", "万元/亩", {"annual_tax_wan": "119.99"}, "fail"),
    ("output_mu", ">=", "300", "万元/亩", {"annual_output_wan": 4500}, "pass"),
    ("va_mu", ">=", "100", "万元/亩", {"value_added_wan": "1499"}, "fail"),
    ("invest_mu", ">=", "150", "万元/亩", {"total_investment_wan": 2250}, "unknown"),
    ("invest_mu", ">=", "150", "万元/亩", {"total_investment_wan": "2249"}, "fail_by_upper_bound"),
    # the same energy and value added read both ways round: 2400 / 500 = 4.8, 500 / 2400 = 0.2083
    ("va_per_tce_min", ">=", "4.8", "万元/吨标煤", {"value_added_wan": 2400, "energy_tce": 500}, "pass"),
    ("va_per_tce_min", ">=", "4.81", "万元/吨标煤", {"value_added_wan": 2400, "energy_tce": 500}, "fail"),
    ("tce_per_va_max", "<=", "0.2084", "吨标煤/万元", {"value_added_wan": 2400, "energy_tce": 500}, "pass"),
    ("tce_per_va_max", "<=", "0.2083", "吨标煤/万元", {"value_added_wan": 2400, "energy_tce": 500}, "fail"),
    ("va_per_tce_min", ">=", "4", "万元/吨标煤", {"value_added_wan": 2400}, "unknown"),
    ("va_per_emission", ">=", "100", "万元/吨", {"value_added_wan": 2400, "emission_t": 24}, "pass"),
    ("va_per_emission", ">=", "100", "万元/吨", {"value_added_wan": 2400, "emission_t": "24.01"}, "fail"),
    ("far_min", ">=", "1.0", "比值", {}, "unknown"),
]


@pytest.mark.parametrize(("indicator", "direction", "value", "unit", "figures", "expected"), SHARES)
def test_shares_and_yields(indicator, direction, value, unit, figures, expected):
    overall = {"unknown": "incomplete", "fail_by_upper_bound": "fail"}.get(expected, expected)
    found = result({"area_m2": 10000, **figures}, limit(indicator, direction, value, unit))
    assert found == (overall, [expected])


def test_without_an_area_nothing_per_area_is_known():
    limits = [limit("invest_mu", ">=", 150, "万元/亩"), limit("far_min", ">=", 1, "比值")]
    for area in ({}, {"area_mu": 0}, {"area_m2": None}):
        found = result({**area, "fixed_investment_wan": 9000, "counted_floor_m2": 1}, *limits)
        assert found == ("incomplete", ["unknown", "unknown"])


def test_a_waived_limit_neither_passes_nor_fails():
    waived = limit("tax_mu", ">=", None, "万元/亩", waived=True)
    plot = {"area_mu": 60, "fixed_investment_wan": 9000}
    assert result(plot, waived, limit("invest_mu", ">=", 150, "万元/亩")) == ("pass", ["no_limit", "pass"])


def test_one_missing_figure_leaves_the_whole_open_and_one_failure_decides():
    limits = [limit("invest_mu", ">=", 150, "万元/亩"), limit("tax_mu", ">=", 8, "万元/亩")]
    assert result({"area_mu": 60, "fixed_investment_wan": 9000}, *limits)[0] == "incomplete"
    assert result({"area_mu": 60, "fixed_investment_wan": 8000}, *limits)[0] == "fail"


def test_the_strictest_binding_limit_governs_and_a_recommended_one_advises():
    plot = {"area_mu": 60, "fixed_investment_wan": 9000}
    mild, strict = limit("invest_mu", ">=", 100, "万元/亩"), limit("invest_mu", ">=", 2400, "万元/公顷")
    assert result(plot, mild, strict)[0] == "fail"
    advice = limit("invest_mu", ">=", 2400, "万元/公顷", binding=False)
    assert result(plot, mild, advice) == ("pass", ["pass", "advice"])


# 8 m itself counts once, more than 8 m twice
STOREYS = [("8", 1000), ("7.99", 1000), ("8.01", 2000), (None, None)]


@pytest.mark.parametrize(("height", "counted"), STOREYS)
def test_storeys_above_eight_metres_count_twice(height, counted):
    assert counted_floor_area([{"area_m2": 1000, "height_m": height}]) == counted
    if counted:
        far = limit("far_min", ">=", "0.2", "比值")
        plot = {"area_m2": 10000, "storeys": [{"area_m2": 1000, "height_m": height}]}
        assert result(plot, far)[0] == ("pass" if counted == 2000 else "fail")


def test_a_value_that_passes_only_when_rounded_fails_with_a_warning():
    tax = limit("tax_mu", ">=", "23.08", "万元/亩")
    found = check({"area_mu": "100.48", "annual_tax_wan": "2319.07"}, [tax], on=ON)
    assert (found.outcome, found.figures["warning_codes"]) == ("fail", ["ROUNDING:tax_mu"])
    found = check({"area_mu": "100.48", "annual_tax_wan": "2318"}, [tax], on=ON)
    assert (found.outcome, found.figures["warning_codes"]) == ("fail", [])
    green = limit("green_max", "<=", "0.2", "比例")
    found = check({"area_m2": 100000, "green_m2": "20000.4"}, [green], on=ON)
    assert (found.outcome, found.figures["warning_codes"]) == ("fail", ["ROUNDING:green_max"])


def test_the_gap_is_said_in_money_and_square_metres():
    found = check({"area_mu": 60, "fixed_investment_wan": 8000}, [limit("invest_mu", ">=", 150, "万元/亩")], on=ON)
    [row] = found.figures["indicators"]
    assert (row["gap"], row["gap_unit"], row["required_total"]) == (Decimal(1000), "万元", Decimal(9000))
    found = check({"area_m2": 10000, "green_m2": 2500}, [limit("green_max", "<=", "0.2", "比例")], on=ON)
    [row] = found.figures["indicators"]
    assert (row["gap"], row["gap_unit"], row["gap_text"]) == (Decimal(500), "平方米", "超出 500 平方米")


def test_national_limits_differ_by_edition_and_by_class():
    old = {one.indicator: one.value for one in national_limits("3072", date(2022, 1, 1))}
    assert (old["coef_min"], old["far_min"]) == (Decimal("0.30"), Decimal("0.7"))
    assert {one.indicator: one.value for one in national_limits("3072", ON)}["coef_min"] == Decimal("0.40")
    rubber, plastics = (
        next(one.value for one in national_limits(code, date(2022, 1, 1)) if one.indicator == "far_min")
        for code in ("2911", "2926")
    )
    assert (rubber, plastics) == (Decimal("0.8"), Decimal("1.0"))


@pytest.mark.parametrize(("indicator", "unit"), [("invest_mu", "万元"), ("far_min", ""), ("tax_mu", "比例")])
def test_a_limit_without_a_fitting_unit_is_refused(indicator, unit):
    with pytest.raises(ValueError, match="单位"):
        limit(indicator, ">=", 1, unit)


# limit 0.2 of 100000 m²: a share is printed to four places, so only what rounds to 0.2000 is a matter of rounding
ROUNDED = [("20004", True), ("20005", False), ("20040", False), ("20004.9", True)]


@pytest.mark.parametrize(("green", "warned"), ROUNDED)
def test_a_share_is_rounded_to_four_places(green, warned):
    found = check({"area_m2": 100000, "green_m2": green}, [limit("green_max", "<=", "0.2", "比例")], on=ON)
    assert (found.outcome, bool(found.figures["warning_codes"])) == ("fail", warned)


# 15 mu; a yield is printed to two places, or to as many as the limit has
YIELDS = [("8", "119.93", True), ("8", "119.92", False), ("8.001", "120.008", True), ("8.001", "120.007", False)]


@pytest.mark.parametrize(("value", "tax", "warned"), YIELDS)
def test_a_yield_is_rounded_to_two_places_or_those_of_the_limit(value, tax, warned):
    found = check({"area_m2": 10000, "annual_tax_wan": tax}, [limit("tax_mu", ">=", value, "万元/亩")], on=ON)
    assert (found.outcome, bool(found.figures["warning_codes"])) == ("fail", warned)


@pytest.mark.parametrize(("floor", "warned"), [("18001", True), ("18049.9", True), ("18050", False), ("19000", False)])
def test_a_floor_area_ratio_is_rounded_to_two_places(floor, warned):
    found = check({"area_m2": 10000, "counted_floor_m2": floor}, [limit("far_max", "<=", "1.8", "比值")], on=ON)
    assert (found.outcome, bool(found.figures["warning_codes"])) == ("fail", warned)


def test_an_uncertain_floor_area_that_may_just_keep_the_maximum_is_open():
    assert result({"area_m2": 10000, "total_floor_m2": 18000}, limit("far_max", "<=", "1.8", "比值")) == (
        "incomplete",
        ["unknown"],
    )


def test_every_ratio_that_the_figures_allow_is_computed():
    figures = {"area_m2": 10000, "building_footprint_m2": 3000}
    computed = check(figures, [], on=ON).figures["computed"]
    assert computed == {
        "area_m2": 10000,
        "area_mu": 15,
        "area_ha": 1,
        "building_density": Decimal("0.3"),
        "building_coefficient_min": Decimal("0.3"),
    }
    assert "building_coefficient_min" not in check({"area_m2": 10000}, [], on=ON).figures["computed"]
    whole = check({**figures, "structures_m2": 500, "stockyard_m2": 500}, [], on=ON).figures["computed"]
    assert whole["building_coefficient"] == Decimal("0.4")
    assert "building_coefficient_min" not in whole
    assert check({"building_footprint_m2": 3000}, [], on=ON).figures["computed"] == {}


def test_the_actual_value_is_shown_also_where_the_limit_is_not_known():
    plot = {"area_mu": 60, "fixed_investment_wan": 9000}
    found = check(plot, [limit("invest_mu", ">=", None, "万元/亩"), limit("invest_mu", ">=", 100, "万元/公顷")], on=ON)
    assert [row["actual"] for row in found.figures["indicators"]] == [150, 2250]
    assert [row["governing"] for row in found.figures["indicators"]] == [False, True]
    waived = check(plot, [limit("tax_mu", ">=", None, "万元/亩", waived=True)], on=ON).figures["indicators"]
    assert waived[0]["governing"] is False


def test_a_range_is_never_shown_as_a_value():
    found = check({"area_m2": 10000, "total_floor_m2": 9000}, [limit("far_min", ">=", 1, "比值")], on=ON)
    assert found.figures["indicators"][0]["actual"] is None
    assert "far" not in found.figures["computed"]
