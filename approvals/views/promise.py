"""The promise of a project after its grant: what was promised, who checks it, how it was kept, and what follows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals import permissions
from approvals.accounts.access import EVERYONE, open_to
from approvals.accounts.roles import ACT_FOR_ENTERPRISE, APPROVE, HANDLE
from approvals.forms.promise import AnnulRestingForm, ChangeForm, CheckPlanForm, CreditForm, OrdinaryForm, RepairForm
from approvals.models import Commitment, Project
from approvals.selectors.credit import credit_rows
from approvals.selectors.verifications import (
    promised_items,
    promises,
    resting_on_promise,
    statements_of,
    verification_step,
    verifications_of,
)
from approvals.services import annul_promised, commitment_changes, commitments, credit, verifications
from approvals.views.cases import frame, visible_project
from approvals.views.people import viewer


@open_to(*EVERYONE)
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, visible_project(request, pk))


@open_to(ACT_FOR_ENTERPRISE)
@require_POST
def ask_change(request: HttpRequest, pk: int) -> HttpResponse:
    project, on = visible_project(request, pk), timezone.localdate()
    commitment = get_object_or_404(Commitment, project=project)
    form = ChangeForm(request.POST, promised=promised_items(commitment, on=on))
    if not form.is_valid():
        return _page(request, project, status=422, change_form=form)
    given = {name: form.cleaned_data[name] for name in ("content", "reason")}
    commitment_changes.ask_change(pk, by=viewer(request), on=on, items=form.items(), **given)
    messages.success(request, _("变更申请已提交，等待审批机关答复；答复前仍按原承诺履行"))
    return redirect("approvals:pledge", pk=pk)


@open_to(HANDLE)
@require_POST
def turn_ordinary(request: HttpRequest, pk: int) -> HttpResponse:
    project, form = visible_project(request, pk), OrdinaryForm(request.POST)
    if not form.is_valid():
        return _page(request, project, status=422, ordinary_form=form)
    commitments.turn_to_ordinary_route(pk, by=viewer(request), on=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("已改按一般程序办理"))
    return redirect("approvals:pledge", pk=pk)


@open_to(APPROVE)
@require_POST
def annul_resting(request: HttpRequest, pk: int) -> HttpResponse:
    """Annul what was granted on a revoked promise: a result for every row."""
    project, on, user = visible_project(request, pk), timezone.localdate(), viewer(request)
    form = _annul_form(get_object_or_404(Commitment, project=project), user, on, request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _page(request, project, status=422, annul_form=form)
    given = {name: form.cleaned_data[name] for name in ("ground", "reason")}
    chosen = map(int, form.cleaned_data["applications"])
    results = annul_promised.annul_resting(project, by=user, on=on, application_ids=chosen, **given)
    done = sum(not result.refusal for result in results)
    context = frame(request, project, "pledge") | {"results": results, "done": done, "refused": len(results) - done}
    return render(request, "approvals/annul_results.html", context)


@open_to(APPROVE)
@require_POST
def plan_check(request: HttpRequest, pk: int) -> HttpResponse:
    project, on = visible_project(request, pk), timezone.localdate()
    commitment = get_object_or_404(Commitment, project=project)
    form = CheckPlanForm(request.POST, commitment=commitment, on=on)
    if not form.is_valid():
        return _page(request, project, status=422, plan_form=form)
    verifications.plan_verification(pk, by=viewer(request), on=on, **form.cleaned_data)
    messages.success(request, _("核查安排已保存，并已通知企业"))
    return redirect("approvals:pledge", pk=pk)


@open_to(APPROVE)
@require_POST
def record_credit(request: HttpRequest, pk: int) -> HttpResponse:
    project, on = visible_project(request, pk), timezone.localdate()
    form = CreditForm(request.POST, on=on)
    if not form.is_valid():
        return _page(request, project, status=422, credit_form=form)
    credit.record_credit(pk, by=viewer(request), on=on, **form.cleaned_data)
    messages.success(request, _("已记入信用记录"))
    return redirect("approvals:pledge", pk=pk)


@open_to(APPROVE)
@require_POST
def repair_credit(request: HttpRequest, pk: int, record: int) -> HttpResponse:
    project, form = visible_project(request, pk), RepairForm(request.POST)
    found = get_object_or_404(project.credit_records, pk=record)
    if not form.is_valid():
        return _page(request, project, status=422)
    credit.repair_credit(found.pk, by=viewer(request), on=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("信用记录已修复"))
    return redirect("approvals:pledge", pk=pk)


def _page(request: HttpRequest, project: Project, *, status: int = 200, **bound: Form) -> HttpResponse:
    on, user = timezone.localdate(), viewer(request)
    commitment = getattr(project, "commitment", None)
    context: dict[str, Any] = frame(request, project, "pledge")
    principal = project.principal(on=on)
    is_bureau = permissions.may_approve_for_bureau(user, project, on=on)
    context |= {
        "commitment": commitment,
        "credit_rows": credit_rows(principal, on=on) if principal else [],
        "is_bureau": is_bureau,
        "credit_form": CreditForm(on=on) if is_bureau else None,
        "repair_form": RepairForm(),
    }
    if commitment is not None and commitment.state in Commitment.UNDECIDED:
        may_turn = permissions.may_handle(user, project, on=on)
        context |= {"ordinary_form": OrdinaryForm() if may_turn else None}
        context |= {"bars": commitments.eligibility_blockers(commitment, on=on)}
    if commitment is not None and commitment.pledged_on:
        context |= _promised(commitment, on=on)
        context |= _possible(commitment, user, is_bureau=is_bureau, on=on)
    return render(request, "approvals/promise.html", context | bound, status=status)


def _promised(commitment: Commitment, *, on: Any) -> dict[str, Any]:
    return {
        "promises": promises(commitment, on=on),
        "statements": statements_of(commitment),
        "verifications": verifications_of(commitment),
        "versions": commitment.versions.order_by("-number"),
        "changes": commitment.changes.select_related("asked_by", "replied_by").order_by("-pk"),
    }


def _possible(commitment: Commitment, user: Any, *, is_bureau: bool, on: Any) -> dict[str, Any]:
    """The forms that this reader may use now."""
    step, granted = verification_step(commitment), commitment.state == Commitment.State.GRANTED
    signs = permissions.may_sign_for_enterprise(user, commitment.project, on=on)
    may_plan = is_bureau and granted and step in {None, "plan_verification"}
    may_ask = signs and granted and step in {None, "plan_verification", "record_verification"}
    return {
        "plan_form": CheckPlanForm(commitment=commitment, on=on) if may_plan else None,
        "change_form": ChangeForm(promised=promised_items(commitment, on=on)) if may_ask else None,
        "annul_form": _annul_form(commitment, user, on),
    }


def _annul_form(commitment: Commitment, user: Any, on: Any, data: Any = None) -> AnnulRestingForm | None:
    """For the head of a department with permits that rest on a revoked promise; None for everybody else."""
    if commitment.state != Commitment.State.REVOKED:
        return None
    resting = list(resting_on_promise(commitment.project))
    mine = [row for row in resting if permissions.may_overrule(user, row, on=on)]
    return AnnulRestingForm(data, resting=resting, on=on) if mine else None
