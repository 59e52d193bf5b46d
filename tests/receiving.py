"""An application handed in on a Thursday before a make-up Sunday, for tests of its receipt."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from approvals.accounts.models import User
from approvals.errors import GuardFailed
from approvals.models import Application, Event
from approvals.services import materials, receipt, supplements
from approvals.services.projects import Registration, register_project
from tests.cases import make_application
from tests.world import World

RECEIVED = date(2026, 9, 17)  # a Thursday; Sunday 20 September is a make-up working day, 25 September a holiday
FIFTH = date(2026, 9, 23)  # 18, 20, 21, 22, 23
LATE = FIFTH + timedelta(days=1)


def handed_in(world: World, code: str = "C07", received_on: date = RECEIVED) -> Application:
    """Complete, on paper, and waiting for its review."""
    registration = Registration(
        name=f"示例项目{Application.objects.count()}",
        organisation=world.zone,
        enterprise=world.enterprise,
        industry_code="2110",
    )
    project = register_project(registration, by=world.owner, on=received_on)
    application = make_application(project, world.enterprise, world.bureau, code=code)
    for material in application.materials.all():
        materials.hand_in_material(material.pk, by=world.owner, on=received_on, on_paper=True)
    Application.objects.filter(pk=application.pk).update(
        state="submitted", submitted_on=received_on, received_on=received_on
    )
    return Application.objects.get(pk=application.pk)


def named(application: Application, problem: str = "缺少签章") -> list[dict[str, str]]:
    return [{"material": application.materials.all()[0].name, "problem": problem}]


def ask(application: Application, by: User, on: date = RECEIVED) -> None:
    supplements.request_supplement(application.pk, by=by, on=on, items=named(application))


def answer(application: Application, by: User, on: date) -> Application:
    for material in application.materials.all():
        if not material.is_received:
            materials.hand_in_material(material.pk, by=by, on=on, on_paper=True, note="补正")
    return receipt.submit_application(application.pk, by=by, on=on)


def codes(refusal: pytest.ExceptionInfo[GuardFailed]) -> list[str]:
    return [blocker.code for blocker in refusal.value.blockers]


def reload(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def last(kind: str) -> Event:
    return Event.objects.filter(kind=kind).latest("pk")


def on_the_day(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day}T10:00:00+08:00", tick=False)
