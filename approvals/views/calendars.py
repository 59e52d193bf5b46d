"""The working-day calendar: what is published, a pasted draft, what it would change, and putting it in force."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals import permissions
from approvals.accounts.access import open_to
from approvals.accounts.roles import ADMINISTER, standing
from approvals.errors import GuardFailed
from approvals.forms.calendars import CalendarForm
from approvals.models import CalendarChange
from approvals.selectors.calendar import published_years
from approvals.selectors.calendar_changes import Moved, changes_kept_by, preview
from approvals.selectors.letters import letters_to_correct
from approvals.services import calendars
from approvals.views.people import viewer

PAGE_SIZE = 100


@open_to(ADMINISTER)
def calendar(request: HttpRequest) -> HttpResponse:
    """Everything published; with ``?change=`` one draft and what it would do."""
    user, on = viewer(request), timezone.localdate()
    form = CalendarForm(request.POST or None, stand=standing(user, on), initial={"year": on.year + 1})
    if wanted := request.GET.get("change", ""):
        return _change(request, wanted)
    if request.method == "POST" and form.is_valid():
        try:
            change = calendars.draft_calendar(by=user, on=on, **form.cleaned_data)
        except GuardFailed as refusal:
            for blocker in refusal.blockers:
                form.add_error("source" if blocker.code == "source-missing" else "text", blocker.message)
        else:
            return redirect(f"{reverse('approvals:calendar')}?change={change.pk}")
    context = {
        "form": form,
        "years": published_years(),
        "next_year": on.year + 1,
        "changes": changes_kept_by(user, on=on)[:20],
    }
    return render(request, "approvals/calendar.html", context, status=422 if form.errors else 200)


@open_to(ADMINISTER)
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    change = _kept(request, request.POST.get("change", ""))
    calendars.apply_calendar(change.pk, by=viewer(request), on=timezone.localdate())
    messages.success(request, _("已启用，正在逐批重新计算期限"))
    return _back_to(change)


@open_to(ADMINISTER)
@require_POST
def correct(request: HttpRequest) -> HttpResponse:
    """Have every enterprise told whose letter carries a date that has moved."""
    change = _kept(request, request.POST.get("change", ""))
    calendars.correct_letters(change.pk, by=viewer(request), on=timezone.localdate())
    messages.success(request, _("正在逐批发出更正通知"))
    return _back_to(change)


def _back_to(change: CalendarChange) -> HttpResponse:
    return redirect(f"{reverse('approvals:calendar')}?change={change.pk}")


def _change(request: HttpRequest, wanted: str) -> HttpResponse:
    change, on = _kept(request, wanted), timezone.localdate()
    found = None if change.applied_on else preview(change, on=on)
    may_apply = permissions.may_keep_calendar(viewer(request), change.organisation, on=on)
    only_overdue = "overdue" in request.GET
    if found is None:
        settled = change.settled_at is not None and change.corrected_at is None
        letters = letters_to_correct(change) if settled else []
        rows: list[Moved] = []
    else:
        letters, rows = found.letters, found.overdue if only_overdue else found.moved
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "change": change,
        "preview": found,
        "page": page,
        "letters": letters[:PAGE_SIZE],
        "letter_count": len(letters),
        "may_apply": may_apply,
        "only_overdue": only_overdue,
    }
    return render(request, "approvals/calendar_change.html", context)


def _kept(request: HttpRequest, wanted: str) -> CalendarChange:
    rows = changes_kept_by(viewer(request), on=timezone.localdate())
    return get_object_or_404(rows, pk=int(wanted) if wanted.isdecimal() else 0)
