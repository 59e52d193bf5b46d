"""The outbox keeps its promise: no paper is lost, none is issued twice, and a failure leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from approvals import events, tasks
from approvals.handlers import documents as handlers
from approvals.models import Delivery, Event, ProjectDocument
from approvals.services import determinations, projects
from documents.models import Document, NumberSeries
from tests.concurrency import at_once
from tests.journeys.driver import BEGIN, FURNITURE_FACTS
from tests.world import World, build_world

needs_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="two connections at once")
HANDLER = "approvals.handlers.documents.determination_paper"
LINE = {"title": "板式家具线", "gb4754": "2110", "processes": ["cutting", "assembly"]}


def confirm(world: World) -> list[Delivery]:
    """Two determinations are confirmed; each owes a paper. Returns the two deliveries."""
    registration = projects.Registration(
        name="示例项目",
        organisation=world.zone,
        enterprise=world.enterprise,
        industry_code="2110",
        facts=FURNITURE_FACTS,
    )
    project = projects.register_project(registration, by=world.owner, on=BEGIN)
    project.facts.activities.create(**LINE)
    seen = {"eia": "not_subject", "energy": "exempt"}
    determinations.confirm_determinations(project.pk, by=world.handler, on=BEGIN, seen=seen)
    return list(Delivery.objects.filter(handler=HANDLER).order_by("pk"))


@pytest.fixture
def no_broker(monkeypatch):
    """The commit is made and the task is never sent: the process or the broker died in between."""
    monkeypatch.setattr(tasks.deliver, "delay", lambda *args: None)


@pytest.fixture
def owed(world) -> list[Delivery]:
    return confirm(world)


def later(seconds: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False)


def state(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def test_a_paper_and_its_place_come_once_however_often_the_event_is_delivered(owed):
    for _attempt in range(2):
        tasks.deliver(owed[0].pk)
        events.handler_for(owed[0])(owed[0].event)
    document = Document.objects.get()
    assert document.number.endswith("〔2026〕1号")
    assert ProjectDocument.objects.get().document == document
    assert NumberSeries.objects.get().last == 1


def test_what_was_never_sent_is_swept_up(owed):
    assert tasks.sweep() == 0, "a fresh delivery belongs to the task that was sent for it"
    with later(30):
        tasks.sweep()
    assert Document.objects.count() == 2
    assert not Delivery.objects.filter(done_at=None).exists()


def test_a_failure_is_kept_with_its_reason_and_does_not_stop_the_others(owed, monkeypatch):
    first, second = owed

    def fail(event: Event) -> None:
        if event.pk == first.event_id:
            raise RuntimeError("打印机缺纸")
        handlers.determination_paper(event)

    monkeypatch.setitem(events._functions, HANDLER, fail)
    with later(30):
        tasks.sweep()
        kept = state(first)
        assert (kept.attempts, kept.done_at) == (1, None)
        assert "打印机缺纸" in kept.last_error
        assert kept.retry_at == timezone.now() + timedelta(seconds=10)
    assert state(second).done_at is not None
    assert Document.objects.get().place.event_id == second.event_id


def test_a_failed_delivery_is_tried_again_when_its_time_has_come(owed, monkeypatch):
    def fail(event: Event) -> None:
        raise RuntimeError("still broken")

    monkeypatch.setitem(events._functions, HANDLER, fail)
    with later(30):
        tasks.sweep()
    with later(35):
        assert tasks.sweep() == 0
    with later(45):
        assert tasks.sweep() == 2
        assert state(owed[0]).retry_at == timezone.now() + timedelta(seconds=60)
    monkeypatch.setitem(events._functions, HANDLER, handlers.determination_paper)
    with later(120):
        tasks.sweep()
    assert Document.objects.count() == 2


def test_a_handler_that_fails_at_the_end_goes_on_with_the_same_paper(owed, monkeypatch):
    def no_place(*args, **kwargs):
        raise RuntimeError("the last step failed")

    with monkeypatch.context() as broken:
        broken.setattr(ProjectDocument.objects, "get_or_create", no_place)
        with pytest.raises(RuntimeError):
            tasks.deliver(owed[0].pk)
    assert not ProjectDocument.objects.exists(), "nobody sees it before it has its place"

    tasks.deliver(owed[0].pk)
    assert Document.objects.get().number.endswith("〔2026〕1号"), "the failure left no gap"
    assert ProjectDocument.objects.get().document == Document.objects.get()


def test_a_leased_delivery_is_left_to_the_worker_that_has_it(owed):
    Delivery.objects.filter(pk=owed[0].pk).update(leased_until=timezone.now() + tasks.LEASE)
    with later(60):
        tasks.deliver(owed[0].pk)
        tasks.sweep()
    assert [state(each).done_at is None for each in owed] == [True, False]
    with later(301):
        tasks.sweep()
    assert state(owed[0]).done_at is not None


def test_the_sweep_stops_after_a_while_and_goes_on_the_next_time(owed, monkeypatch):
    monkeypatch.setattr(tasks, "SWEEP_SECONDS", -1)
    with later(60):
        assert tasks.sweep() == 0
    monkeypatch.undo()
    with later(60):
        assert tasks.sweep() >= len(owed)
    assert all(state(each).done_at for each in owed)


def test_every_paper_is_printed_outside_the_transaction_of_its_delivery():
    papers = {name for name in events._functions if name.startswith("approvals.handlers.documents")}
    assert papers <= events._lengthy


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_delivery_issue_one_paper(no_broker):
    delivery = confirm(build_world())[0]
    assert at_once(lambda: tasks.deliver(delivery.pk), lambda: tasks.deliver(delivery.pk)) == [None, None]
    assert Document.objects.count() == 1


# Everything is done as ever, with an address where no broker listens.
WITHOUT_A_BROKER = """
    import django
    django.setup()
    from tests.approvals.test_outbox import confirm
    from tests.world import build_world
    confirm(build_world())
"""


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_broker_out_of_reach_fails_no_act_and_the_sweep_delivers():
    connection.close()
    finished = _in_another_process(WITHOUT_A_BROKER, REDIS_URL="redis://127.0.0.1:1/0")
    assert finished.returncode == 0, finished.stderr
    assert "was not sent; the sweep will find it" in finished.stderr

    owed = Delivery.objects.filter(handler=HANDLER, done_at=None)
    assert owed.count() == 2
    assert Event.objects.filter(kind="determination.confirmed").count() == 2
    with later(30):
        tasks.sweep()
    assert Document.objects.count() == 2
    assert not owed.exists()


# Dies where it hurts most: number taken, paper stored, but nobody can find it yet.
DIE_AT_WORK = """
    import os, sys
    import django
    django.setup()
    from django.conf import settings
    from approvals import tasks
    from approvals.models import ProjectDocument
    settings.MEDIA_ROOT = sys.argv[2]
    ProjectDocument.objects.get_or_create = lambda **kwargs: os._exit(9)
    tasks.deliver(int(sys.argv[1]))
"""


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_work_loses_no_paper(no_broker, tmp_path):
    delivery = confirm(build_world())[0]
    connection.close()
    assert _killed_worker(delivery, str(tmp_path)) == 9

    assert state(delivery).done_at is None
    assert not ProjectDocument.objects.exists()
    with later(400):
        tasks.sweep()
    assert ProjectDocument.objects.count() == 2
    numbers = sorted(Document.objects.values_list("number", flat=True))
    assert [number[-3:] for number in numbers] == ["〕1号", "〕1号"], "one of each series, and no gap"


def _killed_worker(delivery: Delivery, files: str) -> int:
    return _in_another_process(DIE_AT_WORK, str(delivery.pk), files).returncode


def _in_another_process(program: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    given = urlsplit(os.environ["DATABASE_URL"])
    url = f"{given.scheme}://{given.netloc}/{connection.settings_dict['NAME']}"
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"} | variables
    command = [sys.executable, "-c", textwrap.dedent(program), *arguments]
    return subprocess.run(command, env=environment, timeout=60, check=False, capture_output=True, text=True)
