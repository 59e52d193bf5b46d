"""What happened, and the reactions owed for it (transactional outbox).

``emit(kind, subject, by=, **facts)`` writes one ``Event`` and one ``Delivery`` per registered handler in the caller's
transaction. ``tasks.deliver`` runs a handler at least once; the periodic sweep catches what a dead broker lost.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from celery import current_app
from django.db import models, transaction
from django.utils import timezone

from approvals.accounts.models import User
from approvals.accounts.roles import standing
from approvals.models import AuditRoot, ChainHead, Delivery, Event, Project

log = logging.getLogger(__name__)

Handler = Callable[[Event], None]
GENESIS = "0" * 64
DELIVER = "approvals.tasks.deliver"

ON_BEHALF_OF = "on_behalf_of"  # a fact of an event, so that its hash covers it

_absent: ContextVar[User | None] = ContextVar("absent", default=None)
_handlers: dict[str, list[str]] = defaultdict(list)
_functions: dict[str, Handler] = {}
_prompt: set[str] = set()
_lengthy: set[str] = set()


def handles(*kinds: str, prompt: bool = False, lengthy: bool = False) -> Callable[[Handler], Handler]:
    """Register a reaction to some kinds of event. It must be idempotent: it may run twice.

    ``prompt``: run it right after the commit in the same process, so that the next page already shows it. It is an
    ordinary delivery all the same: if it fails, the sweep tries again. Only for short work without files or network.

    ``lengthy``: run it outside any transaction, on a lease, so that nobody waits for its locks. It keeps its own
    steps whole. For printing, files and network.
    """
    assert not (prompt and lengthy), "what takes long has no place in a request"

    def register(function: Handler) -> Handler:
        name = f"{function.__module__}.{function.__qualname__}"
        _functions[name] = function
        if prompt:
            _prompt.add(name)
        if lengthy:
            _lengthy.add(name)
        for kind in kinds:
            _handlers[kind].append(name)
        return function

    return register


@contextmanager
def on_behalf_of(person: User | None) -> Iterator[None]:
    """Everything recorded inside is done for an absent colleague: his task, his substitute's hand."""
    before = _absent.set(person)
    try:
        yield
    finally:
        _absent.reset(before)


def emit(kind: str, subject: models.Model, *, by: User | None, project: Project | None = None, **facts: Any) -> Event:
    """Record what happened and promise the reactions, in the caller's transaction.

    ``project`` is the chain to write to; it defaults to the subject or to ``subject.project``. The project row is
    locked, so one project's events stand in one line.
    """
    assert transaction.get_connection().in_atomic_block, "emit() belongs inside the transaction it reports on"
    project = project or (subject if isinstance(subject, Project) else getattr(subject, "project", None))
    if absent := _absent.get() or _absent_of(project, by, facts):
        facts[ON_BEHALF_OF] = {"id": absent.pk, "name": absent.name}
    event = _append(kind, subject, by=by, project=project, facts=facts)
    for name in _handlers[kind]:
        _promise(Delivery.objects.create(event=event, handler=name))
    return event


def _absent_of(project: Project | None, by: User | None, facts: dict[str, Any]) -> User | None:
    """Whom ``by`` stands in for in this project, where he acts without a task: its handler or its lead official."""
    if project is None or by is None or by.pk in {project.handler_id, project.lead_official_id}:
        return None
    on = date.fromisoformat(facts["on"]) if "on" in facts else timezone.localdate()
    absent = standing(by, on).stands_in_for
    people = {project.handler_id: "handler", project.lead_official_id: "lead_official"}
    found = next((name for pk, name in people.items() if pk in absent), None)
    return getattr(project, found) if found else None


def handler_for(delivery: Delivery) -> Handler:
    return _functions[delivery.handler]


def is_lengthy(delivery: Delivery) -> bool:
    return delivery.handler in _lengthy


def digest(event: Event) -> str:
    """The hash that closes an event: over its content and the hash before it."""
    content = [
        event.previous_hash,
        event.project_id,
        event.sequence,
        event.kind,
        event.subject_type,
        event.subject_id,
        event.by_id,
        event.at.isoformat(),
        event.facts,
    ]
    return _sha256(content)


def root_digest(root: AuditRoot) -> str:
    """The hash that closes a day's seal: over the heads it states and the hash of the seal before it."""
    return _sha256([root.previous_hash, root.sequence, root.on.isoformat(), root.at.isoformat(), root.heads])


def _sha256(content: list[Any]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _append(kind: str, subject: models.Model, *, by: User | None, project: Project | None, facts: dict) -> Event:
    if project is not None:
        Project.objects.select_for_update().order_by().values_list("pk").get(pk=project.pk)
    head = _locked_head(project)
    event = Event(
        project=project,
        sequence=head.sequence + 1,
        kind=kind,
        subject_type=subject._meta.model_name or "",
        subject_id=subject.pk,
        by=by,
        at=timezone.now(),
        facts=facts,
        previous_hash=head.hash,
    )
    event.hash = digest(event)
    event.save(force_insert=True)
    ChainHead.objects.filter(pk=head.pk).update(sequence=event.sequence, hash=event.hash)
    return event


def _locked_head(project: Project | None) -> ChainHead:
    """Where the chain ends. Whoever holds it writes the next event."""
    heads = ChainHead.objects.select_for_update().filter(project=project)
    if head := heads.first():
        return head
    ChainHead.objects.get_or_create(project=project, defaults={"hash": GENESIS})
    return heads.get()


def _promise(delivery: Delivery) -> None:
    # Looked up by name, not imported: services must not know about tasks.
    task = current_app.tasks[DELIVER]
    if delivery.handler in _prompt:
        transaction.on_commit(lambda: task(delivery.pk), robust=True)
    else:
        transaction.on_commit(lambda: _send(task, delivery.pk))


def _send(task: Any, delivery_id: int) -> None:
    """Tell a worker. The act is committed: a broker that cannot be reached must not make it look like a failure."""
    try:
        task.delay(delivery_id)
    except Exception:
        log.exception("delivery %s was not sent; the sweep will find it", delivery_id)
