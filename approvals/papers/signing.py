"""Signing: 签约信息表."""

from __future__ import annotations

from approvals.guards.signing import FAIR_COMPETITION, FILING
from approvals.models import Event, InvestmentAgreement, Project, ProjectParty
from approvals.papers.common import bases, day_of, head, iso, mu, plain, project_of
from approvals.rules import vocabulary
from documents.facts.common import Pair
from documents.facts.signing import SigningRecord


def signing_record(event: Event) -> SigningRecord:
    """No price and no rebate. The figures are those stated on the day (``event.facts["stated"]``)."""
    project, on = project_of(event), day_of(event)
    agreement = InvestmentAgreement.objects.get(project=project)
    company = project.party(ProjectParty.Role.PROJECT_COMPANY, on=on)
    investor = project.party(ProjectParty.Role.SIGNING_ENTERPRISE, on=on)
    stated = event.facts["stated"]
    return {
        "project": head(project, on),
        "agreement_title": f"{project.name}投资协议",
        "agreement_kind_label": str(agreement.get_kind_display()),
        "signed_on": _concluded_on(agreement),
        "party_a": project.organisation.name,
        "party_b": investor.name if investor else "",
        "project_company": company.name if company else "",
        "industry": _industry(project),
        "content": agreement.content,
        "investment_wan": plain(stated.get("total_investment_wan")),
        "fixed_investment_wan": plain(stated.get("fixed_investment_wan")),
        "land_area_mu": mu(stated.get("land_area_m2")),
        "land_location": project.site,
        "construction_from_on": iso(project.planned_commencement_on),
        "production_by_on": "",
        "fair_competition_review": _reviews(agreement),
        "figures": _figures(project, agreement),
        "basis": bases(FILING, FAIR_COMPETITION),
    }


def _concluded_on(agreement: InvestmentAgreement) -> str:
    """An agreement is concluded with the second signature."""
    signatures = (agreement.signed_by_enterprise_on, agreement.signed_by_government_on)
    return iso(max(day for day in signatures if day))


def _industry(project: Project) -> str:
    known = vocabulary.INDUSTRIES.get(project.industry_code)
    name = f" {known.zh}" if known else ""
    return f"{project.industry_code}{name}（{project.industry_edition}）"


def _reviews(agreement: InvestmentAgreement) -> str:
    policies = [f"{row.name}（{row.fair_competition_review_number}）" for row in agreement.policies.all()]
    return "；".join(policies) or "未约定政策事项"


def _figures(project: Project, agreement: InvestmentAgreement) -> list[Pair]:
    filing = f"{project.filing_number}（{project.filing_authority}，{iso(project.filed_on)}）"
    pairs: list[Pair] = [
        {"label": str(project.get_filing_kind_display()), "value": filing},
        {"label": "双方约定", "value": agreement.terms},
    ]
    if agreement.construction_months:
        pairs.append({"label": "建设期", "value": f"{agreement.construction_months}个月"})
    return pairs
