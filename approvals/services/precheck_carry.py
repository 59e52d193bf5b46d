"""Carrying the answers of a pre-check into a project: the project's facts begin with them, and the chain says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import events
from approvals.accounts.models import User
from approvals.errors import WrongState
from approvals.models import Activity, Precheck, Project, ProjectFacts
from approvals.rules import vocabulary
from approvals.rules.eia.catalogue import catalogue_on
from approvals.rules.energy.coefficients import table_on
from approvals.rules.energy.units import to_base
from approvals.rules.precheck.answers import State
from approvals.selectors.prechecks import precheck_by_code
from approvals.services.facts import revise_facts

Row = dict[str, Any]
_ROWS = frozenset({"activities", "energy_lines", "boilers"})


@transaction.atomic
def carry_over(project: Project, code: str, *, by: User, on: date, stated: Collection[str] = ()) -> tuple[str, ...]:
    """Take the answers over as facts of a project that was just registered. Returns the names of what was taken.

    Args:
        stated: facts that were given at the registration itself; they stand.

    Raises:
        WrongState: there is no such pre-check any more.
        NotYours: ``by`` may not change the facts of this project.
    """
    precheck = precheck_by_code(code, on=on)
    if precheck is None:
        raise WrongState(_("没有这个预查编号，或者已经过了保留期"))
    facts = State.from_json(precheck.answers).facts
    values = {name: value for name, value in _values(facts).items() if name not in stated}
    rows = {
        "activities": [_activity(row, on) for row in facts.get("activities") or ()],
        "energy_lines": [_line(row) for row in facts.get("energy_lines") or () if _is_countable(row, on)],
        "boilers": [boiler for boiler in facts.get("boilers") or () if None not in boiler.values()],
    }
    values |= {"energy_lines_known": _is_whole(facts, rows, "energy_lines")}
    values |= {"boilers_known": _is_whole(facts, rows, "boilers")}
    revise_facts(project.pk, by=by, on=on, version=project.facts.version, values=values, **rows)
    return _record(project, precheck, facts, values, rows, by=by, on=on)


def _record(
    project: Project,
    precheck: Precheck,
    facts: Mapping[str, Any],
    values: Mapping[str, Any],
    rows: Mapping[str, list[Row]],
    *,
    by: User,
    on: date,
) -> tuple[str, ...]:
    """What came from where, and what has no place among the project's facts and has to be said again."""
    columns = {field.name for field in ProjectFacts._meta.concrete_fields}
    names = [name for name in values if not name.endswith("_known")] + [name for name, found in rows.items() if found]
    taken = tuple(vocabulary.in_order(names))
    left_out = vocabulary.in_order(name for name in facts if name in vocabulary.FACTS and name not in columns | _ROWS)
    events.emit(
        "project.precheck_carried",
        project,
        by=by,
        on=on.isoformat(),
        code=precheck.shown_code,
        answered_on=precheck.answered_on.isoformat(),
        carried=list(taken),
        left_out=left_out,
        outcome=precheck.outcome,
    )
    return taken


def _values(facts: Mapping[str, Any]) -> Row:
    """Answers that are columns of ``ProjectFacts``."""
    columns = {field.name for field in ProjectFacts._meta.concrete_fields}
    return {name: _exact(name, value) for name, value in facts.items() if name in columns}


def _activity(row: Mapping[str, Any], on: date) -> Row:
    """One activity; a code of three digits has no column of its own, so its row of the catalogue is named."""
    columns = {field.name for field in Activity._meta.concrete_fields}
    made = {name: _exact(name, value) for name, value in row.items() if name in columns and name != "gb4754"}
    quantities = {name: value for name, value in row.items() if name not in columns}
    code = row.get("gb4754", "")
    if len(code) == 4:
        made["gb4754"] = code
    elif rows := catalogue_on(on).rows_of(row):
        quantities["row"] = str(rows[0].number)
    if None in (row.get("processes") or ()):
        made["processes"] = None  # a list that is not complete would settle too much
    return made | {"quantities": quantities}


def _line(row: Mapping[str, Any]) -> Row:
    """One line of energy; litres with a density become kilograms."""
    line = {name: _exact(name, row[name]) for name in ("carrier", "quantity", "unit", "coefficient") if name in row}
    if "density_kg_per_l" in row and (base := to_base(Decimal(row["quantity"]), row["unit"])):
        line |= {"quantity": base[1] * Decimal(row["density_kg_per_l"]), "unit": "kg"}
    return line | {"coefficient_source": row.get("coefficient_source", "table"), "use": "fuel"}


def _is_countable(row: Mapping[str, Any], on: date) -> bool:
    """A line without a quantity, or of a fuel that no table knows, cannot be kept as a line."""
    return row.get("quantity") is not None and row["carrier"] in table_on(on).data["carriers"]


def _is_whole(facts: Mapping[str, Any], rows: Mapping[str, list[Row]], name: str) -> bool:
    given = facts.get(name)
    return given is not None and len(given) == len(rows[name])


def _exact(name: str, value: Any) -> Any:
    term = vocabulary.FACTS.get(name)
    return Decimal(value) if term is not None and term.type == "decimal" and value is not None else value
