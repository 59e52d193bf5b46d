"""What the sheet of a public pre-check must be told. It is no official paper: no number, no seal, no project."""

from __future__ import annotations

from typing import TypedDict


class GivenLine(TypedDict):
    heading: str
    value: str


class NeedLine(TypedDict):
    name: str
    reason: str
    basis: str


class PrecheckSheet(TypedDict):
    """``eia`` and ``energy`` are answers of the rules as JSON; the lists of matters are in the catalogue's order."""

    issued_on: str
    code: str
    url: str
    expires_on: str
    given: list[GivenLine]
    eia: dict
    energy: dict
    yours: list[NeedLine]
    government: list[NeedLine]
    spared: list[NeedLine]
    unknown: list[NeedLine]
    matters_edition: str
