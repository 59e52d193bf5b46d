"""What departments do side by side: consultations, a joint handling, a wished day; and works after the start."""

from __future__ import annotations

from datetime import timedelta

from approvals.accounts.models import Organisation
from approvals.demo.carrier import Carrier
from approvals.demo.photographs import site_photograph
from approvals.demo.stories import commence
from approvals.models import Consultation, Evidence
from approvals.services import commencement, decisions
from approvals.services.consultations import answer_consultation, ask_department
from approvals.services.joint import start_joint
from approvals.services.land_delays import record_land_delay
from approvals.services.plan import wish_commencement

TOGETHER = ("R12", "R15")  # two departments, one reply


def parallel_approvals(c: Carrier) -> None:
    """Two permits handled jointly, three questions to other departments, and the day the enterprise wishes for."""
    bureau = c.cast.reviewer(c.project.approval_bureau)
    ids = [c.application(code).pk for code in TOGETHER]
    start_joint(c.pk, by=bureau, on=c.on, application_ids=ids)
    _say_its_word(c, "R12")
    answered = _ask(c, "R04", "natural_resources", "请核对规划条件中的建筑退让距离和出入口位置")
    _ask(c, "C05", "ecology", "请就区域污染物总量指标是否落实提出意见")
    _ask(c, "C06", "water", "请就取水口位置和取水量对下游用水户的影响提出意见")
    c.wait(1)
    by = c.cast.approver(answered.asked)
    answer_consultation(answered.pk, by=by, on=c.on, opinion="conditions", answer="出入口须退让道路交叉口七十米以上")
    wish_commencement(c.pk, by=c.owner, on=c.on, wished_on=c.on + timedelta(days=70))


def commence_and_build(c: Carrier) -> None:
    """The start is confirmed; the foundation follows, and the statisticians take the project up."""
    commence(c)
    c.wait(2)
    file = site_photograph("基础施工.png")
    _evidence(c, Evidence.Kind.FOUNDATION_PCT, "一号厂房基础（演示）", percent=40, files=[file])
    _evidence(c, Evidence.Kind.STAT_REGISTERED, "投资项目统计入库（演示）")


def delayed_by_the_government(c: Carrier) -> None:
    """The road to the plot came late: the idle-land clock does not count these days."""
    record_land_delay(
        c.pk,
        by=c.handler,
        on=c.on,
        from_on=c.on - timedelta(days=40),
        until_on=c.on - timedelta(days=10),
        reason="进场道路未按约定通达",
        document_number=f"示例自然认〔{c.on.year}〕{c.number}号",
    )


def _say_its_word(c: Carrier, code: str) -> None:
    application = c.application(code)
    by = c.cast.approver(application.department)
    decisions.recommend(application.pk, by=by, on=c.on, outcome="grant", reason="不影响泉域水位和水质（演示）")


def _ask(c: Carrier, code: str, department: str, question: str) -> Consultation:
    application = c.application(code)
    city = next(area for area in c.project.organisation.upwards() if area.kind == Organisation.Kind.CITY)
    asked = city.own_department(department)
    assert asked is not None, f"{city} has no {department}"
    by = c.cast.approver(application.department)
    return ask_department(application.pk, by=by, on=c.on, asked=asked, question=question)


def _evidence(c: Carrier, kind: str, note: str, **more: object) -> None:
    commencement.record_evidence(c.pk, by=c.handler, on=c.on, kind=kind, happened_on=c.on, note=note, **more)  # type: ignore[arg-type]
