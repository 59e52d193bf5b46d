"""What the rules answered: 环评判定书, 节能审查判定书. The answer and its facts are printed as they were confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from approvals.models import Determination, Event, Override
from approvals.papers.common import bases, head, iso, plain, project_of, yes_no
from approvals.papers.law import ENERGY_CONSERVATION_15
from approvals.rules import vocabulary
from approvals.rules.deciding import Deciding
from approvals.rules.legal_names import citation
from approvals.selectors.deciding import deciding_of
from approvals.selectors.traces import trace_rows
from documents.facts.common import Pair
from documents.facts.determination import Determination as DeterminationFacts
from documents.facts.determination import Override as OverrideFacts
from documents.facts.determination import Step

# Facts of the project that each rule set reads, in the order in which a reader asks for them.
PROJECT_FACTS = {
    Determination.Kind.EIA: (
        *("nature", "main_works_included", "in_industrial_building", "boiler_other_high_pollution_fuel"),
    ),
    Determination.Kind.ENERGY: (
        "nature",
        *("two_high", "approved_by", "state_secret", "energy_catalogue_project", "ndrc_listed_field"),
        *("grid_primary_coefficient", "zone_energy_review_valid", "zone_negative_list"),
        *("site_process_equipment_unchanged", "shared_utilities", "project_boundary", "coal_by_increment"),
        *("baseline_tce", "after_tce", "baseline_coal_t", "after_coal_t", "baseline_kwh", "after_kwh"),
        *("linked_filings_tce", "linked_filings_coal_t", "linked_filings_kwh"),
    ),
}
_ALREADY_NAMED = frozenset({"title", "kind"})


def determination(event: Event) -> DeterminationFacts:
    people = ("override__proposed_by", "override__settled_by", "override__attachment")
    row = Determination.objects.select_related(*people).get(pk=event.subject_id)
    stated: DeterminationFacts = {
        "project": head(project_of(event), row.on),
        "answer": row.answer,
        "facts_used": list(_facts_used(row)),
        "figures": _figures(row.answer["figures"]),
        "steps": [_step(step) for step in trace_rows(row.answer["trace"])],
        "duties": row.duties,
        "basis": bases(*_citations(row)),
    }
    if deciding := deciding_of(row):
        stated["deciding"] = [{"label": found.question, "value": _would(found)} for found in deciding]
    if row.override:
        stated["override"] = _override(row.override)
    return stated


def _override(row: Override) -> OverrideFacts:
    assert row.settled_by is not None, "what counts has been approved by the second person"
    return {
        "headline": row.headline,
        "reason": row.reason,
        "basis": row.basis,
        "attachment": row.attachment.original_name if row.attachment else "",
        "proposed_by": str(row.proposed_by),
        "proposed_on": row.proposed_on.isoformat(),
        "settled_by": str(row.settled_by),
        "settled_on": iso(row.settled_on),
        "remark": row.remark,
    }


def _would(found: Deciding) -> str:
    return "；".join(f"若{words}，{then}" for words, then in found.answers)


def _step(step: Mapping[str, Any]) -> Step:
    title = f"{step['title']}（{step['place']}）" if step["place"] else step["title"]
    facts = "；".join(f"{label}：{value}" for label, value in step["facts"])
    return {"title": title, "text": step["text"], "facts": facts, "result": step["result"]}


def _citations(row: Determination) -> list[str]:
    """By the day it was made for: the Code of 2026-08-15 changed them."""
    source = row.answer["source"]
    if row.kind == Determination.Kind.EIA:
        return [citation("eia_classification", row.on), source]
    cited = citation("energy_review", row.on)
    # An older edition of the order is cited by its own name.
    return [cited] if source in cited else [source, ENERGY_CONSERVATION_15]


def _facts_used(row: Determination) -> Iterator[Pair]:
    facts = row.facts
    yield {"label": "行业代码", "value": f"{facts['industry_code']}（{facts['industry_edition']}）"}
    for name in PROJECT_FACTS[Determination.Kind(row.kind)]:
        if name in facts:
            yield _pair(name, facts[name])
    if row.kind == Determination.Kind.ENERGY:
        lines = row.answer["figures"].get("lines") or facts.get("energy_lines", ())
        yield from (_energy_line(line) for line in lines)
        return
    for activity in facts["activities"]:
        yield {"label": activity.get("title") or "建设内容", "value": _activity(activity)}
    for boiler in facts.get("boilers", ()):
        yield {
            "label": "锅炉",
            "value": f"{vocabulary.label(boiler['fuel'])} {plain(boiler['capacity_t_per_h'])}吨/小时",
        }


def _activity(activity: Mapping[str, Any]) -> str:
    pairs = (_pair(name, value) for name, value in activity.items() if name not in _ALREADY_NAMED)
    return "；".join(f"{pair['label']}：{pair['value']}" for pair in pairs)


def _energy_line(line: Mapping[str, Any]) -> Pair:
    """As the answer converted it; as it was stated where nothing had to be converted."""
    converted = f"，折{plain(line['tce'])}吨标准煤" if line.get("tce") is not None else ""
    value = f"{plain(line['quantity'])} {line['unit']}{converted}"
    return {"label": line.get("label") or line["carrier"], "value": value}


def _pair(name: str, value: Any) -> Pair:
    term = vocabulary.FACTS.get(name)
    return {"label": term.zh if term else name, "value": _shown(value, term.unit if term else "")}


def _shown(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, list):
        return "、".join(vocabulary.label(str(item)) for item in value)
    return f"{vocabulary.label(str(value))}{unit}"


def _figures(figures: Mapping[str, Any]) -> list[Pair]:
    """The energy rules compute; the EIA catalogue does not."""
    if figures.get("tce") is None:
        return []
    kwh = figures.get("kwh")
    return [
        {"label": "年综合能源消费量（电力按当量值）", "value": f"{plain(figures['tce'])} 吨标准煤"},
        {"label": "年煤炭消费量（实物量）", "value": f"{plain(figures['coal_t'])} 吨"},
        {"label": "年电力消费量", "value": f"{plain(Decimal(kwh) / 10000)} 万千瓦时" if kwh else ""},
    ]
