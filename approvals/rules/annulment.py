"""Annulling a permit that was granted (撤销): the closed list of grounds and what follows from each.

Data: ``data/annulment-2004.yaml`` (《行政许可法》第六十九条).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.rules.editions import edition_on


@dataclass(frozen=True, slots=True)
class AnnulmentGround:
    """``must``: the law leaves no choice. ``effect``: what becomes of the holder's interests, in words."""

    code: str
    name: str
    basis: str
    must: bool
    effect: str


def annulment_grounds(on: date) -> dict[str, AnnulmentGround]:
    """By code. Raises ``LookupError`` on a day without an edition."""
    data = edition_on("annulment", on).data
    effects = {True: data["effects"]["protected"], False: data["effects"]["unprotected"]}
    return {
        row["code"]: AnnulmentGround(
            row["code"], row["name"], row["basis"], row["must"], effects[row["interests_protected"]]
        )
        for row in data["grounds"]
    }
