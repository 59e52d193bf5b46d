"""Several departments of the county with accepted applications of one project: what parallel approvals begin with."""

from __future__ import annotations

from dataclasses import dataclass

from approvals.accounts.models import Organisation, Role, User
from approvals.models import Application, LocalParameter, Project
from approvals.services.projects import Registration, register_project
from tests.cases import TODAY, make_application
from tests.world import SINCE, World, department, person


@dataclass(frozen=True)
class Office:
    """A department with two approvers and, where it has one, its accepted application."""

    organisation: Organisation
    first: User
    second: User
    application: Application


@dataclass(frozen=True)
class Parallel:
    project: Project
    bureau: Office
    forestry: Office
    emergency: Office

    @property
    def offices(self) -> tuple[Office, ...]:
        return (self.bureau, self.forestry, self.emergency)


def build_parallel(world: World) -> Parallel:
    """R09 at the bureau, R15 at forestry, R16 at emergency: permits without prerequisites, accepted today."""
    registration = Registration(
        name="示例并联项目", organisation=world.zone, enterprise=world.enterprise, industry_code="2110"
    )
    project = register_project(registration, by=world.owner, on=TODAY)
    project.handler, project.lead_official = world.handler, world.lead
    project.save()
    bureau = Office(world.bureau, world.approver, world.second_approver, _accepted(project, world, world.bureau, "R09"))
    return Parallel(
        project,
        bureau,
        _office(project, world, "forestry", "示例县林业局", "R15"),
        _office(project, world, "emergency", "示例县应急管理局", "R16"),
    )


def set_consultation_days(world: World, days: str = "7") -> None:
    LocalParameter.objects.create(
        code="consultation_working_days", organisation=world.province, value=days, source="测试", from_on=SINCE
    )


def _office(project: Project, world: World, kind: str, name: str, code: str) -> Office:
    office = department(world.county, kind, name, "")
    people = (person(f"{kind}{number}", f"{name}{number}", Role.APPROVER, office) for number in (1, 2))
    return Office(office, *people, application=_accepted(project, world, office, code))


def _accepted(project: Project, world: World, office: Organisation, code: str) -> Application:
    made = make_application(project, world.enterprise, office, code=code, state="accepted")
    for material in made.materials.all():
        material.on_paper = True
        material.save()
    Application.objects.filter(pk=made.pk).update(submitted_on=TODAY, received_on=TODAY, accepted_on=TODAY)
    return Application.objects.select_related("matter", "department", "project").get(pk=made.pk)
