"""Intake and signing: who the parties are, and an agreement that promises nothing it may not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.rules import agreement as agreement_rules

if TYPE_CHECKING:
    from approvals.models import InvestmentAgreement, Project

FILING = "《企业投资项目核准和备案管理条例》（国务院令第673号）第十三条、第十四条"
FAIR_COMPETITION = "《公平竞争审查条例》第十条"


def intake_blockers(project: Project, *, on: date) -> list[Blocker]:
    found = []
    if project.principal(on=on) is None:
        found.append(Blocker("party-missing", _("尚未登记签约企业")))
    if not project.industry_code:
        found.append(Blocker("industry-missing", _("尚未填写行业小类代码（GB/T 4754-2017）")))
    if project.handler_id is None:
        found.append(Blocker("handler-missing", _("尚未指定代办员")))
    if project.lead_official_id is None:
        found.append(Blocker("lead-missing", _("尚未指定领办领导")))
    return found


def agreement_blockers(agreement: InvestmentAgreement | None) -> list[Blocker]:
    """What keeps an agreement from being signed."""
    if agreement is None:
        return [Blocker("agreement-missing", _("尚未拟定投资协议"))]
    found = []
    if agreement.kind != agreement.Kind.FORMAL:
        found.append(Blocker("agreement-framework", _("框架或意向协议不作为签约依据，须签订正式投资协议")))
    text = f"{agreement.content}。{agreement.terms}"  # two fields never make one sentence
    for finding in agreement_rules.forbidden_promises(text, cleared=_cleared(agreement.project)):
        found.append(Blocker(f"promise-{finding.kind}", _found(finding), finding.basis))
    for policy in agreement.policies.all():
        if not policy.fair_competition_review_number:
            message = _("政策“%(name)s”没有公平竞争审查文号") % {"name": policy.name}
            found.append(Blocker("review-missing", message, FAIR_COMPETITION))
    return found


def _found(finding: agreement_rules.Finding) -> str:
    """With the whole sentence: that is what is mended, or settled by two people."""
    shown = f"{finding.reason}：“{finding.phrase}”"
    return shown if finding.sentence == finding.phrase else f"{shown}（{_('原句')}：“{finding.sentence}”）"


def _cleared(project: Project) -> set[str]:
    """Sentences that two people have settled to be no forbidden promise, word for word."""
    approved = project.overrides.filter(kind="terms", state="approved").values_list("facts", flat=True)
    return {sentence for facts in approved for sentence in agreement_rules.sentences(facts["clause"])}


def signing_blockers(project: Project, *, on: date) -> list[Blocker]:
    agreement = getattr(project, "agreement", None)
    found = agreement_blockers(agreement)
    if agreement is not None and agreement.signed_by_enterprise_on is None:
        found.append(Blocker("enterprise-not-signed", _("企业尚未签署投资协议")))
    if agreement is not None and agreement.signed_by_government_on is None:
        found.append(Blocker("government-not-signed", _("政府方尚未签署投资协议")))
    if project.filed_on is None or not project.filing_number:
        found.append(Blocker("filing-missing", _("尚未登记项目备案或核准"), FILING))
    if not project.project_code:
        found.append(Blocker("project-code-missing", _("尚未录入投资项目在线审批监管平台的项目代码"), FILING))
    return found
