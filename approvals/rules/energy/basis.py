"""Which consumption the thresholds are compared with: the whole project, the increment, or a boundary still open.

Source: the ``increment`` clause of the edition in force; 《…节能审查和碳排放评价办法》第八条, 第十二条 (no splitting).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from approvals.rules.answer import Question
from approvals.rules.editions import Edition
from approvals.rules.energy.lines import Amounts, LineSet
from approvals.rules.evaluator import number
from approvals.rules.spans import NOTHING, UNBOUNDED, ZERO, Span

# Bounds for a linked filing whose coal or power is not stated: the poorest coal and the prescribed power coefficient.
LEAST_KGCE_PER_KG_COAL = Decimal("0.25")
KGCE_PER_KWH = Decimal("0.1229")
THOUSAND = Decimal(1000)


@dataclass(slots=True)
class Basis:
    """The amounts that decide, how they were reached, and what would make them certain."""

    amounts: Amounts
    how: str
    questions: list[tuple[str, Question]] = field(default_factory=list)  # (need code, question)
    warnings: list[str] = field(default_factory=list)

    def ask(self, need: str, fact: str, text: str) -> None:
        self.questions.append((need, Question(fact, text)))


def project_basis(facts: Mapping[str, Any], lines: LineSet, edition: Edition) -> Basis:
    """The amounts to compare with the thresholds, by nature of the project, with linked filings added."""
    whole = _whole(facts, lines)
    rule, nature = edition.data["increment"], facts.get("nature")
    if nature in rule["natures"]:
        basis = _increment_or_whole(facts, whole, needs_unchanged=rule["requires_unchanged"])
    elif nature == "expansion" or (nature is None and facts.get("shared_utilities")):
        basis = _expansion(facts, whole)
    else:
        basis = Basis(whole, "按项目建成后的全部年综合能源消费量计算")
    _add_linked(basis, facts)
    return basis


def _whole(facts: Mapping[str, Any], lines: LineSet) -> Amounts:
    """After completion: stated totals where given, otherwise the sum of the lines."""
    return Amounts(
        tce=_stated(facts, "after_tce") or lines.counted.tce,
        coal_t=_stated(facts, "after_coal_t") or lines.counted.coal_t,
        kwh=_stated(facts, "after_kwh") or lines.counted.kwh,
    )


def _increment_or_whole(facts: Mapping[str, Any], whole: Amounts, *, needs_unchanged: bool) -> Basis:
    unchanged = facts.get("site_process_equipment_unchanged") if needs_unchanged else True
    if unchanged is True:
        basis = Basis(whole, "按建成投产后年综合能源消费增量计算")
        basis.amounts = _increment(facts, whole, basis)
        return basis
    if unchanged is None and facts.get("baseline_tce") is not None:
        basis = Basis(whole, "增量与全部消费量两种口径均已试算")
        text = "建设地点、主要生产工艺和设备是否均未改变？（决定按增量还是按全部消费量计算）"
        basis.ask("site_process_equipment_unchanged", "site_process_equipment_unchanged", text)
        basis.amounts = _increment(facts, whole, basis) | whole
        return basis
    basis = Basis(whole, "按项目建成后的全部年综合能源消费量计算")
    if unchanged is None:
        basis.warnings.append("INCREMENT_POSSIBLE")
    return basis


def _increment(facts: Mapping[str, Any], whole: Amounts, basis: Basis) -> Amounts:
    """After minus before; may be negative. Whether coal is incremental too is open (the article is silent)."""
    return Amounts(
        tce=_difference(facts, "baseline_tce", "改造前年综合能源消费量（吨标准煤）", whole.tce, basis),
        coal_t=_coal_increment(facts, whole.coal_t, basis),
        kwh=_difference(facts, "baseline_kwh", "改造前年用电量（千瓦时）", whole.kwh, basis),
    )


def _difference(facts: Mapping[str, Any], name: str, label: str, after: Span, basis: Basis) -> Span:
    before = facts.get(name)
    if before is not None:
        return after + Span.of(-number(before))
    if after == NOTHING:
        return NOTHING
    basis.ask(name, name, f"请填写{label}")
    return Span(min(ZERO, after.low), after.high)


def _coal_increment(facts: Mapping[str, Any], after: Span, basis: Basis) -> Span:
    """Only a ruling of the authority closes it: ``coal_by_increment``."""
    ruling = facts.get("coal_by_increment")
    if after == NOTHING or ruling is False:
        return after
    if ruling is None:
        text = "请向节能审查机关确认煤炭消费量是否同样按增量计算"
        basis.ask("coal_basis", "coal_by_increment", text)
    less = _difference(facts, "baseline_coal_t", "改造前用煤量（吨）", after, basis)
    return less if ruling else less | after


def _expansion(facts: Mapping[str, Any], whole: Amounts) -> Basis:
    """An expansion counts by itself; where it shares boilers or power with the old plant, the boundary is open.

    ``project_boundary`` is what the authority ruled on it: ``expansion_only`` or ``whole_plant``.
    """
    shared, before = facts.get("shared_utilities"), facts.get("baseline_tce")
    boundary = "expansion_only" if shared is False else facts.get("project_boundary") if shared else None
    if before is None:
        return _expansion_by_itself(shared, boundary, whole)
    if boundary == "whole_plant":
        return Basis(whole, "按节能审查机关确认的范围，以扩建后全厂的年综合能源消费量计算")
    basis = Basis(whole, "按扩建项目自身消费量（建成后减去原有）计算")
    own = Amounts(
        tce=whole.tce + Span.of(-number(before)),
        coal_t=_difference(facts, "baseline_coal_t", "扩建前用煤量（吨）", whole.coal_t, basis),
        kwh=_difference(facts, "baseline_kwh", "扩建前年用电量（千瓦时）", whole.kwh, basis),
    )
    if boundary == "expansion_only":
        basis.amounts = own
        return basis
    basis.how = "扩建部分与全厂两种口径均已试算"
    basis.amounts = own | whole
    _ask_boundary(basis, shared)
    return basis


def _expansion_by_itself(shared: Any, boundary: Any, whole: Amounts) -> Basis:
    basis = Basis(whole, "按扩建项目自身的年综合能源消费量计算")
    if boundary == "expansion_only":
        return basis
    # The plant that shares its utilities may belong to the project: nothing bounds it from above.
    basis.amounts = whole | Amounts(*(Span(span.low, UNBOUNDED) for span in (whole.tce, whole.coal_t, whole.kwh)))
    if boundary is None:
        _ask_boundary(basis, shared)
    else:
        basis.ask(
            "baseline_tce", "baseline_tce", "请填写扩建前全厂的年综合能源消费量（吨标准煤），用能清单填扩建后的全厂"
        )
    return basis


def _ask_boundary(basis: Basis, shared: Any) -> None:
    if shared is True:
        text = "扩建与原有工程共用锅炉、配电等设施：请向节能审查机关确认项目边界（只算扩建部分，还是全厂）"
        basis.ask("project_boundary", "project_boundary", text)
    else:
        basis.ask("shared_utilities", "shared_utilities", "扩建项目是否与原有工程共用锅炉、配电等公用设施？")


def _add_linked(basis: Basis, facts: Mapping[str, Any]) -> None:
    """Filings of the same owner, site and period are judged together."""
    linked = _linked(facts.get("linked_filings_tce"))
    if not linked:
        return
    total = sum(linked, ZERO)
    coal, kwh = _stated(facts, "linked_filings_coal_t"), _stated(facts, "linked_filings_kwh")
    if coal is None:
        text = "请填写关联备案项目的年煤炭消费量（吨，不用煤填0）"
        basis.ask("linked_filings_coal_t", "linked_filings_coal_t", text)
    if kwh is None:
        basis.ask("linked_filings_kwh", "linked_filings_kwh", "请填写关联备案项目的年用电量（千瓦时）")
    basis.amounts = basis.amounts + Amounts(
        tce=Span.of(total),
        coal_t=coal or Span(ZERO, total / LEAST_KGCE_PER_KG_COAL),
        kwh=kwh or Span(ZERO, total * THOUSAND / KGCE_PER_KWH),
    )
    basis.how += f"，并合并关联备案{len(linked)}项"
    basis.warnings.append("SPLIT_PROJECT")


def _linked(stated: Any) -> list[Decimal]:
    """The other filings, one by one or as a sum; 0 means that there are none."""
    listed = stated if isinstance(stated, list | tuple) else [stated]
    return [amount for tce in listed if tce not in (None, "") if (amount := number(tce))]


def _stated(facts: Mapping[str, Any], name: str) -> Span | None:
    return None if facts.get(name) is None else Span.of(number(facts[name]))
