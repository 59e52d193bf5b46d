"""An application: what has to be there before it can be handed in, accepted and granted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.guards.clocks import open_pause_blockers
from approvals.guards.credit import credit_bars
from approvals.guards.deferral import conditional_blockers, deferred_blockers
from approvals.guards.hearings import hearing_blockers
from approvals.guards.prerequisites import current_rows, open_prerequisites
from approvals.rules import vocabulary

if TYPE_CHECKING:
    from approvals.models import Application

FALSE_PROMISE = "国办发〔2020〕42号"
LICENSING_31 = "《行政许可法》第三十一条"
LICENSING_32 = "《行政许可法》第三十二条"


def submission_blockers(application: Application, *, on: date) -> list[Blocker]:
    project = application.project
    found = _missing_materials(application, LICENSING_31) + _unanswered_facts(application)
    if not project.is_open:
        found.append(Blocker("project-stopped", _("项目当前为“%(stage)s”") % {"stage": project.get_stage_display()}))
    found += [*commitment_bars(application), *credit_bars(application, on=on)]
    return found + _open_prerequisites(application, on=on)


def commitment_bars(application: Application) -> list[Blocker]:
    """Bad credit, an earlier false promise or 两高: the ordinary route alone (国办发〔2020〕42号)."""
    if application.route != application.Route.COMMITMENT:
        return []
    enterprise, facts = application.applicant, getattr(application.project, "facts", None)
    bars = (
        ("bad-credit", enterprise.bad_credit, _("申请人有未修复的严重失信记录")),
        ("false-commitment", enterprise.previous_false_commitment, _("申请人曾作出虚假承诺")),
        ("two-high", facts is not None and facts.two_high, _("项目属于高耗能、高排放项目")),
    )
    message = _("%(why)s，不适用告知承诺，应按一般程序办理；请代办员重新确认事项清单")
    return [Blocker(code, message % {"why": why}, FALSE_PROMISE) for code, holds, why in bars if holds]


def acceptance_blockers(application: Application, *, conditionally: bool = False) -> list[Blocker]:
    """``conditionally``: what the enterprise promised to bring later is not missing (容缺受理)."""
    if conditionally:
        return _missing_materials(application, LICENSING_32) + conditional_blockers(application)
    promised = [
        Blocker(
            "material-deferred",
            _("“%(name)s”尚缺，企业已承诺补交，请选择容缺受理") % {"name": material.name},
            LICENSING_32,
        )
        for material in application.materials.all()
        if material.is_deferred
    ]
    return _missing_materials(application, LICENSING_32) + promised


def grant_blockers(application: Application, *, on: date) -> list[Blocker]:
    """A grant needs its prerequisites still to hold on the day, every procedure ended and every promise kept."""
    procedures = open_pause_blockers(application) + hearing_blockers(application, on=on)
    return _open_prerequisites(application, on=on) + procedures + deferred_blockers(application)


def _open_prerequisites(application: Application, *, on: date) -> list[Blocker]:
    """By the project's own list, which knows what is spared; by the catalogue before there is one."""
    rows = current_rows(application.project)
    matter = application.matter
    codes = rows[matter.code]["prerequisites"] if matter.code in rows else matter.prerequisites
    return [
        Blocker(
            "prerequisite-open",
            _("前置事项“%(name)s”尚未办结") % {"name": rows[code]["name"] if code in rows else code},
            matter.legal_basis,
        )
        for code in open_prerequisites(application.project, codes, on=on)
    ]


def _unanswered_facts(application: Application) -> list[Blocker]:
    """What a notice asked the enterprise to state, and is still not stated."""
    if application.state != application.State.SUPPLEMENTING:
        return []
    named = [row["fact"] for notice in application.supplement_notices.filter(answered_on=None) for row in notice.facts]
    return [
        Blocker("fact-missing", _("尚未填写：%(name)s") % {"name": vocabulary.label(name)}, LICENSING_32)
        for name in named
        if not application.project.facts.states(name)
    ]


def _missing_materials(application: Application, basis: str) -> list[Blocker]:
    return [
        Blocker("material-missing", _("缺少材料：%(name)s") % {"name": material.name}, basis)
        for material in application.materials.all()
        if not material.is_received and not material.is_deferred
    ]
