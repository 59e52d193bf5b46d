"""Registering a project: one form, for the enterprise itself or for a handler at the counter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals.accounts.access import open_to
from approvals.accounts.models import Enterprise
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, HANDLE, Standing, standing
from approvals.forms.projects import FIRST_FACTS, CounterRegistrationForm, OwnRegistrationForm, RegistrationForm
from approvals.rules import vocabulary
from approvals.rules.precheck.answers import State
from approvals.selectors.prechecks import precheck_by_code
from approvals.services.enterprises import enterprise_at_counter
from approvals.services.precheck_carry import carry_over
from approvals.services.projects import Registration, register_project
from approvals.views.people import viewer


@open_to(HANDLE, ACT_FOR_ENTERPRISE)
def register(request: HttpRequest) -> HttpResponse:
    user, on = viewer(request), timezone.localdate()
    form = _form(request, standing(user, on))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"form": form, "at_counter": isinstance(form, CounterRegistrationForm)}
        return render(request, "approvals/register.html", context, status=status)
    with transaction.atomic():
        project = register_project(_registration(form), by=user, on=on)
        code = form.cleaned_data["precheck"]
        carried = carry_over(project, code, by=user, on=on, stated=form.first_facts()) if code else ()
    if carried:
        messages.success(request, _("项目已登记，预查的回答已带入项目事实。请核对，再补充其余的。"))
        return redirect("approvals:facts", pk=project.pk)
    messages.success(request, _("项目已登记。下一步：补充项目事实，代办员会尽快受理。"))
    return redirect("approvals:project", pk=project.pk)


def _form(request: HttpRequest, stand: Standing) -> RegistrationForm:
    form_class = OwnRegistrationForm if stand.enterprise_ids else CounterRegistrationForm
    return form_class(request.POST or None, standing=stand, initial=_from_precheck(request.GET.get("precheck", "")))


def _from_precheck(typed: str) -> dict[str, Any]:
    """What the pre-check already knows of the first form, to be looked at before it is sent."""
    precheck = precheck_by_code(typed, on=timezone.localdate()) if typed else None
    if precheck is None:
        return {"precheck": typed[:20]}
    facts = State.from_json(precheck.answers).facts
    codes = [row["gb4754"] for row in facts.get("activities") or () if len(row.get("gb4754", "")) == 4]
    first = {name: facts[name] for name in FIRST_FACTS if name in facts}
    return {"precheck": precheck.shown_code, "industry_code": codes[0] if codes else "", **first}


def _registration(form: RegistrationForm) -> Registration:
    data = form.cleaned_data
    industry = vocabulary.INDUSTRIES.get(data["industry_code"])
    return Registration(
        name=data["name"],
        organisation=data["organisation"],
        enterprise=_enterprise(form),
        industry_code=data["industry_code"],
        industry_group=industry.group if industry else "",
        summary=data["summary"],
        site=data["site"],
        planned_commencement_on=data["planned_commencement_on"],
        facts=form.first_facts(),
    )


def _enterprise(form: RegistrationForm) -> Enterprise:
    if isinstance(form, OwnRegistrationForm):
        own: Enterprise = form.cleaned_data["enterprise"]
        return own
    data = form.cleaned_data
    return enterprise_at_counter(
        uscc=data["uscc"], name=data["enterprise_name"], legal_representative=data["legal_representative"]
    )
