"""A project's facts: read by all who may see the project, changed by the enterprise and its handler."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.accounts.access import EVERYONE, open_to
from approvals.forms.facts import SECTIONS, FactsForm
from approvals.forms.merging import MINE, THEIRS, apply_choices, differing_rows
from approvals.forms.rows import ActivityFormSet, BoilerFormSet, EnergyLineFormSet, RowFormSet, initial_rows
from approvals.models import Project, ProjectFacts
from approvals.selectors.determinations import CLASSIFIERS, answer
from approvals.selectors.fact_sheet import in_words, label_of, row_in_words, sheet
from approvals.selectors.precheck_origin import precheck_origin
from approvals.selectors.receipt import open_notices
from approvals.services.facts import revise_facts
from approvals.services.facts_preview import Consequences, preview_revision
from approvals.views.cases import frame, visible_project
from approvals.views.people import viewer

ROWS: dict[str, Any] = {
    "activities": ActivityFormSet,
    "energy_lines": EnergyLineFormSet,
    "boilers": BoilerFormSet,
}
ROW_TITLES = {
    "activities": gettext_lazy("生产线和独立工程"),
    "energy_lines": gettext_lazy("年用能清单"),
    "boilers": gettext_lazy("新增锅炉"),
}


@dataclass(slots=True)
class Sheets:
    """The form and its rows, together one page."""

    form: FactsForm
    rows: dict[str, RowFormSet]

    def is_valid(self) -> bool:
        # Every part is asked, so that all errors show at once.
        return all([self.form.is_valid(), *[rows.is_valid() for rows in self.rows.values()]])

    @property
    def is_stale(self) -> bool:
        return bool(self.form.cleaned_data["version"] != self.form.initial["version"])


@open_to(*EVERYONE)
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    project, user = visible_project(request, pk), viewer(request)
    waiting = open_notices(project)
    named = {row["fact"] for notice in waiting for row in notice.facts}
    context = frame(request, project, "facts") | {"origin": precheck_origin(project), "waiting": waiting}
    if not context["powers"].edit_facts or (waiting and not named):
        return render(request, "approvals/facts_read.html", context | _reading(project))
    asked = [] if waiting else _questions(project)
    only = named if waiting and not _asks_for_more(request.POST, named) else None
    sheets = _sheets(project, asked, _merged(request.POST, project) if request.method == "POST" else None, only)
    if not sheets.form.is_bound:
        return _page(request, context, sheets, asked)
    if not sheets.is_valid():
        return _page(request, context, sheets, asked, status=422)
    if sheets.is_stale:
        return _conflict(request, context, project, sheets, asked, only)
    on, given = timezone.localdate(), _given(sheets)
    consequences = preview_revision(project.pk, on=on, **given)
    if consequences and request.POST.get("agreed") != consequences.digest:
        return _page(request, context | {"consequences": consequences}, sheets, asked)
    revise_facts(project.pk, by=user, on=on, version=sheets.form.cleaned_data["version"], **given)
    messages.success(request, _saved(consequences))
    return redirect("approvals:determinations", pk=pk)


def _asks_for_more(posted: QueryDict, named: Collection[str]) -> bool:
    """A page opened before the notice came: all of it goes to the service, which says what cannot be changed."""
    return any(name in posted for name in FactsForm.base_fields.keys() - {"version", *named})


def _given(sheets: Sheets) -> dict[str, Any]:
    return {"values": sheets.form.values()} | {name: formset.rows() for name, formset in sheets.rows.items()}


def _saved(consequences: Consequences) -> str:
    if not consequences:
        return _("项目事实已保存，两项判定已按新的事实重新计算")
    return _("项目事实已保存；您确认的判定已失效，代办员须重新确认判定和事项清单")


def _sheets(project: Project, asked: list[dict[str, str]], data: Any, only: Collection[str] | None) -> Sheets:
    """``only``: the facts that a supplement notice names; None: all."""
    stored = ProjectFacts.objects.get(project=project)  # of its own: validating a form writes into its instance
    initial, paths = initial_rows(stored), [question["fact"] for question in asked]
    rows: dict[str, RowFormSet] = {}
    for name, formset in ROWS.items():
        if only is not None and name not in only:
            continue
        extra = {"form_kwargs": {"industry_code": project.industry_code}} if name == "activities" else {}
        rows[name] = formset(data, prefix=name, initial=initial[name], questions=paths, **extra)
    return Sheets(FactsForm(data, instance=stored, only=only), rows)


def _merged(posted: QueryDict, project: Project) -> QueryDict:
    """What was entered; after a conflict, with what is saved where the person chose to keep that."""
    data, stored = posted.copy(), ProjectFacts.objects.get(project=project)
    if not any(name.startswith("choose-") for name in data):
        return data
    initial = initial_rows(stored)
    kept = {name: formset(prefix=name, initial=initial[name]) for name, formset in ROWS.items()}
    form = FactsForm(instance=stored)
    apply_choices(data, form, kept, same=posted.get("version") == str(stored.version))
    return data


def _questions(project: Project) -> list[dict[str, str]]:
    """What the rules still ask for, each once, with the place on the page where it is answered."""
    on = timezone.localdate()
    asked = [question for kind in CLASSIFIERS for question in answer(project, kind, on=on).missing]
    found = {question.fact: question.text for question in asked}
    return [{"fact": fact, "text": text, "anchor": _anchor(fact)} for fact, text in found.items()]


def _anchor(fact: str) -> str:
    return fact if fact in ROWS else "id_" + fact.replace(".", "-")


def _page(
    request: HttpRequest, context: dict[str, Any], sheets: Sheets, asked: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    context |= {"sheets": sheets, "questions": asked, "sections": _sections(sheets)}
    return render(request, "approvals/facts.html", context, status=status)


def _sections(sheets: Sheets) -> list[dict[str, Any]]:
    parts = [
        {
            "section": section,
            "fields": list(sheets.form.fields_of(section)),
            "rows": [
                {"title": ROW_TITLES[name], "formset": sheets.rows[name], "name": name}
                for name in section.rows
                if name in sheets.rows
            ],
        }
        for section in SECTIONS
    ]
    return [part for part in parts if part["fields"] or part["rows"]]


def _conflict(
    request: HttpRequest,
    context: dict[str, Any],
    project: Project,
    sheets: Sheets,
    asked: list[dict[str, str]],
    only: Collection[str] | None,
) -> HttpResponse:
    """Somebody else saved meanwhile: show both, keep what was entered, and let the person save again knowingly."""
    differences = _differences(project, sheets)
    data = _merged(request.POST, project)
    data["version"] = str(sheets.form.initial["version"])
    again = _sheets(project, asked, data, only)
    again.is_valid()
    return _page(request, context | {"differences": differences}, again, asked, status=409)


def _differences(project: Project, sheets: Sheets) -> list[dict[str, Any]]:
    """Field by field and row by row: both versions in words, and what there is to choose."""
    saved = ProjectFacts.objects.get(project=project)
    found: list[dict[str, Any]] = [
        {
            "label": label_of(name),
            "saved": in_words(name, getattr(saved, name)),
            "entered": in_words(name, value),
            "choice": f"choose-{name}",
        }
        for name, value in sheets.form.values().items()
        if getattr(saved, name) != value
    ]
    kept = initial_rows(saved)
    for name, formset in sheets.rows.items():
        rows = differing_rows(formset, kept[name], row_in_words, name=name)
        for number, (pair, saved_words, entered) in enumerate(rows, start=1):
            found.append(
                {
                    "label": f"{ROW_TITLES[name]} {number}" if len(rows) > 1 else ROW_TITLES[name],
                    "saved": saved_words,
                    "entered": entered,
                    "choice": pair.name(name),
                    "is_row": True,
                    "keeps": pair.chosen == (MINE if pair.saved is None else THEIRS),
                    "is_pair": None not in {pair.saved, pair.entered},
                }
            )
    return found


def _reading(project: Project) -> dict[str, Any]:
    stored = ProjectFacts.objects.get(project=project)
    rows = initial_rows(stored)
    return {
        "sections": [
            {
                "section": section,
                "facts": sheet(stored, section.names),
                "rows": [{"title": ROW_TITLES[n], "lines": [row_in_words(r) for r in rows[n]]} for n in section.rows],
            }
            for section in SECTIONS
        ]
    }
