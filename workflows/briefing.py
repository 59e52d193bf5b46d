"""What a person needs in front of him to do a step: what keeps it from being done, and the papers of the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from approvals import guards
from approvals.accounts.models import User
from approvals.accounts.roles import APPROVE
from approvals.errors import Blocker
from approvals.models import Application, Consultation, Matter, Override, Project
from approvals.rules import commitment_letter
from approvals.selectors.consultations import consultations_of
from approvals.selectors.credit import track_bars
from approvals.selectors.determinations import CLASSIFIERS, answer, assess_eligibility, needed_matters
from approvals.selectors.land import check_indicators, plots_for
from approvals.selectors.limits import review_due
from approvals.selectors.materials import changes_since_notice, materials_of
from approvals.selectors.overrides import pending_kinds, settled_clauses
from approvals.selectors.verifications import committable, promises, relying_on_grant, verifications_of
from approvals.services.agency import opens_application
from approvals.services.commitments import eligibility_blockers
from workflows.models import WorkItem

Gate = Callable[..., list[Blocker]]

STAGE_GATES: dict[str, Gate] = {
    Project.Stage.INTAKE: guards.intake_blockers,
    Project.Stage.SIGNING: guards.signing_blockers,
    Project.Stage.COMMITMENT: guards.commitment_blockers,
    Project.Stage.STANDARD_LAND: guards.standard_land_blockers,
    Project.Stage.FULL_AGENCY: guards.full_agency_blockers,
    Project.Stage.COMMENCEMENT: guards.commencement_blockers,
}

LACKING_FACTS = frozenset({"fact-missing", "not-known", "matter-unknown"})  # blockers that a fact of the project lifts


def blockers_of(item: WorkItem, *, on: date) -> list[Blocker]:
    """Everything that keeps the step from being done today, whatever is typed into its form."""
    project = item.project
    assert project is not None
    if item.step in {"conclude_stage", "confirm_commencement"}:
        return STAGE_GATES[project.stage](project, on=on)
    if item.step in {"sign_agreement", "countersign_agreement"}:
        return guards.agreement_blockers(getattr(project, "agreement", None))
    if item.step in {"give_notice", "sign_commitment", "publicise_commitment"}:
        return eligibility_blockers(project.commitment, on=on)
    if item.step == "decide_commitment":
        commitment = project.commitment
        return guards.commitment_grant_blockers(commitment, on=on) + eligibility_blockers(commitment, on=on)
    if item.step == "confirm_determinations":
        return _open_questions(project, on=on)
    if item.step == "conclude_joint":
        return guards.joint_reply_blockers(joint_parts(item), on=on)
    if item.step == "decide_application" and item.application is not None and item.application.is_joint:
        return guards.joint_running_blockers(item.application)
    if item.step in {"examine_application", "decide_application"} and item.application is not None:
        return guards.grant_blockers(item.application, on=on)
    return []


def blockers_of_person(item: WorkItem, user: User, *, on: date) -> list[Blocker]:
    """What keeps this person from a step of his own inbox; a colleague can do it, so it is handed over."""
    return guards.own_opinion_blockers(joint_parts(item), user.pk) if item.step == "conclude_joint" else []


def still_possible(item: WorkItem, blockers: list[Blocker]) -> bool:
    """Whether the form is worth showing: a refusal needs no grant, so decisions stay open to a "no"."""
    if item.step == "conclude_joint":
        return not blockers
    return not blockers or item.owner_permission == APPROVE


def papers_for(item: WorkItem, *, on: date) -> dict[str, Any]:
    """The records the step is about, by the name its panel knows them."""
    find = _PAPERS.get(item.step)
    return find(item, on) if find else {}


def _agreement(item: WorkItem, on: date) -> dict[str, Any]:
    return {"agreement": getattr(item.project, "agreement", None)}


def _commitment(item: WorkItem, on: date) -> dict[str, Any]:
    commitment = getattr(item.project, "commitment", None)
    codes = commitment.matter_codes if commitment else []
    return {
        "commitment": commitment,
        "committed_matters": Matter.objects.in_force(on).filter(code__in=codes),
        "statements": [text for _code, text in commitment_letter.STATEMENTS],
        "objections": list(commitment.objections.all()) if commitment else [],
    }


def _eligibility(item: WorkItem, on: date) -> dict[str, Any]:
    assert item.project is not None
    promisable = committable(on).values_list("code", flat=True)
    return {
        "answer": assess_eligibility(item.project, on=on).as_json(),
        "bars": track_bars(item.project, list(promisable), on=on),
    }


def _plots(item: WorkItem, on: date) -> dict[str, Any]:
    """Every plot of the area with what the check against it would say."""
    project = item.project
    assert project is not None
    return {
        "plots": [
            {"plot": plot, "answer": check_indicators(project, plot, on=on).as_json()} for plot in plots_for(project)
        ]
    }


def _land(item: WorkItem, on: date) -> dict[str, Any]:
    return {"land": getattr(item.project, "land", None)}


def _mandate(item: WorkItem, on: date) -> dict[str, Any]:
    assert item.project is not None
    mandate = item.project.mandates.filter(ended_on=None).select_related("handler", "lead_official").first()
    names = Matter.objects.in_force(on).filter(code__in=mandate.matter_codes) if mandate else []
    return {"mandate": mandate, "mandated_matters": names}


def _determinations(item: WorkItem, on: date) -> dict[str, Any]:
    project = item.project
    assert project is not None
    settled = _held(project) | pending_kinds(project)
    answers = [answer(project, kind, on=on).as_json() for kind in CLASSIFIERS if kind not in settled]
    pending = project.overrides.filter(state=Override.State.PENDING, kind__in=CLASSIFIERS)
    pending = pending.select_related("proposed_by", "department")
    return {"answers": answers, "pending_overrides": pending}


def _matters(item: WorkItem, on: date) -> dict[str, Any]:
    assert item.project is not None
    needs = needed_matters(item.project, on=on)
    needed = [need for need in needs if need.status == "needed"]
    opened = [need for need in needed if opens_application(need)]
    return {
        "needs": {
            "applications": opened,
            "recorded": [need for need in needed if need.recorded_by],
            "later": [need for need in needed if need not in opened and not need.recorded_by],
            "unknown": [need for need in needs if need.status == "unknown"],
            "spared": [need for need in needs if need.status == "spared"],
        }
    }


def _commencement(item: WorkItem, on: date) -> dict[str, Any]:
    project = item.project
    assert project is not None
    return {
        "permit_conditions": guards.permit_conditions(project, on=on),
        "lawful_conditions": guards.lawful_conditions(project, on=on),
        "evidence": project.evidence.prefetch_related("attachments"),
    }


def _application(item: WorkItem, on: date) -> dict[str, Any]:
    application = item.application
    assert application is not None
    draft = application.state in {Application.State.DRAFT, Application.State.SUPPLEMENTING}
    missing = guards.submission_blockers(application, on=on) if draft else []
    materials, notices = materials_of(application), list(application.supplement_notices.select_related("consented_by"))
    return {
        "application": application,
        "materials": materials,
        "notices": notices,
        "changes": changes_since_notice(materials, notices),
        "late": _late(application, on),
        "promise": application.deferral_promises.select_related("signed_by").last(),
        "corrections": list(application.corrections.select_related("recorded_by")),
        "proposal": application.supplement_proposals.filter(decided_on=None).select_related("proposed_by").first(),
        "recommendations": list(application.recommendations.select_related("made_by", "reviewed_by")),
        "waits_for": [blocker for blocker in missing if blocker.code != "material-missing"],
        "consulting": consultations_of(application, on=on),
    }


def _late(application: Application, on: date) -> list[Blocker]:
    """What can no longer be sent back; the acceptance that the law has made can still be recorded."""
    if application.state != Application.State.SUBMITTED:
        return []
    return guards.late_blockers(application, review_due(application), on=on)


def _consultation(item: WorkItem, on: date) -> dict[str, Any]:
    asked = Consultation.objects.select_related("asked_by", "application__department").get(process=item.process_id)
    return {"consultation": asked, **_application(item, on)}


def _joint(item: WorkItem, on: date) -> dict[str, Any]:
    return {"parts": joint_parts(item)}


def joint_parts(item: WorkItem) -> list[Application]:
    """The applications of a joint handling, each with its department's opinion."""
    rows = Application.objects.filter(joint_handlings__process=item.process_id).select_related("matter", "department")
    return list(rows.prefetch_related("recommendations__made_by").order_by("pk"))


def _open_questions(project: Project, *, on: date) -> list[Blocker]:
    held, waiting = _held(project), pending_kinds(project)
    found = []
    for kind in CLASSIFIERS:
        made = answer(project, kind, on=on) if kind not in held | waiting else None
        if made is not None and not made.is_known:
            found += [Blocker("fact-missing", question.text) for question in made.missing] or [
                Blocker("not-known", made.headline)
            ]
    if waiting and waiting | held >= set(CLASSIFIERS):
        found.append(Blocker("override-pending", _("人工认定待第二人复核，复核后继续")))
    return found


def _held(project: Project) -> set[str]:
    return set(project.determinations.filter(superseded_on=None).values_list("kind", flat=True))


def _promise(item: WorkItem, on: date) -> dict[str, Any]:
    assert item.project is not None
    commitment = item.project.commitment
    return {
        "promises": promises(commitment, on=on),
        "verifications": verifications_of(commitment),
        "relying": relying_on_grant(commitment, on=on),
        "change": commitment.changes.filter(state="pending").select_related("asked_by").first(),
    }


def _drafting(item: WorkItem, on: date) -> dict[str, Any]:
    assert item.project is not None
    return {"clauses": settled_clauses(item.project)}


def _override(item: WorkItem, on: date) -> dict[str, Any]:
    assert item.override is not None
    return {"override": item.override, "answer": item.override.answer}


_PAPERS: dict[str, Callable[[WorkItem, date], dict[str, Any]]] = {
    "draft_agreement": _drafting,
    "sign_agreement": _agreement,
    "countersign_agreement": _agreement,
    "record_filing": _agreement,
    "assess_commitment": _eligibility,
    "give_notice": _commitment,
    "sign_commitment": _commitment,
    "publicise_commitment": _commitment,
    "decide_commitment": _commitment,
    "choose_plot": _plots,
    "record_auction": _land,
    "record_contracts": _land,
    "record_payment": _land,
    "sign_mandate": _mandate,
    "confirm_determinations": _determinations,
    "confirm_matter_list": _matters,
    "record_evidence": _commencement,
    "confirm_commencement": _commencement,
    "prepare_application": _application,
    "supplement_application": _application,
    "review_application": _application,
    "consent_supplement": _application,
    "answer_consultation": _consultation,
    "conclude_joint": _joint,
    "examine_application": _application,
    "decide_application": _application,
    "settle_override": _override,
    "plan_verification": _promise,
    "record_verification": _promise,
    "order_rectification": _promise,
    "conclude_rectification": _promise,
    "revoke_commitment": _promise,
    "answer_change": _promise,
}
