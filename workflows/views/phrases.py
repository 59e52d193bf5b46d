"""A department keeps its own phrases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from approvals.accounts.access import open_to, signed_in
from approvals.accounts.models import Organisation
from approvals.accounts.roles import APPROVE
from workflows import phrases as library
from workflows.models import Phrase


class PhraseForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("用途"), choices=Phrase.Kind.choices)
    department = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("适用机构"), empty_label=None)
    text = forms.CharField(label=gettext_lazy("常用语"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = departments


@open_to(APPROVE)
def phrases(request: HttpRequest) -> HttpResponse:
    user, on = signed_in(request), timezone.localdate()
    departments = library.departments_of(user, on=on)
    form = PhraseForm(request.POST or None, departments=departments)
    if form.is_bound and form.is_valid():
        library.add_phrase(by=user, on=on, **form.cleaned_data)
        messages.success(request, _("常用语已保存"))
        return redirect("workflows:phrases")
    own = frozenset(department.pk for department in departments)
    context = {"form": form, "phrases": library.phrases_of(own), "own": own}
    return render(request, "workflows/phrases.html", context, status=422 if form.is_bound else 200)


@open_to(APPROVE)
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    user, on = signed_in(request), timezone.localdate()
    own = frozenset(library.departments_of(user, on=on).values_list("pk", flat=True))
    phrase = get_object_or_404(library.phrases_of(own).exclude(department=None), pk=pk)
    library.retire_phrase(phrase, by=user, on=on)
    messages.success(request, _("常用语已停用"))
    return redirect("workflows:phrases")
