"""The standard-land check: thresholds, units, the strictest limit, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.standard_land import Limit, check, counted_floor_area, national_limits

ON = date(2026, 11, 24)
PLOT = {"area_m2": "66666", "structures_m2": 0, "stockyard_m2": 0}
INVEST = Limit("invest_mu", ">=", Decimal(150), "万元/亩", True, "宗地公告")


def rows(figures, *limits, **options):
    answer = check(figures, limits, on=ON, **options)
    return answer, {row["code"]: row for row in answer.figures["indicators"]}


@pytest.mark.parametrize(("invested", "result"), [("8999.99", "fail"), ("9000", "pass"), ("9000.01", "pass")])
def test_a_minimum_includes_its_value(invested, result):
    answer, row = rows({"area_mu": 60, "fixed_investment_wan": invested}, INVEST)
    assert row["invest_mu"]["result"] == answer.outcome == result


@pytest.mark.parametrize(("green", "result"), [("1999.99", "pass"), ("2000", "pass"), ("2000.01", "fail")])
def test_a_maximum_includes_its_value(green, result):
    limit = Limit("green_max", "<=", Decimal("0.20"), "比例", True, "规划条件")
    assert rows({"area_m2": 10000, "green_m2": green}, limit)[1]["green_max"]["result"] == result


def test_100_mu_is_exact_although_a_mu_is_no_finite_decimal():
    assert rows({"area_mu": "100", "fixed_investment_wan": "15000"}, INVEST)[0].outcome == "pass"


def test_the_gap_is_given_in_wan_of_the_whole_plot():
    _, row = rows({"area_mu": 60, "fixed_investment_wan": 8700}, INVEST)
    assert row["invest_mu"]["gap"] == 300
    assert row["invest_mu"]["gap_text"] == "还差 300 万元"
    assert row["invest_mu"]["required_total"] == 9000


def test_wan_per_hectare_is_fifteen_times_as_lenient_a_number():
    per_ha = replace(INVEST, value=Decimal(2250), unit="万元/公顷")
    assert rows({"area_ha": 4, "fixed_investment_wan": 9000}, per_ha)[0].outcome == "pass"
    assert rows({"area_ha": 4, "fixed_investment_wan": "8999.9"}, per_ha)[0].outcome == "fail"


@pytest.mark.parametrize(("unit", "says"), [("", "计量单位"), ("平方米", "万元/亩")])
def test_a_limit_without_a_fitting_unit_is_refused(unit, says):
    with pytest.raises(ValueError, match=says):
        replace(INVEST, unit=unit)


def test_a_limit_without_direction_or_with_an_unknown_indicator_is_refused():
    with pytest.raises(ValueError, match="方向"):
        replace(INVEST, direction="")
    with pytest.raises(ValueError, match="unknown standard-land indicator"):
        replace(INVEST, indicator="beauty")


def test_reciprocal_energy_limits_do_not_share_a_unit():
    with pytest.raises(ValueError, match="万元/吨标煤"):
        Limit("va_per_tce_min", ">=", Decimal(4), "吨标煤/万元", True, "宗地公告")
    assert Limit("tce_per_va_max", "<=", Decimal("0.25"), "吨标煤/万元", True, "宗地公告")


def test_the_strictest_binding_limit_governs_whatever_its_unit():
    lenient = replace(INVEST, value=Decimal(2000), unit="万元/公顷", source="省级标准")
    answer = check({"area_mu": 60, "fixed_investment_wan": 8500}, [lenient, INVEST], on=ON)
    assert [row["governing"] for row in answer.figures["indicators"]] == [False, True]
    assert [row["result"] for row in answer.figures["indicators"]] == ["pass", "fail"]
    assert answer.outcome == "fail"


def test_a_recommended_limit_only_advises():
    advice = replace(INVEST, value=Decimal(500), binding=False, source="推荐值")
    answer = check({"area_mu": 60, "fixed_investment_wan": 9000}, [INVEST, advice], on=ON)
    assert [row["result"] for row in answer.figures["indicators"]] == ["pass", "advice"]
    assert answer.outcome == "pass"


def test_missing_figures_make_it_incomplete_and_are_asked_for():
    tax = Limit("tax_mu", ">=", Decimal(8), "万元/亩", True, "宗地公告")
    answer = check({"area_mu": 60, "fixed_investment_wan": 9000}, [INVEST, tax], on=ON)
    assert answer.outcome == "incomplete"
    assert [question.fact for question in answer.missing] == ["annual_tax_wan"]
    assert check({}, [INVEST], on=ON).missing[0].fact == "area_m2"


def test_a_failure_is_a_failure_whatever_is_missing():
    tax = Limit("tax_mu", ">=", Decimal(8), "万元/亩", True, "宗地公告")
    assert check({"area_mu": 60, "fixed_investment_wan": 1}, [INVEST, tax], on=ON).outcome == "fail"


@pytest.mark.parametrize(("total", "result"), [("8999", "fail_by_upper_bound"), ("20000", "unknown")])
def test_total_investment_can_refute_but_never_prove(total, result):
    assert rows({"area_mu": 60, "total_investment_wan": total}, INVEST)[1]["invest_mu"]["result"] == result


def test_no_limits_are_no_pass():
    answer = check(PLOT, [], on=ON)
    assert answer.outcome == "incomplete"
    assert answer.missing[0].fact == "limits"


def test_a_slash_in_the_notice_sets_no_limit():
    rd = Limit("rd_min", ">=", None, "比例", True, "宗地公告", waived=True)
    answer, row = rows({"area_mu": 60, "fixed_investment_wan": 9000}, INVEST, rd)
    assert row["rd_min"]["result"] == "no_limit"
    assert answer.outcome == "pass"


@pytest.mark.parametrize(("invested", "warns"), [("8999.7", True), ("8999.6", False)])
def test_a_value_that_only_meets_the_limit_when_rounded_fails_and_is_pointed_out(invested, warns):
    answer, row = rows({"area_mu": 60, "fixed_investment_wan": invested}, INVEST)
    assert row["invest_mu"]["result"] == "fail"
    assert row["invest_mu"]["rounding"] is warns
    assert ("ROUNDING:invest_mu" in answer.figures["warning_codes"]) is warns


@pytest.mark.parametrize(("height", "area"), [("7.99", 1000), ("8", 1000), ("8.01", 2000), (None, None)])
def test_storeys_above_eight_metres_count_twice(height, area):
    assert counted_floor_area([{"area_m2": 1000, "height_m": height}]) == area


def test_far_has_a_minimum_and_a_maximum():
    band = [
        Limit("far_min", ">=", Decimal("0.7"), "比值", True, "规划条件"),
        Limit("far_max", "<=", Decimal("1.8"), "比值", True, "规划条件"),
    ]
    assert check({"area_m2": 1000, "counted_floor_m2": 1900}, band, on=ON).outcome == "fail"
    assert check({"area_m2": 1000, "counted_floor_m2": 1800}, band, on=ON).outcome == "pass"
    tall = {"area_m2": 1000, "storeys": [{"area_m2": 600, "height_m": 9}]}
    assert check(tall, band, on=ON).outcome == "pass"


def test_far_from_floor_area_alone_is_judged_only_where_the_heights_cannot_matter():
    minimum = Limit("far_min", ">=", Decimal("1.0"), "比值", True, "规划条件")
    outcomes = [check({"area_m2": 1000, "total_floor_m2": f}, [minimum], on=ON).outcome for f in (400, 700, 1000)]
    assert outcomes == ["fail", "incomplete", "pass"]


def test_building_coefficient_counts_yards_and_density_does_not():
    coefficient = Limit("coef_min", ">=", Decimal("0.4"), "比例", True, "国家")
    density = Limit("density_max", "<=", Decimal("0.4"), "比例", True, "规划条件")
    plot = {"area_m2": 1000, "building_footprint_m2": 350, "structures_m2": 20}
    assert check(plot, [coefficient], on=ON).outcome == "incomplete"
    assert check({**plot, "stockyard_m2": 50}, [coefficient, density], on=ON).outcome == "pass"
    assert check({**plot, "building_footprint_m2": 400}, [coefficient], on=ON).outcome == "pass"


def test_an_industry_that_the_plot_does_not_admit_fails():
    figures = {"area_mu": 60, "fixed_investment_wan": 9000, "industry": "2641", "admitted_industries": ["13", "14"]}
    answer = check(figures, [INVEST], on=ON)
    assert answer.outcome == "fail"
    assert "准入" in answer.reasons[0].text
    assert check({**figures, "industry": "1523", "admitted_industries": ["15"]}, [INVEST], on=ON).outcome == "pass"


def test_forbidden_facilities_fail():
    figures = {"area_mu": 60, "fixed_investment_wan": 9000, "forbidden_facilities": ["招待所"]}
    assert check(figures, [INVEST], on=ON).outcome == "fail"


@pytest.mark.parametrize(
    ("industry", "on", "far"),
    [
        ("1523", date(2015, 1, 1), "1.0"),
        ("3072", date(2015, 1, 1), "0.7"),  # 非金属矿物 by name, not the old number 30 (plastics)
        ("2912", date(2015, 1, 1), "0.8"),  # rubber
        ("2921", date(2015, 1, 1), "1.0"),  # plastics
        ("29", date(2015, 1, 1), None),
        ("43", date(2015, 1, 1), None),
        ("1523", ON, None),  # the official table of 2023 was not obtained
    ],
)
def test_national_far_by_industry_and_edition(industry, on, far):
    limits = {limit.indicator: limit for limit in national_limits(industry, on)}
    assert limits["far_min"].value == (None if far is None else Decimal(far))
    assert limits["coef_min"].value == (Decimal("0.40") if on == ON else Decimal("0.30"))
    assert limits["office_land_max"].value == Decimal("0.07")


def test_a_national_value_that_is_not_known_never_fails_and_never_passes():
    national = national_limits("1523", ON)
    figures = {**PLOT, "counted_floor_m2": 80000, "building_footprint_m2": 40000, "office_land_m2": 100}
    answer = check(figures, national, on=ON)
    assert answer.outcome == "incomplete"
    assert [question.fact for question in answer.missing] == ["limits.far_min"]
    plot_far = Limit("far_min", ">=", Decimal("1.0"), "比值", True, "规划条件")
    with_plot = check(figures, [plot_far, *national], on=ON)
    assert with_plot.outcome == "pass"
    assert "LIMIT_NOT_LOADED:far_min" in with_plot.figures["warning_codes"]


@pytest.mark.parametrize(("stage", "kinds"), [("pledged", "承承"), ("completion", "实承"), ("operation", "实实")])
def test_economic_figures_are_promises_until_operation(stage, kinds):
    tax = Limit("tax_mu", ">=", Decimal(8), "万元/亩", True, "宗地公告")
    answer = check({"area_mu": 60}, [INVEST, tax], on=ON, stage=stage)
    assert "".join(row["value_kind"][0] for row in answer.figures["indicators"]) == kinds


def test_unknown_stages_and_days_before_the_first_edition_are_errors():
    with pytest.raises(ValueError, match="stage"):
        check(PLOT, [INVEST], on=ON, stage="someday")
    with pytest.raises(LookupError):
        check(PLOT, [INVEST], on=date(2000, 1, 1))


@pytest.mark.parametrize("value", ["", "abc", "-5", None, "NaN", "Infinity"])
def test_nonsense_is_unknown_not_zero(value):
    assert check({"area_mu": 60, "fixed_investment_wan": value}, [INVEST], on=ON).outcome == "incomplete"


def test_the_answer_is_plain_json():
    answer = check({"area_mu": 60, "fixed_investment_wan": 8700}, [INVEST, *national_limits("1523", ON)], on=ON)
    assert (
        answer.as_json()
        == check({"area_mu": 60, "fixed_investment_wan": 8700}, [INVEST, *national_limits("1523", ON)], on=ON).as_json()
    )
    assert answer.as_json()["figures"]["indicators"][0]["gap"] == "300"


@given(mu=st.decimals("0.01", "9999", places=2), limit=st.decimals("0.01", "999", places=2))
def test_exactly_the_required_total_always_passes(mu, limit):
    figures = {"area_mu": mu, "fixed_investment_wan": mu * limit}
    assert check(figures, [replace(INVEST, value=limit)], on=ON).outcome == "pass"


@given(invested=st.decimals(0, 99999, places=2), more=st.decimals(0, 99999, places=2))
def test_more_investment_never_turns_pass_into_fail(invested, more):
    before = check({"area_mu": 60, "fixed_investment_wan": invested}, [INVEST], on=ON).outcome
    after = check({"area_mu": 60, "fixed_investment_wan": invested + more}, [INVEST], on=ON).outcome
    assert (before, after) != ("pass", "fail")
