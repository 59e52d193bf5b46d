"""The commitment track: notice, the enterprise's own signature, publicity, objections, decision."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from approvals import guards
from approvals.accounts.models import User
from approvals.guards.decisions import LICENSING_38
from approvals.models.base import StatefulModel, require
from approvals.models.project import Project


class Commitment(StatefulModel):
    """A project's commitment (承诺). It is not instantaneous: publicity has to run before the decision."""

    class State(models.TextChoices):
        ASSESSED = "assessed", _("待告知")
        NOTICED = "noticed", _("已告知，待企业承诺")
        PLEDGED = "pledged", _("已承诺，待公示")
        PUBLICISED = "publicised", _("公示中")
        GRANTED = "granted", _("准予承诺制办理")
        REFUSED = "refused", _("不予承诺制办理")
        ORDINARY = "ordinary", _("按一般程序办理")
        REVOKED = "revoked", _("承诺制决定已撤销")

    UNDECIDED = (State.ASSESSED, State.NOTICED, State.PLEDGED)  # before publicity, after which the bureau decides

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="commitment", verbose_name=_("项目"))
    state = FSMField(_("状态"), choices=State.choices, default=State.ASSESSED, protected=True, editable=False)
    eligibility = models.JSONField(_("资格核查"))  # rules.answer.Answer.as_json()
    matter_codes = models.JSONField(_("承诺事项"), default=list)
    assessed_on = models.DateField(_("核查日期"))
    noticed_on = models.DateField(_("告知日期"), null=True, blank=True)
    letter = models.JSONField(_("承诺书内容"), null=True, blank=True)
    letter_sha256 = models.CharField(max_length=64, blank=True)
    pledged_on = models.DateField(_("承诺日期"), null=True, blank=True)
    pledged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    publicity_place = models.CharField(_("公示网站或场所"), max_length=120, blank=True)
    publicity_from_on = models.DateField(_("公示开始"), null=True, blank=True)
    publicity_until_on = models.DateField(_("公示结束（含）"), null=True, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.TextField(_("决定理由"), blank=True)
    revoked_on = models.DateField(_("撤销日期"), null=True, blank=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revocation_reason = models.TextField(_("撤销理由"), blank=True)
    revocation_heard = models.TextField(_("企业陈述、申辩情况"), blank=True)

    class Meta:
        verbose_name = _("承诺")
        verbose_name_plural = _("承诺")
        constraints = [
            models.CheckConstraint(
                name="commitment_publicity_ends_after_it_begins",
                condition=Q(publicity_until_on=None) | Q(publicity_until_on__gte=F("publicity_from_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_state_display()}"

    @property
    def is_decided(self) -> bool:
        return self.state in {self.State.GRANTED, self.State.REFUSED, self.State.ORDINARY, self.State.REVOKED}

    @transition(state, source=UNDECIDED, target=State.ORDINARY)
    def take_ordinary_route(self, *, on: date, by: User, reason: str) -> None:
        self.decided_on, self.decided_by, self.decision_reason = on, by, reason

    @transition(state, source=State.ASSESSED, target=State.NOTICED)
    def give_notice(self, *, on: date) -> None:
        require(guards.notice_blockers(self), gettext("不能发出告知书"))
        self.noticed_on = on

    @transition(state, source=State.NOTICED, target=State.PLEDGED)
    def pledge(self, *, on: date, by: User, letter: dict, sha256: str) -> None:
        self.pledged_on, self.pledged_by = on, by
        self.letter, self.letter_sha256 = letter, sha256

    @transition(state, source=State.PLEDGED, target=State.PUBLICISED)
    def publicise(self, *, from_on: date, until_on: date, place: str) -> None:
        self.publicity_from_on, self.publicity_until_on, self.publicity_place = from_on, until_on, place

    @transition(state, source=State.PUBLICISED, target=State.GRANTED)
    def grant(self, *, on: date, by: User, reason: str) -> None:
        require(guards.commitment_grant_blockers(self, on=on), gettext("还不能作出准予决定"))
        self.decided_on, self.decided_by, self.decision_reason = on, by, reason

    @transition(state, source=State.PUBLICISED, target=State.REFUSED)
    def refuse(self, *, on: date, by: User, reason: str) -> None:
        require(guards.reason_blockers(reason, LICENSING_38), gettext("不能作出决定"))
        self.decided_on, self.decided_by, self.decision_reason = on, by, reason

    @transition(state, source=State.GRANTED, target=State.REVOKED)
    def revoke(self, *, on: date, by: User, reason: str, heard: str) -> None:
        self.revoked_on, self.revoked_by = on, by
        self.revocation_reason, self.revocation_heard = reason, heard


class Objection(models.Model):
    """An objection raised during publicity. An open one keeps the decision waiting; an upheld one forbids a grant."""

    class Resolution(models.TextChoices):
        PENDING = "pending", _("待核实")
        DISMISSED = "dismissed", _("不成立")
        UPHELD = "upheld", _("成立")

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="objections")
    raised_by = models.CharField(_("异议人"), max_length=80)
    content = models.TextField(_("异议内容"))
    received_on = models.DateField(_("收到日期"))
    resolution = models.CharField(_("处理结果"), max_length=20, choices=Resolution, default=Resolution.PENDING)
    reason = models.TextField(_("核实情况"), blank=True)
    resolved_on = models.DateField(_("处理日期"), null=True, blank=True)
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("公示异议")
        verbose_name_plural = _("公示异议")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.raised_by}：{self.content[:30]}"
