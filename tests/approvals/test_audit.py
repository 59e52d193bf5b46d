"""A changed byte, a removed row and reordered rows are found, and the place is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from approvals.events import digest, emit
from approvals.models import AuditRoot, ChainHead, Delivery, Event, Message
from approvals.selectors.audit import verify_chain, verify_seals
from approvals.services.audit import seal_events

TODAY = date(2026, 9, 1)

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="tampers past PostgreSQL's own trigger")


@pytest.fixture
def recorded(furniture):
    furniture.intake()
    furniture.signing()
    return furniture


@contextmanager
def past_the_trigger(table: str = "approvals_event") -> Iterator[None]:
    """Do what the database forbids, as somebody with its owner's password could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_append_only")


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


def last_event(journey) -> Event:
    return Event.objects.filter(project=journey.project).latest("sequence")


def remove_the_end(journey) -> Event:
    """And put the head of the chain back, as somebody would who knows that there is one."""
    last = last_event(journey)
    remove(last)
    before = last_event(journey)
    ChainHead.objects.filter(project=journey.project).update(sequence=before.sequence, hash=before.hash)
    return last


def claimed(journey) -> Event:
    """An event at the end of the chain that moves no stage."""
    with transaction.atomic():
        return emit("task.claimed", journey.project, by=journey.world.handler, step="conclude_stage")


def test_a_removed_end_is_missed_though_it_moved_no_stage(recorded):
    last = claimed(recorded)
    remove(last)
    (fault,) = verify_chain(recorded.project)
    assert (fault.sequence, fault.event_id) == (last.sequence, None)
    assert f"went on to {last.sequence}" in fault.problem


def test_a_removed_chain_without_a_project_is_missed(recorded):
    with transaction.atomic():
        alone = emit("something.else", recorded.world.handler, by=None)
    assert verify_chain(None) == []
    remove(alone)
    (fault,) = verify_chain(None)
    assert (fault.project_id, fault.sequence) == (None, 1)


def test_a_removed_end_is_missed_where_it_told_of_a_stage_though_the_head_was_put_back(recorded):
    last = remove_the_end(recorded)
    assert last.kind == "project.stage_left"
    (fault,) = verify_chain(recorded.project)
    assert fault.sequence == last.sequence
    assert "commitment" in fault.problem


def test_a_removed_end_is_missed_by_the_days_seal_though_the_head_was_put_back(recorded, capsys):
    last = claimed(recorded)
    seal_events(on=TODAY)
    remove_the_end(recorded)
    assert verify_chain(recorded.project) == []
    (fault,) = verify_seals()
    assert fault.on == TODAY
    assert f"sequence {last.sequence} is not there" in fault.problem
    with pytest.raises(CommandError):
        call_command("verify_audit")
    assert "seal of 2026-09-01" in capsys.readouterr().out


def test_a_day_is_sealed_once_and_the_next_seal_states_only_what_grew(recorded):
    first = seal_events(on=TODAY)
    assert seal_events(on=TODAY) == first
    assert [head[0] for head in first.heads] == [recorded.project.pk]
    assert seal_events(on=TODAY + timedelta(days=1)).heads == []
    last = claimed(recorded)
    third = seal_events(on=TODAY + timedelta(days=5))
    assert third.heads == [[recorded.project.pk, last.sequence, last.hash]]
    assert (third.sequence, verify_seals()) == (3, [])


def test_the_database_refuses_to_change_a_seal(recorded):
    seal_events(on=TODAY)
    for forbidden in (AuditRoot.objects.all().delete, lambda: AuditRoot.objects.update(heads=[])):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            forbidden()


def test_a_changed_or_removed_seal_is_found(recorded):
    for days in range(3):
        claimed(recorded)
        seal_events(on=TODAY + timedelta(days=days))
    with past_the_trigger("approvals_auditroot"):
        AuditRoot.objects.filter(on=TODAY).update(heads=[])
    assert [(fault.on, "content" in fault.problem) for fault in verify_seals()] == [(TODAY, True)]
    with past_the_trigger("approvals_auditroot"):
        AuditRoot.objects.filter(on=TODAY).delete()
    assert verify_seals()[0].on == TODAY + timedelta(days=1)


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
