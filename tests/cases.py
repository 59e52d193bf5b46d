"""Two cases in two counties, each with everything that has an address: who sees one must not see the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from approvals.accounts.models import Enterprise, Organisation, Role, User
from approvals.models import Application, Event, Material, Matter, Message, Project, ProjectDocument
from approvals.services.applications import hand_in_material
from approvals.services.projects import Registration, register_project
from documents.models import Document
from tests.world import World, child, department, make_enterprise, member, person
from workflows.alignment import align_application, align_project

TODAY = date(2026, 9, 1)


@dataclass(frozen=True)
class Case:
    """``people``: who may see it, by the name of their role."""

    project: Project
    application: Application
    material: Material
    document: Document
    attachment_id: int
    message: Message
    task: Any
    people: dict[str, User]


def home_case(world: World) -> Case:
    people = {
        "handler": world.handler,
        "lead": world.lead,
        "approver": world.approver,
        "supervisor": world.supervisor,
        "owner": world.owner,
    }
    return make_case(world.zone, world.bureau, world.enterprise, people)


def foreign_case(world: World) -> Case:
    """In the next county, with its own bureau, zone, people and enterprise."""
    county = child(Organisation.objects.get(name="示例市"), name="邻县", kind="county")
    zone = child(county, name="邻县开发区", kind="zone")
    bureau = department(county, "approval_bureau", "邻县行政审批服务管理局", "邻审")
    enterprise = make_enterprise("示例邻县有限公司", 77)
    people = {
        "handler": person("far-handler", "邻县代办", Role.HANDLER, zone),
        "lead": person("far-lead", "邻县领办", Role.LEAD, zone),
        "approver": person("far-approver", "邻县审批", Role.APPROVER, bureau),
        "supervisor": person("far-supervisor", "邻县督查", Role.SUPERVISOR, county),
        "owner": member("far-owner", "邻县企业", enterprise, may_sign=True),
    }
    return make_case(zone, bureau, enterprise, people)


def make_case(zone: Organisation, bureau: Organisation, enterprise: Enterprise, people: dict[str, User]) -> Case:
    registration = Registration(
        name=f"示例{zone.name}项目", organisation=zone, enterprise=enterprise, industry_code="2110"
    )
    project = register_project(registration, by=people["owner"], on=TODAY)
    align_project(project)
    application = make_application(project, enterprise, bureau)
    align_application(application)
    material = hand_in(application, people["owner"])
    return Case(
        project=project,
        application=application,
        material=material,
        document=file_paper(project, bureau),
        attachment_id=material.attachment_id or 0,
        message=Message.objects.create(
            recipient=people["owner"], project=project, event=Event.objects.filter(project=project)[0], text="示例消息"
        ),
        task=project.work_items.exclude(step="").get(application=None),
        people=people,
    )


def make_application(
    project: Project, enterprise: Enterprise, office: Organisation, code: str = "R04", state: str = "draft"
) -> Application:
    matter = Matter.objects.in_force(TODAY).get(code=code)
    application = Application.objects.create(
        project=project, matter=matter, department=office, applicant=enterprise, opened_on=TODAY, state=state
    )
    for name in matter.materials:
        Material.objects.create(application=application, name=name)
    return application


def hand_in(application: Application, by: User) -> Material:
    material = application.materials.all()[0]
    paper = SimpleUploadedFile("申请表.pdf", b"%PDF-1.7 sample", content_type="application/pdf")
    return hand_in_material(material.pk, by=by, on=TODAY, file=paper)


def file_paper(
    project: Project,
    issuer: Organisation,
    application: Application | None = None,
    kind: str = "signing_record",
    facts: dict[str, Any] | None = None,
) -> Document:
    """An issued paper without printing it: only its place matters here."""
    event = Event.objects.filter(project=project)[0]
    number = Document.objects.count() + 1
    document = Document(
        key=f"sample:{number}",
        kind=kind,
        title="签约信息表",
        number=f"示签〔2026〕{number}号",
        issuer=issuer,
        issued_on=TODAY,
        folder=f"project:{project.pk}",
        facts=facts or {},
        template_version="sample",
        sha256="0" * 64,
        size=1,
        pages=1,
        verification_code=f"0000-0000-0000-{number:04d}",
    )
    document.content.save("sample.pdf", ContentFile(b"%PDF-1.7 sample"), save=False)
    document.save()
    ProjectDocument.objects.create(project=project, document=document, event=event, application=application)
    return document
