"""What another law would change: ask, watch the worker's progress, read and download what was found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from approvals.accounts.access import open_to
from approvals.accounts.models import User
from approvals.accounts.roles import ADMINISTER, SUPERVISE, standing
from approvals.errors import GuardFailed
from approvals.forms.impact import ImpactFilters, ImpactForm
from approvals.models import RuleImpactRow, RuleImpactRun
from approvals.rules.impact import matters_change
from approvals.rules.matters.catalogue import matters_on
from approvals.selectors.impact import impact_rows_visible_to, transitions
from approvals.services.impact import request_impact_run
from approvals.views.downloads import csv_download
from approvals.views.people import viewer

PAGE_SIZE, RECENT = 30, 20


@open_to(ADMINISTER, SUPERVISE)
def impact(request: HttpRequest) -> HttpResponse:
    """The form and the latest runs; with ``?run=`` one of them, with ``&format=csv`` as a table to download."""
    user, on = viewer(request), timezone.localdate()
    if request.method == "POST":
        return _ask(request, user, on)
    if "run" not in request.GET:
        return _front(request, ImpactForm())
    run = _run(request.GET["run"])
    rows = _filtered(impact_rows_visible_to(user, run, on=on), request)
    if request.GET.get("format") == "csv":
        return csv_download(f"rule-impact-{run.pk}", _lines(rows))
    return render(request, "approvals/rules/impact_run.html", _context(request, user, run, rows, on))


def _ask(request: HttpRequest, user: User, on: date) -> HttpResponse:
    form = ImpactForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = request_impact_run(by=user, on=on, raw=file.read() if file else b"", day=form.cleaned_data["day"])
        except GuardFailed as refusal:
            form.add_error("file" if file else "day", "；".join(blocker.message for blocker in refusal.blockers))
        else:
            return redirect(f"{reverse('approvals:rule-impact')}?run={run.pk}")
    return _front(request, form, status=422)


def _front(request: HttpRequest, form: ImpactForm, status: int = 200) -> HttpResponse:
    runs = RuleImpactRun.objects.select_related("requested_by").defer("content")[:RECENT]
    return render(request, "approvals/rules/impact.html", {"form": form, "runs": runs}, status=status)


def _run(number: str) -> RuleImpactRun:
    runs = RuleImpactRun.objects.select_related("requested_by").defer("content")
    run = runs.filter(pk=int(number)).first() if number.isascii() and number.isdecimal() and len(number) < 18 else None
    if run is None:
        raise Http404
    return run


def _filtered(rows: QuerySet[RuleImpactRow], request: HttpRequest) -> QuerySet[RuleImpactRow]:
    for name in ("kind", "basis"):
        if value := request.GET.get(name):
            rows = rows.filter(**{name: value})
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(project__name__icontains=words)
    return rows


def _context(
    request: HttpRequest, user: User, run: RuleImpactRun, rows: QuerySet[RuleImpactRow], on: date
) -> dict[str, Any]:
    everywhere = ADMINISTER in standing(user, on).permissions
    summed = run.rows.all() if everywhere else impact_rows_visible_to(user, run, on=on)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    names = {matter.code: matter.name(on) for matter in matters_on(on).matters.values()}
    return {
        "run": run,
        "page": page,
        "rows": [(row, _change(row, names)) for row in page.object_list],
        "transitions": [_labelled(row) for row in transitions(summed)],
        "everywhere": everywhere,
        "filters": ImpactFilters(request.GET),
        "reset_url": f"{reverse('approvals:rule-impact')}?run={run.pk}",
        "is_filtered": any(request.GET.get(name) for name in ("q", "kind", "basis")),
    }


def _labelled(row: dict[str, Any]) -> dict[str, Any]:
    kind, basis = RuleImpactRow.Kind(row["kind"]), RuleImpactRow.Basis(row["basis"])
    return {**row, "kind_label": kind.label, "basis_label": basis.label}


def _change(row: RuleImpactRow, names: dict[str, str]) -> dict[str, list[str]] | None:
    """For a list of matters: what comes and what goes, by name."""
    if row.kind != RuleImpactRow.Kind.MATTERS or "error" in (row.before, row.after):
        return None
    come, go = matters_change(row.before, row.after)
    return {"come": [_named(code, names) for code in come], "go": [_named(code, names) for code in go]}


def _named(code: str, names: dict[str, str]) -> str:
    return f"{code} {names.get(code, '')}".strip()


def _lines(rows: QuerySet[RuleImpactRow]) -> Iterator[list[str]]:
    fields = ("project", "kind", "basis", "before", "after", "edition_before", "edition_after", "clause_after")
    columns = {field.name: field for field in RuleImpactRow._meta.concrete_fields}
    yield ["项目编号", *(str(columns[name].verbose_name) for name in fields)]
    for row in rows.iterator(chunk_size=500):
        cells = [row.get_kind_display(), row.get_basis_display(), row.before, row.after]
        cells += [row.edition_before, row.edition_after, row.clause_after]
        yield [str(row.project_id), row.project.name, *cells]
