"""What is said of a credit code that is wrong, in full, and the last places of the checks."""

from __future__ import annotations

import pytest

from approvals.rules import uscc


@pytest.mark.parametrize(
    ("code", "error", "said"),
    [
        ("91350100M000100Y4", uscc.WrongLength, "统一社会信用代码应为18位，现为17位"),
        ("9135010OM000100Y4I", uscc.WrongCharacter, "统一社会信用代码不使用字符：I、O（不含 I、O、S、V、Z）"),
        ("91A50100M000100Y43", uscc.WrongDivision, "第3至8位为登记管理机关行政区划码，应为数字"),
        ("9135010AM000100Y43", uscc.WrongDivision, "第3至8位为登记管理机关行政区划码，应为数字"),
        ("91350100M000100Y53", uscc.WrongOrganisationCheck, "第9至17位（组织机构代码）校验不通过，请核对"),
        ("91350100M000100Y44", uscc.WrongCheck, "第18位校验码不符，请核对是否有误输"),
    ],
)
def test_a_wrong_code_is_refused_in_words(code, error, said):
    with pytest.raises(error) as refused:
        uscc.validate(code)
    assert str(refused.value) == said


@pytest.mark.parametrize("length", [0, 16, 18])
def test_a_check_character_is_of_seventeen_characters_exactly(length):
    with pytest.raises(ValueError, match="zip"):
        uscc.check_character("1" * length)


@pytest.mark.parametrize("length", [0, 7, 9])
def test_an_organisation_check_is_of_eight_characters_exactly(length):
    with pytest.raises(ValueError, match="zip"):
        uscc.organisation_check_character("1" * length)


def test_ten_is_written_as_a_capital_x():
    found = {uscc.organisation_check_character(f"{number:08d}") for number in range(40)}
    assert found <= set("0123456789X")
    assert "X" in found
