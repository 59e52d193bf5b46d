"""How a decision can be looked at again: by whom, within what time, on which provision.

Data: ``data/remedies-2024.yaml``. The provision is "" where nobody has compared it with the statute yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.rules.editions import edition_on

GOVERNMENT, COURT = "government", "court"


@dataclass(frozen=True, slots=True)
class Way:
    """``to`` is government or court; ``within`` in words, ready to print."""

    name: str
    to: str
    within: str
    basis: str


def remedies_on(on: date) -> tuple[Way, ...]:
    """Every remedy against a decision of a day. Raises ``LookupError`` where no edition is in force."""
    rows = edition_on("remedies", on).data["remedies"]
    return tuple(
        Way(row["way"], row["to"], row["within"], f"{row['law']}{row['articles']}" if row["verified"] else "")
        for row in rows
    )
