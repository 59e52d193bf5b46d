"""The public pre-check: questions without signing in, one small page each, and what follows from the answers."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from approvals.accounts.access import PUBLIC, open_to
from approvals.forms.precheck import Page, PageForm
from approvals.forms.precheck_rows import form_for
from approvals.models import Precheck
from approvals.rules.precheck.answers import State, page_of
from approvals.rules.precheck.questions import PHASES, QUESTIONS
from approvals.selectors.languages import shown
from approvals.selectors.precheck_words import heading
from approvals.selectors.prechecks import Standing, normalised, precheck_by_code, stand_of
from approvals.services.prechecks import answer_precheck, begin_precheck
from approvals.views.throttle import limited

Response = TypeVar("Response", bound=HttpResponseBase)
STEPS = require_http_methods(["GET", "HEAD", "POST"])


@open_to(PUBLIC)
@STEPS
@limited("precheck-start", "POST")
def start(request: HttpRequest) -> HttpResponse:
    """What it is, and the first question: what is made. The first answer makes the code."""
    on = timezone.localdate()
    page = Page(QUESTIONS["lines"], State(), None, (), on)
    form = form_for(page, request.POST if request.method == "POST" else None)
    if not form.is_bound or _searches(request) or not form.is_valid():
        return _ask(request, form, page, start=True)
    precheck = begin_precheck(form.values(), on=on)
    return redirect("approvals:precheck-next", code=precheck.code)


@open_to(PUBLIC)
@limited("precheck-look", "GET")
def find(request: HttpRequest) -> HttpResponse:
    """The way back to earlier answers."""
    typed = request.GET.get("code", "")
    precheck = precheck_by_code(typed, on=timezone.localdate())
    if precheck is not None:
        return redirect("approvals:precheck-result", code=precheck.code)
    context = {"typed": typed[:20], "wrong": bool(typed)}
    return noindex(render(request, "approvals/precheck/find.html", context, status=404 if typed else 200))


@open_to(PUBLIC)
@limited("precheck-look", "GET")
def onward(request: HttpRequest, code: str) -> HttpResponse:
    """To the next question; to the result where nothing is left to ask."""
    precheck, on = visible_precheck(code), timezone.localdate()
    stand = stand_of(State.from_json(precheck.answers), on)
    if stand.agenda:
        return redirect("approvals:precheck-question", code=precheck.code, key=stand.agenda[0].key)
    return redirect("approvals:precheck-result", code=precheck.code)


@open_to(PUBLIC)
@STEPS
@limited("precheck-answer", "POST")
@limited("precheck-look", "GET")
def question(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One question, asked or asked again."""
    precheck, on = visible_precheck(code), timezone.localdate()
    stand = stand_of(State.from_json(precheck.answers), on)
    page = _page(stand, key, on)
    if page is None:
        return redirect("approvals:precheck-next", code=precheck.code)
    form = form_for(page, request.POST if request.method == "POST" else None)
    if not form.is_bound or _searches(request) or not form.is_valid():
        return _ask(request, form, page, precheck=precheck, stand=stand, key=key)
    answer_precheck(precheck.pk, key, form.values(), on=on)
    return redirect("approvals:precheck-next", code=precheck.code)


def visible_precheck(code: str) -> Precheck:
    """The code is the key. Codes are written in one way only, so that a page has one address."""
    precheck = precheck_by_code(code, on=timezone.localdate()) if code == normalised(code) else None
    if precheck is None:
        raise Http404
    return precheck


def noindex(response: Response) -> Response:
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


def _page(stand: Standing, key: str, on: date) -> Page | None:
    """The page of a key: the facts that are asked now, and those of the same page that were answered before."""
    found = page_of(key, stand.state)
    if found is None:
        return None
    question, index = found
    prefix = "" if index is None else f"activities.{index}."
    asked = {path.rpartition(".")[2] for asking in stand.agenda if asking.key == key for path in asking.paths}
    page = Page(question, stand.state, index, (), on)
    names = [
        name for name in question.facts if name in asked or name in page.given or prefix + name in stand.state.unsure
    ]
    if question.kind in {"facts", "choice", "none_or_amount"} and not names:
        return None  # neither asked nor answered: it does not matter here
    return Page(question, stand.state, index, tuple(names), on)


def _searches(request: HttpRequest) -> bool:
    return "search" in request.POST


def _ask(
    request: HttpRequest,
    form: PageForm,
    page: Page,
    *,
    start: bool = False,
    precheck: Precheck | None = None,
    stand: Standing | None = None,
    key: str = "lines",
) -> HttpResponse:
    search = _searches(request)  # looking for a product is no mistake: the template shows no errors
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "start": start,
        "precheck": precheck,
        "heading": heading(page.question, page.state, page.index),
        "phase": shown(PHASES[page.question.phase]),
        "lead": shown(page.question.help),
        "part": f"approvals/precheck/parts/{form.template}.html",
        "searched": search,
    }
    if precheck is not None and stand is not None:
        context |= {"stand": stand, "back_url": _back(precheck, stand.state, key), "asked": len(stand.agenda)}
    status = 422 if form.is_bound and not search else 200
    return noindex(render(request, "approvals/precheck/question.html", context, status=status))


def _back(precheck: Precheck, state: State, key: str) -> str:
    """The page answered before this one."""
    before = state.trail[: state.trail.index(key)] if key in state.trail else state.trail
    if not before:
        return reverse("approvals:precheck-result", args=[precheck.code])
    return reverse("approvals:precheck-question", args=[precheck.code, before[-1]])
