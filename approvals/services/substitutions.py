"""Naming a substitute for an absence, and coming back early."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from approvals import events
from approvals.accounts.models import Substitution, User
from approvals.accounts.roles import standing
from approvals.errors import Blocker, GuardFailed, NotYours, WrongState
from approvals.permissions import check, may_stand_over
from approvals.selectors.absences import ROLES


@transaction.atomic
def name_substitute(
    absent: User, *, by: User, on: date, substitute: User, from_on: date, until_on: date, reason: str = ""
) -> Substitution:
    """From ``from_on`` to ``until_on`` (both included) ``substitute`` sees and does the tasks of ``absent``.

    Raises:
        NotYours: neither the absent person himself, nor the head of his organisation or an administrator of its area.
        GuardFailed: another role or organisation, a period that is over or backwards, somebody already named for it,
            a substitute who is absent himself, or no reason for naming one for another; ``blockers`` names all of it.
    """
    check(
        by == absent or may_stand_over(by, absent, on=on),
        _("外出期间由谁代办，由本人指定；本人不能指定的，由其机构负责人或系统管理员指定"),
    )
    # By ascending id: two who name each other at once wait for one another and cannot both succeed.
    list(User.objects.select_for_update().filter(pk__in={absent.pk, substitute.pk}).order_by("pk"))
    blockers = substitution_blockers(absent, substitute, from_on=from_on, until_on=until_on, on=on)
    if by != absent and not reason.strip():
        blockers.append(Blocker("reason", _("为他人指定代办，须写明事由")))
    if blockers:
        raise GuardFailed(_("不能这样指定代办人员"), blockers=blockers)
    made = Substitution.objects.create(
        absent=absent, substitute=substitute, from_on=from_on, until_on=until_on, reason=reason, named_by=by
    )
    facts: dict[str, Any] = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat(), "reason": reason}
    events.emit("substitution.named", made, by=by, on=on.isoformat(), absent=absent.name, to=substitute.name, **facts)
    _forget(absent, substitute)
    return made


@transaction.atomic
def end_substitution(substitution_id: int, *, by: User, on: date) -> None:
    """Back early, or not leaving after all: the substitute has nothing more to do from this moment on.

    Raises:
        WrongState: it is over already.
        NotYours: it is somebody else's absence, whose organisation one does not head either.
    """
    found = Substitution.objects.select_for_update().select_related("absent", "substitute").get(pk=substitution_id)
    if found.absent != by and not may_stand_over(by, found.absent, on=on):
        raise NotYours(_("只有本人、其机构负责人或系统管理员可以结束代办"))
    if found.until_on < on or found.ended_on is not None:
        raise WrongState(_("该代办已经结束"))
    found.ended_on, found.ended_by = on, by
    found.save(update_fields=["ended_on", "ended_by"])
    absent, substitute = found.absent, found.substitute
    events.emit("substitution.ended", found, by=by, on=on.isoformat(), absent=absent.name, to=substitute.name)
    _forget(absent, substitute)


def substitution_blockers(absent: User, substitute: User, *, from_on: date, until_on: date, on: date) -> list[Blocker]:
    found = []
    if until_on < from_on or from_on < on:
        found.append(Blocker("period", _("起止日期有误：不能早于今天，止日不能早于起日")))
    if not substitute.is_active or not _common(absent, substitute, from_on, until_on):
        found.append(
            Blocker(
                "not-equal",
                _("%(substitute)s 在此期间与 %(absent)s 没有同一机构的同一岗位，不能代办")
                % {"substitute": substitute, "absent": absent},
            )
        )
    during = Q(from_on__lte=until_on, until_on__gte=from_on, ended_on=None)
    if earlier := absent.absences.filter(during).select_related("substitute").first():
        found.append(
            Blocker(
                "named-already",
                _("此期间已指定 %(substitute)s 代办，请先结束原代办") % {"substitute": earlier.substitute},
            )
        )
    if substitute.absences.filter(during).exists():
        found.append(
            Blocker("absent-too", _("%(substitute)s 在此期间也外出，不能再代他人") % {"substitute": substitute})
        )
    if absent.substitutions.filter(during).exists():
        found.append(
            Blocker("stands-in", _("此期间 %(absent)s 正代他人办理，请先由其改请他人代办") % {"absent": absent})
        )
    return found


def possible_substitutes(absent: User, *, on: date) -> list[User]:
    """Colleagues with the same role in the same organisation today."""
    same = Q(pk__in=())
    for holding in standing(absent, on).holdings:
        if holding.role in ROLES:
            same |= Q(appointments__organisation=holding.organisation_id, appointments__role=holding.role)
    people = User.objects.filter(same, is_active=True).exclude(pk=absent.pk).distinct().order_by("name", "pk")
    return [user for user in people if _common(absent, user, on, on)]


def _common(one: User, other: User, *days: date) -> bool:
    """The same role in the same organisation, on each of the days."""
    shared = [_places(one, day) & _places(other, day) for day in days]
    return bool(frozenset.intersection(*shared))


def _places(user: User, on: date) -> frozenset[tuple[str, int]]:
    held = user.appointments.held_on(on).filter(role__in=ROLES)
    return frozenset(held.values_list("role", "organisation_id"))


def _forget(*people: User) -> None:
    """What was read of their standing before is not true any more."""
    for user in people:
        user.__dict__.pop("_standing", None)
