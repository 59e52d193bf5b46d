"""Properties of all rule sets: ignorance never helps, the way of writing does not matter, the trace can be re-run."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from approvals.rules import eia, energy, matters
from approvals.rules.editions import edition_on
from approvals.rules.eia.catalogue import LEVELS, RANK, catalogue_on
from approvals.rules.evaluator import evaluate
from approvals.rules.matters.catalogue import matters_on
from approvals.rules.standard_land import Limit, check
from approvals.rules.vocabulary import FACTS
from tests.rules.test_eia_properties import activities

ON = date(2026, 11, 24)
DAYS = st.sampled_from([date(2022, 6, 1), date(2024, 6, 3), ON])
COMMON = settings(max_examples=150, deadline=None)
ENERGY = {"exempt": 0, "regional_commitment": 1, "sub_provincial": 1, "provincial": 2, "state": 3, "needs_input": 4}

# Conditions ------------------------------------------------------------------------------------------------------

NAMES = ["a", "b", "c", "words"]
leaves = st.one_of(
    st.builds(
        lambda name, op, value: {"fact": name, "op": op, "value": value},
        st.sampled_from(NAMES[:3]),
        st.sampled_from([">=", ">", "<", "<=", "=="]),
        st.integers(0, 3),
    ),
    st.builds(
        lambda op, value: {"fact": "words", "op": op, "value": value},
        st.sampled_from(["includes_any", "subset_of"]),
        st.lists(st.sampled_from("xyz"), max_size=2),
    ),
)
conditions = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.builds(lambda found: {"all": found}, st.lists(parts, min_size=1, max_size=3)),
        st.builds(lambda found: {"any": found}, st.lists(parts, min_size=1, max_size=3)),
        st.builds(lambda found: {"not": found}, parts),
    ),
    max_leaves=8,
)
values = st.fixed_dictionaries(
    {**{name: st.integers(0, 3) for name in NAMES[:3]}, "words": st.lists(st.sampled_from("xyz"), max_size=3)}
)


@given(conditions, values, st.sets(st.sampled_from(NAMES)))
@settings(max_examples=500, deadline=None)
def test_what_is_settled_without_a_fact_stays_so_with_it(condition, facts, forgotten):
    partly = evaluate(condition, {name: value for name, value in facts.items() if name not in forgotten})
    assert partly.holds in (None, evaluate(condition, facts).holds)
    assert (partly.holds is None) <= bool(partly.missing)
    assert partly.holds is not None or partly.missing <= forgotten


@given(conditions, values, st.sampled_from("xyz"))
@settings(max_examples=300, deadline=None)
def test_an_unknown_word_in_a_list_may_be_any_word(condition, facts, word):
    partly = evaluate(condition, {**facts, "words": [*facts["words"], None]})
    assert partly.holds in (None, evaluate(condition, {**facts, "words": [*facts["words"], word]}).holds)


# EIA -------------------------------------------------------------------------------------------------------------


def classified(found, **facts):
    return eia.classify(
        {"nature": "new", "in_industrial_building": True, "boilers": [], "activities": found} | facts, ON
    )


@given(activities())
@COMMON
def test_how_a_number_is_written_does_not_matter(activity):
    numeric = [name for name in activity if FACTS[name].type == "decimal" and activity[name] is not None]
    for write in (Decimal, float, lambda text: f"{text}0" if "." in text else f"{text}.00"):
        rewritten = {**activity, **{name: write(activity[name]) for name in numeric}}
        assert classified([rewritten]).outcome == classified([activity]).outcome


@given(st.lists(activities(), min_size=1, max_size=3))
@COMMON
def test_the_same_facts_give_the_same_bytes_also_after_a_round_trip(found):
    stored = json.loads(json.dumps(found))
    one, other = (json.dumps(classified(facts).as_json(), ensure_ascii=False) for facts in (found, stored))
    assert one == other


@given(st.lists(activities(), min_size=1, max_size=3))
@example([{"gb4754": "8410", "processes": ["cutting"], "hospital_beds": "0"}])  # a clause that leaves a column open
@COMMON
def test_the_eia_trace_evaluates_to_the_same_answer(found):
    """Each step again, from nothing but the facts that it says it used."""
    answer, catalogue = classified(found), catalogue_on(ON)
    bounds = {}
    for step in answer.trace:
        if step["column"] is None:
            assert step["clause"] in ("star", "unlisted")
            continue
        row, rank = catalogue.rows[step["row"]], RANK[step["column"]]
        lower, upper = bounds.setdefault((step["path"], step["row"]), [0, 0])
        if step.get("by_person"):
            assert evaluate(dict(row.human_when)[step["column"]], step["facts_used"]).holds is not False
            bounds[step["path"], step["row"]] = [lower, max(upper, rank)]
            continue
        again = evaluate(dict(row.columns)[step["column"]], step["facts_used"])
        assert again.holds is step["holds"]
        bounds[step["path"], step["row"]] = [
            max(lower, rank if again.holds else 0),
            max(upper, rank if again.holds is not False else 0),
        ]
    assert LEVELS[max((low for low, _ in bounds.values()), default=0)] == answer.figures["at_least"]
    assert LEVELS[max((high for _, high in bounds.values()), default=0)] == answer.figures["at_most"]


# Energy ----------------------------------------------------------------------------------------------------------

amounts = st.one_of(st.decimals(0, 1500, places=2), st.decimals(0, 30_000, places=1), st.decimals(0, 900_000, places=0))
stated = st.fixed_dictionaries(
    {
        "nature": st.sampled_from(["new", "relocation", "expansion", "reconstruction", "tech_transform"]),
        "baseline_tce": amounts,
        "after_tce": amounts,
        "baseline_coal_t": st.one_of(st.just(0), amounts),
        "after_coal_t": st.one_of(st.just(0), amounts),
        "baseline_kwh": st.just(0),
        "after_kwh": st.one_of(st.just(0), st.sampled_from([4_999_999, 5_000_000])),
        "site_process_equipment_unchanged": st.booleans(),
        "shared_utilities": st.booleans(),
        "two_high": st.booleans(),
        "zone_energy_review_valid": st.booleans(),
        "zone_negative_list": st.booleans(),
        "state_secret": st.booleans(),
        "energy_catalogue_project": st.booleans(),
        "grid_primary_coefficient": st.sampled_from(["0.29", "0.305"]),
    }
)
RANKED = ENERGY | {"exempt_catalogue": 0, "exempt_state_secret": 0}


@given(stated, DAYS, st.data())
@settings(max_examples=400, deadline=None)
def test_forgetting_a_figure_never_makes_the_review_milder(facts, on, data):
    name = data.draw(st.sampled_from(sorted(facts)))
    before = energy.classify(facts, on).outcome
    after = energy.classify({**facts, name: None}, on).outcome
    if before == "needs_input":  # what was open may not become exempt for want of a fact
        assert RANKED[after] > 0
    else:
        assert RANKED[after] >= RANKED[before]


UNITS = [
    ("electricity", "kWh", "万kWh", 10_000),
    ("electricity", "MWh", "kWh", Decimal("0.001")),
    ("raw_coal", "kg", "t", 1000),
    ("natural_gas", "m3", "万m3", 10_000),
    ("heat", "MJ", "GJ", 1000),
    ("heat", "GJ", "百万千焦", 1),
    ("lpg", "kg", "吨", 1000),
]


@given(st.sampled_from(UNITS), st.decimals(0, 100_000_000, places=2), DAYS)
@COMMON
def test_the_unit_of_entry_does_not_matter(unit, quantity, on):
    carrier, small, large, factor = unit
    one, other = (
        energy.classify({"nature": "new", "energy_lines": [{"carrier": carrier, "quantity": q, "unit": u}]}, on)
        for q, u in ((quantity, small), (quantity / factor, large))
    )
    assert one.outcome == other.outcome
    for name in ("tce", "coal_t", "kwh", "tce_low", "tce_high"):
        assert one.figures.get(name) == other.figures.get(name)


@given(stated, DAYS)
@COMMON
def test_the_energy_trace_evaluates_to_the_same_answer(facts, on):
    """The rule that the trace names holds on the facts that it says were used, at both ends."""
    answer = energy.classify(facts, on)
    steps = {step["step"]: step for step in answer.trace}
    rules = {rule["id"]: rule for rule in edition_on("energy", on).data["rules"]}
    outcomes = set()
    for end in ("rule_low", "rule_high"):
        rule = rules[steps[end]["result"]]
        used = {name: value for name, value in steps[end]["facts"].items() if value is not None}
        assert evaluate(rule["when"], used).holds in (True, None)  # None: an unbounded amount is not printed
        outcomes.add(rule["outcome"])
    assert answer.outcome == (outcomes.pop() if len(outcomes) == 1 else "needs_input")


# Matters ---------------------------------------------------------------------------------------------------------

PROJECT = {name: term for name, term in FACTS.items() if term.of == "project" and term.type in ("bool", "decimal")}
CHOSEN = ("commitment_granted", "boiler_other_high_pollution_fuel")
projects = st.fixed_dictionaries(
    {
        name: st.booleans() if term.type == "bool" else st.sampled_from(["0", "299", "300", "5000", "50000"])
        for name, term in PROJECT.items()
        if name not in CHOSEN
    }
)
outcomes = st.tuples(
    st.sampled_from(["report_book", "report_table", "register", "not_subject"]),
    st.sampled_from(["exempt", "sub_provincial", "provincial"]),
)


def listed(facts, found):
    answer = matters.needed(facts, ON, eia_outcome=found[0], energy_outcome=found[1], commitment_granted=False)
    return {need.code: need for need in answer}


@given(projects, outcomes, st.data())
@COMMON
def test_forgetting_a_fact_never_spares_a_matter(facts, found, data):
    name = data.draw(st.sampled_from(sorted(facts)))
    before, after = listed(facts, found), listed({**facts, name: None}, found)
    catalogue = matters_on(ON)
    for code, need in before.items():
        if need.status == "needed" and not after[code].is_open:
            instead = {code, *catalogue.matters[code].alternative_of}
            instead |= {rival.code for one in instead for rival in catalogue.alternatives_of(one)}
            assert any(after[other].is_open for other in instead), code


@given(projects, outcomes)
@COMMON
def test_an_open_outcome_never_spares_a_matter(facts, found):
    before = listed(facts, found)
    for unknown in ((None, found[1]), (found[0], None), ("needs_human", "needs_input")):
        after = listed(facts, unknown)
        assert all(after[code].status in ("needed", "unknown") for code in before if before[code].status == "needed")


# Standard land ---------------------------------------------------------------------------------------------------

sizes = st.decimals(1, 50_000, places=2)
plots = st.fixed_dictionaries(
    {
        "area_m2": st.decimals(1000, 200_000, places=2),
        "fixed_investment_wan": sizes,
        "counted_floor_m2": sizes,
        "building_footprint_m2": sizes,
        "structures_m2": sizes,
        "stockyard_m2": sizes,
        "annual_tax_wan": sizes,
        "value_added_wan": sizes,
        "energy_tce": sizes,
        "green_m2": sizes,
    }
)
CODES = [
    ("invest_mu", ">=", "万元/亩"),
    ("far_min", ">=", "比值"),
    ("far_max", "<=", "比值"),
    ("coef_min", ">=", "比例"),
]
CODES += [("tax_mu", ">=", "万元/亩"), ("va_per_tce_min", ">=", "万元/吨标煤"), ("green_max", "<=", "比例")]
limits = st.lists(
    st.builds(
        lambda code, value: Limit(code[0], code[1], value, code[2], binding=True, source="公告"),
        st.sampled_from(CODES),
        st.decimals("0.01", 300, places=2),
    ),
    min_size=1,
    max_size=5,
)


@given(plots, limits, st.data())
@COMMON
def test_a_missing_figure_never_passes_what_failed(figures, found, data):
    name = data.draw(st.sampled_from(sorted(figures)))
    before = check(figures, found, on=ON)
    after = check({**figures, name: None}, found, on=ON)
    assert after.outcome in (before.outcome, "incomplete")
    assert (after.outcome == "incomplete") <= bool(after.missing)


@given(plots, limits, st.permutations(range(5)))
@COMMON
def test_the_order_of_limits_does_not_matter(figures, found, order):
    turned = [found[place] for place in order if place < len(found)]
    assert check(figures, turned, on=ON).outcome == check(figures, found, on=ON).outcome


@given(plots, limits, st.sampled_from(["fixed_investment_wan", "annual_tax_wan", "value_added_wan"]), sizes)
@COMMON
def test_more_money_never_fails_what_passed(figures, found, name, more):
    richer = {**figures, name: figures[name] + more}
    before, after = check(figures, found, on=ON).outcome, check(richer, found, on=ON).outcome
    assert (before, after) != ("pass", "fail")


@given(plots, limits)
@COMMON
def test_the_unit_of_the_area_does_not_matter(figures, found):
    in_hectares = {**figures, "area_m2": None, "area_ha": figures["area_m2"] / 10_000}
    assert check(in_hectares, found, on=ON).outcome == check(figures, found, on=ON).outcome
