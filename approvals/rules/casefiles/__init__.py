"""Files of cases: determining each case, and comparing it with the answer that the file expects.

Public: ``read(raw) -> CaseFile``, ``CaseFault``, ``Determined``, ``Difference``, ``NoEdition``. Four kinds of file are
recognised by what their cases contain: EIA (``activities``), energy (``inputs``), standard land (``limits``) and
project facts (``facts``). What a file leaves out is what its ``meta`` says; where that says nothing it is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from . import eia, energy, projects, standard_land
from .reading import Case, CaseFault, label_of, parse
from .results import Determined, Difference

__all__ = ["CASES", "CaseFault", "CaseFile", "Determined", "Difference", "NoEdition", "read"]

# The cases with known answers that come with the rules: ``eia_cases.yaml``, ``energy_cases.yaml``, ….
CASES = Path(__file__).parent.parent / "cases"
# The first kind whose mark one of the cases carries; ``activities`` also occur inside project facts, one level down.
KINDS: tuple[tuple[str, ModuleType], ...] = (
    ("activities", eia),
    ("limits", standard_land),
    ("inputs", energy),
    ("facts", projects),
)


class NoEdition(LookupError):
    """The day that was asked for has no edition, whatever the cases say."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One file. Cases keep the order of the file; a case that cannot be read spoils no other."""

    reader: ModuleType
    meta: Mapping[str, Any]
    cases: tuple[Any, ...]

    def determine(self, position: int, *, on: date | None, today: date) -> Determined:
        """The answer to one case. Raises ``CaseFault`` naming the case and field, or ``NoEdition`` for the day ``on``.

        Args:
            on: the day whose law applies, whatever the case says; None leaves it to the case.
            today: the day for cases that name neither a day nor a version of the law.
        """
        case = self._case(position)
        try:
            determined: Determined = self.reader.determine(case, self.meta, on=on, today=today)
        except CaseFault as fault:
            raise fault.of(label_of(case, position)) from None
        except LookupError as fault:
            if on:  # as wrong for every other case: it is not the case that is at fault
                raise NoEdition(f"--on: {fault}") from None
            raise CaseFault("date", str(fault)).of(label_of(case, position)) from None
        return determined

    def _case(self, position: int) -> Case:
        case = self.cases[position]
        label = label_of(case, position)
        if not isinstance(case, Mapping):
            raise CaseFault("", "a case must be a mapping").of(label)
        if case.get("id") in (None, ""):
            raise CaseFault("id", "is missing").of(label)
        if isinstance(case["id"], list | Mapping | bool):
            raise CaseFault("id", "must be a text").of(label)
        if any(_same_id(case, earlier) for earlier in self.cases[:position]):
            raise CaseFault("id", "is used by an earlier case too").of(label)
        return case


def read(raw: bytes) -> CaseFile:
    """Recognise a file. Raises ``CaseFault`` where it is not YAML or has no shape that is known."""
    data = parse(raw)
    meta: Mapping[str, Any] = {}
    if isinstance(data, list):
        cases = data
    elif isinstance(data, Mapping) and isinstance(data.get("cases", data.get("projects")), list):
        meta, cases = data.get("meta") or {}, data.get("cases", data.get("projects"))
    elif isinstance(data, Mapping) and isinstance(data.get("facts"), Mapping):
        cases = [data]
    else:
        raise CaseFault("", "unknown shape: neither a list of cases nor a mapping with cases or facts")
    if not isinstance(meta, Mapping):
        raise CaseFault("meta", "must be a mapping")
    return CaseFile(_reader(cases), meta, tuple(cases))


def _reader(cases: list[Any]) -> ModuleType:
    """What the cases are about: all must agree, and a case without any mark takes the kind of the others."""
    kinds = {reader for case in cases if isinstance(case, Mapping) and (reader := _kind(case))}
    if len(kinds) == 1:
        return kinds.pop()
    if kinds:
        raise CaseFault("cases", "cases of different kinds in one file")
    raise CaseFault("cases", "unknown shape: no case has activities, inputs, limits or facts")


def _kind(case: Case) -> ModuleType | None:
    return next((reader for mark, reader in KINDS if mark in case), None)


def _same_id(case: Case, earlier: Any) -> bool:
    return isinstance(earlier, Mapping) and str(earlier.get("id")) == str(case["id"])
