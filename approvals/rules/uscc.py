"""The unified social credit code (统一社会信用代码), GB 32100-2015.

Public: ``validate``, ``normalise``, ``check_character``, ``organisation_check_character`` and the errors.

Layout: 1 registrar, 1 type of body, 6 division, 9 organisation code (GB 11714, with its own check), 1 check character.
python-stdnum demands digits in the first two places too and so refuses rural collectives (``N2…``); hence our own.
"""

from __future__ import annotations

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
LENGTH = 18
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class InvalidUscc(ValueError):
    """The text is no unified social credit code; the message says why, in Chinese."""


class WrongLength(InvalidUscc):
    pass


class WrongCharacter(InvalidUscc):
    pass


class WrongDivision(InvalidUscc):
    pass


class WrongOrganisationCheck(InvalidUscc):
    pass


class WrongCheck(InvalidUscc):
    pass


def validate(code: str) -> str:
    """The code in its normal form: 18 half-width capitals and digits. Raises ``InvalidUscc``."""
    code = normalise(code)
    if len(code) != LENGTH:
        raise WrongLength(f"统一社会信用代码应为18位，现为{len(code)}位")
    if wrong := sorted(set(code) - set(ALPHABET)):
        raise WrongCharacter(f"统一社会信用代码不使用字符：{'、'.join(wrong)}（不含 I、O、S、V、Z）")
    if not code[2:8].isdigit():
        raise WrongDivision("第3至8位为登记管理机关行政区划码，应为数字")
    if code[16] != organisation_check_character(code[8:16]):
        raise WrongOrganisationCheck("第9至17位（组织机构代码）校验不通过，请核对")
    if code[17] != check_character(code[:17]):
        raise WrongCheck("第18位校验码不符，请核对是否有误输")
    return code


def normalise(text: str) -> str:
    """Half-width, upper-case, without spaces or hyphens: what people mean when they type or paste a code."""
    half_width = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in half_width if not character.isspace() and character != "-")


def check_character(first17: str) -> str:
    """The 18th character. ``first17`` uses ``ALPHABET`` only."""
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(first17, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def organisation_check_character(first8: str) -> str:
    """The 9th character of an organisation code: mod 11, 10 is written X. Letters count A=10 … Z=35 here."""
    total = sum(int(character, 36) * weight for character, weight in zip(first8, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]
