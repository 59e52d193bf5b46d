"""Steps that many tests begin with are really done once a worker; after that, the rows they left are copied.

Most tests are about one moment late in a journey, and the way there costs two thousand statements. A function marked
``@remembered`` may therefore be answered from memory, when it is called with the same arguments, at the same moment
(see ``_moment``), on a database in exactly the state of the first time:

- The state of a database is the chain of remembered steps that were done on it since the test began, and nothing else.
  Any other write, by any connection of this process, ends the chain; from then on every step is done as written.
- What is kept of a step are the rows that it added, changed and removed, with their keys. They are written into the
  transaction of the test, so that each test has rows of its own to spoil, whatever ran before it. It makes no
  difference whether that transaction is rolled back or, under ``transaction=True``, committed and flushed.
- Objects are kept as deep copies: the result, and the attributes of ``self`` that the step ``moves``.
- A step that leaves files is not remembered.

Outside PostgreSQL, and in the journeys themselves (``forget_everything``), every step is done as written.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.db import connection, models, transaction
from django.db.backends.signals import connection_created
from django.utils import timezone, translation

READING = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "SET CONSTRAINTS")
Rows = dict[str, dict[str, str]]  # table -> key -> row, both as PostgreSQL writes them


@dataclass(eq=False)
class Kept:
    """What a step left behind. The object itself names the state of the database after it."""

    replay: str  # SQL
    result: Any
    moved: dict[str, Any]


@dataclass
class _Memory:
    state: object | None = None  # the last remembered step; None: nobody knows
    kept: dict[Any, Kept] = field(default_factory=dict)
    seen: tuple[object, Rows] | None = None  # the rows of the state that was looked at last

    def begin(self) -> None:
        """A test begins, on an empty database."""
        self.state = "empty"

    def forget_everything(self) -> None:
        self.state = None


memory = _Memory()


def remembered(*moves: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``moves`` names the attributes that the step sets on its first argument."""

    def decorate(step: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(step)
        def recall(*given: Any, **named: Any) -> Any:
            if memory.state is None or connection.vendor != "postgresql":
                return step(*given, **named)
            key = (memory.state, _base(), step.__qualname__, _moment(), _told(given), _told(named))
            if kept := memory.kept.get(key):
                return _replay(kept, given)
            before, files = _rows(), _files()
            result = step(*given, **named)
            if files == _files():
                moved = {name: copy.deepcopy(getattr(given[0], name)) for name in moves}
                _keep(key, Kept("", copy.deepcopy(result), moved), before)
            return result

        return recall

    return decorate


def _keep(key: Any, kept: Kept, before: Rows) -> None:
    after = _rows()
    kept.replay = "".join(_difference(before, after))
    memory.kept[key] = memory.state = kept
    memory.seen = (kept, after)


def _replay(kept: Kept, given: tuple[Any, ...]) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(kept.replay)
    memory.state = kept
    for name, value in copy.deepcopy(kept.moved).items():
        setattr(given[0], name, value)
    return copy.deepcopy(kept.result)


def _rows() -> Rows:
    """Every row there is, by table and key."""
    if memory.seen and memory.seen[0] is memory.state:
        return memory.seen[1]
    found: Rows = {}
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', {key}::text, {table}::text FROM {table}"  # noqa: S608  our own tables
                for table, key in _tables().items()
            )
        )
        for table, key, row in cursor.fetchall():
            found.setdefault(table, {})[key] = row
    return found


def _tables() -> dict[str, str]:
    """Every table of a model and the column of its key."""
    from django.apps import apps

    return {model._meta.db_table: model._meta.pk.column for model in apps.get_models(include_auto_created=True)}


def _difference(before: Rows, after: Rows) -> Iterable[str]:
    """Statements that lead from one to the other. Foreign keys are checked at the end, so any order will do."""
    for table, key in _tables().items():
        old, new = before.get(table, {}), after.get(table, {})
        if gone := [pk for pk, row in old.items() if new.get(pk) != row]:
            yield f"DELETE FROM {table} WHERE {key}::text = ANY({_array(gone)});\n"  # noqa: S608
        if come := [row for pk, row in new.items() if old.get(pk) != row]:
            yield f"INSERT INTO {table} SELECT row.* FROM unnest({_array(come)}::{table}[]) AS row;\n"  # noqa: S608


def _array(values: list[str]) -> str:
    quoted = ",".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"ARRAY[{quoted}]"


def _base() -> Any:
    """A flush gives the rows that Django keeps for itself new keys."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM django_content_type UNION ALL SELECT max(id) FROM auth_permission")
        return tuple(cursor.fetchall())


def _moment() -> Any:
    """Where a test holds the clock, the very instant; else the day. The language, because messages are stored in it."""
    now = timezone.localtime() if time_machine.escape_hatch.is_travelling() else timezone.localdate()
    return now, translation.get_language()


def _told(value: Any) -> Any:
    """Arguments by what they say: two that say the same are the same."""
    if isinstance(value, models.Model):
        return value._meta.label, value.pk
    if is_dataclass(value):
        return type(value).__name__, *(_told(getattr(value, part.name, None)) for part in fields(value))
    if isinstance(value, dict):
        return tuple((name, _told(part)) for name, part in value.items())
    if isinstance(value, list | tuple):
        return tuple(_told(part) for part in value)
    return value.__qualname__ if callable(value) else repr(value)


def _files() -> set[Path]:
    with suppress(FileNotFoundError):
        return set(Path(settings.MEDIA_ROOT).rglob("*"))
    return set()


def _note(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    if not str(sql).startswith(READING):
        memory.state = None
    return execute(sql, params, many, context)


def _listen(connection: Any, **_kwargs: Any) -> None:
    if _note not in connection.execute_wrappers:
        connection.execute_wrappers.append(_note)


connection_created.connect(_listen)
