"""Hearings before a decision: on which ground, who may ask until when, and when it is held.

Public: ``HearingLaw``, ``HearingGround``, ``hearing_law``. Data: ``data/hearing-2004.yaml`` (《行政许可法》第四十六条至
第四十八条; working days by 第八十二条). The time a hearing takes is left out of the limits by ``rules.clock``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from approvals.rules.editions import edition_on

Period = Literal["ask", "organise", "notice"]


@dataclass(frozen=True, slots=True)
class HearingGround:
    """``on_request``: the parties are told that they may ask; otherwise the authority holds it of its own motion."""

    code: str
    name: str
    on_request: bool
    basis: str


@dataclass(frozen=True, slots=True)
class HearingLaw:
    """One edition. Every number is in working days."""

    data: Mapping[str, Any]

    @property
    def grounds(self) -> dict[str, HearingGround]:
        return {
            row["code"]: HearingGround(row["code"], row["name"], row["on_request"], row["basis"])
            for row in self.data["grounds"]
        }

    def days(self, period: Period) -> int:
        return int(self.data["periods"][period]["days"])

    def basis(self, what: str) -> str:
        """The article of a period, or of ``host``, ``record``, ``costs``."""
        return str((self.data["periods"].get(what) or self.data[what])["basis"])


def hearing_law(on: date) -> HearingLaw:
    """Raises ``LookupError`` on a day without an edition."""
    return HearingLaw(edition_on("hearing", on).data)
