"""Answers word for word: what a determination stores, prints and shows, whole.

The other tests say what has to be so and why. Here nothing can change unseen: a figure, a step of the trace, a clause
that is quoted. Where a change is meant, read the difference and write the file anew:

    python -m tests.rules.test_whole_answers
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from approvals.rules import eia, energy, standard_land
from approvals.rules.casefiles import CASES
from approvals.rules.casefiles import eia as eia_file
from approvals.rules.casefiles import energy as energy_file
from approvals.rules.casefiles import standard_land as land_file
from tests.rules import energy_help

KEPT = Path(__file__).with_name("whole_answers.json")
TODAY = date(2026, 11, 24)
EIA = ("D01", "D05", "D12", "D27", "D43", "D57", "D59", "D61", "R03", "R07", "R10", "R17", "R28")
ENERGY = (
    "E002",
    "E004",
    "E012",
    "E015",
    "E027",
    "E029",
    "E036",
    "E037",
    "E039",
    "E044",
    "E052",
    "E055",
    "E063",
    "E064",
)
LAND = ("S001", "S006", "S012", "S015", "S028", "S031")


def _cases(name: str) -> tuple[Mapping[str, Any], dict[str, Any]]:
    stated = yaml.safe_load((CASES / f"{name}_cases.yaml").read_text(encoding="utf-8"))
    return stated["meta"], {case["id"]: case for case in stated["cases"]}


def _eia(case_id: str) -> Any:
    meta, cases = _cases("eia")
    return eia.classify(eia_file.facts_of(cases[case_id], meta, TODAY), TODAY)


def _energy(case_id: str) -> Any:
    _meta, cases = _cases("energy")
    on = energy_file.day_of(cases[case_id], TODAY)
    return energy.classify(energy_file.facts_of(cases[case_id], on), on)


def _land(case_id: str) -> Any:
    _meta, cases = _cases("standard_land")
    return standard_land.check(land_file.figures_of(cases[case_id]), land_file.limits_of(cases[case_id]), on=TODAY)


UNKNOWN = {"nature": None, "boilers": None, "activities": [{"title": "一号线", "gb4754": "2110"}]}
LAKE = {"nature": "new", "boilers": [], "activities": [{"title": "湖", "row": "114", "product": "artificial_lake"}]}
PAINT = {"title": "喷漆线", "gb4754": "2110", "processes": ["coating"], "solvent_coating_t": "12"}
FURNITURE = {"nature": "expansion", "boilers": [], "activities": [PAINT]}
POWER = energy_help.facts(energy_help.line("electricity", 3000, "万kWh"), zone_energy_review_valid=None)
# What is asked when: each answer is made in its own test, not while the tests are collected.
ASKED: dict[str, Callable[[], Any]] = {
    **{f"eia {one}": partial(_eia, one) for one in EIA},
    **{f"energy {one}": partial(_energy, one) for one in ENERGY},
    **{f"standard land {one}": partial(_land, one) for one in LAND},
    "eia unknown": partial(eia.classify, UNKNOWN, TODAY),
    "eia of a lake": partial(eia.classify, LAKE, TODAY),
    "eia of furniture": partial(eia.classify, FURNITURE, TODAY),
    "eia of furniture before the environmental code": partial(eia.classify, FURNITURE, date(2026, 8, 14)),
    "energy unknown": partial(energy.classify, {"energy_lines": None}, TODAY),
    "energy in a zone of which nothing is known": partial(energy.classify, POWER, TODAY),
    "energy in 2022": partial(energy.classify, POWER, energy_help.ORDER_44),
    "energy in a city that is confirmed": partial(energy.classify, POWER, TODAY, profile="city_all"),
}


def _plain(answer: Any) -> dict[str, Any]:
    """As it is stored, without the checksum of the table: any word added to a table changes that."""
    stored: dict[str, Any] = json.loads(json.dumps(answer.as_json(), ensure_ascii=False))
    del stored["sha256"]
    return stored


STATED: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}


@pytest.mark.parametrize("name", ASKED)
def test_the_whole_answer_is_what_it_was(name):
    assert _plain(ASKED[name]()) == STATED[name]


def test_no_answer_is_kept_that_nobody_gives():
    assert STATED.keys() == ASKED.keys()


if __name__ == "__main__":
    found = {name: _plain(ask()) for name, ask in ASKED.items()}
    KEPT.write_text(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
