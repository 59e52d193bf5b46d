"""The catalogue of approval matters of a day: one ``Matter`` per entry of ``data/matters-*.yaml``, checked once."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from approvals.rules.editions import Edition, edition_on
from approvals.rules.evaluator import Condition, check_condition, facts_in
from approvals.rules.legal_names import as_named_on, citation
from approvals.rules.vocabulary import FACTS

DEPARTMENTS = frozenset(
    {"approval_bureau", "natural_resources", "ecology", "energy", "water", "housing", "civil_air_defence", "emergency"}
    | {"forestry", "culture_relics", "meteorology", "seismology", "investment_promotion", "zone_committee", "tax"}
)
BEFORE = ("signing", "land_supply", "construction", "commencement", "discharge", "production", "completion")
GATES = frozenset({"permit", "commencement"})
ROUTES = frozenset({"ordinary", "commitment", "filing", "none"})
RECORDS = frozenset({"filing", "land", "assessment", None})


@dataclass(frozen=True, slots=True)
class Spare:
    """A ground on which a matter that would apply need not be done. ``reason`` is a Chinese sentence."""

    when: Condition
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: when it applies, what spares it, and which other matter it can be replaced by or stands in for."""

    code: str
    entry: Mapping[str, Any]  # everything the edition says of it, for loaders
    applies: Condition
    spares: tuple[Spare, ...]
    chosen_when: Condition | None
    commitment_when: Condition | None
    alternative_of: tuple[str, ...]
    stands_in_for: tuple[str, ...]
    prerequisites: tuple[str, ...]
    conditional_prerequisites: tuple[str, ...]

    def name(self, on: date) -> str:
        return as_named_on(self.entry["name_zh"], on)

    def basis(self, on: date) -> str:
        """The legal basis as it is cited on a day."""
        return citation(self.entry["citation"], on) if "citation" in self.entry else str(self.entry["basis"])


@dataclass(frozen=True, slots=True)
class MatterCatalogue:
    edition: Edition
    matters: Mapping[str, Matter]

    def alternatives_of(self, code: str) -> tuple[Matter, ...]:
        """Matters that may be done instead, the most encompassing first."""
        found = [matter for matter in self.matters.values() if code in matter.alternative_of]
        return tuple(sorted(found, key=lambda matter: -len(matter.alternative_of)))


def matters_on(on: date) -> MatterCatalogue:
    """The catalogue in force on a day. Raises ``LookupError`` where there is none."""
    return catalogue_of(edition_on("matters", on))


def matters_reading(fact: str, on: date) -> tuple[str, ...]:
    """Codes of the matters that a fact opens, spares or routes, in the order of the catalogue."""
    return tuple(matter.code for matter in matters_on(on).matters.values() if fact in _read_by(matter))


def _read_by(matter: Matter) -> set[str]:
    grounds = [matter.applies, matter.chosen_when, matter.commitment_when, *(spare.when for spare in matter.spares)]
    return {name for condition in grounds if condition for name in facts_in(condition)}


@functools.lru_cache(maxsize=8)
def catalogue_of(edition: Edition) -> MatterCatalogue:
    """One edition read and checked. Raises ``ValueError`` naming the matter at fault."""
    matters = {entry["code"]: _matter(entry) for entry in edition.data["matters"]}
    for matter in matters.values():
        for code in (*matter.prerequisites, *matter.alternative_of, *matter.stands_in_for):
            if code not in matters:
                raise ValueError(f"matter {matter.code}: unknown matter {code!r}")
    return MatterCatalogue(edition, matters)


def _matter(entry: Mapping[str, Any]) -> Matter:
    _check_words(entry)
    alternative_of = tuple(entry.get("alternative_of", ()))
    return Matter(
        code=entry["code"],
        entry=entry,
        applies=_checked(entry, entry["applies"]),
        spares=tuple(Spare(_checked(entry, s["when"]), s["reason"], s["basis"]) for s in entry.get("spares", ())),
        chosen_when=_checked(entry, entry.get("chosen_when")),
        commitment_when=_checked(entry, entry.get("commitment_when")),
        alternative_of=alternative_of,
        stands_in_for=(*alternative_of, *filter(None, [entry.get("stands_in_for")])),
        prerequisites=tuple(entry["prerequisites"]),
        conditional_prerequisites=tuple(entry.get("conditional_prerequisites", ())),
    )


def _check_words(entry: Mapping[str, Any]) -> None:
    allowed: Iterable[tuple[str, Any]] = (
        ("department_kind", DEPARTMENTS),
        ("supervising_kind", DEPARTMENTS),
        ("before", BEFORE),
        ("route", ROUTES),
        ("recorded_by", RECORDS),
    )
    for key, words in allowed:
        if entry[key] not in words:
            raise ValueError(f"matter {entry['code']}: {key} is {entry[key]!r}")
    if strangers := set(entry["gate"]) - GATES:
        raise ValueError(f"matter {entry['code']}: unknown gates {sorted(strangers)}")
    if strangers := set(entry.get("conditional_materials", ())) - set(entry["materials"] or ()):
        raise ValueError(f"matter {entry['code']}: conditional materials that are none of its own {sorted(strangers)}")


def _checked(entry: Mapping[str, Any], condition: Any) -> Any:
    if condition is None:
        return None
    check_condition(condition)
    if strangers := set(facts_in(condition)) - FACTS.keys():
        raise ValueError(f"matter {entry['code']}: unknown facts {sorted(strangers)}")
    return condition
