"""Joint handling of a project: start it, see who is waited for, dissolve it. The lead replies from its inbox."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals import permissions
from approvals.accounts.access import EVERYONE, open_to
from approvals.accounts.roles import APPROVE
from approvals.forms.consultations import DissolveForm, JointForm, TakeOutForm
from approvals.models import Project
from approvals.selectors.joint import joinable, joint_of
from approvals.selectors.next_steps import next_steps
from approvals.services.joint import dissolve_joint, start_joint, take_out
from approvals.views.cases import frame, visible_project
from approvals.views.people import viewer


@open_to(*EVERYONE)
def joint(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, visible_project(request, pk))


@open_to(APPROVE)
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    project = visible_project(request, pk)
    form = JointForm(request.POST, joinable=joinable(project))
    if not form.is_valid():
        return _page(request, project, starting=form, status=422)
    chosen = [int(value) for value in form.cleaned_data["applications"]]
    start_joint(project.pk, by=viewer(request), on=timezone.localdate(), application_ids=chosen)
    messages.success(request, _("已启动联合办理，各部门将分别出具意见"))
    return redirect("approvals:joint", pk=pk)


@open_to(APPROVE)
@require_POST
def dissolve(request: HttpRequest, pk: int, joint: int) -> HttpResponse:
    project, form = visible_project(request, pk), DissolveForm(request.POST)
    record = get_object_or_404(project.joint_handlings, pk=joint)
    if not form.is_valid():
        return _page(request, project, ending=form, status=422)
    dissolve_joint(record.pk, by=viewer(request), on=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("已终止联合办理，各办件恢复单独办理"))
    return redirect("approvals:joint", pk=pk)


@open_to(APPROVE)
@require_POST
def leave(request: HttpRequest, pk: int, joint: int) -> HttpResponse:
    """The lead takes one application out."""
    project = visible_project(request, pk)
    record = get_object_or_404(project.joint_handlings, pk=joint)
    members = list(record.applications.select_related("matter", "department").order_by("pk"))
    form = TakeOutForm(request.POST, members=members)
    if not form.is_valid():
        return _page(request, project, leaving=form, status=422)
    chosen, reason = int(form.cleaned_data["application"]), form.cleaned_data["reason"]
    take_out(record.pk, by=viewer(request), on=timezone.localdate(), application_id=chosen, reason=reason)
    messages.success(request, _("已移出联合办理，其余各件继续"))
    return redirect("approvals:joint", pk=pk)


def _page(
    request: HttpRequest,
    project: Project,
    *,
    starting: JointForm | None = None,
    ending: DissolveForm | None = None,
    leaving: TakeOutForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, on = viewer(request), timezone.localdate()
    found, candidates = joint_of(project, user, on=on), joinable(project)
    is_running = found is not None and found.record.is_running
    may_lead = permissions.may_approve_for_bureau(user, project, on=on)
    steps = [s for s in next_steps(project, user, on=on) if s.code == "conclude_joint" and s.is_mine]
    members = [part.application for part in found.parts] if found else []
    context = frame(request, project, "matters") | {
        "joint": found,
        "steps": steps,
        "may_lead": may_lead,
        "starting": (starting or JointForm(joinable=candidates)) if may_lead and not is_running else None,
        "candidates": candidates,
        "ending": ending or DissolveForm(),
        "leaving": leaving or TakeOutForm(members=members),
    }
    return render(request, "approvals/joint.html", context, status=status)
