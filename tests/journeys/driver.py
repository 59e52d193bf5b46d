"""Carries a project through its journey as its people would: every step is a task somebody does."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from approvals.accounts.models import User
from approvals.guards import needs_two_people, submission_blockers
from approvals.models import Application, Project
from approvals.selectors.determinations import answer
from approvals.services import (
    agency,
    applications,
    commencement,
    commitments,
    decisions,
    determinations,
    land,
    projects,
    signing,
)
from tests.remembered import remembered
from tests.world import World
from workflows.completion import complete_task
from workflows.inbox import tasks_open_to

BEGIN = date(2026, 9, 1)
TERMS = "乙方应通过招拍挂方式取得土地；甲方提供全程代办服务。"


@dataclass
class Journey:
    """One project and the day it is. ``facts`` and ``activities`` say what is built."""

    world: World
    deliver_all: Callable[[], None]
    today: date = BEGIN
    project_code: str = "2609-140724-89-01-123456"  # as the national platform gave it
    project: Project = field(init=False)

    @remembered("today", "project")
    def register(self, name: str, industry: str, *, facts: dict[str, Any], **rows: Any) -> None:
        registration = projects.Registration(
            name=name,
            organisation=self.world.zone,
            enterprise=self.world.enterprise,
            industry_code=industry,
            site="开发区创业路",
            facts=facts,
        )
        self.project = projects.register_project(registration, by=self.world.owner, on=self.today)
        for manager, values in rows.items():
            for row in values:
                getattr(self.project.facts, manager).create(**row)
        self.deliver_all()

    def do(self, step: str, by: User, act: Callable[[], object], *, application: Application | None = None) -> None:
        """``by`` finds the step in his inbox and does it. The task must be there: nothing is done behind its back."""
        item = tasks_open_to(by, on=self.today).get(project=self.project, step=step, application=application)
        complete_task(item.pk, by=by, on=self.today, act=lambda _item: act())
        self.deliver_all()
        self.project = Project.objects.get(pk=self.project.pk)

    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)

    def to_commencement(self) -> None:
        self.intake()
        self.signing()
        self.commitment()
        self.standard_land()
        self.full_agency()

    @remembered("today", "project")
    def intake(self) -> None:
        w, on = self.world, self.today
        self.do(
            "accept_intake",
            w.handler,
            lambda: projects.accept_intake(
                self.project.pk, by=w.handler, on=on, handler=w.handler, lead_official=w.lead
            ),
        )

    @remembered("today", "project")
    def signing(self) -> None:
        w, on, pk = self.world, self.today, self.project.pk
        self.do(
            "draft_agreement",
            w.handler,
            lambda: signing.draft_agreement(
                pk,
                by=w.handler,
                on=on,
                kind="formal",
                content="建设生产线",
                terms=TERMS,
                policies=[("设备补助", "示公竞审〔2026〕3号")],
            ),
        )
        self.do("sign_agreement", w.owner, lambda: signing.sign_agreement(pk, by=w.owner, on=on))
        self.do("countersign_agreement", w.lead, lambda: signing.countersign_agreement(pk, by=w.lead, on=on))
        self.do(
            "record_filing",
            w.handler,
            lambda: signing.record_filing(
                pk,
                by=w.handler,
                on=on,
                kind="R01",
                project_code=self.project_code,
                number="示审备〔2026〕5号",
                authority="示例县行政审批服务管理局",
                filed_on=on,
            ),
        )
        self.conclude("signing")

    def conclude(self, stage: str) -> None:
        w = self.world
        self.do(
            "conclude_stage",
            w.handler,
            lambda: projects.leave_stage(self.project.pk, by=w.handler, on=self.today, stage=stage),
        )

    @remembered("today", "project")
    def commitment(self) -> None:
        w, pk = self.world, self.project.pk
        self.do(
            "assess_commitment",
            w.handler,
            lambda: commitments.assess_commitment(
                pk, by=w.handler, on=self.today, ordinary=False, matter_codes=["C02"]
            ),
        )
        self.do("give_notice", w.approver, lambda: commitments.give_notice(pk, by=w.approver, on=self.today))
        self.do(
            "sign_commitment",
            w.owner,
            lambda: commitments.sign_commitment(pk, by=w.owner, on=self.today, letter={"agreed": True}),
        )
        self.do(
            "publicise_commitment",
            w.approver,
            lambda: commitments.publicise_commitment(pk, by=w.approver, on=self.today, place="县政府网站"),
        )
        self.wait(8)
        self.do(
            "decide_commitment",
            w.approver,
            lambda: commitments.decide_commitment(pk, by=w.approver, on=self.today, granted=True, reason="符合条件"),
        )
        self.conclude("commitment")

    @remembered("today", "project")
    def standard_land(self) -> None:
        w, pk = self.world, self.project.pk
        self.do("choose_plot", w.handler, lambda: land.choose_plot(pk, by=w.handler, on=self.today, plot=w.plot))
        self.do(
            "record_auction",
            w.handler,
            lambda: land.record_auction(
                pk,
                by=w.handler,
                on=self.today,
                confirmation_number="成交-1",
                auctioned_on=self.today,
                winner=w.enterprise,
            ),
        )
        self.do(
            "record_contracts",
            w.handler,
            lambda: land.record_contracts(
                pk,
                by=w.handler,
                on=self.today,
                land_contract_number="出让-1",
                land_contract_on=self.today,
                planning_conditions_in_contract=True,
                investment_contract_number="投资-1",
                investment_contract_on=self.today,
            ),
        )
        self.do(
            "record_payment",
            w.handler,
            lambda: land.record_payment(pk, by=w.handler, on=self.today, paid_in_full_on=self.today, voucher="缴-1"),
        )
        self.conclude("standard_land")

    @remembered("today", "project")
    def full_agency(self) -> None:
        w, pk = self.world, self.project.pk
        self.do(
            "offer_mandate",
            w.handler,
            lambda: agency.offer_mandate(
                pk, by=w.handler, on=self.today, scope="full", until_on=self.today + timedelta(days=365)
            ),
        )
        self.do("sign_mandate", w.owner, lambda: agency.sign_mandate(pk, by=w.owner, on=self.today))
        self.confirm_determinations()
        self.confirm_matter_list()
        self.conclude("full_agency")

    def confirm_determinations(self) -> None:
        w, pk = self.world, self.project.pk
        seen = {kind: answer(self.project, kind, on=self.today).outcome for kind in ("eia", "energy")}
        self.do(
            "confirm_determinations",
            w.handler,
            lambda: determinations.confirm_determinations(pk, by=w.handler, on=self.today, seen=seen),
        )

    def confirm_matter_list(self) -> None:
        w, pk = self.world, self.project.pk
        self.do("confirm_matter_list", w.handler, lambda: agency.confirm_matter_list(pk, by=w.handler, on=self.today))

    def commence(self) -> None:
        w, pk = self.world, self.project.pk
        self.do("confirm_commencement", w.lead, lambda: commencement.confirm_commencement(pk, by=w.lead, on=self.today))

    def evidence(self) -> None:
        for kind in (
            "demolition_meets_schedule",
            "contractor_chosen",
            "funds_arranged",
            "safety_measures",
            "broke_ground",
        ):
            self.record_evidence(kind)

    def record_evidence(self, kind: str) -> None:
        w, pk = self.world, self.project.pk
        files = [photograph()] if kind == "broke_ground" else []
        self.do(
            "record_evidence",
            w.handler,
            lambda: commencement.record_evidence(
                pk, by=w.handler, on=self.today, kind=kind, happened_on=self.today, note="示例", files=files
            ),
        )

    def obtain(self, code: str, approver: User | None = None) -> None:
        """Hand in one matter with all its materials, accept it and grant it."""
        w = self.world
        approver = approver or w.approver
        application = self.application(code)
        actor = w.owner if application.route == "commitment" else w.handler
        for material in application.materials.all():
            applications.hand_in_material(material.pk, by=actor, on=self.today, on_paper=True)
        pk = application.pk
        self.do(
            "prepare_application",
            actor,
            lambda: applications.submit_application(pk, by=actor, on=self.today),
            application=application,
        )
        self.do(
            "review_application",
            approver,
            lambda: applications.accept_application(pk, by=approver, on=self.today),
            application=application,
        )
        self.decide(application, approver)

    def decide(
        self, application: Application, approver: User, outcome: str = "grant", reason: str = "符合法定条件"
    ) -> None:
        """What the law leaves open is examined by one and decided by another; a registration by one person."""
        pk, verb = (
            application.pk,
            {"grant": decisions.grant_application, "refuse": decisions.refuse_application}[outcome],
        )
        reviewer = approver
        if needs_two_people(application):
            reviewer = self.colleague(approver)
            self.do(
                "examine_application",
                approver,
                lambda: decisions.recommend(pk, by=approver, on=self.today, outcome=outcome, reason=reason),
                application=application,
            )
        self.do(
            "decide_application",
            reviewer,
            lambda: verb(pk, by=reviewer, on=self.today, reason=reason),
            application=application,
        )

    def colleague(self, approver: User) -> User:
        """The other approver of the same department."""
        w = self.world
        return w.second_energy_approver if approver == w.energy_approver else w.second_approver

    def application(self, code: str) -> Application:
        return self.project.applications.exclude(state__in=Application.UNSUCCESSFUL).get(matter__code=code)

    def obtain_all(self, *leave_out: str) -> None:
        """Every application of the list, in an order that its prerequisites allow."""
        while codes := [
            application.matter.code
            for application in self.project.applications.select_related("matter")
            if not application.is_concluded and application.matter.code not in leave_out
        ]:
            ready = [code for code in codes if not self._waits(code)]
            assert ready, f"every one of {codes} waits for another"
            self.obtain(ready[0])

    def _waits(self, code: str) -> bool:
        application = self.application(code)
        return any(b.code == "prerequisite-open" for b in submission_blockers(application, on=self.today))


def photograph() -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "peru").save(buffer, "JPEG")
    return SimpleUploadedFile("现场.jpg", buffer.getvalue(), content_type="image/jpeg")


FURNITURE_FACTS: dict[str, Any] = {
    "nature": "new",
    "main_works_included": True,
    "in_industrial_building": True,
    "total_investment_wan": Decimal("8000"),
    "fixed_investment_wan": Decimal("7000"),
    "private_investment": True,
    "needs_verification": False,
    "two_high": False,
    "concerns_national_security": False,
    "concerns_ecological_security": False,
    "concerns_strategic_resources": False,
    "concerns_major_public_interest": False,
    "energy_lines_known": True,
    "boilers_known": True,
    "land_area_m2": Decimal("20000"),
    "floor_area_m2": Decimal("18000"),
    "counted_floor_area_m2": Decimal("20000"),
    "building_footprint_m2": Decimal("9000"),
    "office_land_m2": Decimal("1000"),
    "office_floor_m2": Decimal("1500"),
    "green_area_m2": Decimal("2000"),
    "building_height_m": Decimal("12"),
    "annual_output_wan": Decimal("12000"),
    "annual_tax_wan": Decimal("400"),
    "disturbed_area_m2": Decimal("20000"),
    "earthwork_m3": Decimal("8000"),
    "labour_intensive_workshop_m2": Decimal("2000"),
    "dormitory_area_m2": Decimal("0"),
    "simple_workshop_or_warehouse": False,
    "flammable_explosive": False,
    "other_special_fire_works": False,
    "lightning_special_site": False,
    "hazardous_chemicals": False,
    "civil_buildings_in_city": False,
    "land_by_auction": True,
    "in_spring_basin": False,
    "own_water_source": False,
    "uses_forest_land": False,
    "in_river_management_area": False,
    "in_relic_control_zone": False,
    "discharges_to_sewer": True,
    "eia_commitment_listed": False,
}
