"""Each line of the energy table: what it converts to, what it says of itself, and what it asks when it cannot."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from approvals.rules.energy.coefficients import table_on
from approvals.rules.energy.lines import HEAVIEST_KG_PER_L, Amounts, convert_lines
from approvals.rules.spans import ANYTHING, NOTHING, UNBOUNDED, Span

TABLE = table_on(date(2026, 11, 24))
POWER = {"carrier": "electricity", "quantity": "100", "unit": "万kWh"}
GAS = {"carrier": "natural_gas", "quantity": "1", "unit": "万m3"}
D = Decimal


def lines(*given):
    return convert_lines(given, TABLE)


def line(**given):
    [made] = lines(given).lines
    return made


def test_a_table_nobody_filled_in_is_unbounded_in_every_quantity_and_not_known():
    unknown = convert_lines(None, TABLE)
    assert unknown.known is False
    assert unknown.counted == Amounts(ANYTHING, ANYTHING, ANYTHING)
    empty = lines()
    assert (empty.known, empty.counted, empty.lines) == (True, Amounts(), ())


def test_what_remains_of_two_readings_holds_both_in_every_quantity():
    low, high = Amounts(*[Span.of(D(n)) for n in (1, 2, 3)]), Amounts(*[Span.of(D(n)) for n in (4, 5, 6)])
    assert low | high == Amounts(Span(D(1), D(4)), Span(D(2), D(5)), Span(D(3), D(6)))


def test_a_line_tells_everything_about_itself():
    assert line(**POWER).as_row() == {
        "carrier": "electricity_calorific",
        "label": "电力(当量值)",
        "quantity": "100",
        "unit": "万kWh",
        "coefficient": "0.1229",
        "source": "table",
        "source_label": "标准附录缺省值",
        "role": "counted",
        "use": None,
        "tce": D("122.9"),
        "coal_t": D(0),
    }
    row = line(carrier="natural_gas", quantity="1", unit="万m3", use="fuel").as_row()
    assert (row["tce"], row["tce_low"], row["tce_high"]) == (None, D(11), D("13.3"))
    assert (row["coefficient"], row["source"], row["source_label"]) == ("1.1～1.33", "default_range", "标准附录区间")
    assert (row["use"], row["label"]) == ("fuel", "天然气")


def test_a_line_without_end_shows_no_upper_figure():
    row = line(carrier="moonlight", quantity="1", unit="t").as_row()
    assert (row["tce"], row["tce_low"], row["tce_high"]) == (None, D(0), None)
    assert (row["coal_t"], row["coal_t_high"]) == (None, None)


def test_an_unknown_carrier_may_be_anything_and_is_asked_for_by_its_place():
    [_, made] = lines(POWER, {"carrier": "moonlight", "quantity": "1", "unit": "t"}).lines
    assert (made.index, made.label, made.carrier, made.role) == (1, "moonlight", "moonlight", "counted")
    assert made.amounts == Amounts(ANYTHING, ANYTHING, ANYTHING)
    assert made.question.fact == "energy_lines.1.carrier"
    assert made.question.text == "第2项能源的品种不在折标系数表中，请选择"
    assert (made.need, made.coefficient.source) == ("moonlight.quantity", "unknown")
    nameless = line(quantity="1", unit="t")
    assert (nameless.label, nameless.carrier, nameless.need) == ("?", "", ".quantity")


@pytest.mark.parametrize(
    ("carrier", "coal", "power"),
    [
        ("raw_coal", ANYTHING, NOTHING),
        ("coal_gangue", ANYTHING, NOTHING),  # may count as coal
        ("diesel", NOTHING, NOTHING),
        ("electricity", NOTHING, ANYTHING),
    ],
)
def test_a_missing_quantity_leaves_open_only_what_the_carrier_can_be(carrier, coal, power):
    made = line(carrier=carrier, unit="t")
    assert made.amounts == Amounts(ANYTHING, coal, power)
    assert made.question.fact == "energy_lines.0.quantity"
    assert made.question.text == f"请填写{made.label}的年消费量（不为负）"
    assert made.label == TABLE.data["carriers"].get(carrier, {"label": "电力(当量值)"})["label"]


def test_energy_sold_in_an_unknown_amount_can_only_lower():
    made = line(carrier="heat", use="sold")
    assert (made.role, made.amounts) == ("sold", Amounts(tce=Span(-UNBOUNDED, D(0))))


def test_a_quantity_of_zero_is_known_and_a_negative_one_is_not():
    assert line(carrier="diesel", quantity="0", unit="t").amounts == Amounts()
    assert line(carrier="diesel", quantity="0", unit="t").question is None
    assert line(carrier="diesel", quantity="-0.001", unit="t").question.fact == "energy_lines.0.quantity"
    for nonsense in ("much", "NaN", "Infinity", ""):
        assert line(carrier="diesel", quantity=nonsense, unit="t").question.fact == "energy_lines.0.quantity"


@pytest.mark.parametrize(("unit", "shown"), [("bottles", "bottles"), ("", "空"), (None, "空"), ("kWh", "kWh")])
def test_a_unit_that_does_not_fit_is_named(unit, shown):
    made = line(carrier="diesel", quantity="1", unit=unit)
    assert made.question.fact == "energy_lines.0.unit"
    assert made.question.text == f"柴油的计量单位“{shown}”不能换算为kg，请改填"
    assert made.amounts.tce == ANYTHING


def test_litres_need_a_density_and_are_bounded_by_the_heaviest():
    exact = line(carrier="diesel", quantity="1000", unit="L", density_kg_per_l="0.84")
    assert exact.amounts.tce == Span.of(D("1.223964"))
    for density in (None, "0", "-1", "x"):
        made = line(carrier="diesel", quantity="1000", unit="L", density_kg_per_l=density)
        assert made.amounts.tce == Span(D(0), HEAVIEST_KG_PER_L * D("1.4571"))
        assert made.question.fact == "energy_lines.0.density_kg_per_l"
        assert made.question.text == "请填写柴油的密度（千克/升）"
        assert made.need == "diesel.density"
    gas = line(carrier="natural_gas", quantity="1", unit="L")
    assert gas.question.fact == "energy_lines.0.unit"  # a gas is not measured in litres of liquid


def test_fuel_metered_by_its_heat_needs_no_coefficient_except_coal():
    steam = line(carrier="steam", quantity="100", unit="GJ")
    assert (steam.amounts.tce, steam.label, steam.question) == (Span.of(D("3.412")), "蒸汽(低压)", None)
    coal = line(carrier="raw_coal", quantity="100", unit="GJ")
    assert coal.question.fact == "energy_lines.0.unit"  # its tonnes count too, which heat does not tell


def test_working_media_in_tonnes_are_held_apart():
    water = lines({"carrier": "new_water", "quantity": "1000", "unit": "t"})
    assert water.counted == Amounts()
    assert water.media.tce == Span.of(D("0.2571"))
    assert water.lines[0].role == "medium"
    unknown = lines({"carrier": "new_water", "unit": "t"})
    assert (unknown.counted, unknown.media.tce) == (Amounts(), ANYTHING)


def test_coal_counts_in_physical_tonnes_and_coke_is_counted_apart():
    coal = lines({"carrier": "raw_coal", "quantity": "2000", "unit": "t", "coefficient": "0.5", "use": "fuel"})
    assert coal.counted.coal_t == Span.of(D(2000))
    gangue = lines({"carrier": "coal_gangue", "quantity": "10", "unit": "t"})
    assert gangue.counted.coal_t == Span(D(0), D(10))
    assert gangue.lines[0].need == "coal_gangue.counts_as_coal"
    both = lines(
        {"carrier": "coke", "quantity": "3", "unit": "t"}, {"carrier": "semi_coke", "quantity": "4", "unit": "t"}
    )
    assert (both.coke_t, both.counted.coal_t) == (Span.of(D(7)), NOTHING)
    assert lines({"carrier": "coke", "unit": "t"}).coke_t == ANYTHING
    assert lines({**GAS, "carrier": "hydrogen"}).counted.coal_t == NOTHING


def test_bought_power_is_counted_in_kilowatt_hours_and_sold_energy_only_in_tce():
    made = lines(POWER, {"carrier": "electricity", "quantity": "10", "unit": "万kWh", "use": "sold"})
    assert made.counted.kwh == Span.of(D(1_000_000))
    assert made.counted.tce == Span.of(D("110.61"))
    assert made.lines[1].role == "sold"


@pytest.mark.parametrize(
    ("carrier", "need", "wanted"),
    [
        ("natural_gas", "natural_gas.lhv", "请提供天然气的低位发热量检测报告或供应商热值证明"),
        ("steam", "steam_lp.enthalpy", "请提供蒸汽(低压)的压力和温度（或改按吉焦计量）"),
    ],
)
def test_an_open_coefficient_says_what_would_settle_it(carrier, need, wanted):
    made = line(carrier=carrier, quantity="1", unit="t" if carrier == "steam" else "m3")
    assert made.need == need
    assert made.question.fact == "energy_lines.0.coefficient"
    assert made.question.text.startswith(wanted + "（目前折标系数为")
    assert "不足以判定" in made.question.text


def test_a_carrier_without_a_published_value_has_no_upper_end():
    made = line(carrier="semi_coke", quantity="1", unit="t")
    assert made.need == "semi_coke.lhv"
    assert "没有标准缺省值" in made.question.text


def test_power_made_on_site_is_left_out_only_beside_a_fuel():
    own = {"carrier": "electricity", "quantity": "10", "unit": "万kWh", "use": "self_generated"}
    sun = lines(own)
    assert sun.lines[0].role == "counted"
    assert sun.lines[0].warnings == ("ON_SITE_COUNTED",)
    assert sun.counted.tce == Span.of(D("12.29"))
    fired = lines(own, GAS)
    assert (fired.lines[0].role, fired.on_site.tce) == ("on_site", Span.of(D("12.29")))
    assert fired.counted.tce == Span(D(11), D("13.3"))
    bought_steam = lines(own, {"carrier": "steam", "quantity": "1", "unit": "t"})
    assert bought_steam.lines[0].role == "counted"  # bought steam is no fuel on this site
