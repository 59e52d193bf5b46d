"""The forms of an application's steps. Materials are fields made from the application's own list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.models import Application, Material
from approvals.selectors.materials import folder_of, purpose_of
from approvals.services.materials import stage_material
from documents.selectors import waiting_uploads
from workflows.forms import StepForm

ACCEPTED_TYPES = "image/jpeg,image/png,image/webp,application/pdf"


class ApplicationForm(StepForm):
    @property
    def application(self) -> Application:
        assert self.item.application is not None
        return self.item.application

    @property
    def materials(self) -> list[Material]:
        return list(self.application.materials.select_related("attachment"))


class MaterialsForm(ApplicationForm):
    """One file field and one "on paper" box for every material that is still missing."""

    takes_papers = True  # the page offers to save them before the application is handed in

    def prepare(self) -> None:
        folder = folder_of(self.application)
        for material in self.materials:
            if not material.is_received and not material.is_deferred:
                self.fields[f"file_{material.pk}"] = forms.FileField(
                    label=material.name,
                    required=False,
                    widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED_TYPES}),
                )
                if waiting := list(waiting_uploads(folder, by=self.by, purpose=purpose_of(material.pk))):
                    self.fields[f"upload_{material.pk}"] = forms.ChoiceField(
                        label=_("%(name)s：已上传、尚未提交") % {"name": material.name},
                        required=False,
                        choices=[*((str(row.pk), row.original_name) for row in waiting), ("", _("不使用"))],
                    )
                self.fields[f"paper_{material.pk}"] = forms.BooleanField(label=_("已收纸质件"), required=False)
                if material.is_conditional and self.application.state == Application.State.DRAFT:
                    self.fields[f"unneeded_{material.pk}"] = forms.CharField(
                        label=_("本项目不需要的，写明理由"), max_length=200, required=False
                    )

    def stage(self) -> None:
        """Upload every valid file before anything else: what is refused afterwards does not lose it."""
        self.staged: dict[int, int] = {}
        for material in self.materials:
            if file := self.cleaned_data.get(f"file_{material.pk}"):
                upload = stage_material(material.pk, by=self.by, on=self.on, file=file)
                self.staged[material.pk] = upload.pk

    def handed_in(self) -> list[tuple[int, int | None, bool]]:
        """Material id, temporary upload, on paper: for those that something was handed in for."""
        given = []
        for material in self.materials:
            upload = self.staged.get(material.pk) or self._kept(material)
            paper = self.cleaned_data.get(f"paper_{material.pk}", False)
            if upload or paper:
                given.append((material.pk, upload, paper))
        return given

    def waived(self) -> list[tuple[int, str]]:
        """Material id and the reason why this case does not need it, where nothing was handed in."""
        brought = {material_id for material_id, _upload, _paper in self.handed_in()}
        reasons = [(material.pk, self.cleaned_data.get(f"unneeded_{material.pk}", "")) for material in self.materials]
        return [(pk, reason) for pk, reason in reasons if reason and pk not in brought]

    def _kept(self, material: Material) -> int | None:
        kept = self.cleaned_data.get(f"upload_{material.pk}")
        return int(kept) if kept else None


RESULT_NUMBER_HELP = _("由外部系统出具结果时填写；留空则由本系统编号")


class ExaminationForm(ApplicationForm):
    """What the examination comes to; another person reviews it."""

    outcome = forms.ChoiceField(
        label=_("审查意见"), widget=forms.RadioSelect, choices=[("grant", _("建议准予")), ("refuse", _("建议不予许可"))]
    )
    reason = forms.CharField(
        label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("写入决定书；不予许可的须逐条说明")
    )
    result_number = forms.CharField(label=_("结果文号"), max_length=80, required=False, help_text=RESULT_NUMBER_HELP)


class ApplicationDecisionForm(ApplicationForm):
    """A permit's recommendation is agreed to or given back; a registration is decided by one person."""

    decision = forms.ChoiceField(label=_("决定"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    result_number = forms.CharField(label=_("结果文号"), max_length=80, required=False, help_text=RESULT_NUMBER_HELP)

    def prepare(self) -> None:
        decision = self.fields["decision"]
        assert isinstance(decision, forms.ChoiceField)
        recommendation = self.application.open_recommendation
        if recommendation is None:
            decision.choices = [("grant", _("准予")), ("refuse", _("不予办理"))]
            self.fields["reason"].required = True
            return
        decided = {"grant": _("同意，作出准予许可的决定"), "refuse": _("同意，作出不予许可的决定")}
        decision.choices = [
            (recommendation.outcome, decided[recommendation.outcome]),
            ("return", _("不同意，退回重新审查")),
        ]
        self.fields["reason"].label = _("复核意见")
        self.fields["reason"].help_text = _("退回时必填；同意时留空，决定书采用审查意见的理由")
        del self.fields["result_number"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "return" and not data.get("reason", "").strip():
            self.add_error("reason", _("请写明理由"))
        return data
