"""Which permission a role gives, and what a person holds on a day.

The permission matrix is this table; ``tests/test_access.py`` prints and proves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from approvals.accounts.models import Organisation, Role, Substitution, User

HANDLE = "approvals.handle_project"
LEAD = "approvals.lead_project"
APPROVE = "approvals.approve_application"
SUPERVISE = "approvals.supervise_projects"
ADMINISTER = "approvals.administer"
ACT_FOR_ENTERPRISE = "approvals.act_for_enterprise"

ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    Role.HANDLER: frozenset({HANDLE}),
    Role.LEAD: frozenset({LEAD}),
    Role.APPROVER: frozenset({APPROVE}),
    Role.SUPERVISOR: frozenset({SUPERVISE}),
    Role.ADMINISTRATOR: frozenset({ADMINISTER}),
}


@dataclass(frozen=True, slots=True)
class Holding:
    """One role in one organisation. ``path`` is the organisation's place in the tree."""

    role: str
    organisation_id: int
    path: str
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything a person is on a day: roles in organisations, enterprises he works for, and whom he stands in for.

    ``has_stood_in_for``: those too whose substitute he was on an earlier day.
    """

    holdings: tuple[Holding, ...] = ()
    enterprise_ids: frozenset[int] = frozenset()
    signing_enterprise_ids: frozenset[int] = frozenset()
    stands_in_for: frozenset[int] = frozenset()
    has_stood_in_for: frozenset[int] = frozenset()
    absences: tuple[Substitution, ...] = ()  # in force: his own, and those in which he stands in

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(holding.role for holding in self.holdings)

    @property
    def permissions(self) -> frozenset[str]:
        granted = frozenset[str]().union(*(ROLE_PERMISSIONS[role] for role in self.roles))
        return granted | {ACT_FOR_ENTERPRISE} if self.enterprise_ids else granted

    def organisation_ids(self, *roles: str) -> frozenset[int]:
        return frozenset(holding.organisation_id for holding in self.holdings if holding.role in roles)

    @property
    def headed_ids(self) -> frozenset[int]:
        """The departments and areas that the person heads (负责人)."""
        return frozenset(holding.organisation_id for holding in self.holdings if holding.is_head)

    def within(self, field: str, *roles: str) -> Q:
        """A filter for rows whose organisation (at ``field``) lies in an area where one of ``roles`` is held.

        Someone appointed in a department answers for the department's whole area.
        """
        found = Q(pk__in=())
        for holding in self.holdings:
            if holding.role in roles:
                found |= Q(**{f"{field}__path__startswith": holding.path})
        return found


def standing(user: User, on: date) -> Standing:
    """What ``user`` is on a day: three queries, remembered on the user object for the length of a request."""
    if not user.is_authenticated or not user.is_active:
        return Standing()
    cached: tuple[date, Standing] | None = getattr(user, "_standing", None)
    if cached is None or cached[0] != on:
        cached = (on, _read_standing(user, on))
        user._standing = cached  # type: ignore[attr-defined]
    return cached[1]


def _read_standing(user: User, on: date) -> Standing:
    appointments = user.appointments.held_on(on).select_related("organisation").order_by("pk")
    memberships = list(user.memberships.held_on(on))
    absences = Substitution.objects.filter(Q(substitute=user) | Q(absent=user), from_on__lte=on)
    begun = list(absences.select_related("absent", "substitute", "named_by"))
    running = tuple(row for row in begun if row.until_on >= on and row.ended_on is None)
    return Standing(
        holdings=tuple(Holding(a.role, a.organisation_id, area_path(a.organisation), a.is_head) for a in appointments),
        enterprise_ids=frozenset(m.enterprise_id for m in memberships),
        signing_enterprise_ids=frozenset(m.enterprise_id for m in memberships if m.may_sign),
        stands_in_for=frozenset(row.absent_id for row in running if row.substitute_id == user.pk),
        has_stood_in_for=frozenset(row.absent_id for row in begun if row.substitute_id == user.pk),
        absences=running,
    )


def area_path(organisation: Organisation) -> str:
    """The path of the area an organisation answers for: its own, or that of the area a department belongs to."""
    if organisation.kind == Organisation.Kind.DEPARTMENT:
        return organisation.path[: -organisation.steplen] or organisation.path
    return organisation.path
