"""The dated law of pauses and extensions: which grounds stop a clock, and how far and by whom it may be extended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from approvals.rules.clock.limits import Turn
from approvals.rules.editions import Edition, edition_on


@dataclass(frozen=True, slots=True)
class Ground:
    """A procedure whose time is left out (《行政许可法》第四十五条 or the matter's own law)."""

    code: str
    name: str
    turn: Turn
    basis: str
    most_days: int | None = None


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """How far a decision limit may be extended, once. ``days`` in the unit of the limit; ``approver`` in words."""

    code: str
    name: str
    days: int
    approver: str
    basis: str


@dataclass(frozen=True, slots=True)
class ClockLaw:
    """One edition. A matter's own law comes before the general one."""

    edition: Edition

    def grounds(self, matter_code: str) -> dict[str, Ground]:
        """Every ground that may stop this matter's clock, by code. There is no other."""
        special = [row for row in self.edition.data["special_grounds"] if matter_code in row["matters"]]
        return {row["code"]: _ground(row) for row in (*self.edition.data["grounds"], *special)}

    @property
    def joint_days(self) -> int:
        """Working days for matters handled jointly (统一办理、联合办理、集中办理)."""
        return int(self._general("joint")["base_days"])

    @property
    def rest_day_note(self) -> str:
        """What is known of a limit in calendar days whose last day is a rest day: it does not move, and why."""
        last_day = self.edition.data["last_day"]
        assert last_day["moves"] is False, "a law that moves it needs a limit that does"
        return str(last_day["note"])

    def extension(self, matter_code: str, *, statutory_days: int, joint: bool = False) -> ExtensionRule | None:
        """The extension open to a matter; None where its own law sets another period and says nothing of one.

        ``statutory_days``: working days of its decision limit, to tell the general period from a special one.
        """
        special = [row for row in self.edition.data["special_extensions"] if matter_code in row["matters"]]
        if special and not joint:
            return _extension(special[0])
        row = self._general("joint" if joint else "agency")
        return _extension(row) if row["base_days"] == statutory_days else None

    def _general(self, kind: str) -> Mapping[str, Any]:
        rows: list[dict[str, Any]] = self.edition.data["extensions"]
        return next(row for row in rows if row["code"] == kind)


def clock_law(on: date) -> ClockLaw:
    """The law of the clock in force on a day. Raises ``LookupError`` before it had any."""
    return ClockLaw(edition_on("clock", on))


def _ground(row: Mapping[str, Any]) -> Ground:
    return Ground(row["code"], row["name"], row["turn"], row["basis"], row.get("most_days"))


def _extension(row: Mapping[str, Any]) -> ExtensionRule:
    return ExtensionRule(row["code"], row["name"], row["days"], row["approver"], row["basis"])
