"""A small county: its areas, departments, one person per role, an enterprise and a plot. Say what is different."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from approvals.accounts.models import Appointment, Enterprise, Membership, Organisation, Role, User
from approvals.models import LocalParameter, Plot, PlotIndicator, RegionalAssessment
from approvals.rules import uscc
from approvals.services.catalogue import load_calendar, load_matters
from tests.remembered import remembered

SINCE = date(2024, 1, 1)


@dataclass(frozen=True)
class World:
    province: Organisation
    county: Organisation
    zone: Organisation
    bureau: Organisation
    provincial_energy: Organisation
    handler: User
    other_handler: User
    lead: User
    approver: User
    second_approver: User
    energy_approver: User
    second_energy_approver: User
    supervisor: User
    administrator: User
    enterprise: Enterprise
    owner: User
    clerk: User
    stranger: User
    plot: Plot


@remembered()
def build_world() -> World:
    load_matters()
    load_calendar()
    province = Organisation.objects.add_root({"name": "示例省", "kind": "province", "division_code": "140000"})
    city = child(province, name="示例市", kind="city", division_code="140700")
    county = child(city, name="示例县", kind="county", division_code="140724")
    zone = child(county, name="示例经济技术开发区", kind="zone")
    bureau = department(county, "approval_bureau", "示例县行政审批服务管理局", "示审")
    energy = department(province, "energy", "示例省能源局", "示能源")
    department(zone, "service_centre", "示例开发区项目服务中心", "示开服")
    for code, value in (("publicity_working_days", "5"), ("step_working_days", "3"), ("due_soon_working_days", "3")):
        LocalParameter.objects.create(code=code, organisation=province, value=value, source="测试", from_on=SINCE)
    enterprise = make_enterprise("示例家居有限公司", 1)
    other = make_enterprise("示例外部有限公司", 2)
    return World(
        province=province,
        county=county,
        zone=zone,
        bureau=bureau,
        provincial_energy=energy,
        handler=person("handler", "代办张", Role.HANDLER, zone),
        other_handler=person("handler2", "代办李", Role.HANDLER, zone),
        lead=person("lead", "领办王", Role.LEAD, zone),
        approver=person("approver", "审批赵", Role.APPROVER, bureau),
        second_approver=person("approver2", "审批钱", Role.APPROVER, bureau),
        energy_approver=person("energy", "能评孙", Role.APPROVER, energy),
        second_energy_approver=person("energy2", "能评郑", Role.APPROVER, energy),
        supervisor=person("supervisor", "督查周", Role.SUPERVISOR, county),
        administrator=person("administrator", "管理吴", Role.ADMINISTRATOR, province),
        enterprise=enterprise,
        owner=member("owner", "企业陈", enterprise, may_sign=True),
        clerk=member("clerk", "企业刘", enterprise, may_sign=False),
        stranger=member("stranger", "外人何", other, may_sign=True),
        plot=make_plot(zone),
    )


def child(parent: Organisation, **fields: str) -> Organisation:
    return Organisation.objects.add_child(parent, fields)


def department(area: Organisation, kind: str, name: str, prefix: str) -> Organisation:
    return child(area, name=name, kind="department", department=kind, number_prefix=prefix)


def user(username: str, name: str) -> User:
    return User.objects.create(username=username, name=name, password="!")


def person(username: str, name: str, role: str, organisation: Organisation) -> User:
    made = user(username, name)
    Appointment.objects.create(user=made, organisation=organisation, role=role, from_on=SINCE)
    return made


def member(username: str, name: str, enterprise: Enterprise, *, may_sign: bool) -> User:
    made = user(username, name)
    Membership.objects.create(user=made, enterprise=enterprise, may_sign=may_sign, from_on=SINCE)
    return made


def make_enterprise(name: str, number: int) -> Enterprise:
    return Enterprise.objects.create(
        name=name,
        uscc=make_uscc(number),
        legal_representative="示例人",
        bad_credit=False,
        previous_false_commitment=False,
    )


def make_uscc(number: int) -> str:
    """A valid code of a company of the county that does not exist."""
    organisation = f"MA0X{number:04d}"
    body = f"91140724{organisation}{uscc.organisation_check_character(organisation)}"
    return body + uscc.check_character(body)


def make_plot(zone: Organisation, code: str = "SL-2026-01") -> Plot:
    plot = Plot.objects.create(
        organisation=zone,
        code=code,
        location="开发区创业路北",
        area_m2=Decimal("20000"),
        planning_conditions_number="示规条〔2026〕1号",
        sale_notice_number="示自然告〔2026〕1号",
    )
    for indicator, direction, value, unit in (
        ("invest_mu", ">=", "200", "万元/亩"),
        ("far_min", ">=", "0.8", "比值"),
        ("tax_mu", ">=", "8", "万元/亩"),
    ):
        PlotIndicator.objects.create(
            plot=plot, code=indicator, direction=direction, value=value, unit=unit, source="示自然告〔2026〕1号"
        )
    for code_, name in (("U09", "区域环境影响评价"), ("U07", "地质灾害危险性评估"), ("U13", "水土保持区域评估")):
        RegionalAssessment.objects.create(
            organisation=zone,
            matter_code=code_,
            name=name,
            number=f"示评〔2025〕{code_}",
            valid_from_on=date(2025, 1, 1),
            valid_until_on=date(2029, 12, 31),
        )
    return plot
