"""Pre-checks by their code, and what the rules say of their answers today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from approvals.models import Precheck
from approvals.models.precheck import ALPHABET, LENGTH
from approvals.rules.matters import MatterNeed
from approvals.rules.precheck import Asking, agenda
from approvals.rules.precheck.answers import State
from approvals.rules.precheck.results import EIA, ENERGY, Results, results


@dataclass(frozen=True, slots=True)
class Standing:
    """One pre-check as the rules of a day see it."""

    state: State
    results: Results
    agenda: tuple[Asking, ...]

    @property
    def done(self) -> int:
        return len(self.state.trail)

    @property
    def left(self) -> int:
        return len(self.agenda)


def normalised(typed: str) -> str:
    """The code in what somebody typed: case, spaces and dashes do not matter. "" where there is none."""
    code = "".join(character for character in typed.upper() if character.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def precheck_by_code(typed: str, *, on: date) -> Precheck | None:
    """The code is the only key: whoever holds it may see the answers. Expired ones are gone."""
    return Precheck.objects.filter(code=normalised(typed), expires_on__gte=on).first()


def stand_of(state: State, on: date) -> Standing:
    now = results(state.facts, on)
    return Standing(state, now, agenda(state.facts, state.unsure, on, now=now))


def outcome_of(now: Results) -> dict[str, Any]:
    """What is kept of the results: outcome and edition of each, and the status of every matter."""
    return {
        EIA: {"outcome": now.eia.outcome, "edition": now.eia.edition},
        ENERGY: {"outcome": now.energy.outcome, "edition": now.energy.edition},
        "matters": {need.code: need.status for need in now.matters},
    }


@dataclass(frozen=True, slots=True)
class Drift:
    """``changed``: labels of what the same answers give differently today; ``editions``: rules that are newer."""

    changed: tuple[str, ...]
    editions: tuple[str, ...]


def drift(precheck: Precheck, now: Results) -> Drift | None:
    """How far today's rules have moved away from those of the day of the answers; None where they have not."""
    was, fresh = precheck.outcome, outcome_of(now)
    labels = {EIA: "环评", ENERGY: "节能审查"}
    changed = [label for key, label in labels.items() if was[key]["outcome"] != fresh[key]["outcome"]]
    changed += [need.name for need in now.matters if was["matters"].get(need.code) != need.status]
    editions = [label for key, label in labels.items() if was[key]["edition"] != fresh[key]["edition"]]
    return Drift(tuple(changed), tuple(editions)) if changed or editions else None


@dataclass(frozen=True, slots=True)
class MatterGroups:
    """The list of matters for a reader: what the enterprise does comes first."""

    yours: tuple[MatterNeed, ...]
    government: tuple[MatterNeed, ...]
    spared: tuple[MatterNeed, ...]
    unknown: tuple[MatterNeed, ...]
    not_applicable: tuple[MatterNeed, ...]


def matter_groups(needs: tuple[MatterNeed, ...]) -> MatterGroups:
    def those(status: str) -> tuple[MatterNeed, ...]:
        return tuple(need for need in needs if need.status == status)

    needed = those("needed")
    return MatterGroups(
        yours=tuple(need for need in needed if need.route != "none"),
        government=tuple(need for need in needed if need.route == "none"),
        spared=those("spared"),
        unknown=those("unknown"),
        not_applicable=those("not_applicable"),
    )
