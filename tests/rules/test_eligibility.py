from __future__ import annotations

from datetime import date

import pytest

from approvals.rules.eligibility import assess

ON = date(2026, 11, 24)
GROUNDS = [
    "concerns_national_security",
    "concerns_ecological_security",
    "concerns_strategic_resources",
    "concerns_major_public_interest",
    "two_high",
    "bad_credit",
    "previous_false_commitment",
    "unwilling_to_commit",
]
CLEAN = dict.fromkeys(GROUNDS, False)


def test_a_project_without_any_ground_is_eligible():
    answer = assess(CLEAN, ON)
    assert (answer.outcome, answer.missing, answer.warnings) == ("eligible", (), ())
    assert answer.duties


@pytest.mark.parametrize("ground", GROUNDS)
def test_each_ground_alone_means_the_ordinary_route(ground):
    answer = assess({**CLEAN, ground: True}, ON)
    assert answer.outcome == "ordinary_route"
    assert len(answer.reasons) == 1
    assert answer.reasons[0].basis


@pytest.mark.parametrize("ground", GROUNDS)
def test_each_ground_not_known_is_asked_for(ground):
    answer = assess({**CLEAN, ground: None}, ON)
    assert answer.outcome == "needs_input"
    assert [question.fact for question in answer.missing] == [ground]


def test_every_ground_is_named_at_once():
    answer = assess(dict.fromkeys(GROUNDS, True), ON)
    assert answer.figures["grounds"] == GROUNDS
    assert len(answer.reasons) == len(GROUNDS)


def test_one_ground_settles_it_whatever_is_still_unknown():
    assert assess({"bad_credit": True}, ON).outcome == "ordinary_route"


def test_nothing_known_is_not_eligible():
    answer = assess({}, ON)
    assert answer.outcome == "needs_input"
    assert len(answer.missing) == len(GROUNDS)


def test_what_no_regulation_says_is_a_warning():
    assert any("没有找到法规条文" in text for text in assess({**CLEAN, "two_high": True}, ON).warnings)
    assert any("核准类项目" in text for text in assess({**CLEAN, "needs_verification": True}, ON).warnings)


def test_a_day_without_an_edition_is_an_error():
    with pytest.raises(LookupError):
        assess(CLEAN, date(2020, 12, 31))
