"""What is said of each matter: its reason, its route, its questions, and what one more answer changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from approvals.rules import vocabulary
from approvals.rules.matters import needed, with_more
from approvals.rules.matters.catalogue import matters_on
from tests.rules.test_matters import ON, PLANT, needs

SHORTCUT = {"enabled_pilots": ["C09", "C10", "X01"], "granted": True, "floor_area_m2": "9000"}
PROMISED = {"granted": True, "eia_commitment_listed": True}


def asked(need):
    return [question.fact for question in need.missing]


def reason(code, kind):
    return matters_on(ON).matters[code].entry["reasons"][kind]


# what the list says ---------------------------------------------------------------------------------------------------


def test_a_matter_is_named_and_based_as_the_catalogue_has_it_on_the_day():
    for code, need in needs(eia=None, energy=None).items():
        matter = matters_on(ON).matters[code]
        assert need.name == matter.name(ON), code
        if need.status != "spared":
            assert need.basis == matter.basis(ON), code


def test_every_matter_says_why_in_a_whole_sentence():
    for facts in ({}, SHORTCUT, PROMISED, {"eia": None, "energy": None}, dict.fromkeys(PLANT)):
        assert all(need.reason.endswith(("。", "。）")) for need in needs(**facts).values())


def test_a_needed_matter_gives_the_reason_of_the_catalogue():
    found = needs(discharges_to_sewer=True)
    for code in ("R01", "R06", "R07", "R09", "R18"):
        assert found[code].reason == reason(code, "needed")


def test_a_matter_that_does_not_apply_gives_its_own_reason():
    found = needs()
    for code in ("R02", "R12", "R18", "R10"):
        assert found[code].reason == reason(code, "not_applicable")


def test_a_matter_that_is_not_to_be_done_has_no_route_and_asks_nothing():
    for facts in ({}, SHORTCUT, PROMISED, {**PROMISED, "eia": None}, {"energy": "regional_commitment"}):
        for code, need in needs(**facts).items():
            if not need.is_open:
                assert (need.route, need.missing) == ("none", ()), code


def test_an_unknown_matter_names_what_is_not_known_in_the_order_of_the_form():
    need = needs(disturbed_area_m2=None, earthwork_m3=None)["C02"]
    facts = vocabulary.in_order(["disturbed_area_m2", "earthwork_m3"])
    what = "、".join(vocabulary.label(fact) for fact in facts)
    assert need.reason == f"还不知道{what}，不能确定是否需要办理。"
    assert asked(need) == facts
    assert [question.text for question in need.missing] == [vocabulary.question(fact) for fact in facts]


# alternatives -------------------------------------------------------------------------------------------------------


def test_what_is_replaced_says_by_what():
    found = needs(**PROMISED)
    assert found["R09"].reason == "按“生态环境影响报告表告知承诺制审批”办理，不再另行办理。"
    assert found["R09"].status == "not_applicable"
    assert found["C05"].status == "needed"


def test_what_the_shortcut_covers_says_so():
    found = needs(**SHORTCUT)
    for code in ("C09", "C10"):
        assert found[code].status == "not_applicable"
        assert found[code].reason == "由“社会投资简易低风险工程合并审批”一并办理。"
    for code in ("R06", "R07"):
        assert found[code].reason == "按“社会投资简易低风险工程合并审批”办理，不再另行办理。"


def test_an_alternative_that_was_not_chosen_says_why():
    need = needs(eia_commitment_listed=False, granted=True)["C05"]
    assert (need.status, need.reason) == ("not_applicable", reason("C05", "not_applicable"))


def test_a_needed_matter_asks_for_what_could_still_replace_it():
    need = needs(granted=True, eia_commitment_listed=None)["R09"]
    assert (need.status, asked(need)) == ("needed", ["eia_commitment_listed"])
    assert asked(needs(granted=False, eia_commitment_listed=None)["R09"]) == []


def test_an_unknown_matter_asks_for_its_own_facts_and_for_what_could_replace_it():
    need = needs(eia=None, granted=True, eia_commitment_listed=None)["R09"]
    assert need.status == "unknown"
    assert set(asked(need)) == {"eia_outcome", "eia_commitment_listed"}


def test_both_routes_of_the_energy_review_stay_open_while_the_same_fact_decides_both():
    found = needs(energy=None)
    assert (found["C01"].status, found["R11"].status) == ("unknown", "unknown")
    assert asked(found["C01"]) == asked(found["R11"]) == ["energy_outcome"]


def test_an_alternative_waits_only_for_what_the_matter_itself_waits_for():
    """Whether the promise is possible is open too, and so the ordinary approval is the one that stays on the list."""
    found = needs(eia=None, granted=True, eia_commitment_listed=None)
    assert (found["C05"].status, found["R09"].status) == ("not_applicable", "unknown")


@pytest.mark.parametrize("fact", ["bad_credit", "previous_false_commitment"])
def test_who_may_not_promise_takes_the_ordinary_matter_in_place_of_the_promise(fact):
    found = needs(**PROMISED, **{fact: True})
    assert (found["R09"].status, found["R09"].route) == ("needed", "ordinary")
    assert found["C05"].status == "not_applicable"
    assert needs(**PROMISED, **{fact: False})["C05"].status == "needed"


def test_who_may_not_promise_has_no_promise_left_open_either():
    found = needs(energy=None, bad_credit=True)
    assert (found["C01"].status, found["R11"].status) == ("not_applicable", "unknown")


# one more answer ------------------------------------------------------------------------------------------------------

OPEN = {
    **PLANT,
    "land_by_auction": False,
    "rents_existing_plant": None,
    "in_spring_basin": None,
    "uses_forest_land": None,
    "discharges_to_sewer": True,
}


def listed(facts, eia="report_table", energy="exempt"):
    return needed(facts, ON, eia_outcome=eia, energy_outcome=energy, commitment_granted=None)


def after(before, more, facts, eia="report_table", energy="exempt"):
    return with_more(before, frozenset(more), facts, ON, eia_outcome=eia, energy_outcome=energy)


def by_code(found):
    return {need.code: need for need in found}


@pytest.mark.parametrize(("answer", "status"), [(True, "needed"), (False, "not_applicable")])
def test_one_more_answer_settles_what_waited_for_it(answer, status):
    found = by_code(after(listed(OPEN), ["in_spring_basin"], {**OPEN, "in_spring_basin": answer}))
    assert found["R12"].status == status
    assert found["R12"] == by_code(listed({**OPEN, "in_spring_basin": answer}))["R12"]


def test_what_waits_for_another_fact_goes_on_waiting():
    told = {**OPEN, "in_spring_basin": True, "uses_forest_land": True}
    found = by_code(after(listed(OPEN), ["in_spring_basin"], told))
    assert (found["R12"].status, found["R15"].status) == ("needed", "unknown")


def test_what_was_settled_is_not_judged_again():
    """Also where a needed matter asks for the fact that would replace it: it stays needed."""
    before = needed(
        {**PLANT, "eia_commitment_listed": None},
        ON,
        eia_outcome="report_table",
        energy_outcome="exempt",
        commitment_granted=True,
    )
    assert asked(by_code(before)["R09"]) == ["eia_commitment_listed"]
    assert after(before, ["eia_commitment_listed"], {**PLANT, "eia_commitment_listed": True}) == before
    changed = {**OPEN, "discharges_to_sewer": False}
    assert after(listed(OPEN), ["discharges_to_sewer"], changed) == listed(OPEN)


def test_a_matter_that_waits_for_two_answers_is_judged_with_either():
    facts = {**OPEN, "disturbed_area_m2": None, "earthwork_m3": None}
    found = by_code(after(listed(facts), ["earthwork_m3"], {**facts, "earthwork_m3": "1000"}))
    assert found["C02"].status == "needed"
    small = by_code(after(listed(facts), ["earthwork_m3"], {**facts, "earthwork_m3": "999"}))
    assert (small["C02"].status, asked(small["C02"])) == ("unknown", ["disturbed_area_m2"])


def test_an_outcome_that_became_known_settles_what_follows_it():
    before = listed(OPEN, eia=None, energy=None)
    outcomes = {"eia_outcome", "energy_outcome"}
    found = by_code(after(before, outcomes, OPEN, eia="register", energy="provincial"))
    assert (found["R09"].status, found["R10"].status) == ("not_applicable", "needed")
    assert (found["R11"].status, found["C01"].status) == ("needed", "not_applicable")
    only_energy = by_code(after(before, ["energy_outcome"], OPEN, eia="register", energy="exempt"))
    assert (only_energy["R11"].status, only_energy["R10"].status) == ("spared", "unknown")


def test_no_promise_is_taken_as_granted_by_one_more_answer():
    facts = {**PLANT, "eia_commitment_listed": True}
    found = by_code(after(listed(facts, eia=None), ["eia_outcome"], facts))
    assert (found["R09"].status, found["C05"].status) == ("needed", "not_applicable")


def test_the_order_of_the_list_and_what_comes_first_stay_as_they_were():
    before = listed(OPEN)
    found = after(before, ["rents_existing_plant"], {**OPEN, "rents_existing_plant": False})
    assert [need.code for need in found] == [need.code for need in before]
    assert by_code(found)["R04"].status == "needed"
    assert by_code(before)["R04"].prerequisites == ("R01", "R03")
    for was, now in zip(before, found, strict=True):
        assert now.prerequisites == was.prerequisites, now.code
        assert now == was or was.status == "unknown", now.code


def test_one_more_answer_reads_the_catalogue_of_the_day():
    with pytest.raises(LookupError):
        with_more((), frozenset(), {}, ON.replace(year=2025, month=8), eia_outcome=None, energy_outcome=None)


def test_an_empty_list_stays_empty():
    assert after((), ["in_spring_basin"], OPEN) == ()
    unknown = by_code(listed(OPEN))["R12"]
    assert after((unknown,), [], {**OPEN, "in_spring_basin": True}) == (unknown,)
    assert after((replace(unknown, missing=()),), ["in_spring_basin"], OPEN)[0].missing == ()
