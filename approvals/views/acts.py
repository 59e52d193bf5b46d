"""What an official does with an application beside its tasks: one address for every act."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from approvals.accounts.access import STAFF, open_to
from approvals.views.act_forms import ACTS, forms_for
from approvals.views.application import application_page, visible_application
from approvals.views.people import viewer


@open_to(*STAFF)
@require_POST
def act(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Do one act. The service says whether it may be done; a form that is not valid comes back with what was typed."""
    application, on = visible_application(request, pk), timezone.localdate()
    if code not in ACTS:
        raise Http404
    chosen = ACTS[code]
    form = chosen.form(request.POST, application=application, on=on, prefix=code)
    if not form.is_valid():
        return application_page(
            request, application, acts=forms_for(application, viewer(request), on, form), status=422
        )
    chosen.do(application, by=viewer(request), on=on, **form.cleaned_data)
    messages.success(request, chosen.done)
    return redirect("approvals:application", pk=pk)
