"""容缺受理: what may come later, until when, and what waits for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from approvals.errors import Blocker
from approvals.language import day_in_words

if TYPE_CHECKING:
    from approvals.models import Application, Material

PROMISE = "容缺受理承诺书"


def promise_blockers(
    promised: Sequence[tuple[Material, date]],
    latest: Mapping[str, date | None],
    sources: Mapping[str, str],
    *,
    on: date,
) -> list[Blocker]:
    """Every material is on the locality's list, still missing, and promised for a day that the list allows.

    Args:
        promised: each material with the day by which it will come.
        latest: material name → the last day that the list allows, None where it sets none; absent: not on the list.
        sources: material name → where the list was published.
    """
    if not promised:
        return [Blocker("nothing-promised", _("请为要容缺的材料写明补交日期"))]
    found = []
    for material, due_on in promised:
        name, until = material.name, latest.get(material.name)
        if name not in latest:
            found.append(Blocker("not-deferrable", _("“%(name)s”不在本地公布的容缺目录内") % {"name": name}))
        elif material.is_received:
            found.append(Blocker("already-received", _("“%(name)s”已经提交，不需要容缺") % {"name": name}))
        elif due_on <= on:
            found.append(Blocker("date-behind", _("“%(name)s”的补交日期应当晚于今天") % {"name": name}))
        elif until is not None and due_on > until:
            words = {"name": name, "until": day_in_words(until)}
            found.append(Blocker("date-too-late", _("“%(name)s”最迟 %(until)s 补交") % words, sources.get(name, "")))
    return found


def conditional_blockers(application: Application) -> list[Blocker]:
    """Conditional acceptance is for what was promised; without it the ordinary one is the right one."""
    if any(material.is_deferred for material in application.materials.all()):
        return []
    return [Blocker("nothing-deferred", _("没有企业承诺容缺的材料，请直接受理"))]


def deferred_blockers(application: Application) -> list[Blocker]:
    """The certificate waits for what was promised."""
    return [
        Blocker(
            "deferred-missing",
            _("容缺材料“%(name)s”尚未补交，承诺 %(due)s 前补齐")
            % {"name": material.name, "due": day_in_words(material.deferral_due_on)},
            PROMISE,
        )
        for material in application.materials.all()
        if material.is_deferred and material.deferral_due_on
    ]
