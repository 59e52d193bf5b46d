"""The pages of this package: who may open them, what they say, and a number of queries that does not grow."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from approvals.services import signing
from tests.journeys.driver import FURNITURE_FACTS, Journey
from tests.workflows.conftest import LINE, TODAY
from workflows.inbox import tasks_open_to
from workflows.models import Shelved


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield TODAY


def visit(client, user, url):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(url)


def queries(client, user, url) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert visit(client, user, url).status_code == 200
    return len(captured)


def more_projects(world, deliver_all, count: int) -> None:
    for number in range(count):
        journey = Journey(world, deliver_all)
        journey.register(f"示例项目{number}", "2110", facts=FURNITURE_FACTS, activities=[LINE])


@pytest.mark.parametrize(
    ("who", "url"),
    [
        ("handler", "/inbox/?scope=group"),
        ("handler", "/inbox/?scope=all"),
        ("supervisor", "/supervision/?light=all"),
        ("owner", "/my/"),
    ],
)
def test_a_list_costs_the_same_however_long_it_is(client, world, deliver_all, who, url):
    user = getattr(world, who)
    more_projects(world, deliver_all, 2)
    visit(client, user, url)
    few = queries(client, user, url)
    more_projects(world, deliver_all, 10)
    many = queries(client, user, url)
    assert many <= few, f"{few} queries grew to {many}"


def test_the_inbox_says_what_will_appear_where_it_is_empty(client, world):
    page = visit(client, world.approver, "/inbox/").content.decode()
    assert "没有您名下的任务" in page


def test_what_is_due_first_stands_on_top(client, world, deliver_all):
    more_projects(world, deliver_all, 3)
    items = list(tasks_open_to(world.handler, on=TODAY))
    items[2].due_on = TODAY - timedelta(days=4)
    items[2].save()
    page = visit(client, world.handler, "/inbox/?scope=group")
    assert next(row.item.pk for row in page.context["rows"]) == items[2].pk
    assert "逾期" in page.content.decode()


def test_search_and_filters_narrow_the_inbox(client, world, deliver_all):
    more_projects(world, deliver_all, 3)
    found = visit(client, world.handler, "/inbox/?scope=group&q=示例项目1").context["rows"]
    assert [row.item.project.name for row in found] == ["示例项目1"]
    assert not visit(client, world.handler, "/inbox/?scope=group&step=sign_mandate").context["rows"]
    assert not visit(client, world.handler, "/inbox/?scope=group&due=overdue").context["rows"]


def test_a_task_page_shows_reasons_instead_of_a_form_that_would_fail(client, journey, world):
    journey.intake()
    signing.draft_agreement(
        journey.project.pk, by=world.handler, on=TODAY, kind="formal", content="建设", terms="甲方提供服务"
    )
    journey.deliver_all()
    task = tasks_open_to(world.owner, on=TODAY).get()
    page = visit(client, world.owner, reverse("workflows:task", args=[task.pk])).content.decode()
    assert "签署协议" in page
    other = visit(client, world.handler, reverse("workflows:task", args=[task.pk])).content.decode()
    assert f'action="{reverse("workflows:do", args=[task.pk])}"' not in other


def test_an_invalid_form_comes_back_with_what_was_typed(client, journey, world):
    journey.intake()
    task = tasks_open_to(world.handler, on=TODAY).get()
    client.force_login(world.handler, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(
        reverse("workflows:do", args=[task.pk]),
        {
            "kind": "formal",
            "content": "",
            "terms": "双方约定的全文",
            "policies-TOTAL_FORMS": "0",
            "policies-INITIAL_FORMS": "0",
        },
    )
    assert answer.status_code == 422
    assert "双方约定的全文" in answer.content.decode()
    assert tasks_open_to(world.handler, on=TODAY).get() == task


def test_a_refusal_is_a_page_with_every_reason(client, journey, world):
    journey.intake()
    task = tasks_open_to(world.handler, on=TODAY).get()
    client.force_login(world.handler, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(
        reverse("workflows:do", args=[task.pk]),
        {
            "kind": "formal",
            "content": "建设",
            "terms": "甲方将税收地方留成部分全额返还乙方，并保证乙方竞得该宗土地",
            "policies-TOTAL_FORMS": "0",
            "policies-INITIAL_FORMS": "0",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "公平竞争审查条例" in page
    assert "甲方将税收地方留成部分全额返还乙方，并保证乙方竞得该宗土地</div>" in page  # what was written is not lost
    assert "csrfmiddlewaretoken" not in page.split("</header>")[1]


def test_a_foreign_task_does_not_exist(client, journey, world):
    task = tasks_open_to(world.handler, on=TODAY).get()
    for user in (world.stranger, world.administrator, world.energy_approver):
        assert visit(client, user, reverse("workflows:task", args=[task.pk])).status_code == 404
        for action in ("do", "claim", "release"):
            assert client.post(reverse(f"workflows:{action}", args=[task.pk])).status_code == 404


def test_supervision_counts_lead_to_their_rows(client, world, deliver_all):
    more_projects(world, deliver_all, 3)
    item = tasks_open_to(world.handler, on=TODAY).first()
    item.due_on = TODAY - timedelta(days=1)
    item.save()
    page = visit(client, world.supervisor, "/supervision/")
    assert page.context["totals"]["overdue"] == 1
    assert [row.item.pk for row in page.context["rows"]] == [item.pk]
    for by in ("department", "handler", "area", "step"):
        lines = visit(client, world.supervisor, f"/supervision/?by={by}").context["lines"]
        for line in lines:
            for light, count in (("overdue", line["overdue"]), ("soon", line["soon"]), ("all", line["open"])):
                url = f"/supervision/?light={light}&by={by}&key={line['key']}"
                assert len(visit(client, world.supervisor, url).context["rows"]) == count, url
    assert not visit(client, world.supervisor, "/supervision/?light=all&by=area&key=x").context["rows"]


def test_supervision_sees_what_its_person_has_put_aside(client, journey, world):
    journey.intake()
    item = tasks_open_to(world.handler, on=TODAY).get()
    Shelved.objects.create(
        user=world.handler, process_id=item.process_id, step=item.step, until_on=TODAY + timedelta(days=9)
    )
    page = visit(client, world.supervisor, "/supervision/?light=all")
    assert [row.item.pk for row in page.context["rows"]] == [item.pk]
    assert "办理人已搁置" in page.content.decode()
