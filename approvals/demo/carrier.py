"""Carries one project through the real services, as its people would, on past days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.accounts.models import Enterprise, Organisation, User
from approvals.demo.areas import BY_KEY, place
from approvals.demo.days import Days
from approvals.demo.organisations import Tree
from approvals.demo.spec import Spec
from approvals.models import Application, Plot, Project, ProjectParty
from approvals.services import projects


@dataclass(frozen=True)
class Cast:
    """Everything the projects need to find: places, people, enterprises, plots, days."""

    tree: Tree
    people: dict[str, User]
    enterprises: dict[str, Enterprise]
    owners: dict[str, User]
    plots: dict[str, Plot]
    days: Days

    def approver(self, office: Organisation) -> User:
        return self.people[self._key(office)]

    def reviewer(self, office: Organisation) -> User:
        """The colleague who reviews what the approver recommends."""
        return self.people[f"{self._key(office)}.second"]

    def taker(self, office: Organisation | None) -> User | None:
        """Somebody of a supervising department, where the demonstration has one."""
        return next((self.people.get(key) for key, node in self.tree.items() if office and node.pk == office.pk), None)

    def _key(self, office: Organisation) -> str:
        return next(key for key, node in self.tree.items() if node.pk == office.pk)


class Carrier:
    """One project, the day it is, and who acts. ``pk`` is set by the registration."""

    def __init__(self, spec: Spec, cast: Cast, *, number: int) -> None:
        self.spec, self.cast, self.number = spec, cast, number
        self.left = 0  # working days between the clock and the reference day
        self.pk = 0
        in_yuncheng = self._lies_in("yuncheng")
        self.handler = cast.people[("handler2" if spec.second_handler else "handler") if in_yuncheng else "handler3"]
        self.lead = cast.people["lead" if in_yuncheng else "lead2"]
        self.owner = cast.owners[spec.company]
        self.enterprise = cast.enterprises[spec.company]

    @property
    def on(self) -> date:
        return self.cast.days.ago(self.left)

    @property
    def project(self) -> Project:
        return Project.objects.get(pk=self.pk)

    @property
    def bureau(self) -> User:
        return self.cast.approver(self.project.approval_bureau)

    @property
    def plot(self) -> Plot:
        return self.cast.plots[f"{place(self.spec.park)}.{self.spec.plot}"]

    def wait(self, working_days: int) -> None:
        self.until(self.left - working_days)

    def until(self, working_days_ago: int) -> None:
        """Let time pass. A story that runs past the reference day or backwards is a mistake in the data."""
        assert 0 <= working_days_ago <= self.left, f"{self.spec.name}: {self.left} → {working_days_ago}"
        self.left = working_days_ago

    def found_project_company(self) -> None:
        """The company that builds is often not the one that signed."""
        key = self.spec.project_company
        self.enterprise, self.owner = self.cast.enterprises[key], self.cast.owners[key]
        role = ProjectParty.Role.PROJECT_COMPANY
        projects.replace_party(self.pk, by=self.handler, on=self.on, enterprise=self.enterprise, role=role)

    def application(self, code: str) -> Application:
        return (
            Application.objects.select_related("project", "matter", "department")
            .exclude(state__in=Application.UNSUCCESSFUL)
            .get(project=self.pk, matter__code=code)
        )

    def _lies_in(self, city: str) -> bool:
        key = self.spec.park
        while key and key != city:
            key = BY_KEY[key].parent
        return key == city
