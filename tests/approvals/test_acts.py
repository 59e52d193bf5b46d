"""What an official does on the page of an application beside his tasks: each finds his own acts, and no other."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from approvals.accounts.models import Role
from approvals.models import Application, Matter, Message
from approvals.services import decisions
from tests.cases import Case, home_case
from tests.handling import make_head, place_in
from tests.world import department, person

ON = date(2026, 9, 1)
LATER = date(2026, 9, 10)


@pytest.fixture
def case(world) -> Case:
    Matter.objects.update(prerequisites=[])
    return home_case(world)


@pytest.fixture
def overseers(world):
    """The department that supervises R04, and its person."""
    office = department(world.county, "natural_resources", "示例县自然资源局", "示资")
    return person("overseer", "监管沈", Role.APPROVER, office)


def granted(world, application: Application) -> Application:
    place_in(world, application, "examined", on=ON)
    return decisions.grant_application(application.pk, by=world.second_approver, on=ON)


def fresh(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def sign_in(client, user) -> None:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


def post(client, application, code, **fields):
    data = {f"{code}-{name}": value for name, value in fields.items()}
    return client.post(reverse("approvals:act", args=[application.pk, code]), data)


@pytest.fixture
def today():
    with time_machine.travel(LATER, tick=False):
        yield LATER


def shown_acts(client, application) -> list[str]:
    page = client.get(reverse("approvals:application", args=[application.pk]))
    return [entry["code"] for entry in page.context["acts"]]


def test_each_reader_finds_his_own_acts(client, world, case, overseers, today):
    head = make_head(world)
    granted(world, case.application)
    expected = {
        world.approver: ["deliver"],
        head: ["deliver", "annul"],
        overseers: ["acknowledge"],
        world.owner: [],
        world.handler: [],
    }
    for user, acts in expected.items():
        sign_in(client, user)
        assert shown_acts(client, case.application) == acts


def test_the_page_pauses_and_restarts_the_clock(client, world, case, today):
    place_in(world, case.application, "accepted", on=ON)
    sign_in(client, world.approver)
    assert shown_acts(client, case.application)[:3] == ["open_pause", "ask_extension", "return_to_acceptance"]
    typed = {"ground": "expert_review", "reason": "组织专家评审", "told_days": 15}
    assert post(client, case.application, "open_pause", **typed).status_code == 302
    assert "计时已中止" in client.get(reverse("approvals:application", args=[case.application.pk])).content.decode()
    assert shown_acts(client, case.application)[:3] == ["close_pause", "ask_extension", "return_to_acceptance"]
    assert post(client, case.application, "close_pause", outcome="评审通过").status_code == 302
    assert case.application.pauses.get().closed_on == LATER


def test_what_was_typed_comes_back_where_something_is_missing(client, world, case, today):
    place_in(world, case.application, "accepted", on=ON)
    sign_in(client, world.approver)
    answer = post(client, case.application, "open_pause", ground="expert_review", reason="组织专家评审")
    assert answer.status_code == 422
    assert "组织专家评审" in answer.content.decode()
    assert not case.application.pauses.exists()


def test_the_head_reads_why_and_grants_the_extension(client, world, case, today, deliver_all):
    head = make_head(world)
    place_in(world, case.application, "accepted", on=ON)
    sign_in(client, world.approver)
    post(client, case.application, "ask_extension", reason="方案复杂，需要现场核查")
    deliver_all()
    assert "方案复杂" in Message.objects.get(recipient=head).text
    sign_in(client, head)
    assert "方案复杂" in client.get(reverse("approvals:application", args=[case.application.pk])).content.decode()
    assert post(client, case.application, "extend", reason="方案复杂，需要现场核查").status_code == 302
    assert fresh(case.application).extension.approver == head


def test_an_act_that_is_not_ones_own_is_refused_by_the_service(client, world, case, today):
    granted(world, case.application)
    sign_in(client, world.handler)
    typed = {"method": "direct", "recipient": "陈", "delivered_on": "2026-09-10"}
    assert post(client, case.application, "deliver", **typed).status_code == 403
    assert not case.application.deliveries.exists()


def test_an_unknown_act_does_not_exist(client, world, case, today):
    sign_in(client, world.approver)
    assert post(client, case.application, "abolish").status_code == 404
