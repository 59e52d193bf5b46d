"""Project: how far it is in law. Its parties, as roles with dates."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, FSMField, transition

from approvals import guards
from approvals.accounts.models import Enterprise, HeldQuerySet, Organisation, User
from approvals.models.base import StatefulModel, require


class Project(StatefulModel):  # type: ignore[django-manager-missing]  # viewflow's manager is untyped
    """An investment project on its way from the agreement to the first pour of concrete.

    ``stage`` is the legal position. Who has to act next is not stored here; that is a task in ``workflows``
    and can always be rebuilt from this row.
    """

    class Stage(models.TextChoices):
        INTAKE = "intake", _("受理登记")
        SIGNING = "signing", _("签约")
        COMMITMENT = "commitment", _("承诺制")
        STANDARD_LAND = "standard_land", _("标准地")
        FULL_AGENCY = "full_agency", _("全代办")
        COMMENCEMENT = "commencement", _("开工核验")
        COMMENCED = "commenced", _("已开工")
        SUSPENDED = "suspended", _("已暂停")
        TERMINATED = "terminated", _("已终止")

    JOURNEY = (
        Stage.INTAKE,
        Stage.SIGNING,
        Stage.COMMITMENT,
        Stage.STANDARD_LAND,
        Stage.FULL_AGENCY,
        Stage.COMMENCEMENT,
        Stage.COMMENCED,
    )
    OPEN_STAGES = JOURNEY[:-1]

    class FilingKind(models.TextChoices):
        RECORD = "R01", _("备案")
        VERIFICATION = "R02", _("核准")

    name = models.CharField(_("项目名称"), max_length=120)
    summary = models.TextField(_("建设内容"), blank=True)
    site = models.CharField(_("建设地点"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="projects", verbose_name=_("落地区域")
    )
    approval_bureau = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="bureau_projects", verbose_name=_("审批机关")
    )
    handler = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="handled_projects", verbose_name=_("代办员")
    )
    lead_official = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="led_projects", verbose_name=_("领办领导")
    )
    industry_code = models.CharField(_("行业代码"), max_length=4, blank=True)
    industry_edition = models.CharField(_("行业分类版本"), max_length=20, default="GB/T 4754-2017")
    industry_group = models.CharField(_("重点行业"), max_length=30, blank=True)
    planned_commencement_on = models.DateField(_("计划开工日期"), null=True, blank=True)
    wished_commencement_on = models.DateField(_("期望开工日期"), null=True, blank=True)  # the plan counts back from it

    # Imported from the national investment platform; this system never mints one.
    project_code = models.CharField(_("项目代码"), max_length=30, blank=True)
    filing_kind = models.CharField(_("立项方式"), max_length=3, choices=FilingKind, blank=True)
    filing_number = models.CharField(_("备案证明或核准文件编号"), max_length=60, blank=True)
    filing_authority = models.CharField(_("备案或核准机关"), max_length=60, blank=True)
    filed_on = models.DateField(_("备案或核准日期"), null=True, blank=True)

    stage = FSMField(_("阶段"), choices=Stage.choices, default=Stage.INTAKE, protected=True, editable=False)
    stage_since = models.DateField(_("进入本阶段日期"))
    stage_before_stop = models.CharField(max_length=20, blank=True, editable=False)
    stop_reason = models.CharField(_("暂停或终止原因"), max_length=300, blank=True)
    commenced_on = models.DateField(_("开工日期"), null=True, blank=True)

    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人"))
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("项目")
        verbose_name_plural = _("项目")
        ordering = ["-pk"]
        permissions = [
            ("handle_project", "代办项目"),
            ("lead_project", "领办项目"),
            ("approve_application", "审批办件"),
            ("supervise_projects", "督查项目"),
            ("administer", "维护机构、目录、日历和参数"),
            ("act_for_enterprise", "代表企业办事"),
        ]
        constraints = [
            models.UniqueConstraint(name="project_code_unique", fields=["project_code"], condition=~Q(project_code="")),
            models.CheckConstraint(
                name="project_handler_is_not_lead",
                condition=Q(handler=None) | Q(lead_official=None) | ~Q(handler=F("lead_official")),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "stage"], name="project_by_area_and_stage")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.stage not in {self.Stage.COMMENCED, self.Stage.SUSPENDED, self.Stage.TERMINATED}

    def party(self, role: str, *, on: date) -> Enterprise | None:
        """The enterprise in ``role`` on a day."""
        found = self.parties.held_on(on).filter(role=role).select_related("enterprise").first()
        return found.enterprise if found else None

    def principal(self, *, on: date) -> Enterprise | None:
        """Who the approvals are issued to: the project company once it exists, the signing enterprise before."""
        return self.party(ProjectParty.Role.PROJECT_COMPANY, on=on) or self.party(
            ProjectParty.Role.SIGNING_ENTERPRISE, on=on
        )

    # The stages. Each transition checks its gate itself, so no caller can forget it.

    @transition(stage, source=Stage.INTAKE, target=Stage.SIGNING)
    def begin_signing(self, *, on: date) -> None:
        require(guards.intake_blockers(self, on=on), gettext("还不能转入签约"))
        self.stage_since = on

    @transition(stage, source=Stage.SIGNING, target=Stage.COMMITMENT)
    def begin_commitment(self, *, on: date) -> None:
        require(guards.signing_blockers(self, on=on), gettext("签约阶段还不能办结"))
        self.stage_since = on

    @transition(stage, source=Stage.COMMITMENT, target=Stage.STANDARD_LAND)
    def begin_standard_land(self, *, on: date) -> None:
        require(guards.commitment_blockers(self, on=on), gettext("承诺制阶段还不能办结"))
        self.stage_since = on

    @transition(stage, source=Stage.STANDARD_LAND, target=Stage.FULL_AGENCY)
    def begin_full_agency(self, *, on: date) -> None:
        require(guards.standard_land_blockers(self, on=on), gettext("标准地阶段还不能办结"))
        self.stage_since = on

    @transition(stage, source=Stage.FULL_AGENCY, target=Stage.COMMENCEMENT)
    def begin_commencement(self, *, on: date) -> None:
        require(guards.full_agency_blockers(self, on=on), gettext("全代办阶段还不能办结"))
        self.stage_since = on

    @transition(stage, source=Stage.COMMENCEMENT, target=Stage.COMMENCED)
    def commence(self, *, on: date, commenced_on: date) -> None:
        require(guards.commencement_blockers(self, on=on), gettext("还不具备开工条件"))
        self.commenced_on = commenced_on
        self.stage_since = on

    @transition(stage, source=OPEN_STAGES, target=Stage.SUSPENDED)
    def suspend(self, *, on: date, reason: str) -> None:
        self.stage_before_stop, self.stop_reason, self.stage_since = self.stage, reason, on

    @transition(stage, source=Stage.SUSPENDED, target=RETURN_VALUE(*OPEN_STAGES))
    def resume(self, *, on: date) -> str:
        stage, self.stage_before_stop, self.stop_reason = self.stage_before_stop, "", ""
        self.stage_since = on
        return stage

    @transition(stage, source=[*OPEN_STAGES, Stage.SUSPENDED], target=Stage.TERMINATED)
    def terminate(self, *, on: date, reason: str) -> None:
        self.stop_reason, self.stage_since = reason, on


class ProjectParty(models.Model):
    """An enterprise in a role, from a date to a date: who signed is often not who later builds."""

    class Role(models.TextChoices):
        SIGNING_ENTERPRISE = "signing_enterprise", _("签约企业")
        PROJECT_COMPANY = "project_company", _("项目公司")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="parties", verbose_name=_("项目"))
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="parties", verbose_name=_("企业"))
    role = models.CharField(_("角色"), max_length=30, choices=Role)
    from_on = models.DateField(_("自"))
    until_on = models.DateField(_("至（含）"), null=True, blank=True)

    objects = HeldQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目当事人")
        verbose_name_plural = _("项目当事人")
        constraints = [
            models.UniqueConstraint(
                name="project_party_one_per_role_at_a_time",
                fields=["project", "role"],
                condition=Q(until_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.enterprise}"
