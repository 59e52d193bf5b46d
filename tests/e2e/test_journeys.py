"""Both journeys in a real browser, as the three kinds of user: nothing is done that a person could not click."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image
from playwright.sync_api import expect

from approvals.guards import needs_two_people
from approvals.models import Application, Project
from approvals.rules.commitment_letter import STATEMENTS
from tests.e2e.conftest import BEGIN
from tests.e2e.desk import Desk
from tests.journeys.driver import FURNITURE_FACTS, TERMS, Journey
from tests.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

LINE = {"title": "板式家具开料组装线", "gb4754": "2110", "processes": ["cutting", "assembly", "packaging"]}
PAPER = {"title": "生活用纸原纸抄造线", "gb4754": "2221", "product": "machine_paper", "processes": ["papermaking"]}
POWER = {"carrier": "electricity", "quantity": 200, "unit": "万kWh"}
HEAT = {"carrier": "heat", "quantity": 351700, "unit": "GJ"}  # 12,000 tce
PHOTO = io.BytesIO()
Image.new("RGB", (64, 48), "peru").save(PHOTO, "JPEG")
SITE_PHOTO = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": PHOTO.getvalue()}
TODAY = BEGIN.date().isoformat()
LATER = BEGIN + timedelta(days=8)  # the commitment has been on show long enough


def register(county: World, deliver_all, name: str, industry: str, **rows) -> Journey:
    """Registration has a browser test of its own; here it is where the journey begins."""
    journey = Journey(county, deliver_all)
    journey.register(name, industry, facts=FURNITURE_FACTS, **rows)
    return journey


def carry_to_commencement(desk: Desk, w: World, name: str, clock) -> None:
    desk.do(w.handler, "受理登记", project=name, handler={"label": "代办张"}, lead_official={"label": "领办王"})
    desk.do(w.handler, "拟定投资协议", project=name, kind="formal", content="建设生产线一条", terms=TERMS)
    desk.do(w.owner, "企业签署协议", project=name)
    desk.do(w.lead, "政府方签署协议", project=name)
    desk.do(
        w.handler,
        "登记备案或核准",
        project=name,
        kind="R01",
        project_code="2609-140724-89-01-123456",
        number="示审备〔2026〕5号",
        filed_on=TODAY,
    )
    desk.do(w.handler, "办结本阶段", project=name)
    desk.do(w.handler, "核查承诺制资格", project=name, route="commitment", matter_codes=["C02"])
    desk.do(w.approver, "发出告知书", project=name)
    desk.do(w.owner, "企业作出承诺", project=name, statements=[code for code, _text in STATEMENTS])
    desk.do(w.approver, "公示承诺", project=name, place="示例县人民政府网站")

    page = desk._find(w.approver, "作出承诺制决定", name, "")
    expect(page.locator("body")).to_contain_text("公示期至")
    clock.move_to(LATER)
    desk.forget()
    desk.do(w.approver, "作出承诺制决定", project=name, decision="grant", reason="公示无异议，符合承诺制办理条件")
    desk.do(w.handler, "办结本阶段", project=name)
    desk.do(w.handler, "选定宗地并核对指标", project=name, plot={"index": 1})
    desk.do(w.handler, "登记成交结果", project=name, confirmation_number="示成交〔2026〕1号", auctioned_on=TODAY)
    desk.do(
        w.handler,
        "登记双合同",
        project=name,
        land_contract_number="示出让〔2026〕1号",
        land_contract_on=TODAY,
        planning_conditions_in_contract=True,
        investment_contract_number="示投资〔2026〕1号",
        investment_contract_on=TODAY,
    )
    desk.do(w.handler, "登记价款缴清", project=name, paid_in_full_on=TODAY, voucher="缴-2026-1")
    desk.do(w.handler, "办结本阶段", project=name)
    desk.do(w.handler, "邀请企业委托代办", project=name, scope="full", until_on="2027-08-31")
    desk.do(w.owner, "企业签署委托书", project=name)
    desk.do(w.handler, "确认环评、能评判定", project=name)
    desk.do(w.handler, "确认事项清单", project=name)
    desk.do(w.handler, "办结本阶段", project=name)


def obtain(desk: Desk, w: World, application: Application, name: str) -> None:
    actor = w.owner if application.route == "commitment" else w.handler
    approver = w.energy_approver if application.department == w.provincial_energy else w.approver
    matter = application.matter.name
    papers = {f"paper_{material.pk}": True for material in application.materials.all()}
    desk.do(actor, "准备并申报", project=name, matter=matter, **papers)
    desk.do(approver, "受理审查", project=name, matter=matter, decision="accept")
    if not needs_two_people(application):
        number = "示例〔2026〕1号"
        desk.do(
            approver, "作出决定", project=name, matter=matter, decision="grant", reason="齐全", result_number=number
        )
        return
    desk.do(approver, "审查", project=name, matter=matter, outcome="grant", reason="符合法定条件、标准")
    colleague = w.second_energy_approver if approver == w.energy_approver else w.second_approver
    desk.do(colleague, "作出决定", project=name, matter=matter, decision="grant")


def obtain_all(desk: Desk, journey: Journey) -> None:
    """In the browser the first of each kind: its like have the same pages. ``tests/journeys`` obtains every one."""
    clicked = set()
    for _each in range(journey.project.applications.count()):
        drafts = journey.project.applications.filter(state="draft").select_related("matter", "department")
        application = next(one for one in drafts if not journey._waits(one.matter.code))
        kind = (application.route, application.department_id, needs_two_people(application))
        if kind in clicked:
            journey.obtain(application.matter.code)
        else:
            obtain(desk, journey.world, application, journey.project.name)
        clicked.add(kind)
    assert not journey.project.applications.filter(state="draft").exists()


def record_evidence(desk: Desk, w: World, name: str) -> None:
    for kind in ("demolition_meets_schedule", "contractor_chosen", "funds_arranged", "safety_measures"):
        desk.do(w.handler, "登记开工证据", project=name, kind=kind, happened_on=TODAY, note="示例材料齐全")
    desk.do(
        w.handler, "登记开工证据", project=name, kind="broke_ground", happened_on="2026-09-09", photographs=[SITE_PHOTO]
    )


def test_a_furniture_project_goes_from_intake_to_commenced(desk, county, clock, deliver_all):
    name = "示例板式家具项目"
    journey = register(county, deliver_all, name, "2110", activities=[LINE], energy_lines=[POWER])
    carry_to_commencement(desk, county, name, clock)

    page = desk.open(county.owner, f"/projects/{journey.project.pk}/determinations/", "determinations")
    expect(page.locator("body")).to_contain_text("不纳入")
    journey.today = LATER.date()
    obtain_all(desk, journey)
    record_evidence(desk, county, name)
    desk.do(county.lead, "确认开工", project=name)

    page = desk.open(county.owner, f"/projects/{journey.project.pk}/", "commenced")
    expect(page.locator("body")).to_contain_text("已开工")
    desk.open(county.owner, "/my/", "my")


def test_a_base_paper_project_is_stopped_with_both_reasons_and_then_commences(desk, county, clock, deliver_all):
    """What the furniture project does not show. The way there is the same, and is done without the browser."""
    name = "示例生活用纸原纸项目"
    journey = register(county, deliver_all, name, "2221", activities=[PAPER], energy_lines=[HEAT])
    journey.intake()
    journey.signing()
    journey.commitment()
    clock.move_to(LATER)
    journey.standard_land()
    journey.full_agency()
    journey.obtain_all("R09", "R11")
    journey.evidence()

    page = desk._find(county.lead, "确认开工", name, "")
    desk.look(page, "stopped")
    stopped = page.locator("main")
    expect(stopped).to_contain_text("还差 2 项")
    expect(stopped).to_contain_text("生态环境影响报告书")
    expect(stopped).to_contain_text("节能审查")
    assert page.locator("form[action$='/do/']").count() == 0

    for code in ("R09", "R11"):
        obtain(desk, county, journey.application(code), name)
    desk.do(county.lead, "确认开工", project=name)
    assert Project.objects.get(pk=journey.project.pk).stage == Project.Stage.COMMENCED
