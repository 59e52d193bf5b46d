from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.evaluator import Used, check_condition, evaluate, facts_in

YES = {"fact": "yes", "op": "==", "value": True}
NO = {"fact": "no", "op": "==", "value": True}
OPEN = {"fact": "open", "op": "==", "value": True}
FACTS = {"yes": True, "no": False, "open": None}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"all": [YES, YES]}, True),
        ({"all": [YES, OPEN]}, None),
        ({"all": [NO, OPEN]}, False),  # one "no" settles it, whatever is still unknown
        ({"any": [YES, OPEN]}, True),
        ({"any": [NO, OPEN]}, None),
        ({"any": [NO, NO]}, False),
        ({"not": OPEN}, None),
        ({"not": NO}, True),
        ({"always": True}, True),
        ({"not": {"always": True}}, False),
        ({"all": []}, True),
        ({"any": []}, False),
    ],
)
def test_kleene_truth_tables(condition, holds):
    assert evaluate(condition, FACTS).holds is holds


@pytest.mark.parametrize(
    ("op", "limit", "value", "holds"),
    [
        (">=", 10, "10", True),
        (">=", 10, "9.99", False),
        (">", 10, "10", False),
        (">", 10, Decimal("10.01"), True),
        ("<", 10, "10", False),
        ("<=", 10, "10.00", True),
        ("==", 0, "0.00", True),
        ("==", True, True, True),
        ("==", "coal", "coal", True),
        ("in", ["a", "b"], "b", True),
        ("in", ["a", "b"], "c", False),
        ("includes_any", ["a", "b"], ["b", "c"], True),
        ("includes_any", ["a", "b"], ["c"], False),
        ("subset_of", ["a", "b"], ["a"], True),
        ("subset_of", ["a", "b"], ["a", "c"], False),
    ],
)
def test_comparisons(op, limit, value, holds):
    assert evaluate({"fact": "f", "op": op, "value": limit}, {"f": value}).holds is holds


def test_floats_count_by_their_printed_digits():
    assert evaluate({"fact": "t", "op": ">=", "value": 0.3}, {"t": "0.3"}).holds is True


def test_only_facts_that_still_matter_are_missing():
    assert evaluate({"all": [NO, OPEN]}, FACTS).missing == frozenset()
    assert evaluate({"all": [YES, OPEN]}, FACTS).missing == {"open"}
    assert evaluate({"any": [OPEN, {"fact": "gone", "op": ">", "value": 1}]}, {}).missing == {"open", "gone"}


def test_what_was_compared_is_kept():
    used = evaluate({"fact": "t", "op": ">=", "value": 10}, {"t": "9"}).because[0]
    assert (used.fact, used.op, used.limit, used.value, used.holds) == ("t", ">=", 10, "9", False)


def test_every_fact_of_a_condition_is_named():
    assert set(facts_in({"all": [YES, {"not": {"any": [NO, OPEN]}}]})) == {"yes", "no", "open"}


@pytest.mark.parametrize(
    "condition", [{"fact": "f", "op": "~", "value": 1}, {"fact": "f", "op": "=="}, {"al": []}, {"all": [{}]}]
)
def test_a_malformed_condition_is_refused(condition):
    with pytest.raises(ValueError, match="condition"):
        check_condition(condition)


CONDITIONS = st.recursive(
    st.sampled_from([{"fact": name, "op": "==", "value": True} for name in "abcd"]),
    lambda part: st.one_of(
        st.lists(part, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(part, max_size=3).map(lambda parts: {"any": parts}),
        part.map(lambda inner: {"not": inner}),
    ),
    max_leaves=12,
)
ANSWERS = st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in "abcd"})


@given(CONDITIONS, ANSWERS, st.fixed_dictionaries({name: st.booleans() for name in "abcd"}))
def test_answering_what_was_unknown_never_overturns_a_verdict(condition, answers, later):
    verdict = evaluate(condition, answers)
    completed = {name: later[name] if value is None else value for name, value in answers.items()}
    if verdict.holds is not None:
        assert evaluate(condition, completed).holds is verdict.holds
        assert evaluate(condition, {**answers, **{n: None for n in answers if answers[n] is None}}) == verdict
    else:
        assert verdict.missing <= {name for name, value in answers.items() if value is None}
        assert verdict.missing


UNKNOWN_OP = {"fact": "a", "op": "~", "value": 1}


@pytest.mark.parametrize(
    "condition",
    [UNKNOWN_OP, {"not": UNKNOWN_OP}, {"all": [UNKNOWN_OP]}, {"any": [UNKNOWN_OP]}, {"not": {"any": [UNKNOWN_OP]}}],
)
def test_a_malformed_part_is_found_however_deep_it_stands(condition):
    with pytest.raises(ValueError, match="'a' needs a value and an op"):
        check_condition(condition)


@pytest.mark.parametrize("condition", [{"all": []}, {"any": []}, {"always": True}, {"not": {"always": True}}])
def test_each_form_of_a_condition_is_known(condition):
    check_condition(condition)


def test_what_was_compared_is_recorded_also_where_it_is_unknown():
    condition = {"fact": "tce", "op": ">=", "value": 1000}
    assert evaluate(condition, {}).because == (Used("tce", ">=", 1000, None, None),)
    listed = {"fact": "processes", "op": "includes_any", "value": ["coating"]}
    verdict = evaluate(listed, {"processes": ["cutting", None]})
    assert verdict.because == (Used("processes", "includes_any", ["coating"], ["cutting", None], None),)
    assert verdict.missing == {"processes"}
    assert evaluate(listed, {"processes": ["cutting"]}).because == (
        Used("processes", "includes_any", ["coating"], ["cutting"], False),
    )


def test_an_operator_that_nobody_knows_is_named():
    with pytest.raises(ValueError, match="unknown operator '~'"):
        evaluate(UNKNOWN_OP, {"a": 1})
