"""Energy review (节能审查): does a project need one, and from whom?

Public: ``classify(facts, on, profile=None) -> Answer``. The editions are ``data/energy-*.yaml``; the arithmetic is in
``lines`` and ``basis``, the words in ``text``, what follows the opinion in ``lifecycle``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from approvals.rules.answer import Answer, Reason
from approvals.rules.editions import Edition, edition_on
from approvals.rules.energy.authority import LABELS, Authority, Profile, authority_for
from approvals.rules.energy.match import Case, Match, both_ends, build_case, screening, spans, state_test
from approvals.rules.energy.notes import needs_of, questions, warning_codes
from approvals.rules.energy.text import BRIEF, HEADLINES, WARNINGS, basis_text, distances, rule_reason
from approvals.rules.evaluator import evaluate
from approvals.rules.spans import Span

EXEMPT = frozenset({"exempt", "exempt_catalogue", "exempt_state_secret"})
REVIEWED = frozenset({"sub_provincial", "provincial", "state"})


def classify(facts: Mapping[str, Any], on: date, *, profile: str | Profile | None = None) -> Answer:
    """The review class on a day. Unknown is never zero: every uncertain quantity is tried at both of its ends.

    Args:
        facts: None or absent is unknown. ``energy_lines`` is a list of ``{carrier, quantity, unit}`` with optional
            ``coefficient`` (kgce per base unit), ``coefficient_source`` (measured, certificate, table, default_range),
            ``density_kg_per_l`` and ``use`` (fuel, feedstock, sold, self_generated, recovered, …); [] = uses none.
            ``nature`` and its ``baseline_tce``, ``after_tce`` (also ``_coal_t``, ``_kwh``),
            ``site_process_equipment_unchanged``, ``shared_utilities``; ``linked_filings_tce`` (list, the other
            filings; also ``_coal_t``, ``_kwh`` as sums); ``state_secret``, ``energy_catalogue_project``,
            ``fixed_asset_project``, ``two_high``, ``ndrc_listed_field``, ``grid_primary_coefficient`` (kgce/kWh),
            ``approved_by``, ``zone_energy_review_valid``, ``zone_negative_list``, ``filed_on``.
        on: the day whose edition applies (acceptance or decision, otherwise today).
        profile: local division below the province, by name or as ``{label, confirmed, steps}``.

    Raises ``LookupError`` for a day without an edition.
    """
    case = build_case(facts, on)
    low, high = both_ends(case, case.basis.amounts)
    outcome = low.outcome if low.outcome == high.outcome else "needs_input"
    authority = authority_for(
        outcome, case.basis.amounts.tce, two_high=facts.get("two_high"), edition=case.edition, profile=profile
    )
    codes = warning_codes(case, outcome, authority)
    return Answer(
        kind="energy",
        outcome=outcome,
        on=on,
        edition=case.edition.edition,
        sha256=case.edition.sha256,
        source=case.edition.source,
        headline=_headline(outcome, low, high),
        reasons=tuple(_reasons(case, low, high)),
        missing=tuple(questions(case, outcome)),
        trace=tuple(_trace(case, low, high, outcome, authority)),
        figures=_figures(case, outcome, authority, codes),
        duties=tuple(_duties(case.edition, outcome)),
        warnings=tuple(WARNINGS[code] for code in codes),
    )


def _headline(outcome: str, low: Match, high: Match) -> str:
    if outcome != "needs_input":
        return HEADLINES[outcome]
    ends = [BRIEF.get(match.outcome, HEADLINES[match.outcome]) for match in (low, high)]
    return f"{HEADLINES[outcome]}：按低值为“{ends[0]}”，按高值为“{ends[1]}”"


def _reasons(case: Case, low: Match, high: Match) -> list[Reason]:
    compared, edition = spans(case), case.edition
    if low.outcome != high.outcome:
        text = "资料中的不确定取值使审查类别不能确定，补齐下列资料后重新判定"
        return [Reason(text, high.rule["quote"], basis_text(edition, high.rule["article"]))]
    reasons = [rule_reason(high.rule, high.verdict.because, compared, edition, decisive=True)]
    exemption = next(rule for rule in edition.data["rules"] if rule["outcome"] == "exempt")
    if high.outcome in REVIEWED | {"regional_commitment"}:
        amounts = case.basis.amounts
        facts = {"tce": amounts.tce.low, "coal_t": amounts.coal_t.low, "kwh": amounts.kwh.low}
        because = evaluate(exemption["when"], facts).because
        reasons.append(rule_reason(exemption, because, compared, edition, decisive=high.outcome == "sub_provincial"))
    clause = edition.data["increment"]
    quote = clause["quote"] if "增量" in case.basis.how else ""
    reasons.append(Reason(case.basis.how, quote, basis_text(edition, clause["article"])))
    return reasons


def _figures(case: Case, outcome: str, authority: Authority, codes: list[str]) -> dict[str, Any]:
    amounts = case.basis.amounts
    return {
        **_ends("tce", amounts.tce),
        **_ends("coal_t", amounts.coal_t),
        **_ends("kwh", amounts.kwh),
        **_state_figures(case),
        "media_tce": case.lines.media.tce.high if case.lines.media.tce.high.is_finite() else None,
        "basis": case.basis.how,
        "lines": [line.as_row() for line in case.lines.lines],
        "distances": distances(spans(case), case.edition),
        "carbon_evaluation": _carbon(case.edition, outcome),
        "authority": authority.name,
        "authority_label": LABELS.get(authority.name or "", ""),
        "authority_profile": authority.label,
        "needs": [need for need, _ in needs_of(case)] if outcome == "needs_input" else [],
        "warning_codes": codes,
    }


def _state_figures(case: Case) -> dict[str, Decimal | None]:
    """The Article 9 figure, only where somebody has reason to look at it."""
    asked = case.facts.get("ndrc_listed_field") or case.facts.get("grid_primary_coefficient") is not None
    return _ends("state_test_tce", state_test(case, case.basis.amounts)) if asked else {"state_test_tce": None}


def _carbon(edition: Edition, outcome: str) -> str:
    """Whether 碳排放评价 is mandatory, discretionary (ask the authority), none, or unknown."""
    return "unknown" if outcome == "needs_input" else str(edition.data["carbon_evaluation"].get(outcome, "none"))


def duties_at(outcome: str, on: date) -> tuple[str, ...]:
    """What remains to be done at an outcome under the edition of a day, each with its article."""
    return tuple(_duties(edition_on("energy", on), outcome))


def _duties(edition: Edition, outcome: str) -> list[str]:
    key = "exempt" if outcome in EXEMPT else "reviewed" if outcome in REVIEWED else outcome
    return [
        f"{duty['text']}（{edition.data['short_source']}{duty['article']}）"
        for duty in edition.data["duties"].get(key, ())
    ]


def _trace(case: Case, low: Match, high: Match, outcome: str, authority: Authority) -> list[dict[str, Any]]:
    amounts = case.basis.amounts
    quantities = {**_ends("tce", amounts.tce), **_ends("coal_t", amounts.coal_t), **_ends("kwh", amounts.kwh)}
    steps = [
        ("edition", f"适用{case.edition.source}", {"on": case.on}, case.edition.edition),
        ("screening", "核对适用范围、国家秘密、行业目录等情形", screening(case), None),
        ("lines", "逐项折算标准煤", {"lines": len(case.lines.lines), "table": case.coefficients.edition}, None),
        ("basis", case.basis.how, quantities, None),
        ("rule_low", "按低值逐条比对", _used(low), low.rule["id"]),
        ("rule_high", "按高值逐条比对", _used(high), high.rule["id"]),
        ("authority", "确定审查机关", {"profile": authority.label}, authority.name),
        ("outcome", HEADLINES[outcome], {}, outcome),
    ]
    return [{"step": step, "text": text, "facts": facts, "result": result} for step, text, facts, result in steps]


def _used(match: Match) -> dict[str, Any]:
    return {
        used.fact: used.value if not isinstance(used.value, Decimal) or used.value.is_finite() else None
        for used in match.verdict.because
    }


def _ends(name: str, span: Span) -> dict[str, Decimal | None]:
    if span.exact:
        return {name: span.low}
    low, high = (end if end.is_finite() else None for end in (span.low, span.high))
    return {name: None, f"{name}_low": low, f"{name}_high": high}
