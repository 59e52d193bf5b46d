"""Finding and reading the dated YAML edition that is in force on a day."""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
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
    data: Mapping[str, Any] = field(compare=False, repr=False)  # the checksum speaks for it

    def covers(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)


def read_edition(path: Path) -> Edition:
    """Read one file. Raises ``ValueError`` naming the file and the key at fault."""
    return edition_from(path.read_bytes(), path.name)


def edition_from(raw: bytes, where: str) -> Edition:
    """The edition in these bytes. Raises ``ValueError`` naming ``where`` they come from and what is wrong."""
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
        raise ValueError(f"{where}: every edition needs {fault}") from fault
    if not isinstance(edition.name, str) or not isinstance(edition.source, str):
        raise ValueError(f"{where}: name and source must be texts")
    if type(edition.in_force_from) is not date or type(edition.in_force_until) not in (date, type(None)):
        raise ValueError(f"{where}: in_force_from and in_force_until must be dates (the latter may be null)")
    if edition.in_force_until and edition.in_force_until < edition.in_force_from:
        raise ValueError(f"{where}: in_force_until is before in_force_from")
    return edition


@functools.cache
def names() -> tuple[str, ...]:
    """Every table that has editions, in alphabetical order."""
    found = {path.stem.rpartition("-")[0] for path in DATA.glob("*-*.yaml")}
    return tuple(sorted(found))


@functools.cache
def editions(name: str) -> tuple[Edition, ...]:
    """Every edition called ``name``, oldest first. Raises ``ValueError`` where two overlap."""
    found = sorted((read_edition(path) for path in DATA.glob(f"{name}-*.yaml")), key=lambda e: e.in_force_from)
    for earlier, later in itertools.pairwise(found):
        if earlier.in_force_until is None or earlier.in_force_until >= later.in_force_from:
            raise ValueError(f"{name}: editions {earlier.edition} and {later.edition} overlap")
    return tuple(found)


_supposed: ContextVar[tuple[Edition, ...]] = ContextVar("supposed editions", default=())


@contextmanager
def supposing(*supposed: Edition) -> Iterator[None]:
    """Inside the block these editions stand before those of the same name on the days that they cover.

    For asking what a new edition would change; what is asked this way is never stored as an answer.
    """
    token = _supposed.set(supposed)
    try:
        yield
    finally:
        _supposed.reset(token)


def edition_on(name: str, on: date) -> Edition:
    """The edition of ``name`` in force on a day. A day without an edition is an error, never a guess."""
    for edition in (*(other for other in _supposed.get() if other.name == name), *editions(name)):
        if edition.covers(on):
            return edition
    raise LookupError(f"no edition of {name!r} is in force on {on.isoformat()}")
