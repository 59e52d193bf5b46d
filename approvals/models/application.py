"""Application: one project's request under one matter (办件). Its materials and notices have files of their own."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from approvals import guards
from approvals.accounts.models import Enterprise, Organisation, User
from approvals.models.base import StatefulModel, require
from approvals.models.matter import Matter
from approvals.models.project import Project

if TYPE_CHECKING:
    from approvals.models.clock import Extension
    from approvals.models.decision import Recommendation


class Application(StatefulModel):  # type: ignore[django-manager-missing]  # viewflow's manager is untyped
    """One project's request under one approval matter (办件).

    ``state`` is the legal position. Due dates are copies for sorting; ``rules.clock`` computes them.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("待申报")
        SUBMITTED = "submitted", _("待受理")
        SUPPLEMENTING = "supplementing", _("补正中")
        ACCEPTED = "accepted", _("审批中")
        GRANTED = "granted", _("准予")
        REFUSED = "refused", _("不予许可")
        DECLINED = "declined", _("不予受理")
        WITHDRAWN = "withdrawn", _("已撤回")
        ANNULLED = "annulled", _("已撤销")
        LAPSED = "lapsed", _("已失效")

    class Route(models.TextChoices):
        ORDINARY = "ordinary", _("一般程序")
        COMMITMENT = "commitment", _("告知承诺")
        FILING = "filing", _("备案")

    class DeclineGround(models.TextChoices):
        """Why an application is not taken (《行政许可法》第三十二条第一款第一项、第二项)."""

        NOT_REQUIRED = "not_required", _("依法不需要取得行政许可")
        NOT_COMPETENT = "not_competent", _("依法不属于本机关职权范围")

    OPEN = (State.DRAFT, State.SUBMITTED, State.SUPPLEMENTING, State.ACCEPTED)
    IN_HAND = (State.SUBMITTED, State.SUPPLEMENTING, State.ACCEPTED)
    UNSUCCESSFUL = (State.REFUSED, State.DECLINED, State.WITHDRAWN, State.ANNULLED, State.LAPSED)

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="applications", verbose_name=_("项目"))
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="applications", verbose_name=_("事项"))
    department = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="applications", verbose_name=_("审批部门")
    )
    applicant = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="applications", verbose_name=_("申请人")
    )
    is_joint = models.BooleanField(_("联合办理"), default=False)  # 《行政许可法》第四十二条第二款: 45 + 15 working days
    route = models.CharField(_("办理方式"), max_length=20, choices=Route, default=Route.ORDINARY)
    state = FSMField(_("状态"), choices=State.choices, default=State.DRAFT, protected=True, editable=False)
    opened_on = models.DateField(_("建立日期"))
    submitted_on = models.DateField(_("申报日期"), null=True, blank=True)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField(_("收件日期"), null=True, blank=True)
    received_at = models.DateTimeField(_("收件时间"), null=True, blank=True)
    accepted_on = models.DateField(_("受理日期"), null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    accepted_by_law = models.BooleanField(_("依法视为受理"), default=False)
    decline_ground = models.CharField(_("不受理的情形"), max_length=20, choices=DeclineGround, blank=True)
    referred_to = models.CharField(_("有权办理的机关"), max_length=120, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("理由"), blank=True)
    result_number = models.CharField(_("结果文号"), max_length=80, blank=True)
    # The department's promise as it stood when the clock began; 0: it had made none. Later changes do not reach back.
    promised_days = models.PositiveSmallIntegerField(_("承诺期限（工作日）"), null=True, blank=True)
    # Deciding anew runs the clock anew: what stopped or extended an earlier run has no say in this one.
    clock_run = models.PositiveSmallIntegerField(_("第几次计时"), default=1)
    # Copies for sorting and filtering; recomputed from the dates above and the calendar.
    due_on = models.DateField(_("法定到期日"), null=True, blank=True)
    promised_due_on = models.DateField(_("承诺到期日"), null=True, blank=True)
    internal_due_on = models.DateField(_("内部到期日"), null=True, blank=True)
    due_is_provisional = models.BooleanField(_("暂定"), default=False)
    # While an unbounded pause is open there is no due date: the dates above are empty and this says since when.
    paused_on = models.DateField(_("中止计时日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("办件")
        verbose_name_plural = _("办件")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="application_one_live_per_matter",
                fields=["project", "matter"],
                condition=~Q(state__in=["refused", "declined", "withdrawn", "annulled", "lapsed"]),
            )
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="application_open_by_due",
                condition=Q(state__in=["submitted", "supplementing", "accepted"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter} · {self.project}"

    @property
    def is_concluded(self) -> bool:
        return self.state not in self.OPEN

    @property
    def state_in_words(self) -> str:
        """A filing is filed, not granted."""
        if self.route == self.Route.FILING and self.state == self.State.GRANTED:
            return gettext("已备案")
        return str(self.get_state_display())

    @property
    def open_recommendation(self) -> Recommendation | None:
        """The opinion that waits for its review (复核). Asks what was prefetched, where it was."""
        return next((row for row in self.recommendations.all() if row.reviewed_on is None), None)

    @property
    def extension(self) -> Extension | None:
        """The extension of the run of the clock that counts now. Asks what was prefetched, where it was."""
        return next((row for row in self.extensions.all() if row.run == self.clock_run), None)

    @transition(state, source=State.DRAFT, target=State.SUBMITTED)
    def submit(self, *, on: date, by: User, at: datetime | None = None) -> None:
        """申报. ``at``: the moment of receipt, where it is known. Sets fields only; saving is the service's job."""
        require(guards.submission_blockers(self, on=on), gettext("还不能申报"))
        self.submitted_on = self.received_on = on
        self.submitted_by, self.received_at = by, at

    @transition(state, source=State.DRAFT, target=State.GRANTED)
    def file(self, *, on: date, by: User) -> None:
        """备案: complete information received is filed (收到全部信息即为备案). Nobody decides."""
        require(guards.submission_blockers(self, on=on), gettext("填报的信息还不完整"))
        self.submitted_on = self.received_on = self.decided_on = on
        self.submitted_by = by

    @transition(state, source=State.SUPPLEMENTING, target=State.SUBMITTED)
    def resubmit(self, *, on: date, by: User, at: datetime | None = None) -> None:
        require(guards.submission_blockers(self, on=on), gettext("补正材料还不齐"))
        self.received_on, self.received_at = on, at

    @transition(state, source=State.SUBMITTED, target=State.SUPPLEMENTING)
    def request_supplement(self) -> None: ...

    @transition(state, source=State.SUBMITTED, target=State.ACCEPTED)
    def accept(self, *, on: date, by: User) -> None:
        """受理. The clocks run from here."""
        require(guards.acceptance_blockers(self), gettext("申请材料不齐，不能受理"))
        self.accepted_on, self.accepted_by = on, by

    @transition(state, source=State.SUBMITTED, target=State.ACCEPTED)
    def accept_conditionally(self, *, on: date, by: User) -> None:
        """容缺受理. The clocks run from here; the certificate waits for what was promised."""
        require(guards.acceptance_blockers(self, conditionally=True), gettext("不能容缺受理"))
        self.accepted_on, self.accepted_by = on, by

    @transition(state, source=State.SUBMITTED, target=State.ACCEPTED)
    def accept_by_law(self) -> None:
        """Nobody was told in time what is missing: accepted from the day of receipt (《行政许可法》第三十二条)."""
        assert self.received_on is not None, "what was submitted was received"
        self.accepted_on, self.accepted_by_law = self.received_on, True

    @transition(state, source=State.SUBMITTED, target=State.DECLINED)
    def decline(self, *, on: date, by: User, ground: str, reason: str, referred_to: str) -> None:
        require(
            guards.decline_blockers(ground=ground, reason=reason, referred_to=referred_to), gettext("不能作出该处理")
        )
        self.decline_ground, self.referred_to = ground, referred_to.strip()
        self._decide(on=on, by=by, reason=reason)

    @transition(state, source=State.ACCEPTED, target=State.GRANTED)
    def grant(self, *, on: date, by: User, reason: str) -> None:
        self._decide(on=on, by=by, reason=reason)

    @transition(state, source=State.ACCEPTED, target=State.REFUSED)
    def refuse(self, *, on: date, by: User, reason: str) -> None:
        self._decide(on=on, by=by, reason=reason)

    @transition(state, source=OPEN, target=State.WITHDRAWN)
    def withdraw(self, *, on: date, reason: str) -> None:
        self.decided_on, self.reason = on, reason

    @transition(state, source=State.ACCEPTED, target=State.SUBMITTED)
    def return_to_review(self) -> None:
        """The acceptance was a mistake that can still be mended: as if it had not been made."""
        self.accepted_on = self.accepted_by = self.due_on = self.promised_due_on = None

    @transition(state, source=State.GRANTED, target=State.ANNULLED)
    def annul(self) -> None:
        """撤销. The grant's own day and reasons stay; the annulment has its own record."""

    @transition(state, source=State.GRANTED, target=State.LAPSED)
    def lapse(self) -> None:
        """The result was not used in time, and that has been put on record (注销). It can be applied for anew."""

    @transition(state, source=[State.REFUSED, State.ANNULLED], target=State.ACCEPTED)
    def reopen_decision(self, *, on: date) -> None:
        """To be decided anew: its clocks begin again on the day."""
        self.received_on = self.accepted_on = on
        self.received_at = None
        self.clock_run += 1
        self._undecide()

    @transition(state, source=State.DECLINED, target=State.SUBMITTED)
    def reopen_review(self, *, on: date) -> None:
        self.received_on, self.received_at = on, None
        self._undecide()

    def _undecide(self) -> None:
        self.decided_on = self.decided_by = None
        self.reason = self.result_number = ""

    def _decide(self, *, on: date, by: User, reason: str) -> None:
        self.decided_on, self.decided_by, self.reason = on, by, reason
