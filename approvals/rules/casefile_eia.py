"""Reading a file of EIA cases with known answers: its shorthand becomes project facts; ``check`` answers a case.

The file's own convention is that an omitted number is 0 and an omitted yes/no is "no". That is shorthand of the file
and holds only here: everywhere else an omitted fact is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from approvals.rules.eia import classify
from approvals.rules.eia_catalogue import Catalogue, catalogue_on
from approvals.rules.evaluator import Facts
from approvals.rules.vocabulary import FACTS

CASES_ON = date(2026, 1, 1)  # every case was decided under the 2021 edition


def facts_of(case: Mapping[str, Any], on: date = CASES_ON) -> Facts:
    """Project facts of one case: a new project in an industrial building, without boilers unless an activity is one."""
    catalogue = catalogue_on(on)
    return {
        "nature": "new",
        "in_industrial_building": True,
        "boilers": [],
        "activities": [_activity(raw, catalogue) for raw in case["activities"]],
    }


def check(case: Mapping[str, Any], on: date = CASES_ON) -> str:
    """The outcome of one case, to be compared with its ``expected``."""
    return classify(facts_of(case, on), on).outcome


def checkable(cases: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every case of the file that is meant to be evaluated."""
    return (case for case in cases["cases"] if not case.get("skip_eval"))


def _activity(raw: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    activity = {key: value for key, value in raw.items() if key != "facts" and value is not None}
    activity |= raw.get("facts") or {}
    for name in _asked_of(activity, catalogue):
        activity.setdefault(name, _omitted(name))
    return activity


def _asked_of(activity: Mapping[str, Any], catalogue: Catalogue) -> set[str]:
    return {name for row in catalogue.rows_of(activity) for name in row.facts}


def _omitted(name: str) -> Any:
    """What the file means by leaving a fact out. Lists and choices stay unknown."""
    return {"decimal": 0, "bool": False}.get(FACTS[name].type)
