"""Out of office: name who stands in, see whom one stands in for, come back early."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.accounts.access import open_to, signed_in
from approvals.accounts.roles import APPROVE, HANDLE, LEAD
from approvals.forms.substitutions import SubstituteForm
from approvals.selectors.absences import absences_of, running_absence, stood_in_for
from approvals.services.substitutions import end_substitution, name_substitute, possible_substitutes


@open_to(HANDLE, LEAD, APPROVE)
def away(request: HttpRequest) -> HttpResponse:
    user, on = signed_in(request), timezone.localdate()
    colleagues = possible_substitutes(user, on=on)
    form = SubstituteForm(request.POST or None, colleagues=colleagues, on=on)
    if form.is_bound and form.is_valid():
        made = name_substitute(user, by=user, on=on, **form.cleaned_data)
        messages.success(request, _("外出期间由 %(name)s 代办") % {"name": made.substitute})
        return redirect("approvals:away")
    context = {
        "form": form,
        "has_colleagues": bool(colleagues),
        "absences": absences_of(user)[:20],
        "running": running_absence(user, on=on),
        "standing_in": stood_in_for(user, on=on),
        "on": on,
    }
    return render(request, "approvals/away.html", context, status=422 if form.is_bound else 200)


@open_to(HANDLE, LEAD, APPROVE)
@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    found = get_object_or_404(absences_of(user), pk=pk)
    end_substitution(found.pk, by=user, on=timezone.localdate())
    messages.success(request, _("代办已结束，任务仍由您办理"))
    return redirect("approvals:away")
