"""The steps from intake to the confirmed list of matters, each with the working days that pass before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from approvals.demo.carrier import Carrier
from approvals.models import Activity, Boiler, EnergyLine, ProjectFacts
from approvals.selectors.determinations import answer
from approvals.services import agency, commitments, determinations, land, projects, signing
from approvals.services.projects import Registration

TERMS = "乙方依法参加土地招拍挂；甲方安排代办员和领办领导，提供免费全程代办服务；双方按月通报进度。"


def register(c: Carrier) -> None:
    spec = c.spec
    known = {"energy_lines_known": spec.energy is not None, "boilers_known": spec.boilers is not None}
    registration = Registration(
        name=spec.name,
        organisation=c.cast.tree[spec.park],
        enterprise=c.enterprise,
        industry_code=spec.industry,
        industry_group=spec.group,
        summary=f"建设{'、'.join(row['title'] for row in spec.activities)}及配套设施。",
        site=f"{c.cast.tree[spec.park].name}示例路{c.number}号",
        planned_commencement_on=c.on + timedelta(days=200),
        facts={**spec.facts, **known},
    )
    by = c.handler if spec.at_counter else c.owner
    c.pk = projects.register_project(registration, by=by, on=c.on).pk
    stated = ProjectFacts.objects.get(project=c.pk)
    for model, rows in ((Activity, spec.activities), (EnergyLine, spec.energy), (Boiler, spec.boilers)):
        for row in rows or ():
            model.objects.create(facts=stated, **row)


def accept_intake(c: Carrier) -> None:
    projects.accept_intake(c.pk, by=c.handler, on=c.on, handler=c.handler, lead_official=c.lead)


def draft_agreement(c: Carrier) -> None:
    content = f"乙方投资建设“{c.spec.name}”，固定资产投资约{c.spec.facts['fixed_investment_wan']}万元。"
    signing.draft_agreement(
        c.pk,
        by=c.handler,
        on=c.on,
        kind="formal",
        content=content,
        terms=TERMS,
        construction_months=18,
        policies=c.spec.policies,
    )


def sign_agreement(c: Carrier) -> None:
    signing.sign_agreement(c.pk, by=c.owner, on=c.on)


def countersign_agreement(c: Carrier) -> None:
    signing.countersign_agreement(c.pk, by=c.lead, on=c.on)


def record_filing(c: Carrier) -> None:
    """The code is invented: no division has the number 149900."""
    signing.record_filing(
        c.pk,
        by=c.handler,
        on=c.on,
        kind="R02" if c.spec.facts.get("needs_verification") else "R01",
        project_code=f"{c.on:%y%m}-149900-89-01-{100_000 + c.number * 37}",
        number=f"示例备案〔{c.on.year}〕{c.number}号",
        authority=c.project.approval_bureau.name,
        filed_on=c.on,
    )


def leave(stage: str) -> Callable[[Carrier], None]:
    def conclude(c: Carrier) -> None:
        projects.leave_stage(c.pk, by=c.handler, on=c.on, stage=stage)

    return conclude


def assess_commitment(c: Carrier) -> None:
    reason = c.spec.ordinary
    codes = () if reason else c.spec.pledged
    commitments.assess_commitment(c.pk, by=c.handler, on=c.on, ordinary=bool(reason), reason=reason, matter_codes=codes)


def give_notice(c: Carrier) -> None:
    commitments.give_notice(c.pk, by=c.bureau, on=c.on)


def sign_commitment(c: Carrier) -> None:
    letter = {"agreed": True, "matters": list(c.spec.pledged), "read_notice": True}
    commitments.sign_commitment(c.pk, by=c.owner, on=c.on, letter=letter)


def publicise_commitment(c: Carrier) -> None:
    where = f"{c.project.approval_bureau.name}网站（演示）"
    commitments.publicise_commitment(c.pk, by=c.bureau, on=c.on, place=where)


def decide_commitment(c: Carrier) -> None:
    commitments.decide_commitment(c.pk, by=c.bureau, on=c.on, granted=True, reason="公示期满无异议，符合承诺制办理条件")


def choose_plot(c: Carrier) -> None:
    if c.spec.project_company:
        c.found_project_company()
    land.choose_plot(c.pk, by=c.handler, on=c.on, plot=c.plot)


def record_auction(c: Carrier) -> None:
    number = f"示例成交〔{c.on.year}〕{c.number}号"
    land.record_auction(c.pk, by=c.handler, on=c.on, confirmation_number=number, auctioned_on=c.on, winner=c.enterprise)


def record_contracts(c: Carrier) -> None:
    land.record_contracts(
        c.pk,
        by=c.handler,
        on=c.on,
        land_contract_number=f"示例出让〔{c.on.year}〕{c.number}号",
        land_contract_on=c.on,
        planning_conditions_in_contract=True,
        investment_contract_number=f"示例标准地〔{c.on.year}〕{c.number}号",
        investment_contract_on=c.on,
        agreed_start_on=c.on + timedelta(days=180),
    )


def record_payment(c: Carrier) -> None:
    land.record_payment(c.pk, by=c.handler, on=c.on, paid_in_full_on=c.on, voucher=f"示例缴款{c.number:04d}")


def offer_mandate(c: Carrier) -> None:
    partial = c.spec.partial_mandate
    agency.offer_mandate(
        c.pk,
        by=c.handler,
        on=c.on,
        scope="partial" if partial else "full",
        until_on=c.on + timedelta(days=730),
        matter_codes=partial,
    )


def sign_mandate(c: Carrier) -> None:
    agency.sign_mandate(c.pk, by=c.owner, on=c.on)


def confirm_determinations(c: Carrier) -> None:
    seen = {kind: answer(c.project, kind, on=c.on).outcome for kind in ("eia", "energy")}
    determinations.confirm_determinations(c.pk, by=c.handler, on=c.on, seen=seen)


def confirm_matter_list(c: Carrier) -> None:
    agency.confirm_matter_list(c.pk, by=c.handler, on=c.on)


# Step, working days since the step before, what is done.
JOURNEY: tuple[tuple[str, int, Callable[[Carrier], None]], ...] = (
    ("register", 0, register),
    ("accept_intake", 1, accept_intake),
    ("draft_agreement", 2, draft_agreement),
    ("sign_agreement", 1, sign_agreement),
    ("countersign_agreement", 1, countersign_agreement),
    ("record_filing", 1, record_filing),
    ("leave_signing", 0, leave("signing")),
    ("assess_commitment", 1, assess_commitment),
    ("give_notice", 1, give_notice),
    ("sign_commitment", 1, sign_commitment),
    ("publicise_commitment", 1, publicise_commitment),
    ("decide_commitment", 6, decide_commitment),
    ("leave_commitment", 0, leave("commitment")),
    ("choose_plot", 2, choose_plot),
    ("record_auction", 22, record_auction),
    ("record_contracts", 5, record_contracts),
    ("record_payment", 5, record_payment),
    ("leave_standard_land", 0, leave("standard_land")),
    ("offer_mandate", 1, offer_mandate),
    ("sign_mandate", 1, sign_mandate),
    ("confirm_determinations", 1, confirm_determinations),
    ("confirm_matter_list", 1, confirm_matter_list),
    ("leave_full_agency", 0, leave("full_agency")),
)
ON_COMMITMENT_TRACK = frozenset({"give_notice", "sign_commitment", "publicise_commitment", "decide_commitment"})


def travel(c: Carrier) -> None:
    """Do every step up to ``spec.upto``, so timed that the last one lies ``spec.idle`` working days back."""
    last = next(index for index, (name, _, _) in enumerate(JOURNEY) if name == c.spec.upto)
    skipped = ON_COMMITMENT_TRACK if c.spec.ordinary else frozenset()
    steps = [step for step in JOURNEY[: last + 1] if step[0] not in skipped]
    c.left = c.spec.idle + sum(gap for _, gap, _ in steps)
    for _, gap, do in steps:
        c.wait(gap)
        do(c)
