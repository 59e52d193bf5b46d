"""What an administrator maintains without a deployment: the calendar and the dated local parameters."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.dateparse import parse_time
from django.utils.translation import gettext_lazy as _

from approvals.accounts.models import HeldQuerySet, Organisation, User


class CalendarEdition(models.Model):
    """The working days of one year as they were published. A year without an edition gives provisional dates."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    source = models.CharField(_("来源"), max_length=200)
    revision = models.PositiveSmallIntegerField(_("版次"), default=1)
    loaded_at = models.DateTimeField(_("载入时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("工作日历")
        verbose_name_plural = _("工作日历")
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year} 年"


class CalendarDay(models.Model):
    """A day that differs from its weekday: a holiday, or a make-up working day (调休)."""

    edition = models.ForeignKey(CalendarEdition, on_delete=models.CASCADE, related_name="days", verbose_name=_("年份"))
    day = models.DateField(_("日期"), unique=True)
    is_working = models.BooleanField(_("上班"))
    note = models.CharField(_("说明"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("调整日")
        verbose_name_plural = _("调整日")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.is_working else '放假'}"


class LocalClosure(models.Model):
    """A day on which the offices of one area were closed. It is no working day for the area's departments."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="closures", verbose_name=_("适用区域")
    )
    day = models.DateField(_("日期"))
    reason = models.CharField(_("原因"), max_length=60)
    source = models.CharField(_("来源"), max_length=200)

    class Meta:
        verbose_name = _("本地停止办公")
        verbose_name_plural = _("本地停止办公")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(name="closure_once_per_area", fields=["organisation", "day"])]

    def __str__(self) -> str:
        return f"{self.organisation} {self.day}"


class CalendarChange(models.Model):
    """A year's calendar or an area's closures, drafted by an administrator, previewed, and then applied for good."""

    year = models.PositiveSmallIntegerField(_("年份"))
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("适用区域"),
        help_text=_("空白为全国日历；填写区域为本地停止办公"),
    )
    source = models.CharField(_("来源"), max_length=200)
    text = models.TextField(_("粘贴的原文"))
    days = models.JSONField(_("调整日"))  # list of {"day": ISO date, "works": bool, "note": str}
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("录入人"))
    drafted_on = models.DateField(_("录入日期"))
    applied_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("启用人")
    )
    applied_on = models.DateField(_("启用日期"), null=True, blank=True)
    name = models.CharField(_("名称"), max_length=120, blank=True)  # as events and letters cite it, once it is in force
    # How far a worker has come with the dates that move, project by project; nothing is lost where it stops.
    cursor = models.BigIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(_("项目数"), default=0)
    done = models.PositiveIntegerField(_("已处理的项目数"), default=0)
    moved = models.PositiveIntegerField(_("变动的期限"), default=0)
    settled_at = models.DateTimeField(_("处理完成时间"), null=True, blank=True)
    # Letters that were sent with a date which has moved: who wanted them corrected, and how many have been.
    corrections_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("要求更正的人")
    )
    corrections_on = models.DateField(_("要求更正的日期"), null=True, blank=True)
    corrected = models.PositiveIntegerField(_("已更正的文书"), default=0)
    corrected_at = models.DateTimeField(_("更正完成时间"), null=True, blank=True)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("日历变更")
        verbose_name_plural = _("日历变更")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.organisation or '全国'} {self.year}"

    @property
    def is_working(self) -> bool:
        """A worker has something left to do for it."""
        if self.applied_on is None:
            return False
        return self.settled_at is None or (self.corrections_on is not None and self.corrected_at is None)


class LocalParameter(models.Model):
    """A number or text that the locality decides, from a date to a date, with its source. Starts empty: nothing
    here is shipped as if it were official."""

    class Code(models.TextChoices):
        PUBLICITY_WORKING_DAYS = "publicity_working_days", _("承诺公示期（工作日）")
        STEP_WORKING_DAYS = "step_working_days", _("内部环节办理期限（工作日）")
        SUPPLEMENT_ANSWER_WORKING_DAYS = "supplement_answer_working_days", _("企业补正期限（工作日）")
        DUE_SOON_WORKING_DAYS = "due_soon_working_days", _("临期提醒（剩余工作日）")
        VALIDITY_REMIND_DAYS = "validity_remind_days", _("有效期届满前提醒（提前天数，逗号分隔）")
        DUTY_REMIND_DAYS = "duty_remind_days", _("后续义务到期前提醒（提前天数，逗号分隔）")
        INTERNAL_WORKING_DAYS = "internal_working_days", _("内部办理期限（受理后工作日）")
        CONSULTATION_WORKING_DAYS = "consultation_working_days", _("征求意见回复期限（工作日）")
        OFFICE_CLOSES_AT = "office_closes_at", _("停止业务时间（时:分）")
        ENABLED_PILOTS = "enabled_pilots", _("已启用的试点事项代码（逗号分隔）")

    code = models.CharField(_("参数"), max_length=40, choices=Code)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="parameters", verbose_name=_("适用区域")
    )
    value = models.CharField(_("值"), max_length=100)
    source = models.CharField(_("来源"), max_length=200)
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至（含）"), null=True, blank=True)

    objects = HeldQuerySet.as_manager()

    class Meta:
        verbose_name = _("本地参数")
        verbose_name_plural = _("本地参数")
        ordering = ["code", "from_on"]
        constraints = [
            models.UniqueConstraint(
                name="parameter_one_open_per_area", fields=["code", "organisation"], condition=Q(until_on=None)
            ),
            models.CheckConstraint(
                name="parameter_ends_after_it_begins", condition=Q(until_on=None) | Q(until_on__gte=F("from_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} = {self.value}"

    def clean(self) -> None:
        """A number that is none, or an hour that does not exist, would only be found when somebody waits for it."""
        code, value = str(self.code), str(self.value).strip()
        if code.endswith("_working_days") and not value.isdecimal():
            raise ValidationError({"value": _("请填写工作日的天数（整数）")})
        if code.endswith("_remind_days") and not _are_numbers(value):
            raise ValidationError({"value": _("请填写提前的天数，多个用逗号分隔，例如30,7")})
        if code == self.Code.OFFICE_CLOSES_AT and not _is_time(value):
            raise ValidationError({"value": _("请填写时间，例如17:30")})

    def applies(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


def _are_numbers(text: str) -> bool:
    return all(part.strip().isdecimal() for part in text.replace("，", ",").split(","))


def _is_time(text: str) -> bool:
    try:
        return parse_time(text) is not None
    except ValueError:
        return False
