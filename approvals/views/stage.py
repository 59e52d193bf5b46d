"""One stage of a project: what it is for, its gate as a checklist, its records and its papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals import guards
from approvals.accounts.access import EVERYONE, open_to
from approvals.accounts.models import User
from approvals.forms.land_delays import LandDelayForm, LaterEvidenceForm
from approvals.guards.commencement import MET, MISSING
from approvals.models import Matter, Project
from approvals.permissions import may_handle
from approvals.selectors.assessments import inherited
from approvals.selectors.checklists import stage_checklist
from approvals.selectors.commencement import commencement_readings, idle_land
from approvals.selectors.documents import papers_visible_to
from approvals.selectors.ledger import matter_ledger
from approvals.selectors.next_steps import next_steps
from approvals.selectors.overrides import settled_clauses
from approvals.selectors.pages import current_parties, determination_cards
from approvals.views.cases import frame, visible_project
from approvals.views.people import viewer

Stage = Project.Stage

# What a stage is for, in one sentence each.
PURPOSES: dict[str, Any] = {
    Stage.INTAKE: _("登记企业和项目的基本情况，确定一名代办员和一名领办领导，从此有人全程负责。"),
    Stage.SIGNING: _("签订正式投资协议，完成项目备案或核准，取得项目代码。协议不得约定地价、税费返还或保证竞得土地。"),
    Stage.COMMITMENT: _("核查项目能否走承诺制：审批机关一次告知条件，企业自己承诺，公示期满无异议后作出决定。"),
    Stage.STANDARD_LAND: _(
        "选定已完成区域评估、带控制指标的宗地，核对指标，经招拍挂取得土地，签订“双合同”并缴清价款。"
    ),
    Stage.FULL_AGENCY: _("企业自愿、免费委托代办员办理；确认环评、能评判定和本项目的事项清单，各事项并联办理。"),
    Stage.COMMENCEMENT: _("核对施工许可条件和依法开工条件两张清单，登记开工证据和现场照片，由领办领导确认开工。"),
    Stage.COMMENCED: _("项目已依法开工。"),
}
# Which issued papers belong to which stage.
PAPERS: dict[str, tuple[str, ...]] = {
    Stage.SIGNING: ("signing_record",),
    Stage.COMMITMENT: (
        *("notice_of_conditions", "commitment_letter", "commitment_publicity", "commitment_decision"),
        *("verification_record", "rectification_notice", "revocation_decision"),
    ),
    Stage.STANDARD_LAND: ("indicator_sheet",),
    Stage.FULL_AGENCY: ("mandate", "eia_determination", "energy_determination", "matter_list"),
    Stage.COMMENCEMENT: ("commencement_sheet", "commencement_confirmation"),
    Stage.COMMENCED: ("commencement_confirmation",),
}
INDICATOR_TONES = {"pass": "success", "fail": "danger", "fail_by_upper_bound": "danger", "unknown": "warning"}


@open_to(*EVERYONE)
def stage(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    project, user, on = visible_project(request, pk), viewer(request), timezone.localdate()
    if stage not in Project.JOURNEY:
        raise Http404
    line = frame(request, project, "stage")
    mark = next(mark for mark in line["stages"] if mark.code == stage)
    papers = papers_visible_to(user, on=on).filter(project=project, document__kind__in=PAPERS.get(stage, ()))
    context = line | {
        "stage": mark,
        "purpose": PURPOSES[stage],
        "is_past": mark.state == "done",
        "checklist": [] if mark.state == "done" else stage_checklist(project, stage, on=on),
        "my_steps": [s for s in next_steps(project, user, on=on) if s.is_mine] if mark.state == "current" else [],
        "papers": papers,
        "panel": f"approvals/stages/{stage}.html",
        **_records(project, stage, user, on),
    }
    return render(request, "approvals/stage.html", context)


def _records(project: Project, stage: str, user: User, on: date) -> dict[str, Any]:
    read = _READERS.get(stage)
    return read(project, user, on) if read else {}


def _intake(project: Project, user: User, on: date) -> dict[str, Any]:
    return {"parties": current_parties(project, on=on)}


def _signing(project: Project, user: User, on: date) -> dict[str, Any]:
    agreement = getattr(project, "agreement", None)
    return {
        "agreement": agreement,
        "policies": list(agreement.policies.all()) if agreement else [],
        "clauses": settled_clauses(project),
        "may_settle": project.stage == Stage.SIGNING and may_handle(user, project, on=on),
    }


def _commitment(project: Project, user: User, on: date) -> dict[str, Any]:
    commitment = getattr(project, "commitment", None)
    codes = commitment.matter_codes if commitment else []
    return {
        "commitment": commitment,
        "committed_matters": Matter.objects.in_force(on).filter(code__in=codes),
        "objections": list(commitment.objections.all()) if commitment else [],
    }


def _standard_land(project: Project, user: User, on: date) -> dict[str, Any]:
    land = getattr(project, "land", None)
    return {
        "land": land,
        "indicators": _indicators(land.indicator_check) if land else [],
        "assessments": inherited(project, on=on),
    }


def _indicators(check: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the check that was kept, with the tone of each result."""
    return [row | {"tone": INDICATOR_TONES.get(row["result"], "neutral")} for row in check["figures"]["indicators"]]


def _full_agency(project: Project, user: User, on: date) -> dict[str, Any]:
    mandate = project.mandates.filter(ended_on=None).select_related("handler", "lead_official", "signed_by").first()
    codes = mandate.matter_codes if mandate else []
    return {
        "mandate": mandate,
        "mandated_matters": Matter.objects.in_force(on).filter(code__in=codes),
        "cards": determination_cards(project, on=on),
        "ledger": matter_ledger(project, user, on=on),
    }


def _sorted(conditions: list[guards.Condition]) -> dict[str, list[guards.Condition]]:
    """What is missing first, then what is met; what does not apply by itself."""
    order = {MISSING: 0, MET: 1}
    applying = [condition for condition in conditions if condition.state in order]
    return {
        "applying": sorted(applying, key=lambda condition: order[condition.state]),
        "not_applicable": [condition for condition in conditions if condition.state not in order],
    }


def _commencement(project: Project, user: User, on: date) -> dict[str, Any]:
    return {
        "permit": _sorted(guards.permit_conditions(project, on=on)),
        "lawful": _sorted(guards.lawful_conditions(project, on=on)),
        "evidence": project.evidence.select_related("recorded_by").prefetch_related("attachments"),
        "readings": commencement_readings(project, on=on),
        "idle": idle_land(project, on=on),
        "evidence_form": LaterEvidenceForm(auto_id="evidence_%s"),
        "delay_form": LandDelayForm(auto_id="delay_%s"),
    }


_READERS: dict[str, Callable[[Project, User, date], dict[str, Any]]] = {
    Stage.INTAKE: _intake,
    Stage.SIGNING: _signing,
    Stage.COMMITMENT: _commitment,
    Stage.STANDARD_LAND: _standard_land,
    Stage.FULL_AGENCY: _full_agency,
    Stage.COMMENCEMENT: _commencement,
    Stage.COMMENCED: _commencement,
}
