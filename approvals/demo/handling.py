"""Brings applications to a state on past days, in the order of the days."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from approvals.accounts.models import User
from approvals.demo.carrier import Carrier
from approvals.demo.photographs import site_photograph
from approvals.guards import needs_two_people, submission_blockers
from approvals.models import Application, DecisionDelivery
from approvals.rules.clock import add_working_days
from approvals.selectors.calendar import working_calendar
from approvals.selectors.deferral import OWED
from approvals.services import (
    applications,
    clocks,
    corrections,
    decisions,
    deferral,
    delivery,
    extensions,
    receipt,
    returning,
    supplements,
)

Act = Callable[[Carrier, str], None]
SCANNED = frozenset({"R06", "R09"})  # matters whose first material comes as a file


def submit(c: Carrier, code: str) -> None:
    application = c.application(code)
    by = _applicant(c, application)
    for index, material in enumerate(application.materials.filter(**OWED)):
        if code in SCANNED and index == 0:
            scan = site_photograph("扫描件（演示占位）.png")
            applications.hand_in_material(material.pk, by=by, on=c.on, file=scan)
        elif material.is_conditional and application.state == Application.State.DRAFT:
            applications.waive_material(material.pk, by=by, on=c.on, reason="本项目不属于需要提交的情形（演示）")
        else:
            applications.hand_in_material(material.pk, by=by, on=c.on, on_paper=True, note="纸质件已收（演示）")
    applications.submit_application(application.pk, by=by, on=c.on)


def accept(c: Carrier, code: str) -> None:
    application = c.application(code)
    applications.accept_application(application.pk, by=c.cast.approver(application.department), on=c.on)


def examine(c: Carrier, code: str) -> None:
    """A permit takes its number from its paper; a registration comes with the number of its certificate."""
    _recommend(c, code, "grant", "申请材料齐全，符合法定条件")


def examine_and_advise_refusal(c: Carrier, code: str) -> None:
    _recommend(c, code, "refuse", "总平面布置与规划条件中的建筑退让距离不符，不符合法定条件")


def grant(c: Carrier, code: str) -> None:
    """A permit is decided by a second person; a registration comes with the number of its certificate."""
    application = c.application(code)
    decide, pk = decisions.grant_application, application.pk
    if needs_two_people(application):
        if application.open_recommendation is None:
            examine(c, code)
        decide(pk, by=c.cast.reviewer(application.department), on=c.on)
        return
    number = f"示例不动产权〔{c.on.year}〕第{c.number:04d}号"
    by = c.cast.approver(application.department)
    decide(pk, by=by, on=c.on, reason="申请材料齐全，符合法定条件", result_number=number)


def grant_and_deliver(c: Carrier, code: str) -> None:
    """Most decisions go out the same day, and somebody takes the supervision over; some still wait for it."""
    grant(c, code)
    application = c.application(code)
    by = c.cast.approver(application.department)
    delivery.record_delivery(
        application.pk,
        by=by,
        on=c.on,
        method=DecisionDelivery.Method.ELECTRONIC,
        recipient=c.owner.name,
        delivered_on=c.on,
    )
    handover = application.handovers.exclude(department=None).first()
    if handover is not None and c.number % 2 and (taker := c.cast.taker(handover.department)):
        delivery.acknowledge_handover(handover.pk, by=taker, on=c.on, note="已列入年度检查计划（演示）")


def annul(c: Carrier, code: str) -> None:
    application = c.application(code)
    reason = "核查发现申请人提交的总平面图与现场测绘成果不一致，材料虚假"
    returning.annul_application(application.pk, by=c.cast.people["head"], on=c.on, ground="fraud", reason=reason)


def pause(c: Carrier, code: str) -> None:
    application = c.application(code)
    clocks.open_pause(
        application.pk,
        by=c.cast.approver(application.department),
        on=c.on,
        ground="expert_review",
        reason="组织专家对技术方案进行评审",
        told_days=15,
    )


def ask_for_time(c: Carrier, code: str) -> None:
    application = c.application(code)
    by = c.cast.approver(application.department)
    extensions.ask_extension(application.pk, by=by, on=c.on, reason="用地界线与相邻地块需要现场核对")


def send_back(c: Carrier, code: str) -> None:
    application = c.application(code)
    by = c.cast.reviewer(application.department)
    decisions.return_to_examination(application.pk, by=by, on=c.on, reason="总平面图的退让距离未核对，请补充审查")


def refuse(c: Carrier, code: str) -> None:
    examine_and_advise_refusal(c, code)
    application = c.application(code)
    decisions.refuse_application(application.pk, by=c.cast.reviewer(application.department), on=c.on)


def _recommend(c: Carrier, code: str, outcome: str, reason: str) -> None:
    application = c.application(code)
    by = c.cast.approver(application.department)
    decisions.recommend(application.pk, by=by, on=c.on, outcome=outcome, reason=reason)


def decline(c: Carrier, code: str) -> None:
    application = c.application(code)
    applications.decline_application(
        application.pk,
        by=c.cast.approver(application.department),
        on=c.on,
        ground=Application.DeclineGround.NOT_COMPETENT,
        reason="该事项依法由上一级机关办理，不属于本机关职权范围",
        referred_to="示例市行政审批服务管理局",
    )


def supplement(c: Carrier, code: str) -> None:
    """Ask for the first material anew, and for the last one too where there are several."""
    application = c.application(code)
    names = [material.name for material in application.materials.all()]
    problems = ("缺少单位公章和日期，请补齐后重新提交", "与申请表填写的面积不一致，请核对后更正")
    asked = list(dict.fromkeys((names[0], names[-1])))
    items = [{"material": name, "problem": problem} for name, problem in zip(asked, problems, strict=False)]
    applications.request_supplement(application.pk, by=c.cast.approver(application.department), on=c.on, items=items)


def accept_by_law(c: Carrier, code: str) -> None:
    """Nobody answered for five working days: the law accepted it on the day of receipt."""
    accepted = receipt.accept_by_law(c.application(code).pk, on=c.on)
    assert accepted is not None, f"{c.spec.name}: {code} is not late enough"


def submit_with_promise(c: Carrier, code: str) -> None:
    """The last material comes later, as the enterprise promises in writing."""
    application = c.application(code)
    by, missing = _applicant(c, application), application.materials.last()
    assert missing is not None
    for material in application.materials.exclude(pk=missing.pk):
        applications.hand_in_material(material.pk, by=by, on=c.on, on_paper=True, note="纸质件已收（演示）")
    due_on = add_working_days(c.on, 10, working_calendar()).due_on
    deferral.promise_materials(application.pk, by=c.owner, on=c.on, due={missing.pk: due_on})
    applications.submit_application(application.pk, by=by, on=c.on)


def accept_conditionally(c: Carrier, code: str) -> None:
    application = c.application(code)
    deferral.accept_conditionally(application.pk, by=c.cast.approver(application.department), on=c.on)


def correct(c: Carrier, code: str) -> None:
    application = c.application(code)
    name = application.materials.all()[0].name
    corrections.record_correction(
        application.pk,
        by=c.cast.approver(application.department),
        on=c.on,
        items=[{"material": name, "correction": "建设地点“示例路南”为笔误，更正为“示例路北”"}],
        corrected_by=c.owner.name,
    )


def propose_second_notice(c: Carrier, code: str) -> None:
    application = c.application(code)
    name = application.materials.all()[0].name
    supplements.propose_second_notice(
        application.pk,
        by=c.cast.approver(application.department),
        on=c.on,
        items=[{"material": name, "problem": "补正后的总平面图与申请表的建筑面积不一致"}],
        new_fact="企业补正时更换了总平面图，新图的建筑面积与申请表不一致，首次告知时不存在",
    )


def withdraw(c: Carrier, code: str) -> None:
    application = c.application(code)
    by = _applicant(c, application)
    returning.withdraw_application(application.pk, by=by, on=c.on, reason="方案调整，申请人主动撤回")


# The acts that lead to a state, each with its working days before the last of them.
PATHS: dict[str, tuple[tuple[int, Act], ...]] = {
    "submitted": ((0, submit),),
    "supplementing": ((3, submit), (0, supplement)),
    "resubmitted": ((8, submit), (5, supplement), (0, submit)),
    "accepted": ((1, submit), (0, accept)),
    "accepted_by_law": ((6, submit), (0, accept_by_law)),
    "conditional": ((1, submit_with_promise), (0, accept_conditionally)),
    "corrected": ((2, submit), (0, correct)),
    "second_notice": ((9, submit), (6, supplement), (1, submit), (0, propose_second_notice)),
    "examined": ((5, submit), (4, accept), (0, examine)),
    "returned": ((6, submit), (5, accept), (1, examine), (0, send_back)),
    "annulled": ((12, submit), (11, accept), (5, grant_and_deliver), (0, annul)),
    "paused": ((8, submit), (7, accept), (0, pause)),
    "asked_extension": ((16, submit), (15, accept), (0, ask_for_time)),
    "granted_undelivered": ((6, submit), (5, accept), (0, grant)),
    "granted": ((6, submit), (5, accept), (0, grant_and_deliver)),
    "granted_after_supplement": ((14, submit), (11, supplement), (8, submit), (7, accept), (0, grant_and_deliver)),
    "refused": ((10, submit), (9, accept), (0, refuse)),
    "declined": ((2, submit), (0, decline)),
    "withdrawn": ((5, submit), (0, withdraw)),
}


def steer(c: Carrier) -> None:
    """Do what ``spec.applications`` says. The service refuses what the rules do not allow on that day."""
    for ago, code, act in sorted(_acts(c), key=lambda row: -row[0]):
        c.until(ago)
        act(c, code)


def _acts(c: Carrier) -> Iterator[tuple[int, str, Act]]:
    for code, (state, ago) in c.spec.applications.items():
        for before, act in PATHS[state]:
            yield ago + before, code, act


def obtain_all(c: Carrier, *leave_out: str) -> None:
    """Hand in, accept and grant every matter, in rounds that the prerequisites allow. A round takes six days."""
    while codes := _ready(c, leave_out):
        for pause, act in ((1, submit), (1, accept), (4, grant_and_deliver)):
            c.wait(pause)
            for code in codes:
                act(c, code)


def _ready(c: Carrier, leave_out: tuple[str, ...]) -> list[str]:
    drafts = Application.objects.filter(project=c.pk, state=Application.State.DRAFT).select_related("project", "matter")
    return [a.matter.code for a in drafts if a.matter.code not in leave_out and not _waits(a, c)]


def _waits(application: Application, c: Carrier) -> bool:
    return any(blocker.code == "prerequisite-open" for blocker in submission_blockers(application, on=c.on))


def _applicant(c: Carrier, application: Application) -> User:
    """The handler within his mandate; what is a commitment or not entrusted is the enterprise's own."""
    partial = c.spec.partial_mandate
    own = application.route == Application.Route.COMMITMENT or (partial and application.matter.code not in partial)
    return c.owner if own else c.handler
