"""Consultations and joint handling: who is told. The tasks follow by themselves."""

from __future__ import annotations

from collections.abc import Iterable

from approvals import events
from approvals.accounts.models import Appointment, Role, User
from approvals.models import Application, Consultation, Event, JointHandling
from approvals.papers.common import day_of, project_of
from approvals.rules.days import in_chinese
from approvals.services.messages import tell


@events.handles("application.consultation_asked")
def tell_the_asked_department(event: Event) -> None:
    asked = _consultation(event)
    until = f"，请于{in_chinese(asked.due_on)}前回复" if asked.due_on else ""
    text = f"{asked.application.department}就“{project_of(event)}”的“{asked.application.matter}”征求意见{until}。"
    _send(event, text, _approvers([asked.asked_id], event))


@events.handles("application.consultation_answered")
def tell_who_asked(event: Event) -> None:
    asked = _consultation(event)
    text = f"{asked.asked}已回复“{project_of(event)}”的“{asked.application.matter}”：{asked.get_opinion_display()}。"
    _send(event, text, [asked.asked_by])


@events.handles("joint.started")
def tell_the_departments(event: Event) -> None:
    """Each of them has to say its own word."""
    joined = Application.objects.filter(pk__in=event.facts["applications"])
    text = f"“{project_of(event)}”的{len(event.facts['applications'])}个办件已启动联合办理，请尽快出具本部门意见。"
    _send(event, text, _approvers(list(joined.values_list("department", flat=True)), event))


@events.handles("joint.left")
def tell_the_departments_that_one_left(event: Event) -> None:
    """The one that left decides alone; the others wait for it no longer."""
    joint = JointHandling.objects.get(pk=event.subject_id)
    ids = [*joint.applications.values_list("pk", flat=True), *event.facts["applications"]]
    departments = Application.objects.filter(pk__in=ids).values_list("department", flat=True)
    names = "、".join(f"“{name}”" for name in event.facts["matters"])
    text = f"“{project_of(event)}”的{names}已退出联合办理（{event.facts['reason']}），其余各件继续联合办理。"
    _send(event, text, _approvers(list(departments), event))


def _consultation(event: Event) -> Consultation:
    rows = Consultation.objects.select_related("application__matter", "application__department", "asked", "asked_by")
    return rows.get(pk=event.facts["consultation"])


def _approvers(departments: list[int], event: Event) -> Iterable[User]:
    held = Appointment.objects.held_on(day_of(event)).filter(role=Role.APPROVER, organisation__in=departments)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def _send(event: Event, text: str, people: Iterable[User]) -> None:
    recipients = [person for person in people if person.pk != event.by_id]
    if recipients:
        tell(recipients, text[:300], event=event, project=project_of(event))
