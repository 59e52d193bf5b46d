"""The same thing for several tasks: each in a transaction of its own, and one line of result each.

Tasks are taken by ascending process, so two people who mark the same rows in opposite order never wait in a circle;
and no transaction ever holds more than one process and its project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from approvals.accounts.models import User
from approvals.errors import Refusal
from workflows.completion import claim, release, transfer
from workflows.models import WorkItem
from workflows.reminding import remind

LIMIT = 100  # rows; more than a page shows


@dataclass(frozen=True, slots=True)
class Result:
    """``refusal`` is empty where it was done."""

    item: WorkItem
    refusal: str = ""


def claim_all(items: Iterable[WorkItem], *, by: User, on: date) -> list[Result]:
    return _each(items, lambda pk: claim(pk, by=by, on=on))


def release_all(items: Iterable[WorkItem], *, by: User, on: date) -> list[Result]:
    return _each(items, lambda pk: release(pk, by=by, on=on))


def remind_all(items: Iterable[WorkItem], *, by: User, on: date) -> list[Result]:
    return _each(items, lambda pk: remind(pk, by=by, on=on))


def transfer_all(items: Iterable[WorkItem], *, by: User, on: date, to: User) -> list[Result]:
    return _each(items, lambda pk: transfer(pk, by=by, on=on, to=to))


def _each(items: Iterable[WorkItem], act: Callable[[int], object]) -> list[Result]:
    return [_one(item, act) for item in sorted(items, key=lambda item: (item.process_id, item.pk))]


def _one(item: WorkItem, act: Callable[[int], object]) -> Result:
    try:
        act(item.pk)
    except Refusal as refusal:
        return Result(item, str(refusal))
    return Result(item)
