"""The inbox: mine, my group's, what I put aside, all that I may see; what is due first on top.

At most eight statements however long it is: no count of a whole list, and no row asks for anything of its own.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.accounts.access import STAFF, open_to, signed_in
from approvals.accounts.models import User
from approvals.accounts.roles import APPROVE, HANDLE, LEAD, standing
from approvals.selectors.calendar import working_calendar
from approvals.selectors.steps import STEPS
from workflows import inbox as selectors
from workflows.due import due_soon_until, with_remaining
from workflows.models import WorkItem
from workflows.seen import with_news
from workflows.shelf import on_the_shelf, with_shelf

PAGE_SIZE = 30
LIMITS = {"": gettext_lazy("全部期限"), "overdue": gettext_lazy("已逾期"), "soon": gettext_lazy("即将到期")}


@open_to(*STAFF)
def inbox(request: HttpRequest) -> HttpResponse:
    user, on, calendar = signed_in(request), timezone.localdate(), working_calendar()
    soon_until = due_soon_until(on, calendar)
    scopes = scopes_of(user, on, soon_until)
    scope = request.GET.get("scope", "mine")
    scope = scope if scope in scopes else "mine"
    number = _page_number(request)
    items = _filtered(scopes[scope][1], request, on, soon_until)
    start = (number - 1) * PAGE_SIZE
    found = list(with_shelf(with_news(items, user), user)[start : start + PAGE_SIZE + 1])
    stand = standing(user, on)
    context: dict[str, Any] = {
        "on": on,
        "rows": with_remaining(found[:PAGE_SIZE], calendar=calendar, on=on),
        "number": number,
        "has_next": len(found) > PAGE_SIZE,
        "tabs": _tabs(scopes, scope),
        "scope": scope,
        "limits": _limits(request),
        "steps": STEPS.values(),
        "filters": request.GET,
        "can_be_away": not stand.permissions.isdisjoint({HANDLE, LEAD, APPROVE}),
        "can_approve": APPROVE in stand.permissions,
        "running": next((row for row in stand.absences if row.absent_id == user.pk), None),
        "standing_in": [row for row in stand.absences if row.substitute_id == user.pk],
    }
    return render(request, "workflows/inbox.html", context)


def scopes_of(user: User, on: date, soon_until: date) -> dict[str, tuple[str, QuerySet[WorkItem]]]:
    mine, aside = selectors.mine(user, on=on), on_the_shelf(user, on=on, soon_until=soon_until)
    return {
        "mine": (_("我的"), mine.exclude(aside)),
        "group": (_("本组待认领"), selectors.of_my_group(user, on=on)),
        "shelved": (_("已搁置"), mine.filter(aside)),
        "all": (_("全部"), selectors.all_visible(user, on=on)),
    }


def _page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return max(1, min(int(given), 1000)) if given.isdecimal() else 1


def _tabs(scopes: dict[str, tuple[str, QuerySet[WorkItem]]], scope: str) -> list[dict[str, Any]]:
    counts = selectors.capped_counts({code: items for code, (_label, items) in scopes.items()})
    most = selectors.COUNTED
    return [
        {
            "label": label,
            "url": f"?scope={code}",
            "active": code == scope,
            "count": f"{most - 1}+" if counts[code] >= most else counts[code],
        }
        for code, (label, _items) in scopes.items()
    ]


def _limits(request: HttpRequest) -> list[dict[str, Any]]:
    """The filters by limit, as links that keep the others."""
    chosen = request.GET.get("due", "")
    found = []
    for code, label in LIMITS.items():
        query: QueryDict = request.GET.copy()
        query.pop("page", None)
        query["due"] = code
        found.append({"label": label, "url": f"?{query.urlencode()}", "active": code == chosen})
    return found


def _filtered(items: QuerySet[WorkItem], request: HttpRequest, on: date, soon_until: date) -> QuerySet[WorkItem]:
    if step := request.GET.get("step"):
        items = items.filter(step=step)
    if words := request.GET.get("q", "").strip():
        items = items.filter(
            Q(project__name__icontains=words)
            | Q(project__project_code__icontains=words)
            | Q(application__matter__name__icontains=words)
            | Q(application__matter__name_en__icontains=words)
            | Q(project__parties__enterprise__name__icontains=words)
        ).distinct()
    if request.GET.get("due") == "overdue":
        items = items.filter(due_on__lt=on)
    if request.GET.get("due") == "soon":
        items = items.filter(due_on__gte=on, due_on__lte=soon_until)
    return items
