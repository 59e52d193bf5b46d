"""User, Organisation, Appointment (a role held somewhere for a time), Substitution, Enterprise and Membership."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from approvals.rules import uscc


class User(AbstractUser):
    """A person who signs in. Deactivated, never deleted: tasks and events name him for good."""

    name = models.CharField(_("姓名"), max_length=50)
    phone = models.CharField(_("电话"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")

    def __str__(self) -> str:
        return self.name or self.username

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AssertionError("users are deactivated, never deleted: deleting one would delete his tasks")


class Organisation(MP_Node):
    """A node of the tree of areas (province, city, county, zone, park) and of their departments."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("省")
        CITY = "city", _("市")
        COUNTY = "county", _("县（市、区）")
        ZONE = "zone", _("开发区")
        PARK = "park", _("园区")
        DEPARTMENT = "department", _("部门")

    class Department(models.TextChoices):
        APPROVAL_BUREAU = "approval_bureau", _("行政审批服务管理局")
        SERVICE_CENTRE = "service_centre", _("项目服务中心")
        INVESTMENT_PROMOTION = "investment_promotion", _("投资促进部门")
        NATURAL_RESOURCES = "natural_resources", _("自然资源部门")
        ECOLOGY = "ecology", _("生态环境部门")
        ENERGY = "energy", _("节能主管部门")
        WATER = "water", _("水行政主管部门")
        HOUSING = "housing", _("住房城乡建设部门")
        CIVIL_AIR_DEFENCE = "civil_air_defence", _("人防主管部门")
        EMERGENCY = "emergency", _("应急管理部门")
        FORESTRY = "forestry", _("林业和草原部门")
        CULTURE_RELICS = "culture_relics", _("文物行政部门")
        METEOROLOGY = "meteorology", _("气象主管机构")
        SEISMOLOGY = "seismology", _("地震工作主管部门")
        TAX = "tax", _("税务部门")
        SUPERVISION = "supervision", _("督查机构")
        ZONE_COMMITTEE = "zone_committee", _("开发区管委会")

    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    department = models.CharField(_("部门类别"), max_length=30, choices=Department, blank=True)
    division_code = models.CharField(
        _("区划代码"), max_length=12, blank=True, help_text=_("民政部代码；开发区可用统计用代码")
    )
    number_prefix = models.CharField(_("机关代字"), max_length=20, blank=True, help_text=_("用于文号，例如“示审”"))
    is_active = models.BooleanField(_("启用"), default=True)

    node_order_by: list[str] = []

    class Meta:
        verbose_name = _("机构")
        verbose_name_plural = _("机构")
        constraints = [
            models.CheckConstraint(
                name="organisation_department_iff_kind_department",
                condition=Q(kind="department") & ~Q(department="") | ~Q(kind="department") & Q(department=""),
            ),
            models.UniqueConstraint(
                name="organisation_division_code_unique", fields=["division_code"], condition=~Q(division_code="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def upwards(self) -> list[Organisation]:
        """This area and those above it, the nearest first."""
        return [self, *reversed(list(Organisation.objects.get_ancestors(self)))]

    def government(self) -> Organisation | None:
        """The area whose government stands over this organisation (本级人民政府); a zone has none of its own."""
        governed = (self.Kind.COUNTY, self.Kind.CITY, self.Kind.PROVINCE)
        return next((area for area in self.upwards() if area.kind in governed), None)

    def own_department(self, kind: str) -> Organisation | None:
        """The department of a kind directly under this area."""
        children = Organisation.objects.get_children(self)
        return children.filter(department=kind, is_active=True).first()


class Role(models.TextChoices):
    HANDLER = "handler", _("代办员")
    LEAD = "lead", _("领办")
    APPROVER = "approver", _("审批人员")
    SUPERVISOR = "supervisor", _("督查")
    ADMINISTRATOR = "administrator", _("系统管理员")


class HeldQuerySet(models.QuerySet):
    """Something held from a date to a date, both included."""

    def held_on(self, on: date) -> HeldQuerySet:
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Appointment(models.Model):
    """A role held by a person in an organisation, from a date to a date."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("人员"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("机构")
    )
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    is_head = models.BooleanField(
        _("负责人"),
        default=False,
        help_text=_("部门的负责人批准本机关延期；县、市、省的负责人即本级人民政府负责人，批准联合办理延期"),
    )
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至（含）"), null=True, blank=True)

    objects = HeldQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = [
            models.UniqueConstraint(
                name="appointment_once_at_a_time",
                fields=["user", "organisation", "role"],
                condition=Q(until_on=None),
            ),
            models.CheckConstraint(
                name="appointment_ends_after_it_begins", condition=Q(until_on=None) | Q(until_on__gte=F("from_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"


class Substitution(models.Model):
    """Somebody's tasks are done by a colleague while he is away.

    It ends by itself, or the moment it is ended (``ended_on``). The row stays: who has acted for another does not
    approve in his projects later.

    It gives the substitute nothing that he may not do himself: he holds the same role in the same organisation.
    Who is ill cannot name anybody: then the head or an administrator does (``named_by``), and ends it likewise.
    """

    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences", verbose_name=_("外出人员"))
    substitute = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="substitutions", verbose_name=_("代办人员")
    )
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至（含）"))
    reason = models.CharField(_("事由"), max_length=100, blank=True)
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("指定人"))
    ended_on = models.DateField(_("提前结束日期"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("结束人"), null=True, blank=True
    )

    objects = HeldQuerySet.as_manager()

    class Meta:
        verbose_name = _("外出代办")
        verbose_name_plural = _("外出代办")
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="substitution_by_another", condition=~Q(absent=F("substitute"))),
            models.CheckConstraint(name="substitution_not_backwards", condition=Q(until_on__gte=F("from_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} 代 {self.absent}"


def check_uscc(value: str) -> None:
    """Form and model validator for the 18-character unified social credit code (GB 32100-2015)."""
    try:
        uscc.validate(value)
    except ValueError as fault:
        raise ValidationError(str(fault)) from fault


class Enterprise(models.Model):
    """A company, known by its unified social credit code (统一社会信用代码)."""

    name = models.CharField(_("企业名称"), max_length=120)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True, validators=[check_uscc])
    legal_representative = models.CharField(_("法定代表人"), max_length=50, blank=True)
    address = models.CharField(_("住所"), max_length=200, blank=True)
    # None: nobody has asked the credit platform yet. Unknown stays unknown.
    bad_credit = models.BooleanField(_("存在未修复的严重失信记录"), null=True, blank=True)
    previous_false_commitment = models.BooleanField(_("曾作出虚假承诺"), null=True, blank=True)

    class Meta:
        verbose_name = _("企业")
        verbose_name_plural = _("企业")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.uscc = uscc.validate(self.uscc)  # one spelling in the database, whatever was typed
        super().save(*args, **kwargs)


class Membership(models.Model):
    """A person who works for an enterprise. ``may_sign``: may sign a commitment in its name."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("人员"))
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("企业")
    )
    position = models.CharField(_("职务"), max_length=50, blank=True)
    may_sign = models.BooleanField(_("可代表企业签署"), default=False)
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至（含）"), null=True, blank=True)

    objects = HeldQuerySet.as_manager()

    class Meta:
        verbose_name = _("企业人员")
        verbose_name_plural = _("企业人员")
        constraints = [
            models.UniqueConstraint(
                name="membership_once_at_a_time", fields=["user", "enterprise"], condition=Q(until_on=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.enterprise}"
