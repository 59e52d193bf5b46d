"""Whatever a rule may ask of a project, its facts form can answer. Both lists are derived from the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from approvals.forms.facts import FactsForm
from approvals.forms.rows import ActivityForm, BoilerForm, EnergyLineForm, EnergyLineFormSet
from approvals.models import Determination
from approvals.rules import vocabulary
from approvals.rules.editions import editions
from approvals.rules.evaluator import facts_in
from approvals.selectors.determinations import answer
from approvals.services.facts import revise_facts
from approvals.views.facts import ROWS
from tests.cases import TODAY
from tests.journeys.driver import Journey

RULES = Path(__file__).resolve().parents[2] / "approvals" / "rules"
ASKING = ("eia", "energy", "matters", "eligibility.py")

# What a project has from another record than its facts form.
KEPT_ELSEWHERE = {
    "enabled_pilots": "LocalParameter of the organisation",
    "regional_assessments": "the assessments of the plot",
    "commitment_granted": "the decision on the commitment",
    "eia_outcome": "the determination",
    "energy_outcome": "the determination",
    "bad_credit": "the credit record of the enterprise",
    "previous_false_commitment": "the credit record of the enterprise",
    "unwilling_to_commit": "asked where the commitment is chosen",
    "fixed_asset_project": "every project here is one",
    "filed_on": "the filing of the project",
}


def answerable() -> set[str]:
    rows = {name for form in (ActivityForm, EnergyLineForm, BoilerForm) for name in form().fields}
    return set(FactsForm().fields) | rows | set(ROWS)


def asked_in_code() -> set[str]:
    """Names in questions, wherever the rules make one, and every word of the vocabulary that they read."""
    modules = [
        path for part in ASKING for path in ([RULES / part] if part.endswith(".py") else (RULES / part).glob("*.py"))
    ]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in modules]
    named = {word for tree in trees for word in _words(tree) if word in vocabulary.FACTS}
    return named.union(*(_questions(tree) for tree in trees))


def _words(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.rpartition(".")[2]


def _questions(tree: ast.AST) -> set[str]:
    """First argument of ``Question(fact, text)``, second of ``ask(need, fact, text)`` and of ``f(facts, fact, …)``."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0] if node.args else None
        if called == "Question":
            found.append(first)
        elif len(node.args) > 1 and (called == "ask" or (isinstance(first, ast.Name) and first.id == "facts")):
            found.append(node.args[1])
    return {word.rpartition(".")[2] for node in found for word in _text(node)}


def _text(node: Any) -> list[str]:
    if isinstance(node, ast.JoinedStr):
        node = node.values[-1]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def asked_in_tables() -> set[str]:
    """Every fact in a condition of any edition, without the quantities that the rules compute from others."""
    found, computed = set[str](), set[str]()
    for name in ("eia", "energy", "matters", "eligibility"):
        for edition in editions(name):
            found |= set(_conditions(edition.data))
            computed |= set(edition.data.get("quantities", ()))
            found |= {ground["fact"] for ground in edition.data.get("grounds", ())}
    return found - computed


def _conditions(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        if "fact" in data and "op" in data:
            yield from facts_in(data)
        for part in data.values():
            yield from _conditions(part)
    elif isinstance(data, list):
        for part in data:
            yield from _conditions(part)


def test_the_lists_are_not_empty():
    assert {"baseline_coal_t", "linked_filings_kwh", "counts_as_coal", "density_kg_per_l", "nature"} <= asked_in_code()
    assert {"solvent_coating_t", "two_high", "uses_forest_land", "bad_credit"} <= asked_in_tables()


def test_every_fact_that_a_rule_may_ask_for_can_be_answered():
    assert sorted((asked_in_code() | asked_in_tables()) - answerable() - KEPT_ELSEWHERE.keys()) == []


def test_columns_that_few_lines_need_come_when_they_are_asked_for():
    def columns(**given):
        return [field.name for field in EnergyLineFormSet(prefix="energy_lines", **given).empty_form.visible_fields()]

    assert not {"density_kg_per_l", "counts_as_coal"} & set(columns())
    assert "density_kg_per_l" in columns(questions=["energy_lines.0.density_kg_per_l"])
    assert "counts_as_coal" in columns(questions=["energy_lines.1.counts_as_coal"])
    assert "counts_as_coal" in columns(initial=[{"carrier": "coal_gangue", "counts_as_coal": False}])
    assert "density_kg_per_l" in columns(data={"energy_lines-0-density_kg_per_l": "0.84"})


def test_every_fact_on_the_form_that_a_rule_reads_has_words():
    silent = {"coefficient_source", "version", "DELETE"} | set(ROWS)
    asked = (asked_in_code() | asked_in_tables()) - KEPT_ELSEWHERE.keys() - silent
    assert sorted(asked - vocabulary.FACTS.keys()) == []


ALTERED = {"nature": "tech_transform", "site_process_equipment_unchanged": True, "baseline_tce": Decimal(500)}
COAL = {"carrier": "raw_coal", "quantity": Decimal(1500), "unit": "t"}
GANGUE = {"carrier": "coal_gangue", "quantity": Decimal(1100), "unit": "t"}
EXPANDED = {"nature": "expansion", "shared_utilities": True, "baseline_tce": Decimal(500)}
LINKED = {"nature": "new", "linked_filings_tce": Decimal(400)}


@pytest.mark.parametrize(
    ("facts", "line", "answers", "of_the_line", "outcome"),
    [
        (ALTERED, COAL, {"coal_by_increment": True, "baseline_coal_t": Decimal(600)}, {}, "exempt"),
        (ALTERED, COAL, {"coal_by_increment": False}, {}, "sub_provincial"),
        (EXPANDED, COAL, {"project_boundary": "whole_plant"}, {}, "sub_provincial"),
        (EXPANDED, COAL, {"project_boundary": "expansion_only", "baseline_coal_t": Decimal(700)}, {}, "exempt"),
        (LINKED, {**COAL, "quantity": Decimal(100)}, {"linked_filings_coal_t": Decimal(899)}, {}, "exempt"),
        (LINKED, {**COAL, "quantity": Decimal(100)}, {"linked_filings_coal_t": Decimal(900)}, {}, "sub_provincial"),
        ({"nature": "new"}, GANGUE, {}, {"counts_as_coal": False}, "exempt"),
        ({"nature": "new"}, GANGUE, {}, {"counts_as_coal": True}, "sub_provincial"),
    ],
)
def test_the_answers_of_a_project_settle_its_energy_review(
    world, deliver_all, facts, line, answers, of_the_line, outcome
):
    journey = Journey(world, deliver_all)
    journey.register("示例改造项目", "2110", facts={**facts, "energy_lines_known": True}, energy_lines=[line])
    before = answer(journey.project, Determination.Kind.ENERGY, on=TODAY)
    asked = {question.fact.rpartition(".")[2] for question in before.missing}
    assert before.outcome == "needs_input"
    assert asked >= answers.keys() | of_the_line.keys()
    version = journey.project.facts.version
    rows = [{**line, **of_the_line}]
    revise_facts(journey.project.pk, by=world.owner, on=TODAY, version=version, values=answers, energy_lines=rows)
    assert answer(type(journey.project).objects.get(pk=journey.project.pk), "energy", on=TODAY).outcome == outcome
