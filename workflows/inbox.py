"""The inbox: whose task is it to do, who may take it, what is due first."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Q, QuerySet, Value

from approvals.accounts.models import Role, User
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, APPROVE, HANDLE, LEAD, standing
from approvals.events import ON_BEHALF_OF
from approvals.models import Event, Project, Recommendation, SupplementProposal
from approvals.selectors.history import events_of_application
from approvals.selectors.projects import projects_visible_to
from workflows.models import OPEN, WorkItem

COUNTED = 100  # more than that is "99+": nobody reads the exact number, and counting it costs


def open_items() -> QuerySet[WorkItem]:
    """Every open human task, what is due first on top, with all that a row shows."""
    return (
        WorkItem.objects.filter(is_open=True, status__in=OPEN)
        .select_related("project", "application__matter", "department", "owner", "process")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def tasks_open_to(user: User, *, on: date) -> QuerySet[WorkItem]:
    """What this person may do now: his own tasks, those of whom he stands in for, and the unclaimed ones."""
    return open_items().filter(_competence(user, on), _held_by(user, on) | Q(owner=None))


def mine(user: User, *, on: date) -> QuerySet[WorkItem]:
    """Assigned to him or to whom he stands in for, and within what he is himself competent for today."""
    return open_items().filter(_competence(user, on), _held_by(user, on))


def of_my_group(user: User, *, on: date) -> QuerySet[WorkItem]:
    """Not claimed by anybody yet, and his to claim."""
    return open_items().filter(_competence(user, on), owner=None)


def all_visible(user: User, *, on: date) -> QuerySet[WorkItem]:
    """Every open task of the projects he may see, whoever does it."""
    return open_items().filter(project__in=projects_visible_to(user, on=on).order_by().values("pk"))


def over_visible(user: User, *, on: date) -> QuerySet[WorkItem]:
    """Tasks of the projects he may see that are done or were taken back."""
    tasks = WorkItem.objects.filter(is_open=False, project__in=projects_visible_to(user, on=on).order_by().values("pk"))
    return tasks.exclude(step="").select_related("project", "application__matter", "owner")


def capped_counts(scopes: dict[str, QuerySet[WorkItem]]) -> dict[str, int]:
    """How many rows each scope has, up to ``COUNTED``: one statement, and no more rows touched than that."""
    first, *others = [
        WorkItem.objects.filter(pk__in=items.order_by().values("pk")[:COUNTED])
        .order_by()
        .values(scope=Value(name))
        .annotate(rows=Count("pk"))
        .values_list("scope", "rows")
        for name, items in scopes.items()
    ]
    return dict.fromkeys(scopes, 0) | dict(first.union(*others, all=True))


def colleagues(item: WorkItem, *, on: date) -> list[User]:
    """Those to whom an open task can be handed over: active, and competent for it."""
    role = {HANDLE: Role.HANDLER, APPROVE: Role.APPROVER}.get(item.owner_permission or "")
    if role is None or item.department is None:
        return []
    people = User.objects.filter(is_active=True, appointments__role=role).exclude(pk=item.owner_id).distinct()
    return [user for user in people.order_by("name") if open_items().filter(_competence(user, on), pk=item.pk).exists()]


def _competence(user: User, on: date) -> Q:
    """Tasks this person is of the right kind for. Who handles or leads a project never approves in it."""
    stand = standing(user, on)
    if not stand.permissions:
        return Q(pk__in=())
    own = Project.objects.filter(
        Q(parties__until_on=None) | Q(parties__until_on__gte=on),
        parties__enterprise__in=stand.enterprise_ids,
        parties__from_on__lte=on,
    )
    return (
        Q(owner_permission=HANDLE) & stand.within("department", Role.HANDLER)
        | Q(owner_permission=LEAD) & stand.within("department", Role.LEAD)
        | Q(owner_permission=APPROVE, department__in=stand.organisation_ids(Role.APPROVER))
        & ~Q(project__in=_works_on(user, on))
        & ~Q(step="decide_application", application__in=_recommended_by(user))
        & ~Q(step="consent_supplement", application__in=_proposed_by(user))
        | Q(owner_permission=ACT_FOR_ENTERPRISE, project__in=own.values("pk"))
    )


# Civil law binds a mandate to the person whom the enterprise named; a substitute needs a mandate of his own.
ENTRUSTED = ("prepare_application", "supplement_application")


def _held_by(user: User, on: date) -> Q:
    absent = standing(user, on).stands_in_for
    if not absent:
        return Q(owner=user)
    mixed = Q(owner_permission=HANDLE, project__lead_official=user)
    mixed |= Q(owner_permission=LEAD) & Q(project__in=_acts_as(user, on, "handler"))
    return Q(owner=user) | Q(owner__in=absent) & ~mixed & ~Q(owner_permission=HANDLE, step__in=ENTRUSTED)


def _works_on(user: User, on: date) -> QuerySet[Project]:
    """Whoever handles or leads a project, stands in for who does or has acted for him, approves nothing in it."""
    return _acts_as(user, on, "handler", "lead_official")


def _acts_as(user: User, on: date, *posts: str) -> QuerySet[Project]:
    """The projects where he is, stands in for, or has acted for the holder of one of these posts."""
    stand, found = standing(user, on), Q(pk__in=())
    acted = Event.objects.filter(by=user, facts__has_key=ON_BEHALF_OF).values("project")
    for post in posts:
        found |= Q(**{f"{post}__in": {user.pk, *stand.stands_in_for}})
        if stand.has_stood_in_for:
            found |= Q(**{f"{post}__in": stand.has_stood_in_for}, pk__in=acted)
    return Project.objects.filter(found).order_by().values("pk")


def _recommended_by(user: User) -> QuerySet:
    """Four eyes: what one has recommended himself is decided by a colleague."""
    return Recommendation.objects.filter(made_by=user, reviewed_on=None).values("application")


def _proposed_by(user: User) -> QuerySet:
    """Whoever proposed a second notice does not consent to it himself."""
    return SupplementProposal.objects.filter(decided_on=None, proposed_by=user).values("application")


def history_of(item: WorkItem, *, limit: int = 12) -> QuerySet[Event]:
    """The latest events of the application, or else of the case, without the going of tasks from hand to hand."""
    application = item.application
    events = latest_of(item) if application is None else events_of_application(application)
    return events.exclude(kind__startswith="task.")[:limit]


def latest_of(item: WorkItem) -> QuerySet[Event]:
    """Everything that happened in the case, the latest first: who took a task, too."""
    return Event.objects.filter(project=item.project_id).select_related("by").order_by("-sequence")
