"""The readings of "commenced" on page and paper, later works after the confirmed start, and the idle-land clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from approvals.errors import GuardFailed, NotYours, WrongState
from approvals.models import Event, LandGrant, Project, ProjectFacts
from approvals.selectors.commencement import commencement_readings, idle_land
from approvals.services import commencement
from approvals.services.land_delays import end_land_delay, record_land_delay
from tests.test_access import sign_in


@pytest.fixture
def contracted(furniture):
    furniture.to_commencement()
    LandGrant.objects.update(agreed_start_on=date(2026, 10, 1))
    return furniture


def fresh(journey):
    return Project.objects.get(pk=journey.project.pk)


def delay(journey, by=None, **changes):
    row = {"from_on": journey.today, "reason": "净地未按约定交付", "document_number": "示自然认〔2026〕1号"} | changes
    return record_land_delay(journey.project.pk, by=by or journey.world.handler, on=journey.today, **row)


def codes(refusal):
    return [blocker.code for blocker in refusal.value.blockers]


def test_without_an_agreed_start_no_clock_runs(furniture):
    furniture.to_commencement()
    assert idle_land(fresh(furniture), on=furniture.today) is None
    with pytest.raises(GuardFailed) as refusal:
        delay(furniture)
    assert codes(refusal) == ["agreed-start-missing"]


def test_a_delay_is_recorded_with_its_paper_and_ended_once(contracted):
    made = delay(contracted)
    contracted.wait(9)
    end_land_delay(made.pk, by=contracted.world.handler, on=contracted.today, until_on=contracted.today)
    with pytest.raises(WrongState):
        end_land_delay(made.pk, by=contracted.world.handler, on=contracted.today, until_on=contracted.today)
    clock = idle_land(fresh(contracted), on=contracted.today).clock
    assert clock.stopped_days == 10
    assert clock.one_year_on == date(2027, 10, 11)
    kinds = Event.objects.filter(kind__startswith="land.delay").values_list("kind", flat=True)
    assert list(kinds) == ["land.delay_recorded", "land.delay_ended"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"document_number": " "}, "document-missing"),
        ({"from_on": date(2027, 1, 1)}, "date-ahead"),
        ({"from_on": date(2026, 9, 5), "until_on": date(2026, 9, 4)}, "date-behind"),
    ],
)
def test_a_delay_without_paper_or_with_wrong_dates_is_refused(contracted, changes, code):
    with pytest.raises(GuardFailed) as refusal:
        delay(contracted, **changes)
    assert code in codes(refusal)


@pytest.mark.parametrize("who", ["owner", "lead", "approver", "supervisor", "other_handler"])
def test_only_the_handler_records_a_delay(contracted, who):
    with pytest.raises(NotYours):
        delay(contracted, by=getattr(contracted.world, who))


def test_piles_are_recorded_after_the_confirmed_start(contracted):
    contracted.obtain_all()
    contracted.evidence()
    contracted.commence()
    assert fresh(contracted).stage == "commenced"
    contracted.wait(20)
    states = {row.code: row.state for row in commencement_readings(fresh(contracted), on=contracted.today)}
    assert states == {"eia": "met", "building": "met", "idle_land": "open", "statistics": "open"}
    commencement.record_evidence(
        contracted.project.pk,
        by=contracted.world.owner,
        on=contracted.today,
        kind="pile_complete",
        happened_on=contracted.today - timedelta(days=1),
    )
    assert idle_land(fresh(contracted), on=contracted.today).clock.state != "developed"  # not said to stand on piles
    ProjectFacts.objects.filter(project=contracted.project).update(foundation_kind="piles")
    assert idle_land(fresh(contracted), on=contracted.today).clock.state == "developed"


def test_the_page_shows_every_reading_with_what_is_missing(contracted, client):
    delay(contracted)
    sign_in(client, contracted.world.handler)
    with time_machine.travel(contracted.today, tick=False):
        page = client.get(reverse("approvals:stage", args=[contracted.project.pk, "commencement"])).content.decode()
    for words in (
        "各口径的开工认定",
        "以统计部门确认为准",
        "尚未达到",
        "缺少施工许可证",
        "闲置土地期限",
        "净地未按约定交付",
    ):
        assert words in page


def test_the_handler_records_on_the_page(contracted, client):
    sign_in(client, contracted.world.handler)
    pk, today = contracted.project.pk, contracted.today.isoformat()
    with time_machine.travel(contracted.today, tick=False):
        url = reverse("approvals:land-delay", args=[pk])
        typed = {"from_on": today, "reason": "未交地", "document_number": "示1号"}
        assert client.post(url, typed).status_code == 302
        assert client.post(url, {"from_on": today}).status_code == 422
        made = LandGrant.objects.get().delays.get()
        end = reverse("approvals:land-delay-end", args=[pk, made.pk])
        assert client.post(end, {"until_on": today}).status_code == 302
        evidence = reverse("approvals:evidence", args=[pk])
        assert client.post(evidence, {"kind": "foundation_pct", "happened_on": today}).status_code == 422
        typed = {"kind": "foundation_pct", "happened_on": today, "percent": "34"}
        assert client.post(evidence, typed).status_code == 302
