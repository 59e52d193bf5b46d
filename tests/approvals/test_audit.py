"""A changed byte, a removed row and reordered rows are found, and the place is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from approvals.events import digest
from approvals.models import Delivery, Event, Message
from approvals.selectors.audit import verify_chain

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="tampers past PostgreSQL's own trigger")


@pytest.fixture
def recorded(furniture):
    furniture.intake()
    furniture.signing()
    return furniture


@contextmanager
def past_the_trigger() -> Iterator[None]:
    """Do what the database forbids, as somebody with its owner's password could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE approvals_event DISABLE TRIGGER approvals_event_append_only")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE approvals_event ENABLE TRIGGER approvals_event_append_only")


def event_at(journey, sequence: int) -> Event:
    return Event.objects.get(project=journey.project, sequence=sequence)


def change(event: Event, **values: object) -> None:
    with past_the_trigger():
        Event.objects.filter(pk=event.pk).update(**values)


def remove(event: Event) -> None:
    with past_the_trigger():
        Delivery.objects.filter(event=event).delete()
        Message.objects.filter(event=event).delete()
        Event.objects.filter(pk=event.pk).delete()


def test_an_honest_record_has_no_fault(recorded, capsys):
    assert verify_chain(recorded.project) == []
    call_command("verify_audit")
    assert "nothing was changed" in capsys.readouterr().out


def test_the_database_refuses_to_change_an_event(recorded):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(project=recorded.project).update(kind="nothing")


def test_a_changed_byte_is_found(recorded, capsys):
    event = event_at(recorded, 3)
    change(event, facts=event.facts | {"on": "2026-09-02"})
    assert [(fault.sequence, fault.event_id) for fault in verify_chain(recorded.project)] == [(3, event.pk)]
    with pytest.raises(CommandError) as refusal:
        call_command("verify_audit")
    assert refusal.value.returncode == 1
    assert f"project {recorded.project.pk}, sequence 3, event {event.pk}" in capsys.readouterr().out


def test_a_changed_row_with_a_new_hash_breaks_the_next_link(recorded):
    """Who knows how the hash is made can close one event again, but not the one after it."""
    event = event_at(recorded, 3)
    event.by_id = recorded.world.stranger.pk
    change(event, by=event.by_id, hash=digest(event))
    assert [fault.sequence for fault in verify_chain(recorded.project)] == [4]


@pytest.mark.parametrize("sequence", [1, 3])
def test_a_removed_row_is_missed(recorded, sequence):
    remove(event_at(recorded, sequence))
    (fault,) = verify_chain(recorded.project)
    assert (fault.sequence, fault.event_id) == (sequence, None)


def test_a_removed_end_is_missed_where_it_told_of_a_stage(recorded):
    last = Event.objects.filter(project=recorded.project).latest("sequence")
    assert last.kind == "project.stage_left"
    remove(last)
    (fault,) = verify_chain(recorded.project)
    assert fault.sequence == last.sequence
    assert "commitment" in fault.problem


def test_a_removed_row_is_missed_though_the_rest_moved_up(recorded):
    remove(event_at(recorded, 3))
    for event in Event.objects.filter(project=recorded.project, sequence__gt=3).order_by("sequence"):
        change(event, sequence=event.sequence - 1)
    assert verify_chain(recorded.project)[0].sequence == 3


def test_reordered_rows_are_found(recorded):
    third, fourth = event_at(recorded, 3), event_at(recorded, 4)
    change(third, sequence=1000)
    change(fourth, sequence=3)
    change(third, sequence=4)
    assert {fault.sequence for fault in verify_chain(recorded.project)} >= {3, 4}


def test_one_project_can_be_verified_alone(recorded, capsys):
    call_command("verify_audit", project=recorded.project.pk)
    with pytest.raises(CommandError, match="no project 999999"):
        call_command("verify_audit", project=999999)
