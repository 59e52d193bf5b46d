"""Hearings: who is told."""

from __future__ import annotations

from collections.abc import Iterable

from approvals import events
from approvals.accounts.models import Appointment, Role, User
from approvals.handlers.messages import enterprise_people
from approvals.models import Application, Event, Hearing
from approvals.papers.common import day_of, project_of
from approvals.rules.days import in_chinese
from approvals.services.messages import tell


@events.handles("application.hearing_told", "application.hearing_arranged", "application.hearing_held")
def tell_the_applicant(event: Event) -> None:
    _send(event, _words(event), enterprise_people(event))


@events.handles("application.hearing_asked", "application.hearing_waived", "application.hearing_closed")
def tell_the_department(event: Event) -> None:
    """Whoever examines it has to arrange it, or can go on."""
    application = Application.objects.get(pk=event.subject_id)
    held = Appointment.objects.held_on(day_of(event)).filter(role=Role.APPROVER, organisation=application.department_id)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")
    _send(event, _words(event), people)


def _words(event: Event) -> str:
    hearing = Hearing.objects.select_related("application__matter").get(pk=event.facts["hearing"])
    what, facts = f"“{project_of(event)}”的“{hearing.application.matter}”", event.facts
    if event.kind.endswith("_told"):
        until = "审批机关将举行听证"
        if ask_by := facts["ask_by"]:
            until = f"可以在{in_chinese(ask_by)}前申请听证，不承担费用"
        return f"{what}涉及{facts['ground']}，{until}，请查看办件页面。"
    if event.kind.endswith("_arranged"):
        at = f"{in_chinese(facts['planned_on'])} {facts['planned_at']}"
        return f"{what}的听证定于{at}在{facts['place']}举行，请下载听证通知书。"
    if event.kind.endswith("_asked"):
        until = f"，应当在{in_chinese(facts['hold_by'])}前组织" if facts["hold_by"] else ""
        return f"{facts['who']}就{what}申请听证{until}，请通知时间、地点。"
    if event.kind.endswith("_waived"):
        return f"{what}的申请人放弃听证。"
    if event.kind.endswith("_held"):
        return f"{what}的听证已结束，办理期限恢复计算，请下载听证笔录。"
    return f"{what}的听证程序结束：{facts['said']}。"


def _send(event: Event, text: str, people: Iterable[User]) -> None:
    recipients = [person for person in people if person.pk != event.by_id]
    if recipients:
        tell(recipients, text[:300], event=event, project=project_of(event))
