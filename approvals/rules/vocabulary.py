"""The words in which projects are described: facts, processes, products, fuels, natures, industries.

Public API: ``fact(name)``, ``label(name)``, ``question(path)``, ``PROCESSES``, ``PRODUCTS``, ``FUELS``, ``NATURES``,
``KINDS``, ``GROUPS``, ``INDUSTRIES``. The words themselves are data: ``data/vocabulary.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import yaml

from approvals.rules.editions import DATA

TYPES = frozenset({"bool", "decimal", "choice", "list", "text"})
SCOPES = frozenset({"project", "activity", "boiler", "energy_line", "derived"})
_PARTS = {"activities": "第{}项建设内容", "boilers": "第{}台锅炉", "energy_lines": "第{}项用能"}


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a closed list, with its labels and a sentence of help for the owner of a factory."""

    name: str
    zh: str
    en: str
    help: str = ""
    help_en: str = ""


@dataclass(frozen=True, slots=True)
class FactTerm(Term):
    """One fact: ``type`` is bool, decimal, choice, list or text; ``unit`` is Chinese; ``of`` says whose fact it is."""

    type: str = "text"
    unit: str = ""
    of: str = "project"


@dataclass(frozen=True, slots=True)
class Industry:
    """A four-digit class of GB/T 4754-2017, the seed group it belongs to, and the product tokens that make sense."""

    code: str
    zh: str
    en: str
    group: str
    products: tuple[str, ...]


_RAW: dict[str, Any] = yaml.safe_load((DATA / "vocabulary.yaml").read_bytes())


def _terms(section: str) -> Mapping[str, Term]:
    return MappingProxyType({name: Term(name=name, **entry) for name, entry in _RAW[section].items()})


FACTS: Mapping[str, FactTerm] = MappingProxyType({n: FactTerm(name=n, **entry) for n, entry in _RAW["facts"].items()})
NATURES = _terms("natures")
APPROVERS = _terms("approvers")
BOUNDARIES = _terms("boundaries")
FUELS = _terms("fuels")
KINDS = _terms("kinds")
PROCESSES = _terms("processes")
PRODUCTS = _terms("products")
GROUPS = _terms("groups")
INDUSTRIES: Mapping[str, Industry] = MappingProxyType(
    {c: Industry(c, e["zh"], e["en"], e["group"], tuple(e["products"])) for c, e in _RAW["industries"].items()}
)
UNITS: Mapping[str, str] = MappingProxyType(_RAW["units"])  # Chinese → English
CARRIERS: Mapping[str, str] = MappingProxyType(_RAW["carriers"])  # likewise
_POSITION = {name: position for position, name in enumerate(FACTS)}
_WORDS: tuple[Mapping[str, Term], ...] = (
    *(FACTS, PROCESSES, PRODUCTS, FUELS, NATURES, KINDS, GROUPS, APPROVERS, BOUNDARIES),
)


def fact(name: str) -> FactTerm:
    """The fact called ``name``. Raises ``KeyError`` for a word nobody defined."""
    return FACTS[name]


def label(name: str, lang: str = "zh") -> str:
    """The label of any word in the vocabulary; an unknown word is shown as it was written."""
    for words in _WORDS:
        if name in words:
            return words[name].zh if lang == "zh" else words[name].en
    return name


def in_order(names: Iterable[str]) -> list[str]:
    """Fact names in the order in which the vocabulary (and so a form) lists them."""
    return sorted(names, key=lambda name: (_POSITION.get(name, len(_POSITION)), name))


def question(fact_path: str, title: str = "") -> str:
    """The Chinese question for a path such as ``activities.0.processes``; ``title`` names the part when known."""
    *parts, name = fact_path.split(".")
    return _place(parts, title) + _ask(name)


def _place(parts: list[str], title: str) -> str:
    if len(parts) < 2 or parts[0] not in _PARTS:
        return ""
    where = _PARTS[parts[0]].format(int(parts[1]) + 1)
    return f"{where}（{title}）：" if title else f"{where}："


def _ask(name: str) -> str:
    term = FACTS.get(name)
    if term is None:
        return f"请补充“{name}”。"
    if term.type == "bool":
        return f"是否{term.zh}？{term.help}"
    if term.type == "decimal":
        unit = f"（{term.unit}）" if term.unit else ""
        return f"{term.zh}是多少{unit}？{term.help}"
    return f"请填写{term.zh}。{term.help}"


def english() -> Mapping[str, str]:
    """Every label, help and unit in Chinese → the same in English."""
    terms = [term for words in _WORDS for term in words.values()]
    helps = {term.help: term.help_en for term in terms if term.help_en}
    industries = {industry.zh: industry.en for industry in INDUSTRIES.values()}
    return MappingProxyType({**UNITS, **CARRIERS, **helps, **industries, **{term.zh: term.en for term in terms}})
