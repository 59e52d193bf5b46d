"""Precheck: what a visitor answered without signing in. Answers and dates only; it goes away by itself."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

# Without the letters and digits that are mistaken for each other on a screen or over the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10


def new_code() -> str:
    """About 49 bits: nobody finds another's answers by trying."""
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def paper_path(instance: Precheck, filename: str) -> str:
    name = secrets.token_hex(16)
    return f"prechecks/{name[:2]}/{name}.pdf"


class Precheck(models.Model):
    """One visitor's answers. No name, no address, no free text: nothing here says who answered.

    ``outcome`` is what the rules said on ``answered_on``, to notice when newer editions say something else.
    ``paper_wanted_at`` is set from the wish for a PDF until it is there; a sweep prints what a dead worker lost.
    """

    code = models.CharField(_("预查编号"), max_length=LENGTH, unique=True, default=new_code)
    answers = models.JSONField(_("回答"), default=dict)  # rules.precheck.answers.State.as_json()
    answered_on = models.DateField(_("回答日期"))
    outcome = models.JSONField(_("当日结论和规则版本"), default=dict)
    expires_on = models.DateField(_("保留至"), db_index=True)
    paper = models.FileField(_("预查结果文件"), upload_to=paper_path, blank=True)
    paper_on = models.DateField(_("文件日期"), null=True, blank=True)
    paper_wanted_at = models.DateTimeField(_("请求文件时间"), null=True, blank=True, db_index=True)
    paper_attempts = models.PositiveSmallIntegerField(_("生成次数"), default=0)

    class Meta:
        verbose_name = _("预查")
        verbose_name_plural = _("预查")

    def __str__(self) -> str:
        return self.shown_code

    @property
    def shown_code(self) -> str:
        """In two halves, as it is read aloud."""
        return f"{self.code[:5]}-{self.code[5:]}"
