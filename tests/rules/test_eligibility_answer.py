"""What the answer on the commitment track says: its edition, its reasons, its questions and its trace."""

from __future__ import annotations

import pytest

from approvals.rules import vocabulary
from approvals.rules.editions import edition_on
from approvals.rules.eligibility import assess
from tests.rules.test_eligibility import CLEAN, GROUNDS, ON

EDITION = edition_on("eligibility", ON)
ROWS = {row["fact"]: row for row in EDITION.data["grounds"]}


@pytest.mark.parametrize("facts", [CLEAN, {}, {**CLEAN, "bad_credit": True}])
def test_an_answer_names_its_kind_its_day_and_the_edition_it_was_made_under(facts):
    answer = assess(facts, ON)
    assert (answer.kind, answer.on) == ("eligibility", ON)
    assert (answer.edition, answer.sha256, answer.source) == (EDITION.edition, EDITION.sha256, EDITION.source)


@pytest.mark.parametrize(
    ("facts", "headline"),
    [
        (CLEAN, "可以适用承诺制"),
        ({**CLEAN, "bad_credit": True}, "不适用承诺制，按普通程序办理"),
        ({**CLEAN, "bad_credit": None, "two_high": None}, "尚不能判定是否适用承诺制，还需补充2项信息"),
        ({}, "尚不能判定是否适用承诺制，还需补充8项信息"),
    ],
)
def test_the_headline_says_the_outcome_and_how_much_is_open(facts, headline):
    assert assess(facts, ON).headline == headline


def test_the_reason_of_an_eligible_project_is_that_no_ground_holds():
    (reason,) = assess(CLEAN, ON).reasons
    assert (reason.text, reason.quote) == ("项目没有不适用承诺制的情形。", "")
    assert (reason.basis, reason.decisive) == (EDITION.source, True)


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_ground_that_holds_is_the_reason_with_its_basis(ground):
    (reason,) = assess({**CLEAN, ground: True}, ON).reasons
    row = ROWS[ground]
    assert (reason.text, reason.quote, reason.basis) == (row["reason"], row["quote"], row["basis"])
    assert reason.decisive is True


def test_while_it_is_open_there_is_no_reason_yet():
    assert assess({}, ON).reasons == ()


def test_the_questions_are_those_of_the_form():
    for question in assess({}, ON).missing:
        assert question.text == vocabulary.question(question.fact)


def test_duties_come_with_the_commitment_only():
    assert assess(CLEAN, ON).duties == tuple(EDITION.data["duties"])
    assert assess({**CLEAN, "bad_credit": True}, ON).duties == ()
    assert assess({}, ON).duties == ()


def test_the_trace_shows_every_ground_with_what_was_known_of_it():
    answer = assess({**CLEAN, "bad_credit": True, "two_high": None}, ON)
    values = {**CLEAN, "bad_credit": True, "two_high": None}
    assert list(answer.trace) == [
        {"fact": fact, "value": values[fact], "holds": values[fact], "basis": ROWS[fact]["basis"]} for fact in GROUNDS
    ]
