"""Create the people: officers with their appointments, enterprises with their members."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import make_password

from approvals.accounts.models import Appointment, Enterprise, Membership, User
from approvals.demo.accounts import PASSWORD
from approvals.demo.enterprises import COMPANIES, Company, credit_code
from approvals.demo.organisations import Tree
from approvals.demo.staff import fictional_name, officers

SINCE = date(2024, 1, 1)
HEADS = frozenset({"head"})  # 负责人 of their office
CLERK, CLERK_OF = "enterprise2", "yanchi"  # who works for an enterprise without signing for it


class Roster:
    """Makes each person once. The password is hashed once: a hundred slow hashes would be a minute."""

    def __init__(self) -> None:
        self._users = {user.username: user for user in User.objects.all()}
        self._password = ""

    def user(self, username: str, name: str, *, is_staff: bool = False) -> User:
        if username not in self._users:
            self._password = self._password or make_password(PASSWORD)
            self._users[username] = User.objects.create(
                username=username, name=name, password=self._password, is_staff=is_staff
            )
        return self._users[username]


def build_officers(roster: Roster, tree: Tree) -> dict[str, User]:
    """Organisation key → its first approver, key + ".second" → the next, and username → person for everybody."""
    held = set(Appointment.objects.values_list("user_id", "organisation_id", "role"))
    people: dict[str, User] = {}
    for officer in officers():
        user = roster.user(officer.username, officer.name, is_staff=officer.role == "administrator")
        people[officer.username] = user
        for place in officer.places:
            people.setdefault(place if place not in people else f"{place}.second", user)
            if (user.pk, tree[place].pk, officer.role) not in held:
                Appointment.objects.create(
                    user=user,
                    organisation=tree[place],
                    role=officer.role,
                    is_head=officer.username in HEADS,
                    from_on=SINCE,
                )
    return people


def build_enterprises(roster: Roster) -> tuple[dict[str, Enterprise], dict[str, User]]:
    """Company key → enterprise, and company key → the person who signs for it."""
    known = {row.uscc: row for row in Enterprise.objects.all()}
    members = set(Membership.objects.values_list("user_id", "enterprise_id"))
    enterprises: dict[str, Enterprise] = {}
    owners: dict[str, User] = {}
    for number, company in enumerate(COMPANIES, start=1):
        name = fictional_name(100 + [c.owner or c.key for c in COMPANIES].index(company.owner or company.key))
        enterprise = known.get(credit_code(number)) or _enterprise(company, credit_code(number), name)
        owner = roster.user(company.owner or f"{company.key.replace('_', '-')}-owner", name)
        enterprises[company.key], owners[company.key] = enterprise, owner
        _employ(owner, enterprise, members, may_sign=True)
    clerk = roster.user(CLERK, fictional_name(171))
    _employ(clerk, enterprises[CLERK_OF], members, may_sign=False)
    return enterprises, owners


def _enterprise(company: Company, code: str, representative: str) -> Enterprise:
    return Enterprise.objects.create(
        name=company.name,
        uscc=code,
        legal_representative=representative,
        address=f"{company.site}示例路1号",
        bad_credit=company.credit,
        previous_false_commitment=None if company.credit is None else False,
    )


def _employ(user: User, enterprise: Enterprise, members: set[tuple[int, int]], *, may_sign: bool) -> None:
    if (user.pk, enterprise.pk) not in members:
        position = "法定代表人" if may_sign else "项目经办人"
        Membership.objects.create(user=user, enterprise=enterprise, position=position, may_sign=may_sign, from_on=SINCE)
