"""Applying an edition's rules to one case, at both ends of every uncertain quantity."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from approvals.rules.editions import Edition, edition_on
from approvals.rules.energy.basis import Basis, project_basis
from approvals.rules.energy.coefficients import table_on
from approvals.rules.energy.lines import Amounts, LineSet, convert_lines
from approvals.rules.evaluator import Verdict, check_condition, evaluate, facts_in, number
from approvals.rules.spans import Span

THOUSAND = Decimal(1000)
Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """Everything known about one determination before the rules are applied."""

    facts: Mapping[str, Any]
    on: date
    edition: Edition
    coefficients: Edition
    lines: LineSet
    basis: Basis


@dataclass(frozen=True, slots=True)
class Match:
    """The first rule that holds, and the comparisons that were made at that end."""

    rule: Rule
    verdict: Verdict

    @property
    def outcome(self) -> str:
        return str(self.rule["outcome"])


def check_edition(edition: Edition) -> None:
    """Raise ``ValueError`` for a malformed condition, an undeclared fact or an unknown outcome."""
    for rule in edition.data["rules"]:
        check_condition(rule["when"])
        if unknown := set(facts_in(rule["when"])) - set(edition.data["facts"]):
            raise ValueError(f"energy {edition.edition} rule {rule['id']}: undeclared facts {sorted(unknown)}")
        if rule["outcome"] not in edition.data["outcomes"]:
            raise ValueError(f"energy {edition.edition} rule {rule['id']}: unknown outcome {rule['outcome']!r}")


_check_once = functools.lru_cache(maxsize=8)(check_edition)


def build_case(facts: Mapping[str, Any], on: date) -> Case:
    edition, coefficients = edition_on("energy", on), table_on(on)
    _check_once(edition)
    lines = convert_lines(facts.get("energy_lines"), coefficients)
    return Case(facts, on, edition, coefficients, lines, project_basis(facts, lines, edition))


def both_ends(case: Case, amounts: Amounts) -> tuple[Match, Match]:
    """Every limb rises with consumption, so equal classes at both ends settle everything between."""
    higher = state_test(case, amounts)
    low = (amounts.tce.low, amounts.coal_t.low, amounts.kwh.low, higher.low)
    high = (amounts.tce.high, amounts.coal_t.high, amounts.kwh.high, higher.high)
    return _first_match(case, low), _first_match(case, high)


def _first_match(case: Case, end: tuple[Decimal, Decimal, Decimal, Decimal]) -> Match:
    facts = dict(zip(("tce", "coal_t", "kwh", "state_test_tce"), end, strict=True)) | screening(case)
    for rule in case.edition.data["rules"]:
        verdict = evaluate(rule["when"], facts)
        if verdict.holds:
            return Match(rule, verdict)
    raise LookupError(f"energy {case.edition.edition}: no rule matches; the last rule must be 'always'")


def screening(case: Case) -> dict[str, Any]:
    """Facts that exempt or escalate only when known; unknown takes the default that does neither."""
    defaults = case.edition.data["when_unknown"]
    return {name: default if case.facts.get(name) is None else case.facts[name] for name, default in defaults.items()}


def state_test(case: Case, amounts: Amounts) -> Span:
    """Order 31 Art. 9: the higher of 当量值 and 等价值. The grid coefficient is kgce/kWh of the year before."""
    power = case.coefficients.data["carriers"][case.coefficients.data["electricity_carrier"]]
    calorific, highest = number(power["kgce"]), number(power["plausible"][1])
    grid = case.facts.get("grid_primary_coefficient")
    low, high = (calorific, highest) if grid is None else (number(grid), number(grid))
    return amounts.tce + Span(
        amounts.kwh.scaled(max(low - calorific, Decimal(0)) / THOUSAND).low,
        amounts.kwh.scaled(max(high - calorific, Decimal(0)) / THOUSAND).high,
    )


def spans(case: Case) -> dict[str, Span]:
    """The quantities that this edition compares; the state test only where the field is listed."""
    amounts = case.basis.amounts
    every = {"tce": amounts.tce, "coal_t": amounts.coal_t, "kwh": amounts.kwh}
    if case.facts.get("ndrc_listed_field"):
        every["state_test_tce"] = state_test(case, amounts)
    return {name: span for name, span in every.items() if name in case.edition.data["quantities"]}
