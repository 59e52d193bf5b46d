"""The unified social credit code and the national project code."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules import project_code, uscc

REAL = ["91350100M000100Y43", "91110000600037341L", "91440300708461136T"]


@pytest.mark.parametrize("code", REAL)
def test_real_codes_are_valid(code):
    assert uscc.validate(code) == code


@pytest.mark.parametrize(
    "typed", ["９１３５０１００Ｍ０００１００Ｙ４３", " 91350100 m000100y 43 ", "91350100-M000100Y4-3"]
)
def test_full_width_spaces_and_lower_case_are_understood(typed):
    assert uscc.validate(typed) == REAL[0]


@pytest.mark.parametrize(
    ("code", "error", "says"),
    [
        ("", uscc.WrongLength, "现为0位"),
        (REAL[0][:-1], uscc.WrongLength, "现为17位"),
        ("9135010OM000100Y43", uscc.WrongCharacter, "O"),
        ("91３５０１００M000100Y4中", uscc.WrongCharacter, "中"),
        ("9135010AM000100Y43", uscc.WrongDivision, "数字"),
        ("91350100M000100Y53", uscc.WrongOrganisationCheck, "组织机构代码"),
        ("91350100M000100Y44", uscc.WrongCheck, "第18位"),
    ],
)
def test_the_error_says_what_is_wrong(code, error, says):
    with pytest.raises(error, match=says):
        uscc.validate(code)
    assert issubclass(error, ValueError)


def test_rural_collectives_have_a_letter_first():
    first16 = "N2140100" + "MF000001"
    first17 = first16 + uscc.organisation_check_character(first16[8:])
    assert uscc.validate(first17 + uscc.check_character(first17)).startswith("N2")


@given(place=st.integers(0, 17), shift=st.integers(1, 30))
def test_every_single_wrong_character_is_noticed(place, shift):
    code = REAL[0]
    wrong = uscc.ALPHABET[(uscc.ALPHABET.index(code[place]) + shift) % 31]
    with pytest.raises(uscc.InvalidUscc):
        uscc.validate(code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize(
    ("code", "assigned_on", "assigned", "legacy"),
    [
        ("2401-140100-04-01-123456", None, (2024, 1), False),
        ("2401-140100-04-01-123456", date(2024, 1, 31), (2024, 1), False),
        ("2019-140100-04-01-123456", None, (2019, 0), True),  # no month 19
        ("2019-140100-04-01-123456", date(2020, 11, 30), (2019, 0), True),
        ("2012-140100-04-01-123456", None, (2020, 12), False),  # both readings: the standard's wins
        ("２４０１－１４０１００－０４－０１－１２３４５６", None, (2024, 1), False),
    ],
)
def test_project_codes_are_read_by_their_day(code, assigned_on, assigned, legacy):
    found = project_code.parse(code, assigned_on=assigned_on)
    assert (found.assigned, found.legacy) == (assigned, legacy)
    assert found.text == project_code.validate(code, assigned_on=assigned_on)
    assert (found.division, found.department, found.type, found.serial) == ("140100", "04", "01", "123456")


@pytest.mark.parametrize(
    ("code", "assigned_on", "says"),
    [
        ("2401-140100-04-01-12345", None, "20位"),
        ("24011401000401123456", None, "20位"),
        ("2413-140100-04-01-123456", None, "2413"),
        ("2019-140100-04-01-123456", date(2020, 12, 1), "2020年11月30日"),
        ("2402-140100-04-01-123456", date(2024, 1, 31), "2402"),  # a month that had not come yet
        ("1999-140100-04-01-123456", None, "1999"),
    ],
)
def test_wrong_project_codes_are_refused(code, assigned_on, says):
    with pytest.raises(project_code.InvalidProjectCode, match=says):
        project_code.validate(code, assigned_on=assigned_on)
