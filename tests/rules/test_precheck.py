"""The question engine of the public pre-check: what it asks, in which order, and when it stops."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from approvals.rules import vocabulary
from approvals.rules.eia.catalogue import catalogue_on
from approvals.rules.precheck import Asking, agenda
from approvals.rules.precheck.answers import State, answered, page_of
from approvals.rules.precheck.industries import UNKNOWN, search
from approvals.rules.precheck.questions import FOR_AUTHORITIES, PHASES, QUESTIONS, RAW, question_for
from approvals.rules.precheck.results import results
from approvals.rules.precheck.trials import trials

ON = date(2026, 11, 26)
LINES = sorted(vocabulary.INDUSTRIES)
POWER = {"carrier": "electricity_calorific", "unit": "万kWh"}
FURNITURE = {
    "lines": {"codes": ["2110"]},
    "nature": "new",
    "works": {"kinds": []},
    "in_industrial_building": True,
    "processes": ["cutting", "assembly", "packaging"],
    "carriers": ["electricity_calorific"],
    "amounts": {"electricity_calorific": "200"},
    "boilers": [],
    "linked_filings_tce": "0",
}


def first(asked: Sequence[Asking]) -> Asking:
    return asked[0]


def last(asked: Sequence[Asking]) -> Asking:
    return asked[-1]


def reply(asking: Asking, state: State, truth: dict[str, Any], unknown: frozenset[str]) -> dict[str, Any]:
    """What an enterprise with these circumstances answers. ``unknown``: keys of pages it does not know."""
    kind, unsure = asking.question.kind, asking.question.key in unknown
    if kind in {"lines"}:
        return truth["lines"]
    if kind == "works":
        return {"kinds": None} if unsure else truth["works"]
    if kind == "energy":
        return {"carriers": None if unsure else truth["carriers"]}
    if kind == "energy_amounts":
        lines = state.rows("energy_lines")
        return {"lines": [{"quantity": None if unsure else truth["amounts"][line["carrier"]]} for line in lines]}
    if kind == "boilers":
        return {"boilers": None if unsure else truth["boilers"]}
    if kind == "heat_value":
        return {"coefficient": None, "coefficient_source": None}
    names = [path.rpartition(".")[2] for path in asking.paths]
    return {name: None if unsure else truth.get(name, _otherwise(name)) for name in names}


def _otherwise(name: str) -> Any:
    if name == "nature":
        return "new"
    if name == "processes":
        return ["assembly"]
    if name == "product":
        return "other_product"
    return False if vocabulary.fact(name).type == "bool" else "0"


def walk(
    truth: dict[str, Any],
    *,
    pick: Callable[[Sequence[Asking]], Asking] = first,
    unknown: frozenset[str] = frozenset(),
) -> tuple[State, list[Asking]]:
    """Answer until nothing is asked any more."""
    state, asked = State(), []
    for _turn in range(60):
        open_now = agenda(state.facts, state.unsure, ON)
        if not open_now:
            return state, asked
        asking = pick(open_now)
        asked.append(asking)
        state = answered(state, asking.key, reply(asking, state, truth, unknown), ON)
    raise AssertionError(f"it does not come to an end: {[a.key for a in asked]}")


def outcomes(state: State) -> tuple[Any, ...]:
    now = results(state.facts, ON)
    return (now.eia.outcome, now.energy.outcome, tuple((need.code, need.status) for need in now.matters))


@st.composite
def factories(draw: st.DrawFn) -> dict[str, Any]:
    amount = st.sampled_from(["0", "0.5", "9.999", "10", "12", "2600", "1500000"])
    numbers = [name for name, term in vocabulary.FACTS.items() if term.type == "decimal"]
    yes_no = [name for name, term in vocabulary.FACTS.items() if term.type == "bool"]
    carriers = draw(st.lists(st.sampled_from(["electricity_calorific", "natural_gas", "raw_coal"]), unique=True))
    return consistent(
        {
            **{name: draw(amount) for name in numbers if name.endswith(("_t", "_m2", "_m3", "pieces", "_wan"))},
            **{name: draw(st.booleans()) for name in yes_no},
            "lines": {"codes": draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=2, unique=True))},
            "works": {"kinds": draw(st.lists(st.sampled_from(sorted(RAW["works"])), max_size=1))},
            "nature": draw(st.sampled_from(["new", "relocation", "tech_transform", "expansion"])),
            "processes": draw(st.lists(st.sampled_from(sorted(vocabulary.PROCESSES)), min_size=1, max_size=6)),
            "carriers": carriers,
            "amounts": {name: draw(st.sampled_from(["1", "70", "100", "999", "1000", "12000"])) for name in carriers},
            "boilers": draw(st.sampled_from([[], [{"fuel": "natural_gas", "capacity_t_per_h": "2"}]])),
            "linked_filings_tce": draw(st.sampled_from(["0", "500"])),
        }
    )


def consistent(truth: dict[str, Any]) -> dict[str, Any]:
    """Who has no painting step uses no paint; who says otherwise is asked in a different order at his own risk."""
    for inference in catalogue_on(ON).zero_without_process:
        if set(inference["processes"]).isdisjoint(truth["processes"]):
            truth |= dict.fromkeys(inference["facts"], "0")
    return truth


def test_it_begins_with_what_is_made():
    assert agenda({}, (), ON)[0].key == "lines"


def test_the_phases_follow_each_other():
    _state, asked = walk(FURNITURE)
    places = [list(PHASES).index(asking.question.phase) for asking in asked]
    assert places == sorted(places)


def test_a_furniture_shop_that_only_assembles_is_done_after_few_pages():
    state, asked = walk(FURNITURE)
    now = results(state.facts, ON)
    assert (now.eia.outcome, now.energy.outcome) == ("not_subject", "exempt")
    assert "paint" not in {asking.question.key for asking in asked}  # no painting step, no question about paint
    assert len(asked) <= 20


def test_what_an_earlier_answer_settles_is_not_asked():
    """Electroplating alone makes it a report book: neither paint nor boilers can change that."""
    truth = FURNITURE | {"processes": ["cutting", "electroplating", "coating"]}
    state, asked = walk(truth)
    assert results(state.facts, ON).eia.outcome == "report_book"
    assert {"paint", "boilers"}.isdisjoint(asking.question.key for asking in asked)


def test_ten_tonnes_of_solvent_paint_leave_no_question_about_the_other_paints():
    state, _asked = walk(FURNITURE | {"processes": ["coating"], "solvent_coating_t": "10"})
    now = results(state.facts, ON)
    assert now.eia.outcome == "report_book"
    assert not any(path.endswith("coating_t") for path in now.missing)


def test_within_a_phase_what_settles_most_comes_first():
    state, _asked = walk(FURNITURE, unknown=frozenset())
    facts = {name: value for name, value in state.facts.items() if name not in question_facts("site")}
    weights = [asking.settles for asking in agenda(facts, (), ON)]
    assert weights == sorted(weights, reverse=True)
    assert agenda(facts, (), ON)[0].key == "land"  # decides on eight matters at once


def question_facts(phase: str) -> set[str]:
    return {name for question in QUESTIONS.values() if question.phase == phase for name in question.facts}


@settings(max_examples=12, deadline=None)
@given(factories())
def test_only_what_is_missing_is_asked(truth):
    state = State()
    for _turn in range(60):
        open_now = agenda(state.facts, state.unsure, ON)
        missing = results(state.facts, ON).missing
        assert all(set(asking.paths) <= missing.keys() - state.unsure for asking in open_now)
        if not open_now:
            return
        state = answered(state, open_now[0].key, reply(open_now[0], state, truth, frozenset()), ON)
    raise AssertionError("no end")


@settings(max_examples=12, deadline=None)
@given(factories(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(truth, dice: random.Random):
    straight, _asked = walk(truth)
    shuffled, _asked = walk(truth, pick=dice.choice)
    backwards, _asked = walk(truth, pick=last)
    assert outcomes(straight) == outcomes(shuffled) == outcomes(backwards)


@settings(max_examples=12, deadline=None)
@given(factories(), st.sets(st.sampled_from(sorted(QUESTIONS))))
def test_not_knowing_never_frees_anyone(truth, unknown):
    """Whatever is left open: an exemption stands only where full knowledge gives it too."""
    full, _asked = walk(truth)
    partial, _asked = walk(truth, unknown=frozenset(unknown))
    knowing, guessing = results(full.facts, ON), results(partial.facts, ON)
    if guessing.eia.outcome == "not_subject":
        assert knowing.eia.outcome == "not_subject"
    if guessing.energy.outcome == "exempt":
        assert knowing.energy.outcome == "exempt"
    assert freed(guessing) <= freed(knowing) | instead_of(guessing)


def freed(found) -> set[str]:
    return {need.code for need in found.matters if need.status in {"spared", "not_applicable"}}


def instead_of(found) -> set[str]:
    """By commitment is only another route to the same: nobody is free of it who has to take the ordinary one."""
    needed = {need.code for need in found.matters} - freed(found)
    return {by_commitment for by_commitment, ordinary in (("C01", "R11"), ("C05", "R09")) if ordinary in needed}


@pytest.mark.parametrize("key", ["nature", "works", "processes", "energy", "energy_amounts", "linked", "boilers"])
def test_one_thing_not_known_leaves_its_result_open(key):
    state, _asked = walk(FURNITURE, unknown=frozenset({key}))
    now = results(state.facts, ON)
    assert now.eia.outcome != "not_subject" or now.energy.outcome == "needs_input"
    assert now.missing  # and says what has to be found out


def test_a_step_that_is_not_listed_keeps_the_answer_open():
    state, _asked = walk(FURNITURE | {"processes": ["cutting", None]})
    assert results(state.facts, ON).eia.outcome == "needs_human"


def test_what_is_not_known_is_not_asked_again():
    state, asked = walk(FURNITURE, unknown=frozenset(QUESTIONS))
    assert len({asking.key for asking in asked}) == len(asked)
    assert agenda(state.facts, state.unsure, ON) == ()


def test_where_everything_is_settled_nothing_is_asked():
    state, _asked = walk(FURNITURE)
    assert results(state.facts, ON).missing == {}
    assert agenda(state.facts, state.unsure, ON) == ()


def test_a_changed_answer_asks_what_follows_from_it_and_keeps_the_others():
    state, _asked = walk(FURNITURE)
    changed = answered(state, "processes-1", {"processes": ["cutting", "coating"]}, ON)
    assert [asking.key for asking in agenda(changed.facts, changed.unsure, ON)] == ["paint-1"]
    assert changed.facts["energy_lines"] == state.facts["energy_lines"]
    assert changed.trail == state.trail


def test_lines_that_stay_keep_their_answers():
    state, _asked = walk(FURNITURE)
    more = answered(state, "lines", {"codes": ["2190", "2110"]}, ON)
    assert [row["gb4754"] for row in more.rows("activities")] == ["2190", "2110"]
    assert more.rows("activities")[1]["processes"] == FURNITURE["processes"]
    assert page_of("processes-2", more) is not None


def test_what_is_not_known_of_a_line_follows_it():
    state, _asked = walk(FURNITURE, unknown=frozenset({"processes"}))
    moved = answered(state, "lines", {"codes": ["2190", "2110"]}, ON)
    assert "activities.1.processes" in moved.unsure
    assert "activities.0.processes" not in moved.unsure


@pytest.mark.parametrize("key", ["", "lines-1", "processes", "processes-0", "processes-9", "processes-x", "nothing"])
def test_there_is_no_page_that_nobody_asks(key):
    state, _asked = walk(FURNITURE)
    assert page_of(key, state) is None


def test_gas_that_could_be_either_side_of_the_limit_asks_for_its_heating_value():
    truth = FURNITURE | {"carriers": ["natural_gas"], "amounts": {"natural_gas": "80"}}
    state, asked = walk(truth)
    assert "heat_value" in {asking.question.key for asking in asked}
    known = answered(state, "heat_value-1", {"coefficient": "1.2128", "coefficient_source": "certificate"}, ON)
    assert results(known.facts, ON).energy.figures["tce"] == Decimal("970.24")


def test_an_exemption_waits_for_other_filings_on_the_site():
    state, _asked = walk(FURNITURE, unknown=frozenset({"linked"}))
    energy = results(state.facts, ON).energy
    assert (energy.outcome, [question.fact for question in energy.missing]) == ("needs_input", ["linked_filings_tce"])


def test_every_fact_of_the_rules_has_a_question():
    """Whatever the catalogue of the day waits for can be asked, in words of its own or of the vocabulary."""
    for name, term in vocabulary.FACTS.items():
        asked = term.of in {"project", "activity"} and term.type in {"bool", "decimal"}
        if asked and name not in FOR_AUTHORITIES:
            assert question_for(f"activities.0.{name}" if term.of == "activity" else name), name


def test_weighing_the_questions_takes_few_runs_of_the_rules():
    """A page must not wait: the trials of the largest phase stay below a hundred runs of one rule set."""
    state, _asked = walk(FURNITURE)
    facts = {name: value for name, value in state.facts.items() if name not in question_facts("site")}
    paths = [path for asking in agenda(facts, (), ON) for path in asking.paths]
    assert len(paths) >= 15
    assert sum(len(trials(path, facts, ON)) for path in paths) < 100


@pytest.mark.parametrize(
    ("words", "code"),
    [("沙发", "2190"), ("光伏", "4416"), ("2110", "2110"), ("玩具", "245"), ("1411", "1411"), ("3812", "3812")],
)
def test_a_product_is_found_by_plain_words_or_by_code(words, code):
    assert code in [pick.code for pick in search(words, ON)]


def test_a_product_nobody_knows_is_not_guessed():
    assert search("月球采矿", ON) == ()
    state, _asked = walk(FURNITURE | {"lines": {"codes": [UNKNOWN]}})
    assert results(state.facts, ON).eia.outcome == "needs_human"


def test_a_rented_plant_is_asked_about_with_the_land():
    state, asked = walk(FURNITURE | {"rents_existing_plant": True})
    assert "rents_existing_plant" in next(a for a in asked if a.question.key == "land").paths
    assert results(state.facts, ON).missing == {}
