"""Who works where: the listed accounts, and two approvers in every department that decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from approvals.demo.departments import OFFICES, Office

DECIDING = ("approval_bureau", "housing", "water", "energy", "emergency", "natural_resources", "ecology")
_SURNAMES = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
_GIVEN = "安宁平和清明远志文礼诚信谦恒毅朗舒川山林"

# Areas beyond 运城市 whose projects one handler and one lead official carry.
ELSEWHERE = (
    "shouyang",
    "xiangfen",
    "jiaocheng",
    "yangcheng",
    "jincheng_zone",
    "yangquan_zone",
    "shangdang",
    "reform_zone",
)


@dataclass(frozen=True, slots=True)
class Officer:
    """A person with one role in one or more organisations (keys of the tree)."""

    username: str
    name: str
    role: str
    places: tuple[str, ...]


def fictional_name(number: int) -> str:
    """Every given name begins with 示, as in 示例: nobody is called that."""
    return f"{_SURNAMES[number % len(_SURNAMES)]}示{_GIVEN[number * 7 % len(_GIVEN)]}"


_LISTED = (
    ("handler", "handler", ("yuncheng.service_centre",)),
    ("handler2", "handler", ("yuncheng.service_centre",)),
    ("handler3", "handler", tuple(f"{area}.service_centre" for area in ELSEWHERE)),
    ("lead", "lead", ("yuncheng",)),
    ("lead2", "lead", ELSEWHERE),
    ("approver", "approver", ("yuncheng.approval_bureau",)),
    ("approver2", "approver", ("yuncheng.approval_bureau",)),
    ("head", "approver", ("yuncheng.approval_bureau",)),
    ("housing", "approver", ("yuncheng.housing",)),
    ("furniture_approver", "approver", ("xiangfen.approval_bureau",)),
    ("energy", "approver", ("shanxi.energy",)),
    ("supervisor", "supervisor", ("shanxi.supervision",)),
    ("supervisor2", "supervisor", ("yuncheng.supervision",)),
    ("supervisor3", "supervisor", ("xiangfen.supervision",)),
    ("administrator", "administrator", ("shanxi",)),
)


_WITH_TWO = frozenset({"yuncheng.approval_bureau"})  # both of them are listed


def officers() -> Iterator[Officer]:
    """Everybody who holds an office, in a fixed order."""
    taken = {place for _, role, places in _LISTED if role == "approver" for place in places}
    for number, (username, role, places) in enumerate(_LISTED):
        yield Officer(username, fictional_name(number), role, places)
    offices = [office for office in OFFICES if office.department in DECIDING]
    first = [office for office in offices if office.key not in taken]
    for number, office in enumerate(first, start=len(_LISTED)):
        yield _approver(office, number)
    # A permit is decided by a second person, so there are two everywhere.
    second = [office for office in offices if office.key not in _WITH_TWO]
    for number, office in enumerate(second, start=len(_LISTED) + len(first)):
        yield _approver(office, number, "-2")


def _approver(office: Office, number: int, suffix: str = "") -> Officer:
    username = f"{office.area}-{office.department}{suffix}".replace("_", "-")
    return Officer(username, fictional_name(number), "approver", (office.key,))
