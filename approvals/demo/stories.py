"""What happens to a project beside its journey: objections, changed facts, a stop, commencement."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from approvals.demo.carrier import Carrier
from approvals.demo.handling import obtain_all
from approvals.demo.industries import PAINTED_FURNITURE, PANEL_FURNITURE
from approvals.demo.journey import confirm_determinations, confirm_matter_list
from approvals.demo.photographs import site_photograph
from approvals.models import Evidence, Objection, ProjectFacts
from approvals.services import commencement, commitments, facts, projects, verifications

Story = Callable[[Carrier], None]
PREPARATIONS = {
    "demolition_meets_schedule": "净地交付，无拆迁",
    "contractor_chosen": "施工总承包合同已签订（演示）",
    "funds_arranged": "银行资金证明（演示）",
    "safety_measures": "施工组织设计和安全方案已审核（演示）",
}


def record_preparations(c: Carrier) -> None:
    for kind, note in PREPARATIONS.items():
        commencement.record_evidence(c.pk, by=c.handler, on=c.on, kind=kind, happened_on=c.on, note=note)


def break_ground(c: Carrier) -> None:
    commencement.record_evidence(
        c.pk,
        by=c.handler,
        on=c.on,
        kind=Evidence.Kind.BROKE_GROUND,
        happened_on=c.on,
        note="一号厂房基础开挖",
        files=[site_photograph()],
    )


def commence(c: Carrier) -> None:
    """Everything obtained, evidence recorded, commencement confirmed."""
    obtain_all(c)
    c.wait(1)
    record_preparations(c)
    c.wait(2)
    break_ground(c)
    c.wait(1)
    commencement.confirm_commencement(c.pk, by=c.lead, on=c.on)


def obtain_all_but(*codes: str) -> Story:
    """All granted but ``codes``, evidence recorded: the project waits for these alone."""

    def story(c: Carrier) -> None:
        obtain_all(c, *codes)
        record_preparations(c)
        break_ground(c)

    return story


def object_pending(c: Carrier) -> None:
    _object(c, "担心夜间装卸货噪声影响附近村庄，请核实")


def object_dismissed(c: Carrier) -> None:
    objection = _object(c, "反映公示内容未写明用水来源")
    c.wait(1)
    reason = "公示材料第三页已载明使用园区自来水"
    commitments.resolve_objection(objection.pk, by=c.bureau, on=c.on, upheld=False, reason=reason)


def object_upheld_and_refuse(c: Carrier) -> None:
    objection = _object(c, "反映项目选址在规划居住用地范围内")
    c.wait(2)
    reason = "经核实，部分用地与规划用途不符"
    commitments.resolve_objection(objection.pk, by=c.bureau, on=c.on, upheld=True, reason=reason)
    c.wait(4)
    reason = "公示异议成立，不予按承诺制办理，可按一般程序申请"
    commitments.decide_commitment(c.pk, by=c.bureau, on=c.on, granted=False, reason=reason)


def break_promise_and_suspend(c: Carrier) -> None:
    """What was promised was not there: the decision is revoked, and the project rests."""
    c.wait(2)
    bureau = c.project.approval_bureau
    check = verifications.plan_verification(c.pk, by=c.bureau, on=c.on, planned_on=c.on, department=bureau)
    found = {"result": "not_fulfilled", "found": "现场与承诺书不符，拦挡和排水设施并不存在（演示）"}
    results = [{"code": code, "name": code} | found for code in c.spec.pledged]
    verifications.record_verification(check.pk, by=c.bureau, on=c.on, results=results)
    c.wait(2)
    reason, heard = "承诺时所称设施并不存在，属于虚假承诺（演示）", "企业对核查结果没有异议（演示）"
    verifications.revoke_commitment(c.pk, by=c.bureau, on=c.on, ground="false_commitment", reason=reason, heard=heard)
    suspend(c)


def _object(c: Carrier, content: str) -> Objection:
    c.wait(1)
    return commitments.raise_objection(c.pk, by=c.bureau, on=c.on, raised_by="周边居民（演示）", content=content)


def add_painting(c: Carrier) -> None:
    """A paint line is added: the determinations made before it no longer hold."""
    c.wait(2)
    _revise(c, activities=(PANEL_FURNITURE, PAINTED_FURNITURE))


def grow_and_confirm_again(c: Carrier) -> None:
    """More energy than first stated; the handler has confirmed the new answers and the new list."""
    c.wait(2)
    lines = [{"carrier": "electricity", "quantity": Decimal(1200), "unit": "万kWh"}]
    _revise(c, energy_lines=lines)
    c.wait(1)
    confirm_determinations(c)
    c.wait(1)
    confirm_matter_list(c)


def _revise(c: Carrier, **rows: object) -> None:
    version = ProjectFacts.objects.values_list("version", flat=True).get(project=c.pk)
    facts.revise_facts(c.pk, by=c.owner, on=c.on, version=version, values={}, **rows)  # type: ignore[arg-type]


def suspend(c: Carrier) -> None:
    c.wait(3)
    projects.suspend_project(c.pk, by=c.lead, on=c.on, reason="企业调整产品方案，申请暂停办理")


def suspend_and_resume(c: Carrier) -> None:
    suspend(c)
    c.wait(5)
    projects.resume_project(c.pk, by=c.lead, on=c.on)


def terminate(c: Carrier) -> None:
    c.wait(3)
    projects.terminate_project(c.pk, by=c.lead, on=c.on, reason="企业撤回投资意向，双方书面确认终止")
