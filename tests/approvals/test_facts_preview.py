"""Before a changed fact ends a determination, the page says what would end with it; afterwards everybody is told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from approvals.models import Determination, Event, Message, Project, ProjectFacts
from approvals.services.facts_preview import preview_revision
from tests.approvals.test_views_facts import as_submitted, open_facts
from tests.journeys.driver import FURNITURE_FACTS, Journey

LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}
POWER = {"carrier": "electricity", "quantity": 200, "unit": "万kWh"}
PAINTED = [LINE | {"processes": ["cutting", "assembly", "coating"], "quantities": {"solvent_coating_t": "12"}}]


@pytest.fixture
def journey(world, deliver_all) -> Iterator[Journey]:
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE], energy_lines=[POWER])
    journey.to_commencement()
    with time_machine.travel(journey.today, tick=False):
        yield journey


def test_a_preview_names_what_ends_and_leaves_everything_as_it_was(journey):
    before = (ProjectFacts.objects.get().version, Event.objects.count())
    found = preview_revision(journey.project.pk, on=journey.today, values={}, activities=PAINTED)

    [eia] = found.outdated
    assert eia.row.kind == "eia"
    assert "报告书" in eia.because
    assert any("项目事项清单" in line for line in eia.relying)
    assert any("开工核验" in line for line in eia.relying)
    assert (ProjectFacts.objects.get().version, Event.objects.count()) == before
    assert Project.objects.get().facts.activities.get().processes == ["cutting", "assembly"]
    assert Determination.objects.filter(superseded_on=None).count() == 2


def test_what_ends_nothing_is_saved_at_once(journey):
    found = preview_revision(journey.project.pk, on=journey.today, values={"annual_output_wan": Decimal("15000")})
    assert not found


def test_the_page_asks_first_and_saves_only_what_was_agreed_to(client, journey):
    url = reverse("approvals:facts", args=[journey.project.pk])
    data = as_submitted(open_facts(client, journey.world.handler, journey))
    data["energy_lines-0-quantity"] = "900"

    shown = client.post(url, data)
    assert shown.status_code == 200
    page = shown.content.decode()
    assert "保存后将失效" in page
    assert "节能审查判定" in page
    assert "项目事项清单" in page
    assert Determination.objects.filter(superseded_on=None).count() == 2

    assert client.post(url, data | {"agreed": "something else"}).status_code == 200
    agreed = shown.context["consequences"].digest
    assert client.post(url, data | {"agreed": agreed}).status_code == 302
    assert Determination.objects.get(superseded_on=None).kind == "eia"


def test_afterwards_the_record_and_both_sides_know_what_relied_on_it(client, journey):
    from approvals.services.facts import revise_facts

    version = ProjectFacts.objects.get().version
    revise_facts(
        journey.project.pk,
        by=journey.world.owner,
        on=journey.today,
        version=version,
        values={},
        activities=PAINTED,
    )
    journey.deliver_all()
    event = Event.objects.get(kind="determination.superseded")
    assert any("项目事项清单" in line for line in event.facts["relying"])
    told = Message.objects.get(recipient=journey.world.handler, event=event)
    assert "依赖它的后续步骤" in told.text
    client.force_login(journey.world.owner, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("approvals:determinations", args=[journey.project.pk])).content.decode()
    assert "当时依赖它的后续步骤" in page
