"""One task: facts, checklist, history and action on one page; and what can be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from approvals.accounts.access import EVERYONE, STAFF, open_to, signed_in
from approvals.accounts.models import User
from approvals.accounts.roles import APPROVE, SUPERVISE, standing
from approvals.selectors.calendar import working_calendar
from approvals.selectors.steps import STEPS
from workflows import briefing, completion, inbox
from workflows.actions import ACTIONS, hand_in
from workflows.application_forms import MaterialsForm
from workflows.due import with_remaining
from workflows.forms import PolicyFormSet, StepForm
from workflows.models import WorkItem
from workflows.phrases import PROBLEM, phrases_for
from workflows.seen import note_seen
from workflows.shelf import open_matters


@open_to(*EVERYONE)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = signed_in(request), timezone.localdate()
    item = inbox.all_visible(user, on=on).filter(pk=pk).first()
    if item is None:
        over = get_object_or_404(inbox.over_visible(user, on=on), pk=pk)
        messages.info(request, _("任务“%(title)s”已经办结，下面是项目现在的情况") % {"title": STEPS[over.step].title})
        return redirect("approvals:project", pk=over.project_id)
    note_seen(item, user)
    return _page(request, item, _form(request, item))


@open_to(*EVERYONE)
@require_POST
def do(request: HttpRequest, pk: int) -> HttpResponse:
    """Do the step. A form that is not valid comes back with what was typed; nothing has changed then."""
    on = timezone.localdate()
    item = inbox.all_visible(signed_in(request), on=on).select_related(None).filter(pk=pk).first()
    if item is None or _is_anothers(request, item):
        return _overtaken(request, pk)
    if "insert" in request.POST:
        return _page(request, item, _with_phrase(request, item))
    form = _form(request, item, bound=True)
    if not _is_valid(form):
        return _page(request, item, form, status=422)
    if isinstance(form, MaterialsForm):
        form.stage()
    if "save" in request.POST and isinstance(form, MaterialsForm):
        return _save_materials(request, item, form)
    completion.complete_task(
        item.pk,
        by=signed_in(request),
        on=on,
        act=lambda task: ACTIONS[task.step].do(task, form, signed_in(request), on),
    )
    messages.success(request, _("已完成：%(title)s") % {"title": STEPS[item.step].title})
    return redirect(_next(request, item))


@open_to(*EVERYONE)
@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    _visible_or_404(request, pk)
    completion.claim(pk, by=signed_in(request), on=timezone.localdate())
    messages.success(request, _("任务已认领"))
    return redirect("workflows:task", pk=pk)


@open_to(*EVERYONE)
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    _visible_or_404(request, pk)
    completion.release(pk, by=signed_in(request), on=timezone.localdate())
    messages.success(request, _("任务已退回本组"))
    return redirect("workflows:inbox")


@open_to(*STAFF)
@require_POST
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    item = _visible_or_404(request, pk)
    competent = inbox.colleagues(item, on=timezone.localdate())
    to = next((user for user in competent if str(user.pk) == request.POST.get("to")), None)
    if to is None:
        raise Http404
    completion.transfer(pk, by=signed_in(request), on=timezone.localdate(), to=to)
    messages.success(request, _("任务已转交给 %(name)s") % {"name": to})
    return redirect("workflows:inbox")


def permissions_of(request: HttpRequest) -> frozenset[str]:
    return standing(signed_in(request), timezone.localdate()).permissions


def _visible_or_404(request: HttpRequest, pk: int) -> WorkItem:
    return get_object_or_404(inbox.all_visible(signed_in(request), on=timezone.localdate()), pk=pk)


def _form(request: HttpRequest, item: WorkItem, *, bound: bool = False) -> StepForm:
    data: tuple[Any, ...] = (request.POST, request.FILES) if bound else ()
    form = ACTIONS[item.step].form(*data, item=item, by=signed_in(request), on=timezone.localdate())
    if item.step == "draft_agreement":
        # The policies are rows of their own; the form carries them so that the page and the action see one thing.
        form.formset = PolicyFormSet(request.POST if bound else None, prefix="policies")  # type: ignore[attr-defined]
    return form


def _is_anothers(request: HttpRequest, item: WorkItem) -> bool:
    """Somebody else has taken it since the page was opened."""
    mine = inbox.tasks_open_to(signed_in(request), on=timezone.localdate())
    return item.owner_id not in {None, signed_in(request).pk} and not mine.filter(pk=item.pk).exists()


def _overtaken(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else was first: what has happened, and what was typed here, so that none of it is lost."""
    user, on = signed_in(request), timezone.localdate()
    over = inbox.over_visible(user, on=on).filter(pk=pk).first()
    item = over or get_object_or_404(inbox.all_visible(user, on=on), pk=pk)
    form = _form(request, item, bound=True)
    rows = form.formset.forms if hasattr(form, "formset") else []
    typed = [(field.label, _in_words(field)) for part in (form, *rows) for field in part.visible_fields()]
    context = {
        "item": item,
        "step": STEPS[item.step],
        "is_over": over is not None,
        "typed": [(label, words) for label, words in typed if words],
        "history": inbox.latest_of(item)[:5],
    }
    return render(request, "workflows/overtaken.html", context, status=409)


def _in_words(field: BoundField) -> str:
    """What was typed or chosen, as it was read on the page; a file has to be chosen again."""
    value = field.value()
    if value in (None, "", True, False) or isinstance(value, UploadedFile):
        return ""
    values = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    offered = dict(getattr(field.field, "choices", ()))
    return "、".join(str(offered.get(one, one)) for one in values)


def _with_phrase(request: HttpRequest, item: WorkItem) -> StepForm:
    """What was typed so far, with a phrase from the library behind it. Nothing is checked or done yet."""
    typed: dict[str, Any] = request.POST.dict()
    field, _sep, pk = request.POST["insert"].partition(":")
    chosen = next((phrase for phrase in phrases_for(item).get(field, []) if str(phrase.pk) == pk), None)
    if chosen is None:
        raise Http404
    typed[field] = "\n".join(part for part in (typed.get(field, "").strip(), chosen.text) if part)
    return ACTIONS[item.step].form(initial=typed, item=item, by=signed_in(request), on=timezone.localdate())


def _is_valid(form: StepForm) -> bool:
    formset = getattr(form, "formset", None)
    if not form.is_valid() or (formset is not None and not formset.is_valid()):
        return False
    if formset is not None:
        rows = [row for row in formset.cleaned_data if row]
        form.policies = [(row["name"], row["review_number"]) for row in rows]  # type: ignore[attr-defined]
    return True


def _save_materials(request: HttpRequest, item: WorkItem, form: StepForm) -> HttpResponse:
    """Keep the papers without handing the application in yet."""
    with transaction.atomic():
        hand_in(form, signed_in(request), timezone.localdate())
    messages.success(request, _("材料已保存"))
    return redirect("workflows:task", pk=item.pk)


def _next(request: HttpRequest, item: WorkItem) -> str:
    """Straight to the next task of the same project, if it is this person's; otherwise back to the case."""
    following = inbox.tasks_open_to(signed_in(request), on=timezone.localdate()).filter(
        project=item.project_id, application=item.application_id
    )
    found = following.first()
    if found is not None:
        return reverse("workflows:task", args=[found.pk])
    return reverse("approvals:project", args=[item.project_id])


def _colleagues(request: HttpRequest, item: WorkItem) -> list[User]:
    """To whom the reader can hand the task over: it has to be his own or nobody's."""
    user = signed_in(request)
    if item.owner_id not in {None, user.pk}:
        return []
    return [colleague for colleague in inbox.colleagues(item, on=timezone.localdate()) if colleague != user]


def _page(request: HttpRequest, item: WorkItem, form: StepForm, status: int = 200) -> HttpResponse:
    on = timezone.localdate()
    blockers = briefing.blockers_of(item, on=on)
    is_mine = inbox.tasks_open_to(signed_in(request), on=on).filter(pk=item.pk).exists()
    not_he = briefing.blockers_of_person(item, signed_in(request), on=on) if is_mine else []
    phrases = phrases_for(item) if is_mine else {}
    for name, field in form.fields.items():
        if name.startswith(f"{PROBLEM}_") and phrases.get(PROBLEM):
            field.widget.attrs["list"] = "phrases-problem"
    context = {
        "item": item,
        "row": with_remaining([item], calendar=working_calendar(), on=on)[0],
        "step": STEPS[item.step],
        "action": ACTIONS[item.step],
        "project": item.project,
        "form": form,
        "blockers": [*not_he, *blockers],
        "is_mine": is_mine,
        "reads_opinions": not permissions_of(request).isdisjoint({APPROVE, SUPERVISE}),
        "can_act": is_mine and not not_he and briefing.still_possible(item, blockers),
        "colleagues": _colleagues(request, item) if is_mine else [],
        "phrases": phrases,
        "is_own": item.owner_id == signed_in(request).pk,
        "can_release": completion.may_release(item, signed_in(request), on=on),
        "open_matters": open_matters(item) if item.owner_id == signed_in(request).pk else [],
        "lacks_facts": any(blocker.code in briefing.LACKING_FACTS for blocker in blockers),
        "panel": f"workflows/panels/{item.step}.html",
        "history": inbox.history_of(item),
        "on": on,
        **briefing.papers_for(item, on=on),
    }
    return render(request, "workflows/task.html", context, status=status)
