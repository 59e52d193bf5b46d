"""Standard land (标准地): do a project's figures keep the limits of its plot?

Public: ``check(figures, limits, on=…) -> Answer``, ``Limit``, ``national_limits``, ``counted_floor_area``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from approvals.rules.answer import Answer, Reason
from approvals.rules.standard_land.figures import Figures
from approvals.rules.standard_land.judge import FAILED, Judged, computed_values, judge
from approvals.rules.standard_land.limits import Limit, edition_for
from approvals.rules.standard_land.text import STAGES, barred_by, questions, reason_of, row_of, step_of, warning_codes

HEADLINES = {
    "pass": "各项约束性指标均符合要求",
    "fail": "有约束性指标不符合要求",
    "incomplete": "资料不全，尚不能判定全部约束性指标",
}


def check(figures: Figures, limits: Sequence[Limit], *, on: date, stage: str = "pledged") -> Answer:
    """Judge every limit; the strictest binding one of each indicator governs, recommended ones only advise.

    Args:
        figures: area_m2 (or area_mu, area_ha), fixed_investment_wan, total_investment_wan, counted_floor_m2 or
            storeys, total_floor_m2, building_footprint_m2, structures_m2, stockyard_m2, green_m2, office_land_m2,
            office_floor_m2, annual_tax_wan, annual_output_wan, value_added_wan, energy_tce, emission_t, rd_ratio;
            industry with admitted_industries; forbidden_facilities. Absent or None is unknown, never zero.
        limits: of the plot, the zone and the nation together; see ``national_limits``.
        on: the day whose national edition is cited. stage: pledged, completion or operation (达产).

    Raises ``ValueError`` for another stage, ``LookupError`` for a day without an edition.
    """
    if stage not in STAGES:
        raise ValueError(f"stage must be one of {STAGES}")
    edition = edition_for(on)
    judged = [judge(limit, figures, limits) for limit in limits]
    barred = barred_by(figures)
    outcome = _overall(judged, barred)
    codes = warning_codes(judged)
    return Answer(
        kind="standard_land",
        outcome=outcome,
        on=on,
        edition=edition.edition,
        sha256=edition.sha256,
        source=edition.source,
        headline=HEADLINES[outcome],
        reasons=(*barred, *(reason_of(one) for one in judged)),
        missing=tuple(questions(judged, figures)),
        trace=tuple(step_of(one) for one in judged),
        figures={
            "stage": stage,
            "computed": computed_values(figures),
            "indicators": [row_of(one, stage) for one in judged],
            "warning_codes": list(codes),
        },
        warnings=tuple(codes.values()),
    )


def _overall(judged: Sequence[Judged], barred: Sequence[Reason]) -> str:
    decisive = [one for one in judged if one.governing]
    if barred or any(one.result in FAILED for one in decisive):
        return "fail"
    return "pass" if decisive and all(one.result == "pass" for one in decisive) else "incomplete"
