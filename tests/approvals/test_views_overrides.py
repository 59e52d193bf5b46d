"""Proposing to settle a determination: the handler's form, and what everybody sees afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from approvals.models import Override
from approvals.services.overrides import approve_override
from tests.cases import TODAY
from tests.journeys.driver import FURNITURE_FACTS, Journey

LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}
FILLED = {
    "outcome": "report_table",
    "reason": "生态环境部门书面答复应编制报告表",
    "basis": "示环函〔2026〕8号",
    "reviewer": "lead",
}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def journey(world, deliver_all) -> Journey:
    journey = Journey(world, deliver_all)
    journey.register("示例板式家具项目", "2110", facts=FURNITURE_FACTS, activities=[LINE])
    journey.intake()
    return journey


def sign_in(client, user) -> None:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


def form_url(journey: Journey, kind: str = "eia") -> str:
    return reverse("approvals:override", args=[journey.project.pk, kind])


def determinations_page(client, journey: Journey) -> str:
    return client.get(reverse("approvals:determinations", args=[journey.project.pk])).content.decode()


def test_the_form_offers_every_other_outcome_and_both_reviewers(client, journey, world):
    sign_in(client, world.handler)
    page = client.get(form_url(journey)).content.decode()
    assert "应编制生态环境影响报告书" in page
    assert 'value="not_subject"' not in page, "that is what counts already"
    assert f"领办领导 {world.lead}" in page
    assert world.bureau.name in page


def test_a_form_with_gaps_comes_back_with_what_was_typed(client, journey, world):
    sign_in(client, world.handler)
    answer = client.post(form_url(journey), FILLED | {"basis": ""})
    assert answer.status_code == 422
    assert FILLED["reason"] in answer.content.decode()
    assert not Override.objects.exists()


def test_a_proposal_and_its_approval_are_shown_plainly(client, journey, world):
    sign_in(client, world.handler)
    client.post(form_url(journey), FILLED)
    page = determinations_page(client, journey)
    for words in ("待复核", FILLED["reason"], "撤回人工认定"):
        assert words in page, words

    approve_override(Override.objects.get().pk, by=world.lead, on=TODAY)
    sign_in(client, world.owner)
    page = determinations_page(client, journey)
    for words in ("人工认定", "规则结论", "不纳入环评管理", FILLED["reason"], FILLED["basis"], str(world.lead)):
        assert words in page, words
    assert "撤回人工认定" not in page


def test_an_unknown_kind_does_not_exist(client, journey, world):
    sign_in(client, world.handler)
    assert client.get(form_url(journey, "land")).status_code == 404


def test_the_handler_takes_his_proposal_back(client, journey, world):
    sign_in(client, world.handler)
    client.post(form_url(journey), FILLED)
    override = Override.objects.get()
    client.post(reverse("approvals:override-withdraw", args=[journey.project.pk, override.pk]))
    override.refresh_from_db()
    assert override.state == "withdrawn"
