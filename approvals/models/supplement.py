"""Supplement notices (一次性补正告知): one is the law, a second needs a new fact and another approver's consent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import User
from approvals.models.application import Application


class SupplementNotice(models.Model):
    """一次性告知: everything that is missing, in one notice.

    ``items``: materials, which have to be handed in anew; ``facts``: what the enterprise stated of the project, with
    its words on the day of the notice (``was``) and, once answered, on the day of the answer (``now``).
    ``answer_due_on``: the day by which the applicant is asked to answer, where the locality has set a number of days.
    Nothing follows from letting it pass. ``new_fact`` and ``consented_by`` are there on a second notice alone.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="supplement_notices")
    issued_on = models.DateField(_("告知日期"))
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("告知人"))
    items = models.JSONField(_("需补正内容"))  # list of {"material": str, "problem": str}
    facts = models.JSONField(_("需更正的填报信息"), default=list)  # list of {"fact", "problem", "was"[, "now"]}: str
    answer_due_on = models.DateField(_("补正期限"), null=True, blank=True)
    answer_due_is_provisional = models.BooleanField(_("暂定"), default=False)
    answered_on = models.DateField(_("补正提交日期"), null=True, blank=True)
    new_fact = models.TextField(_("再次告知所依据的新情况"), blank=True)
    consented_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("同意人")
    )
    reminded_on = models.DateField(_("临期提醒日期"), null=True, blank=True)
    lapse_told_on = models.DateField(_("逾期提示日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("补正告知")
        verbose_name_plural = _("补正告知")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application} {self.issued_on}"


class SupplementProposal(models.Model):
    """A second notice before it is one: proposed by one approver, decided on by another (four eyes)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="supplement_proposals")
    items = models.JSONField(_("需补正内容"))  # as in SupplementNotice
    facts = models.JSONField(_("需更正的填报信息"), default=list)  # list of {"fact", "problem"}: str
    new_fact = models.TextField(_("新情况"))
    proposed_on = models.DateField(_("提请日期"))
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("提请人"))
    decided_on = models.DateField(_("审核日期"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
    )
    consented = models.BooleanField(_("同意"), null=True, blank=True)
    remark = models.TextField(_("审核意见"), blank=True)

    class Meta:
        verbose_name = _("再次补正的提请")
        verbose_name_plural = _("再次补正的提请")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="supplement_one_open_proposal", fields=["application"], condition=Q(decided_on=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.proposed_on}"
