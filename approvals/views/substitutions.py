"""Out of office: name who stands in, for oneself or for a colleague who cannot; see it, and end it early."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.accounts.access import open_to, signed_in
from approvals.accounts.models import User
from approvals.accounts.roles import ADMINISTER, APPROVE, HANDLE, LEAD, standing
from approvals.forms.substitutions import SubstituteForm
from approvals.selectors.absences import absences_seen_by, people_under, running_absence, stood_in_for
from approvals.services.substitutions import end_substitution, name_substitute, possible_substitutes

MAY_BE_AWAY = frozenset({HANDLE, LEAD, APPROVE})
SHOWN = 30  # rows of the record of absences


@open_to(HANDLE, LEAD, APPROVE, ADMINISTER)
def away(request: HttpRequest) -> HttpResponse:
    """``?for=7``: the absence of a colleague, by the head of his organisation or an administrator of its area."""
    user, on = signed_in(request), timezone.localdate()
    absent = _absent(request)
    colleagues = possible_substitutes(absent, on=on)
    form = SubstituteForm(request.POST or None, colleagues=colleagues, on=on, for_another=absent != user)
    if form.is_bound and form.is_valid():
        made = name_substitute(absent, by=user, on=on, **form.cleaned_data)
        words = {"absent": absent, "name": made.substitute}
        messages.success(request, _("%(absent)s 外出期间由 %(name)s 代办") % words)
        return redirect("approvals:away")
    context = {
        "form": form,
        "absent": absent,
        "people": people_under(user, on=on),
        "can_be_away": not standing(user, on).permissions.isdisjoint(MAY_BE_AWAY),
        "has_colleagues": bool(colleagues),
        "absences": absences_seen_by(user, on=on)[:SHOWN],
        "running": running_absence(user, on=on),
        "standing_in": stood_in_for(user, on=on),
        "on": on,
    }
    return render(request, "approvals/away.html", context, status=422 if form.is_bound else 200)


@open_to(HANDLE, LEAD, APPROVE, ADMINISTER)
@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = signed_in(request), timezone.localdate()
    found = get_object_or_404(absences_seen_by(user, on=on), pk=pk)
    end_substitution(found.pk, by=user, on=on)
    messages.success(request, _("代办已结束，任务仍由 %(absent)s 办理") % {"absent": found.absent})
    return redirect("approvals:away")


def _absent(request: HttpRequest) -> User:
    user, chosen = signed_in(request), request.GET.get("for", "")
    if not chosen:
        return user
    under = people_under(user, on=timezone.localdate())
    return get_object_or_404(under, pk=int(chosen) if chosen.isdecimal() else 0)
