"""A stage's gate as a checklist: every condition with whether it is met, so that what is done shows beside what is not.

The guards alone decide; here their blockers are only sorted under the condition that they break.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals import guards
from approvals.errors import Blocker
from approvals.guards import Condition
from approvals.guards.commencement import MET, MISSING, NOT_APPLICABLE
from approvals.models import Project

Stage = Project.Stage
FEW = 3  # more reasons than these have a list of their own on the page


@dataclass(frozen=True, slots=True)
class Item:
    """One condition of a gate.

    ``codes``: blockers that break it; a trailing ``*`` stands for any ending.
    ``after``: a blocker that has to go before anything can be said.
    """

    label: Any
    codes: tuple[str, ...]
    after: str = ""


GATES: dict[str, Callable[..., list[Blocker]]] = {
    Stage.INTAKE: guards.intake_blockers,
    Stage.SIGNING: guards.signing_blockers,
    Stage.COMMITMENT: guards.commitment_blockers,
    Stage.STANDARD_LAND: guards.standard_land_blockers,
    Stage.FULL_AGENCY: guards.full_agency_blockers,
    Stage.COMMENCEMENT: guards.commencement_blockers,
}

ITEMS: dict[str, tuple[Item, ...]] = {
    Stage.INTAKE: (
        Item(gettext_lazy("已登记签约企业"), ("party-missing",)),
        Item(gettext_lazy("已填写行业小类代码"), ("industry-missing",)),
        Item(gettext_lazy("已指定代办员"), ("handler-missing",)),
        Item(gettext_lazy("已指定领办领导"), ("lead-missing",)),
    ),
    Stage.SIGNING: (
        Item(gettext_lazy("已拟定正式投资协议"), ("agreement-missing", "agreement-framework")),
        Item(gettext_lazy("协议没有约定地价、返还税费或保证竞得"), ("promise-*",), "agreement-missing"),
        Item(gettext_lazy("每项政策都有公平竞争审查文号"), ("review-missing",), "agreement-missing"),
        Item(gettext_lazy("企业已签署"), ("enterprise-not-signed",), "agreement-missing"),
        Item(gettext_lazy("政府方已签署"), ("government-not-signed",), "agreement-missing"),
        Item(gettext_lazy("已登记备案或核准"), ("filing-missing",)),
        Item(gettext_lazy("已录入项目代码"), ("project-code-missing",)),
    ),
    Stage.COMMITMENT: (
        Item(gettext_lazy("已核查是否适用承诺制"), ("eligibility-open",)),
        Item(gettext_lazy("承诺制已有决定，或改走一般程序"), ("commitment-open",), "eligibility-open"),
    ),
    Stage.STANDARD_LAND: (
        Item(gettext_lazy("已选定宗地"), ("plot-missing",)),
        Item(gettext_lazy("宗地有规划条件"), ("planning-conditions-missing",), "plot-missing"),
        Item(gettext_lazy("宗地有有效的区域评估成果"), ("assessment-missing",), "plot-missing"),
        Item(gettext_lazy("控制指标核对通过"), ("indicator",), "plot-missing"),
        Item(gettext_lazy("已登记成交结果，竞得人是项目当事人"), ("auction-missing", "winner-differs"), "plot-missing"),
        Item(
            gettext_lazy("已签订出让合同，规划条件写入合同"),
            ("land-contract-missing", "conditions-not-in-contract"),
            "plot-missing",
        ),
        Item(gettext_lazy("已签订标准地投资建设合同"), ("investment-contract-missing",), "plot-missing"),
        Item(gettext_lazy("土地出让价款已缴清"), ("not-paid",), "plot-missing"),
    ),
    Stage.FULL_AGENCY: (
        Item(gettext_lazy("企业已签署代办委托书，委托期未满"), ("mandate-*",)),
        Item(gettext_lazy("环境影响评价判定已确认"), ("determination-eia",)),
        Item(gettext_lazy("节能审查判定已确认"), ("determination-energy",)),
        Item(gettext_lazy("已确认项目事项清单"), ("matter-list-missing",)),
    ),
    Stage.COMMENCEMENT: (
        Item(gettext_lazy("环评、能评判定有效"), ("determination-*",)),
        Item(gettext_lazy("项目事项清单有效"), ("matter-list-missing",)),
        Item(gettext_lazy("施工许可和依法开工的各项条件"), ("condition-*",)),
        Item(gettext_lazy("已登记永久性工程破土开槽及现场照片"), ("evidence-missing",)),
    ),
}


def stage_checklist(project: Project, stage: str, *, on: date) -> list[Condition]:
    """Every condition of the stage's gate, met or not; a blocker that no item expects comes at the end."""
    if stage not in GATES:
        return []
    blockers = GATES[stage](project, on=on)
    if stage == Stage.STANDARD_LAND and guards.acquires_otherwise(project):
        return _without_plot(project, blockers)
    shown = [_condition(item, blockers) for item in ITEMS[stage]]
    expected = {blocker.code for item in ITEMS[stage] for blocker in _breaking(item, blockers)}
    surprises = [b for b in blockers if b.code not in expected]
    return shown + [Condition(b.code, b.message, MISSING, "", b.basis) for b in surprises]


def _without_plot(project: Project, blockers: Iterable[Blocker]) -> list[Condition]:
    """The way to the land that is not an auction, in place of the conditions of standard land."""
    detail = (
        _("租用已建成的厂房，不取得土地")
        if project.facts.rents_existing_plant
        else _("划拨用地，由用地预审与选址意见书证明")
    )
    if open_points := [Condition(b.code, b.message, MISSING, "", b.basis) for b in blockers]:
        return open_points
    return [Condition("land-way", _("标准地出让"), NOT_APPLICABLE, detail, "")]


def _condition(item: Item, blockers: Iterable[Blocker]) -> Condition:
    broken = _breaking(item, blockers)
    if broken:
        if len(broken) > FEW:
            detail = _("还差 %(count)s 项，逐项见清单") % {"count": len(broken)}
            return Condition(item.codes[0], str(item.label), MISSING, detail, "")
        detail = "；".join(blocker.message for blocker in broken)
        return Condition(item.codes[0], str(item.label), MISSING, detail, _bases(broken))
    if item.after and any(blocker.code == item.after for blocker in blockers):
        return Condition(item.codes[0], str(item.label), MISSING, _("待前一项完成"), "")
    return Condition(item.codes[0], str(item.label), MET, "", "")


def _breaking(item: Item, blockers: Iterable[Blocker]) -> list[Blocker]:
    return [blocker for blocker in blockers if any(_matches(blocker.code, code) for code in item.codes)]


def _matches(code: str, wanted: str) -> bool:
    return code.startswith(wanted[:-1]) if wanted.endswith("*") else code == wanted


def _bases(blockers: Iterable[Blocker]) -> str:
    return "；".join(dict.fromkeys(blocker.basis for blocker in blockers if blocker.basis))
