"""A furniture project on its way, and the papers its events leave."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from approvals import tasks
from approvals.models import Delivery, Event
from documents.models import Document
from tests.journeys.driver import FURNITURE_FACTS, Journey

FURNITURE_LINE = {"title": "板式家具开料组装线", "gb4754": "2110", "processes": ["cutting", "assembly", "packaging"]}
POWER = {"carrier": "electricity", "quantity": 200, "unit": "万kWh"}


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


def last_event(kind: str) -> Event:
    return Event.objects.filter(kind=kind).latest("pk")


def text_of(document: Document) -> str:
    """Everything a reader can copy out of the paper, without the breaks of its lines."""
    with document.content.open("rb") as stored:
        pages = PdfReader(BytesIO(stored.read())).pages
    return "".join("".join(page.extract_text() for page in pages).split())
