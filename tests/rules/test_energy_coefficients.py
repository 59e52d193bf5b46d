"""Which coefficient a line is converted with: each source, with and without evidence, on both sides of every bound."""

from __future__ import annotations

from decimal import Decimal

import pytest

from approvals.rules.energy.coefficients import (
    SOURCE_LABELS,
    Coefficient,
    carrier_key,
    choose,
    coefficient_from_lhv,
    range_text,
    table_on,
)
from approvals.rules.spans import UNBOUNDED, ZERO, Span
from tests.rules.energy_help import ON

CARRIERS = table_on(ON).data["carriers"]
COAL, GAS, POWER = "raw_coal", "natural_gas", "electricity_calorific"
OPEN = "semi_coke"  # the standard gives it no default


def chosen(carrier, stated=None, source=None):
    return choose({"coefficient": stated, "coefficient_source": source}, CARRIERS[carrier])


def span(low, high=None):
    return Span(Decimal(low), Decimal(high or low))


@pytest.mark.parametrize("source", [None, "table", "default_range", "measured", "certificate", "supplier said so"])
def test_without_a_stated_value_the_table_decides_whatever_the_source(source):
    assert chosen(COAL, None, source) == Coefficient(span("0.7143"), "table")
    assert chosen(GAS, None, source) == Coefficient(span("1.1", "1.33"), "default_range")
    assert chosen(OPEN, None, source) == Coefficient(Span(ZERO, UNBOUNDED), "unknown")


@pytest.mark.parametrize(
    ("carrier", "stated", "in_table"),
    [
        (COAL, "0.7143", True),
        (COAL, "0.7142", False),
        (COAL, "0.7144", False),
        (GAS, "1.1", True),
        (GAS, "1.2", True),
        (GAS, "1.33", True),
        (GAS, "1.0999", False),
        (GAS, "1.3301", False),
    ],
)
def test_a_value_said_to_be_the_tables_is_compared_with_it_and_never_used(carrier, stated, in_table):
    found = chosen(carrier, stated, "table")
    assert found.kgce == chosen(carrier).kgce
    assert found.source == chosen(carrier).source
    assert found.warnings == (() if in_table else ("COEFFICIENT_NOT_IN_TABLE",))


def test_a_value_given_with_the_range_of_the_standard_leaves_the_range_as_it_is():
    """What was filled in beside 「标准附录区间」 is no claim about the table and widens nothing."""
    assert chosen(GAS, "9.9", "default_range") == Coefficient(span("1.1", "1.33"), "default_range")
    assert chosen(COAL, "0.3", "default_range") == Coefficient(span("0.7143"), "table")


@pytest.mark.parametrize("source", ["measured", "certificate"])
def test_an_evidenced_value_replaces_the_table(source):
    assert chosen(COAL, "0.5", source) == Coefficient(span("0.5"), source)
    assert chosen(GAS, "1.2128", source) == Coefficient(span("1.2128"), source)
    assert chosen(OPEN, "0.9", source) == Coefficient(span("0.9"), source)


@pytest.mark.parametrize(
    ("carrier", "stated", "plausible"),
    [
        (COAL, "0.25", True),
        (COAL, "1.05", True),
        (COAL, "0.2499", False),
        (COAL, "1.0501", False),
        (GAS, "0.95", True),
        (GAS, "1.45", True),
        (GAS, "0.94", False),
        (GAS, "1.46", False),
        ("washed_coal", "0.0001", True),  # no bounds of its own: any positive value
        ("washed_coal", "99", True),
        ("washed_coal", "0", False),
        ("washed_coal", "-0.5", False),
    ],
)
def test_an_evidenced_value_counts_up_to_the_bounds_of_what_is_plausible(carrier, stated, plausible):
    found, table = chosen(carrier, stated, "measured"), chosen(carrier).kgce
    assert found.source == "measured"
    if plausible:
        assert (found.kgce, found.warnings) == (span(stated), ())
    else:
        assert found.kgce == Span(min(table.low, Decimal(stated)), max(table.high, Decimal(stated)))
        assert found.warnings == ("COEFFICIENT_IMPLAUSIBLE",)


@pytest.mark.parametrize("source", [None, "unsupported", "somebody"])
def test_a_value_without_evidence_only_widens_the_table(source):
    below, above = chosen(COAL, "0.3", source), chosen(COAL, "0.9", source)
    assert below == Coefficient(span("0.3", "0.7143"), "unsupported", ("COEFFICIENT_UNSUPPORTED",))
    assert above == Coefficient(span("0.7143", "0.9"), "unsupported", ("COEFFICIENT_UNSUPPORTED",))
    inside = chosen(GAS, "1.2", source)
    assert inside == Coefficient(span("1.1", "1.33"), "unsupported", ("COEFFICIENT_UNSUPPORTED",))


def test_a_value_without_evidence_that_is_the_tables_own_needs_none():
    assert chosen(COAL, "0.71430", None) == Coefficient(span("0.7143"), "table")


def test_power_and_heat_keep_the_prescribed_value():
    assert chosen(POWER) == Coefficient(span("0.1229"), "table")
    assert chosen(POWER, "0.12290", "measured") == Coefficient(span("0.1229"), "table")
    for stated in ("0.1228", "0.404"):
        assert chosen(POWER, stated, "measured") == Coefficient(span("0.1229"), "table", ("COEFFICIENT_PRESCRIBED",))
    assert chosen("heat", "0.0341", "table").warnings == ("COEFFICIENT_PRESCRIBED",)


@pytest.mark.parametrize(
    ("lhv", "expected"),
    [
        ("29307.6", "1.0000"),
        ("20934", "0.7143"),
        ("7.3269", "0.0003"),  # 0.00025 exactly: half goes up, not to the even neighbour
        ("7.3268", "0.0002"),
        ("1.46538", "0.0001"),
    ],
)
def test_a_heating_value_becomes_four_places_rounded_half_up(lhv, expected):
    found = coefficient_from_lhv(Decimal(lhv))
    assert found == Decimal(expected)
    assert found.as_tuple().exponent == -4


def test_an_alias_is_the_tables_own_name_and_another_name_stays():
    table = table_on(ON)
    assert carrier_key("electricity", table) == POWER
    assert carrier_key("steam", table) == "steam_lp"
    assert carrier_key("raw_coal", table) == "raw_coal"
    assert carrier_key("moonlight", table) == "moonlight"


def test_a_coefficient_is_written_as_one_number_or_as_both_ends():
    assert range_text(chosen("washed_coal")) == "0.9"
    assert range_text(chosen(GAS)) == "1.1～1.33"
    assert range_text(chosen(OPEN)) == "0～不确定"


def test_every_source_that_can_come_out_has_a_label():
    cases = [(COAL, None, None), (GAS, None, None), (OPEN, None, None), (COAL, "0.5", "measured")]
    cases += [(COAL, "0.5", "certificate"), (COAL, "0.5", None)]
    assert {chosen(*case).source for case in cases} == set(SOURCE_LABELS)
