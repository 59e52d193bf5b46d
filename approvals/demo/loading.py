"""Loads the demonstration. Everything runs once: what is there already is left as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.db import transaction

from approvals.demo import (
    projects_appliances_ceramics,
    projects_furniture_glass,
    projects_medicine_paper,
    projects_textiles_juice,
)
from approvals.demo.carrier import Carrier, Cast
from approvals.demo.days import Days
from approvals.demo.deferrals import build_deferrables
from approvals.demo.handling import steer
from approvals.demo.journey import travel
from approvals.demo.organisations import build_organisations
from approvals.demo.outbox import deliver, without_broker
from approvals.demo.people import Roster, build_enterprises, build_officers
from approvals.demo.phrases import build_phrases
from approvals.demo.plots import build_places
from approvals.demo.spec import Spec
from approvals.models import CalendarEdition, Matter, Project
from approvals.selectors.calendar import working_calendar
from approvals.services.catalogue import load_calendar, load_matters

# The catalogue of matters is in force from 2025-09-01, and the oldest project began some seven months back.
EARLIEST = date(2026, 5, 1)
PROJECTS: tuple[Spec, ...] = (
    *projects_textiles_juice.PROJECTS,
    *projects_medicine_paper.PROJECTS,
    *projects_furniture_glass.PROJECTS,
    *projects_appliances_ceramics.PROJECTS,
)


def load(*, today: date, report: Callable[[str], None]) -> int:
    """Places, people and projects. Returns how many projects are new.

    Args:
        today: the reference day; "overdue" and "due soon" are seen from there.
        report: takes one line per project.
    """
    assert settings.DEMO, "fictional data belongs to the demo set-up only"
    assert today >= EARLIEST, f"no catalogue was in force before {EARLIEST}"
    cast = build_cast(today)
    loaded = set(Project.objects.values_list("name", flat=True))
    new = [(number, spec) for number, spec in enumerate(PROJECTS, start=1) if spec.name not in loaded]
    for number, spec in new:
        with without_broker():
            stage = carry(spec, cast, number)
        report(f"{number:2}/{len(PROJECTS)} {spec.name}: {stage}")
    return len(new)


@transaction.atomic
def build_cast(today: date) -> Cast:
    if not Matter.objects.exists():
        load_matters()
    if not CalendarEdition.objects.exists():
        load_calendar()
    build_phrases()
    tree = build_organisations()
    roster = Roster()
    people = build_officers(roster, tree)
    enterprises, owners = build_enterprises(roster)
    plots = build_places(tree, today=today)
    build_deferrables(tree["shanxi"])
    return Cast(tree, people, enterprises, owners, plots, Days(today, working_calendar()))


@transaction.atomic
def carry(spec: Spec, cast: Cast, number: int) -> str:
    """One project, whole or not at all. Returns the stage it is in, in words."""
    carrier = Carrier(spec, cast, number=number)
    travel(carrier)
    if spec.first:
        spec.first(carrier)
    steer(carrier)
    if spec.then:
        spec.then(carrier)
    deliver(documents=False)
    return str(carrier.project.get_stage_display())
