"""Answers word for word: what a determination stores, prints and shows, whole.

The other tests say what has to be so and why. Here nothing can change unseen: a figure, a step of the trace, a clause
that is quoted. Where a change is meant, read the difference and write the file anew:

    python -m tests.rules.test_whole_answers
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from approvals.rules import eia, energy, standard_land
from approvals.rules.answer import Answer
from approvals.rules.casefiles import CASES
from approvals.rules.casefiles import eia as eia_file
from approvals.rules.casefiles import energy as energy_file
from approvals.rules.casefiles import standard_land as land_file
from approvals.rules.clock import WorkingCalendar
from approvals.rules.energy import lifecycle
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
LAND = ("S001", "S003", "S006", "S007", "S009", "S010", "S012", "S015", "S017", "S021", "S023", "S024", "S027")


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
PAINT = {
    "in_industrial_building": True,
    "title": "喷漆线",
    "gb4754": "2110",
    "processes": ["coating"],
    "solvent_coating_t": "12",
}
FURNITURE = {"nature": "expansion", "boilers": [], "activities": [PAINT]}
INSIDE = {"in_industrial_building": True}
ODD: dict[str, dict[str, Any]] = {
    "of a trade that the catalogue leaves out": {"title": "糕点线", "gb4754": "1411"},
    "of a code that has no row": {"title": "未知线", "gb4754": "9999"},
    "without a code": {"title": "未知线"},
    "outside industrial buildings": {"title": "板式家具线", "gb4754": "2110", "in_industrial_building": False},
    "of a row of text": {"title": "海洋生态修复", "row": "158"},
    "of five kinds of furniture": {
        "title": "组装线",
        "gb4754": "2110",
        "processes": ["cutting", "assembly", "welding"],
    },
    "of dyeing": {"title": "染整线", "gb4754": "1713", "processes": ["dyeing", "printing"]},
    "of juice": {"title": "原汁线", "gb4754": "1523", "processes": ["concentration"]},
}
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
    **{
        f"eia {name}": partial(eia.classify, {"nature": "new", "boilers": [], "activities": [INSIDE | activity]}, TODAY)
        for name, activity in ODD.items()
    },
    "standard land without any limit": partial(standard_land.check, {"area_m2": 40000}, [], on=TODAY),
    "standard land of which nothing is known": partial(
        lambda: standard_land.check({}, land_file.limits_of(_cases("standard_land")[1]["S001"]), on=TODAY)
    ),
    "standard land not admitted": partial(
        lambda: standard_land.check(
            {"industry": "2221", "admitted_industries": ["21", "1523"], "forbidden_facilities": ["住宅", "酒店"]},
            land_file.limits_of(_cases("standard_land")[1]["S010"]),
            on=TODAY,
        )
    ),
    "energy unknown": partial(energy.classify, {"energy_lines": None}, TODAY),
    "energy in a zone of which nothing is known": partial(energy.classify, POWER, TODAY),
    "energy in 2022": partial(energy.classify, POWER, energy_help.ORDER_44),
    "energy in a city that is confirmed": partial(energy.classify, POWER, TODAY, profile="city_all"),
}

DAY, BEFORE, LATE = date(2026, 11, 24), energy_help.ORDER_2, date(2026, 12, 2)
WEEKENDS = WorkingCalendar({}, frozenset({2024, 2026}))
for _on in (DAY, BEFORE):
    ASKED |= {
        f"opinion started {_on}": partial(lifecycle.opinion_validity, date(2022, 11, 24), started=True, on=_on),
        f"opinion lapsed {_on}": partial(lifecycle.opinion_validity, date(2022, 6, 2), started=False, on=_on),
        f"opinion good {_on}": partial(lifecycle.opinion_validity, _on - timedelta(days=30), started=False, on=_on),
        f"no change {_on}": partial(lifecycle.change_needed, [], on=_on),
        f"change {_on}": partial(lifecycle.change_needed, ["product"], on=_on),
        **{
            f"overrun to {actual} {_on}": partial(lifecycle.overrun, Decimal(3000), Decimal(actual), on=_on)
            for actual in (3000, 3300, 3301)
        },
        **{
            f"{investment} at {reached}, opinion {has} {_on}": partial(
                lifecycle.milestone, investment, reached, has_opinion=has, on=_on
            )
            for investment in ("government", "enterprise")
            for reached in ("feasibility_report", "construction_start")
            for has in (True, False)
        },
        f"duties of the exempt {_on}": partial(
            lifecycle.missing_duties, "exempt", platform_energy_report=False, on=_on
        ),
        f"gaps of a report {_on}": partial(lifecycle.report_gaps, [], on=_on),
    }
_RECEIVED = partial(lifecycle.acceptance, DAY, calendar=WEEKENDS)
ASKED |= {
    "accepted": partial(_RECEIVED, notice_on=None, on=DAY, complete=True),
    "told in time": partial(_RECEIVED, notice_on=date(2026, 12, 1), on=LATE),
    "told too late": partial(_RECEIVED, notice_on=LATE, on=LATE),
    "not told yet": partial(_RECEIVED, notice_on=None, on=date(2026, 12, 1)),
    "never told": partial(_RECEIVED, notice_on=None, on=LATE),
}


def _plain(answer: Any) -> Any:
    """As it is stored, without the checksum of the table: any word added to a table changes that."""
    if not isinstance(answer, Answer):
        found = [asdict(one) for one in answer] if isinstance(answer, list) else asdict(answer)
        return json.loads(json.dumps(found, ensure_ascii=False, default=str))
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
