"""A furniture project on its way, and the papers its events leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from approvals import tasks
from approvals.models import Application, Delivery, Event, Project
from approvals.services import clocks
from approvals.services.projects import Registration, register_project
from documents.models import Document
from tests import promises
from tests.cases import make_application
from tests.journeys.driver import FURNITURE_FACTS, Journey

FURNITURE_LINE = {"title": "板式家具开料组装线", "gb4754": "2110", "processes": ["cutting", "assembly", "packaging"]}
POWER = {"carrier": "electricity", "quantity": 200, "unit": "万kWh"}
ACCEPTED = date(2026, 9, 1)  # a Tuesday


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def furniture(world, deliver_all) -> Journey:
    """Registered; its papers stay owed until a test asks for them."""
    journey = Journey(world, deliver_all)
    journey.register(
        "示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[FURNITURE_LINE], energy_lines=[POWER]
    )
    return journey


@pytest.fixture
def print_papers() -> Callable[..., None]:
    """Deliver the papers owed: of the named kinds of event, or of all."""

    def deliver(*kinds: str) -> None:
        owed = Delivery.objects.filter(done_at=None, handler__startswith="approvals.handlers.documents")
        if kinds:
            owed = owed.filter(event__kind__in=kinds)
        for delivery_id in owed.order_by("pk").values_list("pk", flat=True):
            tasks.deliver(delivery_id)

    return deliver


@pytest.fixture
def project(world) -> Project:
    registration = Registration("示例项目", world.zone, world.enterprise, "2110")
    return register_project(registration, by=world.owner, on=ACCEPTED)


@pytest.fixture
def accept(world, project):
    """An accepted application of a matter, with its due dates."""

    def make(code: str = "R04", **fields) -> Application:
        found = make_application(project, world.enterprise, world.bureau, code=code, state="accepted")
        fields = {"received_on": ACCEPTED, "accepted_on": ACCEPTED, "accepted_by": world.approver} | fields
        Application.objects.filter(pk=found.pk).update(**fields)
        found = Application.objects.get(pk=found.pk)
        clocks.store_limits(found)
        return found

    return make


def last_event(kind: str) -> Event:
    return Event.objects.filter(kind=kind).latest("pk")


def text_of(document: Document) -> str:
    """Everything a reader can copy out of the paper, without the breaks of its lines."""
    with document.content.open("rb") as stored:
        pages = PdfReader(BytesIO(stored.read())).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.fixture
def granted(world, deliver_all) -> Journey:
    """A project whose commitment was granted."""
    return promises.start(world, deliver_all)


@pytest.fixture
def at_agency(granted) -> Journey:
    """With its list of matters and an application on the promise."""
    granted.standard_land()
    granted.full_agency()
    return granted
