"""Properties of the classification that hold whatever a project looks like."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from approvals.rules.eia import classify
from approvals.rules.eia.catalogue import RANK, catalogue_on
from approvals.rules.eia.scope import COATINGS
from approvals.rules.vocabulary import FACTS

ON = date(2026, 11, 24)
CATALOGUE = catalogue_on(ON)
CODES = sorted(
    f"{code}0" if len(code) == 3 else code for row in CATALOGUE.rows.values() if row.columns for code in row.codes
)
PROCESSES = ["cutting", "assembly", "welding", "testing", "gluing", "pickling", "plastic_injection", "fermentation"]
AMOUNTS = st.sampled_from(["0", "0.5", "2.99", "3", "9.99", "10", "10.01", "65", "20000", "3000000"])
QUANTITIES = sorted(
    name for name in {n for r in CATALOGUE.rows.values() for n in r.facts} if FACTS[name].type == "decimal"
)
FLAGS = sorted(name for name in {n for r in CATALOGUE.rows.values() for n in r.facts} if FACTS[name].type == "bool")


@st.composite
def activities(draw, *, complete=False):
    """One activity whose answers do not contradict each other."""
    unknown = [] if complete else [st.none()]
    code = draw(st.sampled_from(CODES))
    asked = {name for row in CATALOGUE.rows_of({"gb4754": code}) for name in row.facts}
    activity = {"gb4754": code, "processes": sorted(draw(st.sets(st.sampled_from(PROCESSES), min_size=1)))}
    for name in QUANTITIES:
        if name in asked:
            activity[name] = draw(st.one_of(AMOUNTS, *unknown))
    for name in FLAGS:
        if name in asked:
            activity[name] = draw(st.one_of(st.booleans(), *unknown))
    for inference in CATALOGUE.zero_without_process:
        used = any(float(activity.get(name) or 0) > 0 for name in inference["facts"])
        if used and set(inference["processes"]).isdisjoint(activity["processes"]):
            activity["processes"].append(inference["processes"][0])
    products = sorted({product for row in CATALOGUE.rows_of(activity) for product in row.products})
    if products:
        activity["product"] = draw(st.one_of(st.sampled_from(products), *unknown))
    return activity


def answer(found, **facts):
    project = {"nature": "new", "in_industrial_building": True, "boilers": [], "activities": found}
    return classify(project | facts, ON)


def bounds(found, **facts):
    figures = answer(found, **facts).figures
    return RANK[figures["at_least"]], RANK[figures["at_most"]]


@given(activities(complete=True), st.data())
@settings(max_examples=300, deadline=None)
def test_an_unknown_fact_never_yields_an_exemption(activity, data):
    """Forgetting an answer leaves every outcome possible that the answer had given."""
    lower, upper = bounds([activity])
    name = data.draw(st.sampled_from(sorted(set(activity) - {"gb4754"})))
    if name == "product" and CATALOGUE.product_by_code.keys() & {activity["gb4754"][:3], activity["gb4754"]}:
        return  # the code names the product
    floor, ceiling = bounds([{**activity, name: None}])
    assert floor <= lower
    assert ceiling >= upper


@given(activities(), st.sampled_from(COATINGS), AMOUNTS, AMOUNTS)
@settings(max_examples=300, deadline=None)
def test_more_paint_never_lowers_the_class(activity, coating, one, other):
    less, more = sorted((one, other), key=float)
    low, high = (bounds([{**activity, coating: amount}]) for amount in (less, more))
    assert low[0] <= high[0]
    assert low[1] <= high[1]


@given(activities(), st.sampled_from(QUANTITIES), AMOUNTS, AMOUNTS)
@settings(max_examples=300, deadline=None)
def test_a_larger_plant_is_never_in_a_lower_class(activity, quantity, one, other):
    less, more = sorted((one, other), key=float)
    assert bounds([{**activity, quantity: less}]) <= bounds([{**activity, quantity: more}])


@given(st.lists(activities(), min_size=1, max_size=4), activities())
@settings(max_examples=200, deadline=None)
def test_one_more_activity_never_lowers_the_class(found, another):
    before, after = bounds(found), bounds([*found, another])
    assert before[0] <= after[0]
    assert before[1] <= after[1]


@given(
    st.lists(activities(), min_size=2, max_size=4).flatmap(
        lambda found: st.tuples(st.just(found), st.permutations(found))
    )
)
@settings(max_examples=200, deadline=None)
def test_the_order_of_activities_is_irrelevant(pair):
    found, shuffled = pair
    one, other = answer(found), answer(shuffled)
    assert one.outcome == other.outcome
    assert one.figures["at_least"] == other.figures["at_least"]
    assert len(one.missing) == len(other.missing)


@given(activities())
@settings(max_examples=200, deadline=None)
def test_what_is_open_says_why(activity):
    """Needing a person means that something is asked, or that a caution or a clause says what to settle."""
    found = answer([activity])
    if found.outcome == "needs_human":
        assert found.missing or found.warnings
    else:
        assert found.missing == ()
