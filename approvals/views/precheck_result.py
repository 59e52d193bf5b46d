"""What the pre-check found, and its paper."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from approvals.accounts.access import PUBLIC, open_to
from approvals.rules.precheck.answers import State
from approvals.rules.precheck.results import EIA, ENERGY
from approvals.selectors.precheck_words import given, in_plain_words
from approvals.selectors.prechecks import drift, matter_groups, stand_of
from approvals.services.prechecks import want_paper
from approvals.views.precheck import noindex, visible_precheck
from approvals.views.throttle import limited


@open_to(PUBLIC)
@limited("precheck-look", "GET")
def result(request: HttpRequest, code: str) -> HttpResponse:
    """The three answers under the rules of today, whatever was said on the day of the answers."""
    precheck, on = visible_precheck(code), timezone.localdate()
    state = State.from_json(precheck.answers)
    stand = stand_of(state, on)
    context = {
        "precheck": precheck,
        "stand": stand,
        "eia": in_plain_words(stand.results.eia, EIA, stand.results, state),
        "energy": in_plain_words(stand.results.energy, ENERGY, stand.results, state),
        "groups": matter_groups(stand.results.matters),
        "given": given(state),
        "drift": drift(precheck, stand.results) if precheck.answered_on != on else None,
        "link": f"{settings.SITE_URL}{request.path}",
        "today": on,
    }
    return noindex(render(request, "approvals/precheck/result.html", context))


@open_to(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@limited("precheck-paper", "POST")
def paper(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    """Ask for the PDF, wait for it, take it. It is printed in a worker; this page looks again by itself."""
    precheck = visible_precheck(code)
    if request.method == "POST":
        want_paper(precheck.pk, at=timezone.now())
        return redirect("approvals:precheck-paper", code=precheck.code)
    if precheck.paper:
        name = f"预查结果-{precheck.shown_code}.pdf"
        return noindex(FileResponse(precheck.paper.open("rb"), as_attachment=True, filename=name))
    context = {"precheck": precheck, "failed": precheck.paper_attempts > 0, "wanted": precheck.paper_wanted_at}
    return noindex(render(request, "approvals/precheck/paper.html", context))
