"""The shape in which every rule set answers: outcome, reasons, questions, trace, and the edition it was made under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence for the reader, the clause quoted, and where it stands. ``decisive`` marks what settled it."""

    text: str
    quote: str = ""
    basis: str = ""
    decisive: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that is not known and could change the answer. ``fact`` is a path such as ``activities.0.processes``."""

    fact: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule set says of these facts on this date. Pure data: the same facts give the same bytes."""

    kind: str  # "eia" | "energy" | "standard_land" | "eligibility" | "matters"
    outcome: str
    on: date
    edition: str
    sha256: str
    source: str
    headline: str
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Question, ...] = ()
    trace: tuple[Mapping[str, Any], ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    duties: tuple[str, ...] = ()  # what remains to be done even when nothing has to be approved
    warnings: tuple[str, ...] = ()  # unconfirmed points, shown as such and never as law

    @property
    def is_known(self) -> bool:
        return not self.outcome.startswith("needs_")

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values, decimals and dates as strings."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [_plain(item) for item in items]
    return value
