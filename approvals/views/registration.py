"""Registering a project: one form, for the enterprise itself or for a handler at the counter."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals.accounts.access import open_to
from approvals.accounts.models import Enterprise
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, HANDLE, Standing, standing
from approvals.forms.projects import CounterRegistrationForm, OwnRegistrationForm, RegistrationForm
from approvals.rules import vocabulary
from approvals.services.enterprises import enterprise_at_counter
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
    messages.success(request, _("项目已登记。下一步：补充项目事实，代办员会尽快受理。"))
    return redirect("approvals:project", pk=project.pk)


def _form(request: HttpRequest, stand: Standing) -> RegistrationForm:
    form_class = OwnRegistrationForm if stand.enterprise_ids else CounterRegistrationForm
    return form_class(request.POST or None, standing=stand)


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
