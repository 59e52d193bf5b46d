"""The commitment track: from the notice to the decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.language import day_in_words

if TYPE_CHECKING:
    from approvals.models import Commitment, Project

REGULATION = "《山西省企业投资项目承诺制规定》第二条"
CREDIT = "《国务院办公厅关于全面推行证明事项和涉企经营许可事项告知承诺制的指导意见》（国办发〔2020〕42号）"


def notice_blockers(commitment: Commitment) -> list[Blocker]:
    """Only who is eligible is given notice; every reason against it is named."""
    if commitment.eligibility["outcome"] == "eligible":
        return []
    reasons = commitment.eligibility["reasons"] or [{"text": commitment.eligibility["headline"], "basis": REGULATION}]
    return [Blocker("not-eligible", reason["text"], reason["basis"]) for reason in reasons]


def commitment_grant_blockers(commitment: Commitment, *, on: date) -> list[Blocker]:
    found = []
    until = commitment.publicity_until_on
    if until is None or on <= until:
        shown = day_in_words(until) if until else _("未确定")
        found.append(Blocker("publicity-running", _("公示期至 %(day)s，期满后方可决定") % {"day": shown}, REGULATION))
    for objection in commitment.objections.all():
        if objection.resolution == objection.Resolution.PENDING:
            found.append(Blocker("objection-open", _("异议尚未核实：%(text)s") % {"text": objection.content[:60]}))
        if objection.resolution == objection.Resolution.UPHELD:
            found.append(Blocker("objection-upheld", _("异议成立：%(text)s") % {"text": objection.content[:60]}))
    return found


def commitment_blockers(project: Project, *, on: date) -> list[Blocker]:
    """The stage ends with a decision, or with the ordinary route. A pledge alone is not a decision."""
    commitment = getattr(project, "commitment", None)
    if commitment is None:
        return [Blocker("eligibility-open", _("尚未核查是否适用承诺制"), REGULATION)]
    if not commitment.is_decided:
        message = _("承诺制办理尚未决定（当前：%(state)s）") % {"state": commitment.get_state_display()}
        return [Blocker("commitment-open", message, REGULATION)]
    return []


def change_blockers(
    before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]], *, relied_on: Collection[str]
) -> list[Blocker]:
    """What a change may do to a promise: other terms, or fewer matters. More of them have to be promised anew.

    Args:
        before, after: items as in ``PromiseVersion.items``.
        relied_on: codes of matters that are being handled, or were granted, on the promise.
    """
    names = {item["code"]: item["name"] for item in before}
    kept = {item["code"] for item in after}
    found = []
    if strangers := sorted(kept - names.keys()):
        message = _("%(codes)s不在原承诺之内；增加承诺事项须重新告知、承诺和公示")
        found.append(Blocker("matter-not-promised", message % {"codes": "、".join(strangers)}, REGULATION))
    if not kept:
        found.append(Blocker("promise-emptied", _("变更后至少保留一项承诺；不再承诺的，请撤回办件"), REGULATION))
    for code in sorted(names.keys() - kept):
        if code in relied_on:
            message = _("“%(name)s”已按承诺办理，不能从承诺中去掉") % {"name": names[code]}
            found.append(Blocker("matter-relied-on", message, REGULATION))
    if _plain(before) == _plain(after):
        found.append(Blocker("nothing-changed", _("变更后的承诺内容与原承诺相同")))
    return found


def _plain(items: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return {item["code"]: item["terms"].strip() for item in items}
