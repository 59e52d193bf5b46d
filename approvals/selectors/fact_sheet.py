"""A project's facts in words, for those who read them and for comparing two versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from approvals.language import in_english
from approvals.models import Activity, Boiler, EnergyLine, ProjectFacts
from approvals.rules import vocabulary
from approvals.rules.editions import editions
from approvals.selectors.languages import colon, fact_label, listed, shown


def label_of(name: str) -> str:
    """The vocabulary's word for a fact, the model's where it has none."""
    term = vocabulary.FACTS.get(name)
    if term is not None:
        return fact_label(term)
    return str(ProjectFacts._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def in_words(name: str, value: Any) -> str:
    """是, 否, a number, a label; "" where it is not known."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    if isinstance(value, list):
        return listed(shown(vocabulary.label(word)) for word in value)
    return shown(str(_choices(name).get(value, vocabulary.label(str(value)))))


def row_in_words(row: Mapping[str, Any]) -> str:
    """One activity, energy line or boiler in one line."""
    flat = {**row, **row.get("quantities", {})}
    names = vocabulary.in_order(name for name in flat if name not in {"quantities", "title"})
    stated = [(name, in_words(name, flat[name])) for name in names]
    head = str(flat.get("title", ""))
    words = [f"{shown(vocabulary.label(name))} {text}" for name, text in stated if text]
    return colon().join(part for part in (head, (", " if in_english() else "，").join(words)) if part)


def sheet(facts: ProjectFacts, names: Iterable[str]) -> list[dict[str, str]]:
    """Label and value of some facts; an empty value is unknown."""
    return [{"label": label_of(name), "value": in_words(name, getattr(facts, name))} for name in names]


def stated_names() -> list[str]:
    """Every fact that an enterprise states of its project, in the order in which the form asks for them."""
    own = {"id", "project", "version", "energy_lines_known", "boilers_known"}
    columns = {field.name for field in ProjectFacts._meta.concrete_fields} - own
    return vocabulary.in_order({*columns, *ProjectFacts.ROWS})


def stated_in_words(facts: ProjectFacts, name: str) -> str:
    """What is stated of one fact, "" where it is not known; of rows one line each, 没有 where there are none."""
    if name not in ProjectFacts.ROWS:
        return in_words(name, getattr(facts, name))
    lines = [row_in_words(row) for row in _rows(facts, name)]
    return "\n".join(lines) or (_("没有") if facts.states(name) else "")


def _rows(facts: ProjectFacts, name: str) -> list[dict[str, Any]]:
    """The rows of one kind as a form would begin with them."""
    rows = getattr(facts, name).all()
    return [{key: getattr(row, key) for key in _columns(row)} for row in rows]


def _columns(row: Any) -> list[str]:
    return [field.name for field in row._meta.concrete_fields if field.name not in {"id", "facts"}]


def _choices(name: str) -> dict[Any, Any]:
    """The words of a field's values, whichever of the records has it."""
    if name == "carrier":
        return {code: row["label"] for code, row in editions("energy_coefficients")[-1].data["carriers"].items()}
    for model in (ProjectFacts, Activity, EnergyLine, Boiler):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        return dict(getattr(field, "choices", None) or ())
    return {}
