"""Which of the cases with known answers exercise an entry of the library, and whether they come out as known."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from approvals.rules.casefiles import CASES, eia, energy, standard_land
from approvals.rules.casefiles.reading import compiled_on, parse
from approvals.rules.casefiles.results import Determined
from approvals.rules.editions import edition_on
from approvals.rules.eia.catalogue import unlisted_codes
from approvals.rules.energy import classify
from approvals.rules.energy.coefficients import carrier_key, table_on
from approvals.rules.standard_land.measures import measure_code

Place = tuple[str, str, str]  # table, edition, key of the entry
_KINDS = {
    "agency_reply": "部门答复",
    "filed_or_approved_eia": "已报批的文件",
    "acee_or_ministry_interpretation": "部或评估中心口径",
    "real": "真实案例",
    "derived": "按条文推导",
}


@dataclass(frozen=True, slots=True)
class TestCase:
    """One case. ``agrees`` is None where it is not compared; ``reply`` is an official reply at odds with the text."""

    __test__ = False

    id: str
    title: str
    kind: str
    outcome: str
    agrees: bool | None
    remark: str = ""
    reply: str = ""


def cases_of(name: str, edition: str, key: str) -> tuple[TestCase, ...]:
    """The cases that test one entry, in the order of their file."""
    return _index().get((name, edition, key), ())


def tables_with_cases() -> frozenset[str]:
    return frozenset(name for name, _, _ in _index())


@functools.cache
def _index() -> Mapping[Place, tuple[TestCase, ...]]:
    found: dict[Place, list[TestCase]] = defaultdict(list)
    for file, places in (("eia", _eia), ("energy", _energy), ("standard_land", _standard_land)):
        data = parse((CASES / f"{file}_cases.yaml").read_bytes())
        for case in data["cases"]:
            test, where = places(case, data["meta"])
            for place in dict.fromkeys(where):
                found[place].append(test)
    return {place: tuple(tests) for place, tests in found.items()}


def _eia(case: Mapping[str, Any], meta: Mapping[str, Any]) -> tuple[TestCase, Iterable[Place]]:
    day = _compiled(meta)
    made = eia.determine(case, meta, on=None, today=day)
    edition = edition_on("eia", day)
    unlisted = unlisted_codes(edition)
    named = {str(raw["row"]) for raw in case["activities"] if raw.get("row")}
    keys = {str(row) for row in made.record.get("rows", ())} | named
    keys |= {f"gb{code}" for raw in case["activities"] if (code := str(raw.get("gb4754"))[:3]) in unlisted}
    return _test(case, made, case.get("reasoning")), (("eia", edition.edition, key) for key in sorted(keys))


def _energy(case: Mapping[str, Any], meta: Mapping[str, Any]) -> tuple[TestCase, Iterable[Place]]:
    day = energy.day_of(case, _compiled(meta))
    made = energy.determine(case, meta, on=None, today=day)
    facts = energy.facts_of(case, day)
    return _test(case, made, case.get("why")), _energy_places(facts, day)


def _energy_places(facts: Mapping[str, Any], day: date) -> Iterator[Place]:
    answer, table = classify(facts, day), table_on(day)
    for step in answer.trace:
        if step["step"] in {"rule_low", "rule_high"}:
            yield "energy", answer.edition, step["result"]
    if "增量" in answer.figures["basis"]:
        yield "energy", answer.edition, "increment"
    for line in facts.get("energy_lines") or ():
        yield "energy_coefficients", table.edition, carrier_key(line["carrier"], table)


def _standard_land(case: Mapping[str, Any], meta: Mapping[str, Any]) -> tuple[TestCase, Iterable[Place]]:
    day = _compiled(meta)
    made = standard_land.determine(case, meta, on=None, today=day)
    measures = {limit.measure for limit in standard_land.limits_of(case)}
    return _test(case, made, case.get("note")), _land_places(measures, case.get("as_of") or day)


def _land_places(measures: set[str], day: date) -> Iterator[Place]:
    edition = edition_on("standard_land", day)
    for raw in edition.data["indicators"]:
        if measure_code(raw["indicator"]) in measures:
            yield "standard_land", edition.edition, raw["indicator"]


def _test(case: Mapping[str, Any], made: Determined, remark: Any) -> TestCase:
    reply = made.record.get("official_reply", {})
    return TestCase(
        id=str(case["id"]),
        title=str(case.get("title", "")),
        kind=_KINDS.get(str(case.get("basis") or case.get("kind") or case.get("provenance")), ""),
        outcome=str(made.record["outcome"] or ""),
        agrees=None if made.skipped or not made.compared else not made.differences,
        remark=str(remark or ""),
        reply=str(reply.get("outcome", "")) if reply.get("conflict") else "",
    )


def _compiled(meta: Mapping[str, Any]) -> date:
    day = compiled_on(meta)
    assert day is not None, "the files that come with the rules say when they were compiled"
    return day
