"""Finding and reading the dated YAML edition that is in force on a day."""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Edition:
    """One reviewed file. ``in_force_until`` is the last day in force, None while it has no end."""

    name: str
    edition: str
    source: str
    in_force_from: date
    in_force_until: date | None
    sha256: str
    data: Mapping[str, Any]

    def covers(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)


def read_edition(path: Path) -> Edition:
    """Read one file. Raises ``ValueError`` naming the file and the key at fault."""
    raw = path.read_bytes()
    data = yaml.load(raw, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both loaders are safe
    try:
        edition = Edition(
            name=data["name"],
            edition=str(data["edition"]),
            source=data["source"],
            in_force_from=data["in_force_from"],
            in_force_until=data["in_force_until"],
            sha256=hashlib.sha256(raw).hexdigest(),
            data=data,
        )
    except (KeyError, TypeError) as fault:
        raise ValueError(f"{path.name}: every edition needs {fault}") from fault
    if edition.in_force_until and edition.in_force_until < edition.in_force_from:
        raise ValueError(f"{path.name}: in_force_until is before in_force_from")
    return edition


@functools.cache
def editions(name: str) -> tuple[Edition, ...]:
    """Every edition called ``name``, oldest first. Raises ``ValueError`` where two overlap."""
    found = sorted((read_edition(path) for path in DATA.glob(f"{name}-*.yaml")), key=lambda e: e.in_force_from)
    for earlier, later in itertools.pairwise(found):
        if earlier.in_force_until is None or earlier.in_force_until >= later.in_force_from:
            raise ValueError(f"{name}: editions {earlier.edition} and {later.edition} overlap")
    return tuple(found)


def edition_on(name: str, on: date) -> Edition:
    """The edition of ``name`` in force on a day. A day without an edition is an error, never a guess."""
    for edition in editions(name):
        if edition.covers(on):
            return edition
    raise LookupError(f"no edition of {name!r} is in force on {on.isoformat()}")
