"""Figures as they are read, limits as they compare, and the frame of the answer on standard land."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from approvals.rules.editions import edition_on
from approvals.rules.spans import ANYTHING, UNBOUNDED, Span
from approvals.rules.standard_land import HEADLINES, Limit, check, counted_floor_area, national_limits
from approvals.rules.standard_land.figures import covered, exactly, known, rd_ratio, whole
from approvals.rules.standard_land.limits import strictest
from tests.rules.test_standard_land import INVEST, ON

EDITION = edition_on("standard_land", ON)


def at_most(value, unit="比例", **more):
    return Limit("green_max", "<=", Decimal(value), unit, True, "规划条件", **more)


# figures --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "read"),
    [("12.5", "12.5"), (0, "0"), ("", None), (None, None), ("-1", None), ("many", None), ("NaN", None)],
)
def test_a_figure_that_is_no_amount_is_not_known(stated, read):
    expected = None if read is None else Decimal(read)
    assert known({"green_m2": stated}, "green_m2") == expected
    assert known({}, "green_m2") is None
    assert exactly("green_m2")({"green_m2": stated}) == (ANYTHING if expected is None else Span.of(expected))


@pytest.mark.parametrize(("stated", "read"), [("2.5", Fraction(5, 2)), (0, None), (None, None), ("-3", None)])
def test_nothing_is_divided_by_what_is_not_known_or_nothing(stated, read):
    assert whole("energy_tce")({"energy_tce": stated}) == read


def test_storeys_add_up_and_only_those_above_eight_metres_count_twice():
    storeys = [{"area_m2": 100, "height_m": 8}, {"area_m2": 50, "height_m": "8.01"}, {"area_m2": 7, "height_m": 3}]
    assert counted_floor_area(storeys) == 207
    assert counted_floor_area([*storeys, {"area_m2": 5}]) is None


def test_what_is_not_stated_of_the_covered_land_can_only_add():
    assert covered({"building_footprint_m2": 10, "structures_m2": 2, "stockyard_m2": 3}) == Span.of(Decimal(15))
    assert covered({"building_footprint_m2": 10, "structures_m2": 2}) == Span(Decimal(12), UNBOUNDED)
    assert covered({"structures_m2": 2, "stockyard_m2": 3}) == ANYTHING


@pytest.mark.parametrize(
    "figures", [{}, {"rd_wan": 3}, {"revenue_wan": 100}, {"rd_wan": 3, "revenue_wan": 0}, {"revenue_wan": 0}]
)
def test_the_share_of_research_needs_both_its_parts(figures):
    assert rd_ratio(figures) == ANYTHING


def test_the_share_of_research_is_stated_or_worked_out():
    assert rd_ratio({"rd_wan": 3, "revenue_wan": 100}) == Span.of(Decimal("0.03"))
    assert rd_ratio({"rd_ratio": "0.05", "rd_wan": 3, "revenue_wan": 100}) == Span.of(Decimal("0.05"))


# limits ---------------------------------------------------------------------------------------------------------------


def test_of_maxima_the_least_and_of_minima_the_greatest_is_the_strictest():
    low, high = at_most("0.10"), at_most("20", "%")
    assert strictest([low, high]) == strictest([high, low]) == low
    lenient, strict = Limit("invest_mu", ">=", Decimal(2250), "万元/公顷", True, "县"), INVEST
    more = Limit("invest_mu", ">=", Decimal(2400), "万元/公顷", True, "县")
    assert strictest([INVEST, more]) == strictest([more, INVEST]) == more
    assert strictest([strict, lenient]).base_value == strict.base_value


def test_a_maximum_of_nothing_is_stricter_than_any_other():
    assert strictest([at_most("0.5"), at_most("0")]).value == 0


def test_of_equal_limits_the_first_is_named():
    first, second = at_most("0.2"), at_most("20", "%")
    assert strictest([first, second]) is first
    assert strictest([second, first]) is second


def test_a_wrong_unit_is_answered_with_the_units_that_fit():
    with pytest.raises(ValueError, match=r"^green_max: 指标限值须写明计量单位，可用：比值、比例、%$"):
        at_most("1", "亩")


def test_national_limits_say_where_they_stand_and_which_are_not_confirmed():
    rows = EDITION.data["indicators"]
    for limit, row in zip(national_limits("3011", ON), rows, strict=True):
        assert limit.source == EDITION.source
        assert limit.unconfirmed is (row["confidence"] != "high")
    assert {row["confidence"] for row in rows} > {"high"}


def test_an_industry_without_a_division_has_no_value_and_still_its_limits():
    per_division = [row["indicator"] for row in EDITION.data["indicators"] if row.get("per_division")]
    found = {limit.indicator: limit for limit in national_limits("99", ON)}
    assert per_division
    assert [found[code].value for code in per_division] == [None] * len(per_division)


# the answer -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("invested", "outcome"), [("9000", "pass"), ("8999", "fail"), (None, "incomplete")])
def test_the_answer_names_its_edition_and_what_came_out(invested, outcome):
    answer = check({"area_mu": 60, "fixed_investment_wan": invested}, [INVEST], on=ON, stage="completion")
    assert (answer.kind, answer.outcome, answer.on) == ("standard_land", outcome, ON)
    assert (answer.edition, answer.sha256, answer.source) == (EDITION.edition, EDITION.sha256, EDITION.source)
    assert answer.headline == HEADLINES[outcome]
    assert answer.figures["stage"] == "completion"
    assert len(answer.trace) == len(answer.reasons) == 1


def test_every_warning_stands_in_the_answer_with_its_code():
    unsure = at_most("0.2", unconfirmed=True)
    answer = check({"area_m2": 10000, "green_m2": 3000}, [unsure], on=ON)
    assert len(answer.warnings) == len(answer.figures["warning_codes"]) > 0
    assert all(isinstance(text, str) and text for text in answer.warnings)
