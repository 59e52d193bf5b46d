"""Credit records of an enterprise: their kinds, and until when each bars what. Data: ``data/credit-2020.yaml``.

Public API: ``kinds_on(on)``, ``kind_on(code, on)``, ``barred_until(code, from_on, concerns_safety)``.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from approvals.rules.editions import edition_on

COMMITMENT, MATTER = "commitment", "matter"


@dataclass(frozen=True, slots=True)
class CreditKind:
    """``bars``: "commitment" (the ordinary route only, until repaired) or "matter" (not again for ``years``)."""

    code: str
    label: str
    basis: str
    bars: str
    years: int | None
    consequence: str


def kinds_on(on: date) -> tuple[CreditKind, ...]:
    """Every kind in force on a day. Raises ``LookupError`` where no edition is."""
    return tuple(CreditKind(**entry) for entry in edition_on("credit", on).data["kinds"])


def kind_on(code: str, on: date) -> CreditKind:
    """One kind. Raises ``LookupError`` for a code nobody defined."""
    found = next((kind for kind in kinds_on(on) if kind.code == code), None)
    if found is None:
        raise LookupError(f"no credit record of kind {code!r} on {on.isoformat()}")
    return found


def barred_until(code: str, from_on: date, *, concerns_safety: bool) -> date | None:
    """The last day on which the matter may not be applied for again; None where the law sets no such period.

    The bans of 《行政许可法》 art. 78 and 79 hold only for matters that directly concern public safety, health or life
    and property. The first day does not count; the period ends on the corresponding day (《民法典》 art. 201, 202).
    """
    kind = kind_on(code, from_on)
    if kind.years is None or not concerns_safety:
        return None
    year = from_on.year + kind.years
    last = calendar.monthrange(year, from_on.month)[1]
    return date(year, from_on.month, min(from_on.day, last))
