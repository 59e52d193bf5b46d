"""The pages of what follows decisions: everybody finds his part, and lists ask a constant number of queries."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from approvals.models import Matter, Obligation
from approvals.rules.obligations import duties_after_determination
from approvals.services import decisions, obligations
from tests.cases import Case, home_case, make_application
from tests.handling import place_in

ON = date(2026, 9, 1)
LATE = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(LATE, tick=False):
        yield


@pytest.fixture
def case(world) -> Case:
    Matter.objects.update(prerequisites=[])
    return home_case(world)


def grant(world, case, code: str):
    application = make_application(case.project, world.enterprise, world.bureau, code=code)
    place_in(world, application, "examined", on=ON)
    return decisions.grant_application(application.pk, by=world.second_approver, on=ON)


def sign_in(client, user) -> None:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


def duty(case) -> Obligation:
    duties = duties_after_determination("eia", "not_subject", ON)
    return obligations.impose_duties(case.project.pk, duties, source="determination:eia", on=ON)[0]


def test_the_supervisor_sees_what_lapses_and_what_was_not_delivered(client, world, case):
    grant(world, case, "R07")
    Obligation.objects.create(
        project=case.project,
        code="demand:1",
        text="补报能源消费数据",
        basis="要求",
        due_on=date(2026, 11, 1),
        imposed_on=ON,
    )
    sign_in(client, world.supervisor)
    page = client.get(reverse("approvals:area-follow-up"))
    found = page.context["found"]
    assert [row.application.matter.code for row in found.lapsing] == ["R07"]
    assert [row.application.matter.code for row in found.undelivered] == ["R07"]
    assert [row.application.matter.code for row in found.unacknowledged] == ["R07"]
    assert [row.text for row in found.obligations] == ["补报能源消费数据"]
    assert "逾期未送达" in page.content.decode()


@pytest.mark.parametrize("page", ["approvals:area-follow-up", "approvals:follow-up"])
def test_a_constant_number_of_queries(client, world, case, page):
    sign_in(client, world.supervisor)
    arguments = [case.project.pk] if page == "approvals:follow-up" else []
    counts = []
    for code in ("R07", "R06", "C02"):
        grant(world, case, code)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(page, args=arguments)).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_the_enterprise_finds_its_duties_and_records_one(client, world, case):
    made = duty(case)
    sign_in(client, world.owner)
    assert made.text in client.get(reverse("workflows:my")).content.decode()
    url = reverse("approvals:fulfil", args=[case.project.pk, made.pk])
    assert client.post(url, {"fulfilled_on": "2026-11-19", "note": "排污登记回执 9114…001Z"}).status_code == 302
    made.refresh_from_db()
    assert made.fulfilled_on == date(2026, 11, 19)
    assert "已履行" in client.get(reverse("approvals:follow-up", args=[case.project.pk])).content.decode()


def test_a_duty_without_evidence_stays_open_and_says_why(client, world, case):
    made = duty(case)
    sign_in(client, world.owner)
    url = reverse("approvals:fulfil", args=[case.project.pk, made.pk])
    assert client.post(url, {"fulfilled_on": "2026-11-19"}).status_code == 422
    made.refresh_from_db()
    assert made.is_open


def test_a_supervisor_demands_by_a_day(client, world, case):
    sign_in(client, world.supervisor)
    url = reverse("approvals:demand", args=[case.project.pk])
    assert client.post(url, {"text": "补报"}).status_code == 422
    typed = {"text": "补报能源消费数据", "basis": "第三十一号令第二十条", "due_on": "2026-12-01"}
    assert client.post(url, typed).status_code == 302
    assert Obligation.objects.get().due_on == date(2026, 12, 1)


def test_another_projects_duty_does_not_exist(client, world, case):
    made = duty(case)
    sign_in(client, world.stranger)
    assert client.post(reverse("approvals:fulfil", args=[case.project.pk, made.pk])).status_code == 404
