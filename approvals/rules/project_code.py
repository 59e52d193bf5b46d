"""The national project code (项目代码): its form is checked here, it is never minted.

Public: ``parse``, ``validate``, ``ProjectCode``, ``InvalidProjectCode``.

GB/T 40058-2021: ``YYMM-division6-department2-type2-random5+check1``, 20 digits in five groups. The third group is the
guiding department, not the industry. The algorithm of the last digit was not found, so it is not checked. Codes of the
older form ``YYYY-…`` were given until Shanxi switched, by 2020-11-30.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

LEGACY_LAST_DAY = date(2020, 11, 30)
LEGACY_FIRST_YEAR = 2014  # unverified; older codes are not known from this platform
_FORM = re.compile(r"(\d{4})-(\d{6})-(\d{2})-(\d{2})-(\d{6})", re.ASCII)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))


class InvalidProjectCode(ValueError):
    """The text is no project code; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """``assigned`` is (year, month), month 0 where the older form gives none."""

    text: str
    assigned: tuple[int, int]
    division: str
    department: str
    type: str
    serial: str
    legacy: bool


def validate(code: str, *, assigned_on: date | None = None) -> str:
    """The code in its normal form. Raises ``InvalidProjectCode``; see ``parse``."""
    return parse(code, assigned_on=assigned_on).text


def parse(code: str, *, assigned_on: date | None = None) -> ProjectCode:
    """Take a code apart. ``assigned_on``: the day the platform gave it, where known; decides which form is right.

    ``2012-…`` reads as December 2020 and as the year 2012: the day decides, and without one the standard's form wins.
    """
    text = _normalise(code)
    match = _FORM.fullmatch(text)
    if match is None:
        raise InvalidProjectCode("项目代码应为20位数字、以短横线分为4-6-2-2-6五组，例如 2401-140100-04-01-123456")
    head, division, department, kind, serial = match.groups()
    assigned, legacy = _read_head(head, assigned_on)
    return ProjectCode(text, assigned, division, department, kind, serial, legacy)


def _read_head(head: str, assigned_on: date | None) -> tuple[tuple[int, int], bool]:
    standard, legacy = (2000 + int(head[:2]), int(head[2:])), (int(head), 0)
    if _is_standard(standard, assigned_on):
        return standard, False
    if _is_legacy(legacy[0], assigned_on):
        return legacy, True
    if assigned_on is not None and assigned_on > LEGACY_LAST_DAY and _is_legacy(legacy[0], None):
        raise InvalidProjectCode("2020年11月30日以后赋码的项目代码，首组应为两位年份加两位月份（YYMM）")
    raise InvalidProjectCode(f"项目代码首组“{head}”不是有效的赋码年月")


def _is_standard(year_month: tuple[int, int], assigned_on: date | None) -> bool:
    if not 1 <= year_month[1] <= 12:
        return False
    # A code cannot carry a month later than the day on which it was given.
    return assigned_on is None or year_month <= (assigned_on.year, assigned_on.month)


def _is_legacy(year: int, assigned_on: date | None) -> bool:
    if not LEGACY_FIRST_YEAR <= year <= LEGACY_LAST_DAY.year:
        return False
    return assigned_on is None or (assigned_on <= LEGACY_LAST_DAY and year <= assigned_on.year)


def _normalise(text: str) -> str:
    half_width = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(half_width.split())
