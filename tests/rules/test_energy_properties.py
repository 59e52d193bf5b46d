"""Properties of the energy class: it rises with consumption, and ignorance never exempts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.energy import classify

RANK = {"exempt": 0, "regional_commitment": 1, "sub_provincial": 1, "provincial": 2, "state": 3}
CARRIERS = {"electricity": "kWh", "raw_coal": "t", "natural_gas": "m3", "heat": "GJ", "diesel": "t", "steam_lp": "t"}
days = st.sampled_from([date(2022, 6, 1), date(2024, 6, 3), date(2026, 11, 24)])
amounts = st.one_of(
    st.decimals(0, 3000, places=3), st.decimals(0, 10_000_000, places=2), st.decimals(0, 1_000_000_000, places=0)
)


def not_lower(before, after):
    """An open class before or after is no lower class: it decides nothing."""
    return "needs_input" in (before, after) or RANK[after] >= RANK[before]


@st.composite
def energy_lines(draw):
    carrier = draw(st.sampled_from(sorted(CARRIERS)))
    return {"carrier": carrier, "quantity": draw(amounts), "unit": CARRIERS[carrier]}


@st.composite
def projects(draw):
    flags = ("ndrc_listed_field", "zone_energy_review_valid", "zone_negative_list", "two_high")
    project = {name: draw(st.sampled_from([True, False, None])) for name in flags}
    project["nature"] = draw(st.sampled_from(["new", "relocation", "tech_transform", "reconstruction", None]))
    project["energy_lines"] = draw(st.lists(energy_lines(), max_size=4))
    project["approved_by"] = draw(st.sampled_from([None, "NDRC", "city"]))
    return project


@given(project=projects(), more=energy_lines(), on=days)
def test_more_energy_never_lowers_the_class(project, more, on):
    before = classify(project, on).outcome
    after = classify({**project, "energy_lines": [*project["energy_lines"], more]}, on).outcome
    assert not_lower(before, after)


@given(project=projects(), more=energy_lines(), on=days)
def test_more_energy_never_makes_an_open_case_exempt(project, more, on):
    before = classify(project, on).outcome
    after = classify({**project, "energy_lines": [*project["energy_lines"], more]}, on).outcome
    assert (before, after) != ("needs_input", "exempt")


@given(project=projects(), coal=st.decimals(0, 600_000, places=2), more=st.decimals(0, 600_000, places=2), on=days)
def test_more_coal_never_lowers_the_class(project, coal, more, on):
    def with_coal(tonnes):
        line = {"carrier": "middlings", "quantity": tonnes, "unit": "t"}
        return classify({**project, "energy_lines": [line]}, on).outcome

    before, after = with_coal(coal), with_coal(coal + more)
    assert not_lower(before, after)


@given(quantity=st.decimals(0, 100_000_000, places=1), on=days)
def test_kilowatt_hours_and_ten_thousands_of_them_agree(quantity, on):
    small = classify({"energy_lines": [{"carrier": "electricity", "quantity": quantity, "unit": "kWh"}]}, on)
    large = classify({"energy_lines": [{"carrier": "electricity", "quantity": quantity / 10_000, "unit": "万kWh"}]}, on)
    assert (small.outcome, small.figures["tce"]) == (large.outcome, large.figures["tce"])


@given(quantity=st.decimals(0, 20_000, places=3), on=days)
def test_tonnes_and_kilograms_agree(quantity, on):
    tonnes = classify({"energy_lines": [{"carrier": "raw_coal", "quantity": quantity, "unit": "t"}]}, on)
    kilograms = classify({"energy_lines": [{"carrier": "raw_coal", "quantity": quantity * 1000, "unit": "kg"}]}, on)
    assert (tonnes.outcome, tonnes.figures["coal_t"]) == (kilograms.outcome, kilograms.figures["coal_t"])


@given(project=projects(), place=st.integers(0, 3), part=st.sampled_from(["carrier", "quantity", "unit"]), on=days)
def test_what_is_not_known_never_exempts(project, place, part, on):
    lines = [*project["energy_lines"], {"carrier": "heat", "quantity": 1, "unit": "GJ"}]
    place %= len(lines)
    unknown = [*lines[:place], {**lines[place], part: None}, *lines[place + 1 :]]
    assert classify({**project, "energy_lines": unknown}, on).outcome != "exempt"
    assert classify({**project, "energy_lines": None}, on).outcome != "exempt"


@given(project=projects(), on=days)
def test_an_open_class_always_comes_with_a_question(project, on):
    answer = classify(project, on)
    assert (answer.outcome == "needs_input") <= bool(answer.missing)


@given(project=projects(), on=days)
def test_the_order_of_the_lines_does_not_matter(project, on):
    turned = {**project, "energy_lines": project["energy_lines"][::-1]}
    assert classify(turned, on).outcome == classify(project, on).outcome


@given(low=st.decimals(-5000, 5000, places=2), rise=st.decimals(0, 50_000, places=2))
def test_an_increment_may_be_negative_and_rises_like_any_other(low, rise):
    def by_increment(tce):
        unchanged = {"nature": "tech_transform", "site_process_equipment_unchanged": True}
        stated = {"baseline_tce": Decimal(5000), "after_tce": Decimal(5000) + tce, "energy_lines": []}
        return classify({**unchanged, **stated}, date(2026, 11, 24)).outcome

    assert RANK[by_increment(low)] <= RANK[by_increment(low + rise)]
