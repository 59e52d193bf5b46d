"""Which approval matters (事项) a project needs, which it is spared, and why: ``needed(...)``.

Being spared has a legal basis and is an answer of its own; a matter never just disappears from the list.
A fact that is not known makes a matter ``unknown``, never spared and never not applicable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from approvals.rules import vocabulary
from approvals.rules.answer import Question
from approvals.rules.evaluator import Facts, Verdict, evaluate
from approvals.rules.matters.catalogue import Matter, MatterCatalogue, matters_on

STATUSES = ("needed", "spared", "unknown", "not_applicable")
_LOCAL_LISTS = ("enabled_pilots", "regional_assessments")


@dataclass(frozen=True, slots=True)
class MatterNeed:
    """What one matter means for one project.

    ``status`` is needed, spared (released by a legal ground), unknown (``missing`` decides) or not_applicable.
    ``route`` is ordinary, commitment, filing, or none where the enterprise applies for nothing.
    ``before`` is the milestone it precedes; ``gate`` names the condition lists of the start that it belongs to.
    ``recorded_by`` is the record (filing, land, assessment) that proves it where that is not an application.
    """

    code: str
    name: str
    status: str
    route: str
    reason: str
    basis: str
    missing: tuple[Question, ...] = ()
    prerequisites: tuple[str, ...] = ()
    before: str = ""
    gate: tuple[str, ...] = ()
    recorded_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has to be done, or may turn out to have to be done."""
        return self.status in {"needed", "unknown"}


def needed(
    facts: Facts, on: date, *, eia_outcome: str | None, energy_outcome: str | None, commitment_granted: bool | None
) -> tuple[MatterNeed, ...]:
    """Every matter of the catalogue in its order, with what it means for this project.

    Args:
        facts: project facts; absent or None is unknown. ``enabled_pilots`` and ``regional_assessments`` are settings of
            the place: absent means that there are none, which keeps the ordinary route and spares nothing.
        on: the day whose catalogue and citations apply.
        eia_outcome: outcome of ``eia.classify``; None or ``needs_…`` is unknown.
        energy_outcome: outcome of the energy review rules; None or ``needs_…`` is unknown.
        commitment_granted: whether the project's commitment track was decided positively; None is not yet.

    Raises:
        LookupError: no edition is in force on that day.
    """
    catalogue = matters_on(on)
    known = _known(facts, eia_outcome, energy_outcome, commitment_granted)
    needs = {code: _need(matter, catalogue, known, on) for code, matter in catalogue.matters.items()}
    return tuple(replace(need, prerequisites=_prerequisites(need, catalogue, needs)) for need in needs.values())


def with_more(
    needs: tuple[MatterNeed, ...],
    more: frozenset[str],
    facts: Facts,
    on: date,
    *,
    eia_outcome: str | None,
    energy_outcome: str | None,
) -> tuple[MatterNeed, ...]:
    """``needs`` after the facts named in ``more`` became known: only what waited for them is judged again.

    A matter that was settled stays as it is, and so do the prerequisites.
    """
    catalogue = matters_on(on)
    known = _known(facts, eia_outcome, energy_outcome, None)
    return tuple(
        replace(_need(catalogue.matters[need.code], catalogue, known, on), prerequisites=need.prerequisites)
        if need.status == "unknown" and not more.isdisjoint(_names(need))
        else need
        for need in needs
    )


def matter_rows(on: date) -> tuple[Mapping[str, Any], ...]:
    """The catalogue as plain rows for a loader: the source fields and ours, names and basis as of the day."""
    return tuple(
        {**matter.entry, "name_zh": matter.name(on), "basis": matter.basis(on)}
        for matter in matters_on(on).matters.values()
    )


def _known(facts: Facts, eia: str | None, energy: str | None, granted: bool | None) -> Facts:
    """The facts with what was derived from them. A commitment track not decided yet is not granted yet."""
    given = {"eia_outcome": _settled(eia), "energy_outcome": _settled(energy), "commitment_granted": granted is True}
    return {**facts, **given, **{name: facts.get(name) or () for name in _LOCAL_LISTS}}


def _settled(outcome: str | None) -> str | None:
    return None if outcome is None or outcome.startswith("needs_") else outcome


def _need(matter: Matter, catalogue: MatterCatalogue, facts: Facts, on: date) -> MatterNeed:
    """Of a matter and its alternatives exactly one is to be done: the first certainly open, or else the base."""
    if not matter.alternative_of:
        return _base(matter, catalogue, facts, on)
    choice = _choice(matter, facts)
    need = _judged(matter, facts, on)
    superior = next((a for a in _rivals(matter, catalogue) if _choice(a, facts).holds), None)
    if superior:
        return _closed(need, f"由“{superior.name(on)}”一并办理。")
    if choice.holds or need.status in {"spared", "not_applicable"}:
        return need
    if need.status == "unknown" and choice.holds is None and choice.missing <= _names(need):
        return need
    return _closed(need, matter.entry["reasons"]["not_applicable"])


def _base(matter: Matter, catalogue: MatterCatalogue, facts: Facts, on: date) -> MatterNeed:
    need = _judged(matter, facts, on)
    if not need.is_open:
        return need
    for alternative in catalogue.alternatives_of(matter.code):
        choice = _choice(alternative, facts)
        if choice.holds:
            return _closed(need, f"按“{alternative.name(on)}”办理，不再另行办理。")
        if choice.holds is None:
            need = replace(need, missing=_questions(_names(need) | choice.missing))
    return need


def _rivals(matter: Matter, catalogue: MatterCatalogue) -> tuple[Matter, ...]:
    """Alternatives to the same matter that come before this one because they cover more."""
    rivals = (rival for code in matter.alternative_of for rival in catalogue.alternatives_of(code))
    return tuple(rival for rival in rivals if len(rival.alternative_of) > len(matter.alternative_of))


def _choice(matter: Matter, facts: Facts) -> Verdict:
    assert matter.chosen_when is not None, f"matter {matter.code} is an alternative without chosen_when"
    if matter.entry["route"] == "commitment" and _may_not_promise(facts):
        return Verdict(False)
    return evaluate(matter.chosen_when, facts)


def _may_not_promise(facts: Facts) -> bool:
    """Bad credit or an earlier false promise: no promise is taken until it is repaired (国办发〔2020〕42号)."""
    return facts.get("bad_credit") is True or facts.get("previous_false_commitment") is True


def _judged(matter: Matter, facts: Facts, on: date) -> MatterNeed:
    """The matter by itself: a ground that spares it comes first, then whether it applies."""
    applies = evaluate(matter.applies, facts)
    grounds = [(spare, evaluate(spare.when, facts)) for spare in matter.spares]
    for spare, verdict in grounds:
        if verdict.holds:
            return replace(_as(matter, "spared", spare.reason, on), route="none", basis=spare.basis)
    if applies.holds is False:
        return replace(_as(matter, "not_applicable", matter.entry["reasons"]["not_applicable"], on), route="none")
    open_points = applies.missing.union(*(v.missing for _, v in grounds if v.holds is None))
    if open_points:
        return _unknown(matter, open_points, facts, on)
    return replace(_as(matter, "needed", matter.entry["reasons"]["needed"], on), route=_route(matter, facts))


def _unknown(matter: Matter, names: frozenset[str], facts: Facts, on: date) -> MatterNeed:
    what = "、".join(vocabulary.label(name) for name in vocabulary.in_order(names))
    need = _as(matter, "unknown", f"还不知道{what}，不能确定是否需要办理。", on)
    return replace(need, route=_route(matter, facts), missing=_questions(names))


def _route(matter: Matter, facts: Facts) -> str:
    route = _usual_route(matter, facts)
    return "ordinary" if route == "commitment" and _may_not_promise(facts) else route


def _usual_route(matter: Matter, facts: Facts) -> str:
    if matter.commitment_when and evaluate(matter.commitment_when, facts).holds:
        return "commitment"
    return str(matter.entry["route"])


def _as(matter: Matter, status: str, reason: str, on: date) -> MatterNeed:
    return MatterNeed(
        code=matter.code,
        name=matter.name(on),
        status=status,
        route="none",
        reason=reason,
        basis=matter.basis(on),
        before=matter.entry["before"],
        gate=tuple(matter.entry["gate"]),
        recorded_by=matter.entry["recorded_by"],
    )


def _closed(need: MatterNeed, reason: str) -> MatterNeed:
    return replace(need, status="not_applicable", route="none", reason=reason, missing=())


def _questions(names: frozenset[str]) -> tuple[Question, ...]:
    return tuple(Question(name, vocabulary.question(name)) for name in vocabulary.in_order(names))


def _names(need: MatterNeed) -> frozenset[str]:
    return frozenset(question.fact for question in need.missing)


def _prerequisites(need: MatterNeed, catalogue: MatterCatalogue, needs: Mapping[str, MatterNeed]) -> tuple[str, ...]:
    """What has to be done first in this project: replaced by the chosen alternative, without what is not to be done."""
    matter = catalogue.matters[need.code]
    found = [_standing_in(code, catalogue, needs) for code in matter.prerequisites]
    found += [code for code in matter.conditional_prerequisites if needs[code].is_open]
    return tuple(dict.fromkeys(code for code in found if code))


def _standing_in(code: str, catalogue: MatterCatalogue, needs: Mapping[str, MatterNeed]) -> str | None:
    if needs[code].is_open:
        return code
    substitutes = [m.code for m in catalogue.matters.values() if code in m.stands_in_for and needs[m.code].is_open]
    return substitutes[0] if substitutes else None
