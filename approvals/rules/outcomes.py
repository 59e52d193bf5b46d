"""What a determination can come out as, and what follows from each outcome, in the words of a day.

For the cases that a person settles: a row with its text only, an official reply against the text, or a term of the
agreement that a pattern took for what it is not. The rules keep
what they answered; these are the words for what was decided instead.

Public API: ``value_space(kind, on)``, ``in_words(kind, outcome, on)``, ``duties(kind, outcome, on)``,
``reads(kind, on)``.
"""

from __future__ import annotations

from datetime import date

from approvals.rules import agreement, energy
from approvals.rules.editions import edition_on
from approvals.rules.eia import procedure
from approvals.rules.eia.catalogue import LEVELS, catalogue_on
from approvals.rules.eia.text import level_name
from approvals.rules.energy.text import HEADLINES

_EIA_READS = frozenset({"industry_code", "industry_edition", "activities", "boilers", "nature", "main_works_included"})
_ENERGY_READS = frozenset(
    {"energy_lines", "nature", "site_process_equipment_unchanged", "shared_utilities", "grid_primary_coefficient"}
    | {f"{moment}_{unit}" for moment in ("baseline", "after") for unit in ("tce", "coal_t", "kwh")}
    | {f"linked_filings_{unit}" for unit in ("tce", "coal_t", "kwh")}
    | {"filed_on"}
)


def value_space(kind: str, on: date) -> tuple[str, ...]:
    """Every settled outcome of a rule set on a day, the heaviest first. Raises ``LookupError`` without an edition."""
    if kind == "terms":
        return (agreement.PERMITTED,)
    if kind == "eia":
        return tuple(reversed(LEVELS))
    return tuple(reversed(edition_on("energy", on).data["outcomes"]))


def in_words(kind: str, outcome: str, on: date) -> str:
    """The outcome as a headline, named as on the day."""
    if kind == "terms":
        return agreement.HEADLINES[outcome]
    return level_name(outcome, on) if kind == "eia" else HEADLINES[outcome]


def duties(kind: str, outcome: str, on: date) -> tuple[str, ...]:
    """What remains to be done at an outcome, as sentences."""
    if kind == "terms":
        return ()
    if kind == "eia":
        return procedure.duties(outcome, on)
    return energy.duties_at(outcome, on)


def reads(kind: str, on: date) -> frozenset[str]:
    """The project's facts that a person looks at to settle the question, whether or not a rule compares them."""
    if kind == "eia":
        rows = catalogue_on(on).rows.values()
        return _EIA_READS.union(*(row.facts for row in rows))
    return _ENERGY_READS | frozenset(edition_on("energy", on).data["facts"])
