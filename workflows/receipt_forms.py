"""The forms of receipt: the review with its lawful outcomes, and the other pair of eyes on a second notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.forms.facts import SECTIONS
from approvals.models import Material
from approvals.selectors.fact_sheet import label_of, stated_in_words, stated_names
from workflows.application_forms import ApplicationForm
from workflows.forms import StepForm

ACCEPT = ("accept", _("受理：材料齐全，符合法定形式"))
CONDITIONALLY = ("conditionally", _("容缺受理：主要材料齐全，所缺材料企业已承诺补交"))
CORRECT = ("correct", _("当场更正：错误可以当场更正，更正后继续审查"))
SUPPLEMENT = ("supplement", _("补正：一次性告知需要补正的全部内容"))
SUPPLEMENT_AGAIN = ("supplement_again", _("再次补正：因新情况，提请本部门另一名审批人员审核"))
NOT_REQUIRED = ("not_required", _("不受理：依法不需要取得行政许可"))
NOT_COMPETENT = ("not_competent", _("不予受理：不属于本机关职权范围"))
ROWS = {"rows": 2}
WRONG = "wrong_"  # and the name of a fact: what is wrong with it


@dataclass(frozen=True, slots=True)
class FactLines:
    """One section of the facts. ``is_open``: something in it has been written."""

    title: Any
    fields: list[forms.BoundField]

    @property
    def is_open(self) -> bool:
        return any(field.value() or field.errors for field in self.fields)


class ReviewForm(ApplicationForm):
    """One of the lawful outcomes of 第三十二条, each with what it needs. The services check what is missing."""

    template_name = "workflows/forms/review.html"

    decision = forms.ChoiceField(label=_("审查意见"), widget=forms.RadioSelect)
    new_fact = forms.CharField(
        label=_("新情况"),
        required=False,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("写明企业补正后新产生、首次告知时不可能发现的情况"),
    )
    referred_to = forms.CharField(
        label=_("有权办理的机关"), required=False, max_length=120, help_text=_("告知企业向哪个机关申请")
    )
    reason = forms.CharField(label=_("理由"), required=False, widget=forms.Textarea(attrs=ROWS))
    corrected_by = forms.CharField(
        label=_("更正人"), required=False, max_length=50, help_text=_("申请人或其代理人的姓名，由其本人当场更正")
    )

    def prepare(self) -> None:
        told = self.application.supplement_notices.exists()
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)
        deferred = [material for material in self.materials if material.is_deferred]
        accept = CONDITIONALLY if deferred else ACCEPT
        field.choices = [accept, CORRECT, SUPPLEMENT_AGAIN if told else SUPPLEMENT, NOT_REQUIRED, NOT_COMPETENT]
        if not told:
            del self.fields["new_fact"]
        for material in self.materials:
            for kind in ("problem", "correction"):
                line = forms.CharField(label=material.name, required=False, max_length=200)
                self.fields[f"{kind}_{material.pk}"] = line
        stated = self.project.facts
        for name in stated_names():
            now = stated_in_words(stated, name) or _("未填写")
            self.fields[f"{WRONG}{name}"] = forms.CharField(
                label=label_of(name),
                required=False,
                max_length=200,
                help_text=_("现填写：%(value)s") % {"value": now},
            )

    @property
    def problems(self) -> list[forms.BoundField]:
        """One line per material, for the page."""
        return [self[name] for name in self.fields if name.startswith("problem_")]

    @property
    def stated(self) -> list[FactLines]:
        """One line per fact that the enterprise stated, in the sections of its form."""
        parts = [(part.title, [*part.rows, *part.names]) for part in SECTIONS]
        return [
            FactLines(title, [self[f"{WRONG}{name}"] for name in names if f"{WRONG}{name}" in self.fields])
            for title, names in parts
        ]

    @property
    def corrections(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("correction_")]

    @property
    def deferred(self) -> list[Material]:
        """What the enterprise promised to bring later, for the page."""
        return [material for material in self.materials if material.is_deferred]

    def items(self, kind: str = "problem") -> list[dict[str, str]]:
        """What the supplement notice (``problem``) or the record of a correction (``correction``) will name."""
        lines = [(material.name, self.cleaned_data.get(f"{kind}_{material.pk}")) for material in self.materials]
        return [{"material": name, kind: text} for name, text in lines if text]

    def facts(self) -> list[dict[str, str]]:
        """The stated facts that the supplement notice will name."""
        lines = [
            (name.removeprefix(WRONG), self.cleaned_data.get(name)) for name in self.fields if name.startswith(WRONG)
        ]
        return [{"fact": name, "problem": text} for name, text in lines if text]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        decision = data.get("decision")
        if decision in {"not_required", "not_competent"} and not data.get("reason"):
            self.add_error("reason", _("必须说明理由"))
        if decision == "not_competent" and not data.get("referred_to"):
            self.add_error("referred_to", _("请写明企业应当向哪个机关申请"))
        if decision == "correct" and not self.items("correction"):
            self.add_error("decision", _("请在材料旁写明当场更正的内容"))
        if decision == "correct" and not data.get("corrected_by"):
            self.add_error("corrected_by", _("请写明由谁当场更正"))
        if decision in {"supplement", "supplement_again"} and not self.items() and not self.facts():
            self.add_error("decision", _("请在材料或填报信息旁写明需要补正的全部内容"))
        if decision == "supplement_again" and not data.get("new_fact"):
            self.add_error("new_fact", _("请写明新情况"))
        return data


class ConsentForm(StepForm):
    """Another approver's word on a second notice."""

    decision = forms.ChoiceField(
        label=_("审核意见"),
        widget=forms.RadioSelect,
        choices=[("consent", _("同意再次告知补正")), ("refuse", _("不同意，按现有材料受理"))],
    )
    remark = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea(attrs=ROWS))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "refuse" and not data.get("remark"):
            self.add_error("remark", _("不同意的，请说明理由"))
        return data
