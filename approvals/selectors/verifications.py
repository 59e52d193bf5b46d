"""The promise after its grant: what was promised, who checks it, how it was kept, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from approvals.accounts.models import Organisation
from approvals.language import day_in_words
from approvals.models import Application, Commitment, Matter, Project, PromiseVersion, Rectification, Verification
from approvals.rules.commitment_letter import STATEMENTS


@dataclass(frozen=True, slots=True)
class Promise:
    """One promised matter with its terms, and the last result that was found for it ("" while there was no check)."""

    code: str
    name: str
    terms: str
    standard: str
    result: str
    result_label: str
    found: str


def committable(on: date) -> QuerySet[Matter]:
    """The matters that an enterprise may promise on a day (企业信用承诺事项) and that some stage waits for."""
    return Matter.objects.in_force(on).filter(category="enterprise_commitment").exclude(gates=[])


def latest_verification(commitment: Commitment) -> Verification | None:
    return commitment.verifications.select_related("department", "rectification").order_by("pk").last()


def verifications_of(commitment: Commitment) -> QuerySet[Verification]:
    """Every check, the latest first, with all that a page shows of it."""
    people = ("department", "recorded_by", "rectification", "version")
    return commitment.verifications.select_related(*people).prefetch_related("evidence").order_by("-pk")


def verification_step(commitment: Commitment) -> str | None:
    """What the granted commitment calls for next; None while nothing has to be done."""
    if commitment.state != Commitment.State.GRANTED:
        return None
    if commitment.changes.filter(state="pending").exists():
        return "answer_change"
    last = latest_verification(commitment)
    if last is None:
        return "plan_verification"
    if last.recorded_on is None:
        return "record_verification"
    if not last.is_breach:
        return None
    order = getattr(last, "rectification", None)
    if order is None:
        return "order_rectification"
    return {
        Rectification.Outcome.OPEN: "conclude_rectification",
        Rectification.Outcome.FAILED: "revoke_commitment",
    }.get(order.outcome)


def verifying_departments(commitment: Commitment, *, on: date) -> list[Organisation]:
    """The approval bureau, and the departments that supervise a promised matter, the nearest of each."""
    project = commitment.project
    found = [project.approval_bureau]
    kinds = Matter.objects.in_force(on).filter(code__in=commitment.matter_codes)
    for kind in sorted({matter.supervising_department for matter in kinds if matter.supervising_department}):
        places = (area.own_department(kind) for area in project.organisation.upwards())
        if nearest := next((department for department in places if department), None):
            found.append(nearest)
    return list(dict.fromkeys(found))


def promises(commitment: Commitment, *, on: date) -> list[Promise]:
    """Every promised matter in the order of the promise, as it is in force on the day."""
    items = promised_items(commitment, on=on)
    codes = [item["code"] for item in items]
    matters = {matter.code: matter for matter in Matter.objects.in_force(on).filter(code__in=codes)}
    recorded = commitment.verifications.exclude(recorded_on=None).order_by("pk").last()
    results: dict[str, Any] = {row["code"]: row for row in recorded.results} if recorded else {}
    return [_promise(item, matters.get(item["code"]), results.get(item["code"], {})) for item in items]


def version_in_force(commitment: Commitment, *, on: date) -> PromiseVersion | None:
    """What the promise says on a day; None before it was signed."""
    return commitment.versions.filter(in_force_on__lte=on).order_by("number").last()


def promised_items(commitment: Commitment, *, on: date) -> list[dict[str, str]]:
    """As ``PromiseVersion.items``; before it is signed, what was chosen to be promised."""
    if version := version_in_force(commitment, on=on):
        return list(version.items)
    names = dict(Matter.objects.in_force(on).filter(code__in=commitment.matter_codes).values_list("code", "name"))
    return [{"code": code, "name": names.get(code, code), "terms": ""} for code in commitment.matter_codes]


def relied_on(commitment: Commitment) -> set[str]:
    """Codes of the matters that are being handled, or were granted, on the promise."""
    rows = commitment.project.applications.filter(route=Application.Route.COMMITMENT)
    return set(rows.exclude(state__in=Application.UNSUCCESSFUL).values_list("matter__code", flat=True))


def resting_on_promise(project: Project) -> QuerySet[Application]:
    """What was granted on the promise; once that is revoked, it is to be annulled."""
    rows = project.applications.filter(route=Application.Route.COMMITMENT, state=Application.State.GRANTED)
    return rows.select_related("matter", "department").order_by("pk")


def _promise(item: Mapping[str, str], matter: Matter | None, result: dict[str, str]) -> Promise:
    word = result.get("result", "")
    return Promise(
        code=item["code"],
        name=matter.label if matter else item["name"],
        terms=item["terms"],
        standard=matter.legal_basis if matter and matter.confidence != "low" else _("依据有待主管部门确认"),
        result=word,
        result_label=str(Verification.Result(word).label) if word else _("尚未核查"),
        found=result.get("found", ""),
    )


def statements_of(commitment: Commitment) -> list[str]:
    """What the letter says, as it was signed."""
    signed = (commitment.letter or {}).get("statements")
    return list(signed) if signed else [text for _code, text in STATEMENTS]


def relying_on_grant(commitment: Commitment, *, on: date) -> list[str]:
    """What a revocation reaches: applications on the promise, the list of matters, and the gates."""
    project = commitment.project
    rows = project.applications.filter(route=Application.Route.COMMITMENT).exclude(state__in=Application.UNSUCCESSFUL)
    found = []
    for row in rows.select_related("matter").order_by("pk"):
        words = {"matter": row.matter.name, "state": row.get_state_display()}
        if row.state == Application.State.GRANTED:
            found.append(_("办件“%(matter)s”（%(state)s）：不再作为已办结，由负责人依法一并撤销后重新申请") % words)
        else:
            found.append(_("办件“%(matter)s”（%(state)s）：终止办理，改按一般程序重新申请") % words)
    for listed in project.matter_lists.filter(superseded_on=None):
        found.append(_("项目事项清单（%(day)s确认）：失效，须按一般程序重新确认") % {"day": day_in_words(listed.on)})
    if project.stage in {Project.Stage.FULL_AGENCY, Project.Stage.COMMENCEMENT}:
        found.append(_("“全代办”和“开工核验”的条件：重新打开"))
    return found


@dataclass(frozen=True, slots=True)
class MyPromise:
    """One promise on the enterprise's own page."""

    commitment: Commitment
    matters: list[str]
    check: Verification | None
    order: Rectification | None


def my_promises(projects: Iterable[Project]) -> list[MyPromise]:
    """What an enterprise has promised in some projects, with the last check of each; three queries however many."""
    rows = Commitment.objects.filter(project__in=list(projects)).exclude(pledged_on=None)
    checks = Verification.objects.select_related("department", "rectification").order_by("pk")
    found = list(rows.select_related("project").prefetch_related(Prefetch("verifications", checks)).order_by("-pk"))
    names = dict(
        Matter.objects.filter(code__in={c for row in found for c in row.matter_codes}).values_list("code", "name")
    )
    return [_my_promise(row, names) for row in found]


def _my_promise(row: Commitment, names: Mapping[str, str]) -> MyPromise:
    check = next(reversed(row.verifications.all()), None)
    matters = [names.get(code, code) for code in row.matter_codes]
    return MyPromise(row, matters, check, getattr(check, "rectification", None))


def result_words(result: str) -> str:
    """The result of a check in a word."""
    return str(dict(Verification.Result.choices).get(result, result))
