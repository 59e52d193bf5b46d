"""The library of phrases: everybody's, and a department's own. They are texts; what may be decided the rules say."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from approvals.accounts.models import Organisation, Role, User
from approvals.accounts.roles import standing
from approvals.errors import NotYours
from workflows.models import Phrase, WorkItem

# Which field of which step a kind of phrase is for.
OPINION = (Phrase.Kind.REASON, Phrase.Kind.RETURN)
FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "review_application": {"reason": (Phrase.Kind.DECLINE,), "problem": (Phrase.Kind.SUPPLEMENT,)},
    "consent_supplement": {"remark": OPINION},
    "examine_application": {"reason": (Phrase.Kind.REASON,)},
    "decide_application": {"reason": OPINION},
    "decide_commitment": {"reason": (Phrase.Kind.REASON,)},
    "answer_consultation": {"answer": (Phrase.Kind.REASON,)},
    "conclude_joint": {"reply": (Phrase.Kind.REASON,)},
    "revoke_commitment": {"reason": (Phrase.Kind.REASON,)},
    "answer_change": {"reply": OPINION},
}
PROBLEM = "problem"  # of each material: offered in the line itself, the others behind a button


def phrases_of(departments: frozenset[int]) -> QuerySet[Phrase]:
    common_or_own = Q(department=None) | Q(department__in=departments)
    return Phrase.objects.filter(common_or_own, is_active=True).select_related("department")


def phrases_for(item: WorkItem) -> dict[str, list[Phrase]]:
    """By the name of the field they are offered at; one query."""
    wanted = FIELDS.get(item.step)
    if not wanted:
        return {}
    found = list(phrases_of(frozenset({item.department_id or 0})))
    return {name: [phrase for phrase in found if phrase.kind in kinds] for name, kinds in wanted.items()}


def departments_of(user: User, *, on: date) -> QuerySet[Organisation]:
    """Whose phrases a person may keep: those of the departments he approves for."""
    return Organisation.objects.filter(pk__in=standing(user, on).organisation_ids(Role.APPROVER)).order_by("path")


def add_phrase(*, by: User, on: date, kind: str, department: Organisation, text: str) -> Phrase:
    if not departments_of(by, on=on).filter(pk=department.pk).exists():
        raise NotYours(_("只能维护本部门的常用语"))
    return Phrase.objects.create(kind=kind, department=department, text=text, written_by=by)


def retire_phrase(phrase: Phrase, *, by: User, on: date) -> None:
    if phrase.department is None or not departments_of(by, on=on).filter(pk=phrase.department.pk).exists():
        raise NotYours(_("只能维护本部门的常用语"))
    phrase.is_active = False
    phrase.save(update_fields=["is_active"])
