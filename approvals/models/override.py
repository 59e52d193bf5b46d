"""Override: a person settles what the rules left open, or against them. Two people, one reason, one legal basis.

What can be settled: the outcome of a determination, and that a term of the agreement, which a pattern took for a
forbidden promise, is none.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from approvals.accounts.models import Organisation, User
from approvals.models.base import StatefulModel
from approvals.models.project import Project
from approvals.rules import outcomes
from documents.models import Attachment


class Override(StatefulModel):  # type: ignore[django-manager-missing]  # viewflow's manager is untyped
    """A proposed outcome other than what the rules answer. It counts once a second, different person has approved it.

    ``answer`` and ``facts`` are the rules' own as they were seen (of terms: the findings, and the clause itself);
    ``department`` is whose approvers may review it, None: the project's lead official.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("待复核")
        APPROVED = "approved", _("复核通过")
        REJECTED = "rejected", _("复核未通过")
        WITHDRAWN = "withdrawn", _("已撤回")
        LAPSED = "lapsed", _("因事实变更失效")

    class Kind(models.TextChoices):
        EIA = "eia", _("环境影响评价")
        ENERGY = "energy", _("节能审查")
        TERMS = "terms", _("协议条款")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="overrides", verbose_name=_("项目"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    outcome = models.CharField(_("认定结论"), max_length=30)
    reason = models.TextField(_("理由"))
    basis = models.CharField(_("法律依据"), max_length=300)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("附件")
    )
    answer = models.JSONField(_("规则结论"))  # rules.answer.Answer.as_json()
    facts = models.JSONField(_("依据事实"))
    department = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复核机关")
    )
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("认定人"))
    proposed_on = models.DateField(_("提出日期"))
    state = FSMField(_("状态"), choices=State.choices, default=State.PENDING, protected=True, editable=False)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复核人")
    )
    settled_on = models.DateField(_("复核日期"), null=True, blank=True)
    remark = models.TextField(_("复核意见"), blank=True)

    class Meta:
        verbose_name = _("人工认定")
        verbose_name_plural = _("人工认定")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="override_one_pending", fields=["project", "kind"], condition=Q(state="pending")
            ),
            # The second person is a constraint, not a habit.
            models.CheckConstraint(
                name="override_two_people",
                condition=~Q(state__in=["approved", "rejected"])
                | Q(settled_by__isnull=False) & ~Q(settled_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_kind_display()} {self.outcome}"

    @property
    def headline(self) -> str:
        """What it settles, as a sentence of the day it was proposed."""
        return outcomes.in_words(self.kind, self.outcome, self.proposed_on)

    @property
    def duties(self) -> tuple[str, ...]:
        return outcomes.duties(self.kind, self.outcome, self.proposed_on)

    @transition(state, source=State.PENDING, target=State.APPROVED)
    def approve(self, *, by: User, on: date, remark: str) -> None:
        self._settle(by, on, remark)

    @transition(state, source=State.PENDING, target=State.REJECTED)
    def reject(self, *, by: User, on: date, remark: str) -> None:
        self._settle(by, on, remark)

    @transition(state, source=State.PENDING, target=State.WITHDRAWN)
    def withdraw(self, *, on: date) -> None:
        self.settled_on = on

    @transition(state, source=State.PENDING, target=State.LAPSED)
    def lapse(self, *, on: date) -> None:
        self.settled_on = on

    def _settle(self, by: User, on: date, remark: str) -> None:
        self.settled_by, self.settled_on, self.remark = by, on, remark
