"""Which wording of a promise is reported: each place once, part by part of a sentence, with the part's own negation."""

from __future__ import annotations

import pytest

from approvals.rules.agreement import forbidden_promises


def found(text):
    return [(finding.kind, finding.phrase) for finding in forbidden_promises(text)]


def test_a_wording_over_several_lines_is_reported_without_white_space():
    (finding,) = forbidden_promises("乙方享受零 \n\t 地价政策。")
    assert (finding.kind, "零地价" in finding.phrase) == ("price", True)
    assert found("乙方享受零 \n 地价政策。") == found("乙方享受零地价政策。")


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("税收返还60%，甲方免收城市基础设施配套费。", {"税收返还", "免收城市基础设施配套费"}),
        ("甲方免收城市基础设施配套费，税收返还60%。", {"税收返还", "免收城市基础设施配套费"}),
        ("税收返还免征增值税。", {"税收返还", "免征增值税"}),  # one begins where the other ends
        ("免收配套费财政贡献返还。", {"免收配套费", "财政贡献返还"}),
        ("税收返还税款，奖励增值税。", {"税收返还", "奖励增值税"}),  # 返还税款 lies in what is reported already
    ],
)
def test_each_promise_of_a_sentence_is_reported(text, phrases):
    assert {phrase for _, phrase in found(text)} == phrases
    assert len(found(text)) == len(phrases)


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("甲方不得给予税收返还，甲方给予税收返还。", True),  # the promise stands in the second part
        ("甲方给予税收返还，甲方不得转让土地。", True),  # the negation stands after it
        ("乙方不得转让土地，甲方给予税收返还。", True),  # and before it
        ("乙方依法纳税，甲方不给予税收返还，乙方配合。", False),
        ("不给予税收返还，乙方配合。", False),
        ("乙方配合：不给予税收返还。", False),
    ],
)
def test_a_negation_counts_in_its_own_part_of_the_sentence_only(text, reported):
    assert bool(found(text)) is reported


def test_a_spared_wording_does_not_hide_the_promise_after_it():
    assert found("甲方不给予税收返还，前五年税收返还60%。") == found("前五年税收返还60%。")


def test_one_place_is_reported_once_whichever_patterns_fit_it():
    phrases = [phrase for _, phrase in found("甲方将税收地方留存部分全额返还乙方，用于乙方扩大生产。")]
    assert len(phrases) == len(set(phrases)) == 1
