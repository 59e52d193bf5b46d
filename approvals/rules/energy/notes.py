"""What is still to be asked, and what has to be warned of, beside an energy determination."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from approvals.rules.answer import Question
from approvals.rules.energy.authority import Authority
from approvals.rules.energy.lines import Amounts
from approvals.rules.energy.match import Case, both_ends


def questions(case: Case, outcome: str) -> list[Question]:
    if outcome == "needs_input":
        return [question for _, question in needs_of(case)]
    if outcome == "sub_provincial" and _zone_is_open(case):
        return [Question("zone_energy_review_valid", "项目所在区域是否已完成区域节能审查且在有效期内？")]
    return []


def needs_of(case: Case) -> list[tuple[str, Question]]:
    """Every open fact that this edition's limbs depend on, with a short code."""
    needs = list(case.basis.questions)
    if not case.lines.known:
        needs.insert(0, ("energy_lines", Question("energy_lines", "请填写项目各种能源的年消费量（不用能也请确认）")))
    needs += [(line.need, line.question) for line in case.lines.lines if line.question and line.role != "medium"]
    needs += [
        (
            line.need,
            Question(f"energy_lines.{line.index}.counts_as_coal", f"请确认{line.label}是否按煤炭计入煤炭消费量"),
        )
        for line in case.lines.lines
        if line.question is None and line.need
    ]
    if case.facts.get("ndrc_listed_field") and case.facts.get("grid_primary_coefficient") is None:
        text = "请填写上年电厂发电标准煤耗（千克标准煤/千瓦时），用于国家审查的等价值比较"
        needs.append(("grid_primary_coefficient", Question("grid_primary_coefficient", text)))
    return [(need, question) for need, question in needs if _is_compared(need, case.edition.data["quantities"])]


def _is_compared(need: str, quantities: Container[str]) -> bool:
    """Whether the edition has a limit on the quantity that the answer would settle."""
    if need.endswith("_kwh"):
        return "kwh" in quantities
    if need.endswith(("coal_t", ".counts_as_coal")) or need == "coal_basis":
        return "coal_t" in quantities
    return True


def _zone_is_open(case: Case) -> bool:
    fact = "zone_energy_review_valid"
    return fact in case.edition.data["facts"] and case.facts.get(fact) is None


def warning_codes(case: Case, outcome: str, authority: Authority) -> list[str]:
    facts, edition = case.facts, case.edition
    codes = [*case.basis.warnings, *(code for line in case.lines.lines for code in line.warnings)]
    if facts.get("filed_on") and _day(facts["filed_on"]) < edition.in_force_from <= case.on:
        codes.append("TRANSITION")
    if case.on < case.coefficients.data["standard_from"] and case.lines.lines:
        codes.append("COEFFICIENT_EDITION")
    if outcome == "sub_provincial" and _zone_is_open(case):
        codes.append("ZONE_UNKNOWN")
    if outcome == "sub_provincial" and facts.get("zone_energy_review_valid") and facts.get("two_high"):
        codes.append("TWO_HIGH_OUTSIDE_COMMITMENT")
    if outcome == "regional_commitment":
        codes += ["NEGATIVE_LIST_UNKNOWN"] * (facts.get("zone_negative_list") is None)
        codes += ["TWO_HIGH_UNKNOWN"] * (facts.get("two_high") is None)
    return list(dict.fromkeys([*codes, *authority.warnings, *_sensitivities(case, outcome)]))


def _sensitivities(case: Case, outcome: str) -> list[str]:
    """Open readings that would change the class: named, not decided."""
    lines = case.lines
    tried = {
        "WORKING_MEDIA_SENSITIVE": lines.media,
        "ON_SITE_SENSITIVE": lines.on_site,
        "COKE_SENSITIVE": Amounts(coal_t=lines.coke_t),
    }
    if outcome == "needs_input":
        return []
    return [
        code
        for code, extra in tried.items()
        if any(match.outcome != outcome for match in both_ends(case, case.basis.amounts + extra))
    ]


def _day(value: date | str) -> date:
    """Facts stored as JSON carry their days as ISO text."""
    return value if isinstance(value, date) else date.fromisoformat(value)
