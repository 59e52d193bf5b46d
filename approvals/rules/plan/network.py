"""The network of matters behind a plan: what a node is, and the order that its prerequisites give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Unit = Literal["working", "calendar"]


class Cycle(ValueError):
    """Matters that wait for each other. ``names`` in the order of the circle."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(f"前置事项循环：{'→'.join((*names, names[0]))}")
        self.names = names


@dataclass(frozen=True, slots=True)
class Node:
    """One matter as it stands.

    Args:
        days: its limit; None where no number is known. ``unit`` working days, or calendar days where the law says 日.
        requires: codes that have to be concluded first; codes outside the plan count as met.
        started_on: handed in. finished_on: concluded. due_on: the last day of the running limit, pauses included.
    """

    code: str
    name: str
    days: int | None
    unit: Unit = "working"
    requires: tuple[str, ...] = ()
    started_on: date | None = None
    finished_on: date | None = None
    due_on: date | None = None

    @property
    def is_unknown(self) -> bool:
        return self.days is None and self.finished_on is None and self.due_on is None


def in_order(by_code: Mapping[str, Node]) -> tuple[str, ...]:
    """Codes so that each comes after its prerequisites. Raises ``Cycle``."""
    waiting = {code: {need for need in node.requires if need in by_code} for code, node in by_code.items()}
    order: list[str] = []
    while waiting:
        ready = sorted(code for code, needs in waiting.items() if not needs & waiting.keys())
        if not ready:
            raise Cycle(_circle(waiting, by_code))
        order += ready
        for code in ready:
            del waiting[code]
    return tuple(order)


def by_code_of(nodes: Iterable[Node]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for node in nodes:
        if node.code in found:
            raise ValueError(f"{node.code} stands in the plan twice")
        if node.days is not None and node.days < 0:
            raise ValueError(f"{node.code}: a limit cannot be negative")
        found[node.code] = node
    return found


def _circle(waiting: Mapping[str, set[str]], by_code: Mapping[str, Node]) -> tuple[str, ...]:
    """Follow one open prerequisite after another until one comes back."""
    path = [min(waiting)]
    while (following := min(waiting[path[-1]] & waiting.keys())) not in path:
        path.append(following)
    return tuple(by_code[code].name for code in path[path.index(following) :])
