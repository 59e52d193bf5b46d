"""One application (办件): its materials, notices, dates and history, and what its applicant may do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals import permissions
from approvals.accounts.access import EVERYONE, open_to
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, HANDLE
from approvals.forms.applications import MaterialForm, PromiseForm, WithdrawForm
from approvals.forms.consultations import AskForm
from approvals.models import Application, Material
from approvals.selectors.acts import aftermath, asked_extension, open_pause, opinions_for
from approvals.selectors.application_page import IN_APPLICANTS_HANDS, limits, open_points, rights
from approvals.selectors.applications import applications_visible_to
from approvals.selectors.consultations import consulting
from approvals.selectors.deferral import deferrable
from approvals.selectors.documents import papers_visible_to
from approvals.selectors.hearings import hearing_page
from approvals.selectors.history import events_of_application, lines
from approvals.selectors.materials import changes_since_notice, counter, materials_of
from approvals.selectors.next_steps import next_steps
from approvals.services import agency, deferral, materials, receipt, returning
from approvals.views.act_forms import forms_for
from approvals.views.cases import frame, with_matters
from approvals.views.people import viewer

APPLICANTS = (ACT_FOR_ENTERPRISE, HANDLE)


@open_to(*EVERYONE)
def application(request: HttpRequest, pk: int) -> HttpResponse:
    return application_page(request, visible_application(request, pk))


@open_to(*APPLICANTS)
@require_POST
def hand_in(request: HttpRequest, pk: int, material: int) -> HttpResponse:
    wanted = get_object_or_404(visible_application(request, pk).materials, pk=material)
    form = MaterialForm(request.POST, request.FILES)
    if form.is_valid():
        _take_in(request, wanted, dict(form.cleaned_data))
    else:
        messages.error(request, _("%(name)s：请选择文件，或勾选“已交纸质件”") % {"name": wanted.name})
    return redirect("approvals:application", pk=pk)


def _take_in(request: HttpRequest, material: Material, given: dict[str, Any]) -> None:
    """Upload first, in a transaction of its own: if handing in is refused then, the file is still there."""
    by, on, name = viewer(request), timezone.localdate(), {"name": material.name}
    if "discard" in request.POST and given["upload"]:
        materials.discard_upload(material.pk, by=by, upload=given["upload"])
        messages.success(request, _("已放弃上传：%(name)s") % name)
        return
    reason = given.pop("not_needed")
    if reason and not any(given[key] for key in ("file", "upload", "reuse", "on_paper")):
        materials.waive_material(material.pk, by=by, on=on, reason=reason)
        messages.success(request, _("已说明不需要：%(name)s") % name)
        return
    if file := given.pop("file"):
        given["upload"] = materials.stage_material(material.pk, by=by, on=on, file=file).pk
    if "stage" in request.POST and given["upload"]:
        messages.success(request, _("已上传，尚未提交：%(name)s") % name)
        return
    materials.hand_in_material(material.pk, by=by, on=on, **given)
    messages.success(request, _("已收到材料：%(name)s") % name)


@open_to(*APPLICANTS)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    receipt.submit_application(
        visible_application(request, pk).pk, by=viewer(request), on=timezone.localdate(now), at=now
    )
    messages.success(request, _("已申报，等待审批部门受理"))
    return redirect("approvals:application", pk=pk)


@open_to(ACT_FOR_ENTERPRISE)
@require_POST
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign that listed materials come later (容缺承诺)."""
    found, on = visible_application(request, pk), timezone.localdate()
    form = _promise_form(found, on, request.POST)
    if form is None or not form.is_valid():
        return application_page(request, found, promises=form, status=422)
    deferral.promise_materials(found.pk, by=viewer(request), on=on, due=form.due())
    messages.success(request, _("已签署容缺承诺"))
    return redirect("approvals:application", pk=pk)


@open_to(*APPLICANTS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = visible_application(request, pk), WithdrawForm(request.POST)
    if not form.is_valid():
        return application_page(request, found, withdrawal=form, status=422)
    returning.withdraw_application(found.pk, by=viewer(request), on=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("已撤回办件"))
    return redirect("approvals:application", pk=pk)


@open_to(*APPLICANTS)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """A new application for the same matter, after this one came to nothing."""
    found = visible_application(request, pk)
    opened = agency.apply_again(found.pk, by=viewer(request), on=timezone.localdate())
    messages.success(request, _("已建立新的办件，请准备材料"))
    return redirect("approvals:application", pk=opened.pk)


def visible_application(request: HttpRequest, pk: int) -> Application:
    """The application, or 404: what one may not see does not exist."""
    visible = applications_visible_to(viewer(request), on=timezone.localdate())
    rows = visible.select_related("project__organisation", "accepted_by", "decided_by")
    return get_object_or_404(rows.prefetch_related(with_matters("project__applications")), pk=pk)


def _promise_form(found: Application, on: date, data: Any = None) -> PromiseForm | None:
    """What may come later, while it can still be promised; None where it cannot."""
    if found.state not in IN_APPLICANTS_HANDS:
        return None
    return PromiseForm(data, application=found, listed=deferrable(found, on=on))


def application_page(
    request: HttpRequest,
    found: Application,
    *,
    withdrawal: WithdrawForm | None = None,
    promises: PromiseForm | None = None,
    acts: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """``acts``: the official's forms, where one of them has just been typed into."""
    user, on = viewer(request), timezone.localdate()
    steps = next_steps(found.project, user, on=on)
    paper, notices = materials_of(found), list(found.supplement_notices.select_related("issued_by", "consented_by"))
    context = frame(request, found.project, "matters") | {
        "application": found,
        "materials": paper,
        "counter": counter(found, paper, user, on=on),
        "notices": notices,
        "changes": changes_since_notice(paper, notices),
        "blockers": open_points(found, on=on),
        "limits": limits(found, on=on, internal=permissions.sees_internal(user, on=on)),
        "rights": rights(found, user, on=on),
        "hearing": hearing_page(found, user, on=on),
        "consulting": consulting(found, user, on=on),
        "reads_opinions": permissions.sees_internal(user, on=on),
        "ask_form": AskForm(application=found),
        "steps": [step for step in steps if step.application_id == found.pk],
        "papers": papers_visible_to(user, on=on).filter(application=found),
        "lines": lines(events_of_application(found)),
        "withdrawal": withdrawal or WithdrawForm(),
        "acts": forms_for(found, user, on) if acts is None else acts,
        "aftermath": aftermath(found),
        "asked": asked_extension(found),
        "pause": open_pause(found),
        "opinions": opinions_for(found, user, on=on),
        "promise": found.deferral_promises.select_related("signed_by").last(),
        "corrections": list(found.corrections.select_related("recorded_by")),
        "promises": promises or _promise_form(found, on),
    }
    return render(request, "approvals/application.html", context, status=status)
