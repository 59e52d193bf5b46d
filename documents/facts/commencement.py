"""Commencement: 开工条件核验表, 开工确认书."""

from typing import Literal, NotRequired, TypedDict

from documents.facts.common import Common, Pair


class Condition(TypedDict):
    label: str
    state: Literal["met", "missing", "not_applicable"]
    detail: str
    basis: str


class Evidence(TypedDict):
    """A dated event, such as 桩基施工完成."""

    label: str
    on: str
    source: str


class Photo(TypedDict):
    """``data_uri`` from ``documents.files.photo``: small, upright, without camera data."""

    caption: str
    data_uri: str


class Reading(TypedDict):
    """One legal reading of 开工. ``on`` "" where it is not reached; ``missing`` then says what is lacking."""

    purpose: str
    criterion: str
    on: str
    missing: NotRequired[str]


class CommencementSheet(Common):
    """开工条件核验表. A permit does not prove a lawful commencement: both lists are checked."""

    permit_conditions: list[Condition]
    commencement_conditions: list[Condition]
    evidence: list[Evidence]
    photos: list[Photo]
    conclusion: str
    checked_by: str
    checked_on: str


class CommencementConfirmation(Common):
    """开工确认书."""

    started_on: str
    criterion: str
    permit_number: str
    sheet_number: str
    readings: list[Reading]
    figures: NotRequired[list[Pair]]
    reminders: list[str]
