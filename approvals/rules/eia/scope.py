"""What has to be classified: the activities in scope, completed by documented inferences and never by guesses.

Catalogue art. 4 para. 3: an alteration or extension without the main works is judged by the altered works alone.
Note 2: sizes are new capacity; demolishing and rebuilding counts the whole of what is rebuilt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from approvals.rules import vocabulary
from approvals.rules.eia.catalogue import Catalogue
from approvals.rules.evaluator import Facts, number

ALTERATIONS = frozenset({"expansion", "reconstruction", "tech_transform"})
COATINGS = ("solvent_coating_t", "low_voc_nonsolvent_coating_t", "other_coating_t")
OF_THE_PROJECT = ("in_industrial_building", "nature")  # facts of the project that rows compare
_PRODUCT_BY_KIND = {"standard_factory": "standard_factory"}


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity ready to be judged.

    ``readings`` holds one set of facts, or two where the answers contradict each other: the stricter one counts.
    ``certain`` is False while it is open whether the activity belongs to what is being built.
    """

    path: str  # "activities.0", or "boilers" for the boilers of the project
    title: str
    gb4754: str
    facts: Facts
    readings: tuple[Facts, ...]
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """The activities to judge, what is still to be asked before they are known, and what was left out and why."""

    activities: tuple[Activity, ...]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def open_ended(self) -> bool:
        """Whether something may still be added that nothing is known of."""
        return not {"activities", "boilers"}.isdisjoint(self.missing)


def scope_of(facts: Facts, catalogue: Catalogue) -> Scope:
    """Art. 4 para. 3 and note 2 applied to the project's facts."""
    listed = facts.get("activities")
    missing: list[str] = [] if listed else ["activities"]
    notes: list[str] = []
    alters = facts.get("nature") in ALTERATIONS
    only_works = alters and facts.get("main_works_included") is False
    unsure = alters and facts.get("main_works_included") is None
    found = []
    for index, raw in enumerate(listed or ()):
        main = is_main_works(raw)
        if only_works and main:
            notes.append(f"「{_title(raw, index)}」属于主体工程，本次不建设，不参与判定（名录第四条第三款）。")
            continue
        certain = not (unsure and main)
        found.append(complete_activity(raw, facts, catalogue, path=f"activities.{index}", certain=certain))
    if unsure and any(not activity.certain for activity in found):
        missing.append("main_works_included")
    if boiler := _boilers(facts):
        found.append(boiler)
    elif facts.get("boilers") is None and not any(_is_boiler(raw) for raw in listed or ()):
        missing.append("boilers")
    if only_works and boiler:
        missing = [path for path in missing if path != "activities"]
    return Scope(tuple(found), tuple(missing), tuple(notes), _nature_warning(facts))


def is_main_works(raw: Mapping[str, Any]) -> bool:
    """A production line is main works; boilers, treatment plants and the like are not."""
    return (raw.get("kind") or "product_line") == "product_line" and not (raw.get("row") and not raw.get("gb4754"))


def complete_activity(
    raw: Mapping[str, Any], project: Facts, catalogue: Catalogue, *, path: str, certain: bool = True
) -> Activity:
    """Fill in what follows from what was said, leave a note for each step, and never fill in anything else.

    Three inferences, all ours and none of them official text: the code names the product (3072 is sanitary ware); a
    complete list of processes without a painting step means that no paint is used; and words outside the vocabulary
    make the fact unknown, because a rule that lists tokens would silently pass over them.
    """
    facts = dict(raw)
    code = str(raw.get("gb4754") or "")
    for name in OF_THE_PROJECT:
        if facts.get(name) is None:
            facts[name] = project.get(name)
    notes, warnings = [], [*_settle_processes(facts), *_settle_stranger(facts)]
    notes += _settle_product(facts, code, catalogue)
    notes += _settle_zeros(facts, catalogue)
    title = _title(raw, int(path.rpartition(".")[2]))
    readings = _readings(facts)
    if len(readings) > 1:
        warnings.append("填写了涂料用量，但工艺清单中没有涂装工序，已按较严的一种理解判定，请核对。")
    return Activity(path, title, code, facts, readings, tuple(notes), tuple(warnings), certain)


def _settle_processes(facts: dict[str, Any]) -> list[str]:
    tokens = facts.get("processes")
    if not tokens:  # an empty list says nothing about a production line
        facts["processes"] = None
        return []
    strangers = [token for token in tokens if token not in vocabulary.PROCESSES]
    if not strangers:
        return []
    # What is known of the others still counts; the stranger itself may be anything.
    facts["processes"] = [*(token for token in tokens if token in vocabulary.PROCESSES), None]
    return [f"工艺{'、'.join(map(str, strangers))}不在工艺词表中，不能据此判定，请从词表中选择。"]


def _settle_stranger(facts: dict[str, Any]) -> list[str]:
    product = facts.get("product")
    if product is None or product in vocabulary.PRODUCTS:
        return []
    facts["product"] = None
    return [f"产品{product}不在产品词表中，不能据此判定，请从词表中选择。"]


def _settle_product(facts: dict[str, Any], code: str, catalogue: Catalogue) -> list[str]:
    if facts.get("product") is not None:
        return []
    for size in (4, 3):
        token = catalogue.product_by_code.get(code[:size]) if len(code) >= size else None
        if token:
            facts["product"] = token
            return [f"行业代码{code}对应的产品类别为{vocabulary.label(token)}（按代码名称推定）。"]
    facts["product"] = _PRODUCT_BY_KIND.get(facts.get("kind") or "")
    return []


def _settle_zeros(facts: dict[str, Any], catalogue: Catalogue) -> list[str]:
    if facts["processes"] is None or None in facts["processes"]:
        return []
    notes = []
    asked = frozenset[str]().union(*(row.facts for row in catalogue.rows_of(facts)))
    for inference in catalogue.zero_without_process:
        unknown = [name for name in inference["facts"] if name in asked and facts.get(name) is None]
        if unknown and set(inference["processes"]).isdisjoint(facts["processes"]):
            facts.update(dict.fromkeys(unknown, Decimal(0)))
            notes.append(inference["note"])
    return notes


def _readings(facts: Facts) -> tuple[Facts, ...]:
    processes = facts["processes"]
    if processes is None or "coating" in processes or not any(_positive(facts.get(name)) for name in COATINGS):
        return (facts,)
    return (facts, {**facts, "processes": [*processes, "coating"]})


def _boilers(facts: Facts) -> Activity | None:
    """Row 91 of every project with boilers: the new boilers added up by fuel, t/h."""
    boilers = facts.get("boilers")
    if not boilers:
        return None
    fuels = [boiler.get("fuel") for boiler in boilers]
    high_pollution: bool | None = "other_high_pollution" in fuels
    biomass = "biomass" in fuels
    if not high_pollution and (biomass or None in fuels):
        high_pollution = facts.get("boiler_other_high_pollution_fuel")
    row = {
        "kind": "boiler",
        "gas_boiler_t_per_h": _total(boilers, {"natural_gas"}),
        "coal_oil_boiler_t_per_h": _total(boilers, {"coal", "oil"}),
        "boiler_other_high_pollution_fuel": high_pollution,
        "biomass_boiler": biomass,
    }
    return Activity(path="boilers", title="新增锅炉", gb4754="", facts=row, readings=(row,))


def _total(boilers: Iterable[Mapping[str, Any]], fuels: set[str]) -> Decimal | None:
    """Tonnes per hour of the boilers burning these fuels; None where a fuel or a capacity that counts is unknown."""
    counted = [boiler for boiler in boilers if boiler.get("fuel") is None or boiler["fuel"] in fuels]
    if any(b.get("fuel") is None or b.get("capacity_t_per_h") is None for b in counted):
        return None
    return sum((number(boiler["capacity_t_per_h"]) for boiler in counted), Decimal(0))


def _is_boiler(raw: Mapping[str, Any]) -> bool:
    return raw.get("kind") == "boiler" or str(raw.get("row") or "") == "91"


def _positive(value: Any) -> bool:
    return value is not None and number(value) > 0


def _title(raw: Mapping[str, Any], index: int) -> str:
    return str(raw.get("title") or f"第{index + 1}项建设内容")


def _nature_warning(facts: Facts) -> tuple[str, ...]:
    return () if facts.get("nature") else ("未填写建设性质，已按列出的建设内容全部新建判定。",)
