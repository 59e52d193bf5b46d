"""What has to happen next in a project, who does it and by when, in the words of the person looking."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _

from approvals import permissions
from approvals.accounts.models import Role, User
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, APPROVE, HANDLE, LEAD, standing
from approvals.models import Project
from approvals.rules.clock import WorkingCalendar, remaining
from approvals.selectors.calendar import working_calendar
from approvals.selectors.steps import STEPS

OPEN = ("NEW", "ASSIGNED")  # a task that waits for its person


@dataclass(frozen=True, slots=True)
class NextStep:
    """One open task as a reader sees it. ``remaining``: working days left, negative where overdue, None without limit.

    ``who`` is the person or the office whose turn it is; ``is_mine``: the reader may do it now.
    """

    task_id: int
    code: str
    title: str
    purpose: str
    who: str
    matter: str
    application_id: int | None
    due_on: date | None
    is_provisional: bool
    remaining: int | None
    is_overdue: bool
    waiting_until: date | None
    is_mine: bool


def open_items() -> QuerySet:
    """Open human tasks, what is due first on top. They belong to the package above, so they are found by name."""
    items = apps.get_model("workflows", "WorkItem")._default_manager.filter(is_open=True, status__in=OPEN)
    related = items.select_related("application__matter", "department", "owner")
    related = related.prefetch_related("application__recommendations")
    return related.order_by(F("due_on").asc(nulls_last=True), "pk")


def with_open_items(projects: QuerySet[Project]) -> QuerySet[Project]:
    """For lists: one query for the open tasks of all rows, as ``project.open_items``."""
    return projects.prefetch_related(Prefetch("work_items", open_items(), to_attr="open_items"))


def next_steps(project: Project, user: User, *, on: date) -> list[NextStep]:
    """Every open task of a project: the reader's own first, then what is due first."""
    items = list(open_items().filter(project=project))
    calendar, competent = working_calendar(), _competence(project, user, on)
    found = [_described(item, calendar, on, is_mine=_is_free(item, user, on) and competent(item)) for item in items]
    return sorted(found, key=lambda step: not step.is_mine)


def brief_steps(items: Iterable[Any], calendar: WorkingCalendar, *, on: date) -> list[NextStep]:
    """The same for rows of a list, where it does not matter whose turn it is."""
    return [_described(item, calendar, on, is_mine=False) for item in items]


def _competence(project: Project, user: User, on: date) -> Callable[[Any], bool]:
    """Whether the services would let this person do a task: asked once per kind of task, not once per task."""
    departments = standing(user, on).organisation_ids(Role.APPROVER)
    works_on = permissions.works_on(user, project, on=on)
    may = {
        HANDLE: permissions.may_handle(user, project, on=on),
        LEAD: permissions.may_lead(user, project, on=on),
        APPROVE: permissions.may_approve_for_bureau(user, project, on=on),
        ACT_FOR_ENTERPRISE: permissions.may_act_for_enterprise(user, project, on=on),
    }

    def competent(item: Any) -> bool:
        if item.owner_permission == APPROVE and item.application is not None:
            item.application.project = project
            if item.step == "answer_consultation":
                return item.department_id in departments and not works_on
            allowed = permissions.may_decide if item.step == "decide_application" else permissions.may_review
            return allowed(user, item.application, on=on)
        return may.get(item.owner_permission, False)

    return competent


def _is_free(item: Any, user: User, on: date) -> bool:
    """His own, nobody's, or that of whom he stands in for; a mandate is not handed on with the rest."""
    if item.owner_id in {None, user.pk}:
        return True
    is_entrusted = item.owner_permission == HANDLE and item.application_id is not None
    return item.owner_id in standing(user, on).stands_in_for and not is_entrusted


def _described(item: Any, calendar: WorkingCalendar, on: date, *, is_mine: bool) -> NextStep:
    step = STEPS[item.step]
    return NextStep(
        task_id=item.pk,
        code=item.step,
        title=str(step.title),
        purpose=str(step.purpose),
        who=_who(item),
        matter=item.application.matter.label if item.application else "",
        application_id=item.application_id,
        due_on=item.due_on,
        is_provisional=item.due_is_provisional,
        remaining=remaining(on, item.due_on, calendar) if item.due_on else None,
        is_overdue=item.due_on is not None and item.due_on < on,
        waiting_until=item.waiting_until if item.waiting_until and item.waiting_until >= on else None,
        is_mine=is_mine,
    )


def _who(item: Any) -> str:
    if item.owner is not None:
        return str(item.owner)
    return str(item.department) if item.department else _("企业")
