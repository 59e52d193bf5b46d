"""Supplement notices: what may be asked for, and when a second time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.guards.applications import LICENSING_31, LICENSING_32
from approvals.rules import vocabulary

if TYPE_CHECKING:
    from approvals.models import Application, Material, SupplementNotice

ONCE = "《行政许可法》第三十二条第一款第四项"


def items_blockers(
    application: Application,
    items: Sequence[dict[str, str]],
    facts: Sequence[dict[str, str]],
    known_facts: Collection[str],
) -> list[Blocker]:
    """Something is named, each with its problem, and nothing beyond the registered materials and the stated facts.

    ``known_facts``: names of what an enterprise states of its project.
    """
    if not items and not facts:
        return [Blocker("items-missing", _("请写明需要补正的全部内容"), LICENSING_32)]
    known = {material.name for material in application.materials.all()}
    found = [
        Blocker("material-unknown", _("“%(name)s”不在该事项的材料清单内，不得要求") % {"name": name}, LICENSING_31)
        for name in (item["material"] for item in items)
        if name not in known
    ]
    found += [
        Blocker("problem-missing", _("请写明“%(name)s”需要补正什么") % {"name": item["material"]}, LICENSING_32)
        for item in items
        if not item["problem"].strip()
    ]
    return found + _facts_blockers(facts, known_facts)


def _facts_blockers(facts: Sequence[dict[str, str]], known: Collection[str]) -> list[Blocker]:
    found = []
    for row in facts:
        name = {"name": vocabulary.label(row["fact"])}
        if row["fact"] not in known:
            found.append(Blocker("fact-unknown", _("“%(name)s”不是企业填报的内容，不得要求更正") % name, LICENSING_31))
        if not row["problem"].strip():
            found.append(Blocker("problem-missing", _("请写明“%(name)s”需要补正什么") % name, LICENSING_32))
    return found


def first_notice_blockers(application: Application) -> list[Blocker]:
    """Everything is told at once: what was told before is told for good."""
    if not application.supplement_notices.all():
        return []
    message = _("已经一次性告知过；只有出现新情况并经本部门另一名审批人员审核同意，才能再次告知")
    return [Blocker("second-notice", message, ONCE)]


def second_notice_blockers(application: Application, new_fact: str) -> list[Blocker]:
    found = []
    if not application.supplement_notices.all():
        found.append(Blocker("first-notice", _("还没有告知过，请直接一次性告知"), ONCE))
    if not new_fact.strip():
        found.append(Blocker("new-fact-missing", _("请写明因补正材料新产生的情况"), ONCE))
    return found


def correction_blockers(material: Material, notice: SupplementNotice | None) -> list[Blocker]:
    """While it is being supplemented only what the notice names can be changed."""
    if notice is None or material.name in {item["material"] for item in notice.items}:
        return []
    message = _("“%(name)s”不在补正告知之内，不能更改") % {"name": material.name}
    return [Blocker("not-named", message, LICENSING_32)]


def waiver_blockers(material: Material, notice: SupplementNotice | None, reason: str) -> list[Blocker]:
    """Only what not every case needs can be left out, with a reason, and not once it was asked for or promised."""
    name = {"name": material.name}
    found = []
    if not material.is_conditional:
        found.append(Blocker("always-needed", _("“%(name)s”每个办件都须提交") % name, LICENSING_31))
    if notice is not None:
        message = _("正在补正，“%(name)s”须按补正告知书提交，不能再说明不需要") % name
        found.append(Blocker("asked-for", message, LICENSING_32))
    if material.is_deferred:
        found.append(Blocker("was-promised", _("“%(name)s”已经承诺补交，不能再说明不需要") % name))
    if not reason.strip():
        found.append(Blocker("reason-missing", _("请写明本项目不需要“%(name)s”的理由") % name))
    return found


def revision_blockers(changed: Mapping[str, str], notices: Iterable[SupplementNotice]) -> list[Blocker]:
    """While something is being supplemented, only the facts that a notice names can be changed.

    Args:
        changed: fact name → its label.
        notices: those that wait for their answer, with their application and its matter; none: nothing is in the way.
    """
    waiting = list(notices)
    if not waiting:
        return []
    named = {row["fact"] for notice in waiting for row in notice.facts}
    matters = "、".join(f"“{notice.application.matter.label}”" for notice in waiting)
    message = _("%(matters)s正在补正，“%(name)s”不在补正告知之内，提交补正前不能更改")
    return [
        Blocker("fact-not-named", message % {"matters": matters, "name": label}, LICENSING_32)
        for name, label in changed.items()
        if name not in named
    ]
